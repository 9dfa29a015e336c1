# The operands of an operation that fails die in the order in which they were evaluated; items of a failed unpacking last to first.
class Node:
    def __init__(self, name): self.name = name
    def __del__(self): print("del", self.name, end=" ")
class Sub(Node):
    def __getitem__(self, k): raise KeyError(1)
    def __setitem__(self, k, v): raise KeyError(1)
    def __delitem__(self, k): raise KeyError(1)
    def __add__(self, k): raise KeyError(1)
    def __lt__(self, k): raise KeyError(1)
    def __contains__(self, k): raise KeyError(1)
    def __iadd__(self, k): raise KeyError(1)
    def __setattr__(self, k, v):
        if k == "x": raise KeyError(1)
        object.__setattr__(self, k, v)
n, s = Node, Sub
def t(f):
    try: f()
    except (TypeError, KeyError, AttributeError, ValueError) as e:
        e.__traceback__ = None
        print(type(e).__name__)
def setitem(a, b, c):
    a()[b()] = c()
def delitem(a, b):
    del a()[b()]
def setattr_(a, c):
    a().x = c()
def iadd(a, b):
    y = a(); y += b()
def unp(a):
    x, y = a()
for cls in (n, s):
    print(cls.__name__)
    t(lambda: cls("a")[n("b")])
    t(lambda: cls("a") + n("b"))
    t(lambda: cls("a") < n("b"))
    t(lambda: n("b") in cls("a"))
    t(lambda: setitem(lambda: cls("a"), lambda: n("b"), lambda: n("c")))
    t(lambda: delitem(lambda: cls("a"), lambda: n("b")))
    t(lambda: setattr_(lambda: cls("a"), lambda: n("b")))
    t(lambda: iadd(lambda: cls("a"), lambda: n("b")))
    t(lambda: unp(lambda: cls("a")))
    t(lambda: -cls("a"))
    t(lambda: cls("a")[n("b"):n("c")])
    t(lambda: cls("a").z)
    t(lambda: [*cls("a")])
    t(lambda: {**cls("a")})
    t(lambda: f"{cls('a'):{n('b').name}}")
    t(lambda: [n("x"), n("y")][n("b")])
    t(lambda: {1: n("x")}[n("b")])
    t(lambda: (n("x"),)[n("b")])
    t(lambda: setitem(lambda: [n("x")], lambda: n("b"), lambda: n("c")))
    t(lambda: setitem(lambda: {n("x").name: 1}, lambda: [n("b")], lambda: n("c")))
    t(lambda: delitem(lambda: [n("x")], lambda: n("b")))
    t(lambda: [n("x")] + n("b"))
    t(lambda: [n("x")] < n("b"))
    t(lambda: [n("x")] * n("b"))
    t(lambda: n("b") in 5)
s = slice(n("b"), n("c"), n("d"))
del s
print()
def three(): yield n("i"); yield n("j"); yield n("k")
def failing(): yield n("i"); yield n("j"); raise KeyError(1)
def two(make):
    a, b = make()
def four(make):
    a, b, c, d = make()
for make in three, failing:
    t(lambda: two(make))
    t(lambda: four(make))
