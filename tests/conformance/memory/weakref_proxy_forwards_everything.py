import weakref


class Number:
    def __init__(self, value):
        self.value = value

    def __add__(self, other):
        return ("add", self.value, other)

    def __radd__(self, other):
        return ("radd", self.value, other)

    def __iadd__(self, other):
        return ("iadd", self.value, other)

    def __mul__(self, other):
        return ("mul", self.value, getattr(other, "value", other))

    def __eq__(self, other):
        return self.value == getattr(other, "value", other)

    def __lt__(self, other):
        return self.value < getattr(other, "value", other)

    def __len__(self):
        return self.value

    def __iter__(self):
        return iter(range(self.value))

    def __reversed__(self):
        return iter("back")

    def __contains__(self, item):
        return item == self.value

    def __getitem__(self, key):
        return ("item", key)

    def __setitem__(self, key, value):
        print("set", key, value)

    def __delitem__(self, key):
        print("del", key)

    def __bool__(self):
        return self.value != 0

    def __int__(self):
        return self.value

    def __float__(self):
        return self.value / 2

    def __index__(self):
        return self.value

    def __neg__(self):
        return "neg"

    def __abs__(self):
        return "abs"

    def __str__(self):
        return "number %d" % self.value

    def method(self):
        return self.value


class Caller:
    def __call__(self, *args, **kwargs):
        return args, kwargs


number, caller = Number(3), Caller()
p, c = weakref.proxy(number), weakref.proxy(caller)
print(p is weakref.proxy(number), p is weakref.proxy(number, lambda r: None))
print(type(p) is weakref.ProxyType, type(c) is weakref.CallableProxyType, isinstance(p, Number), p.__class__.__name__)
print(type(p) in weakref.ProxyTypes, weakref.ProxyType, weakref.CallableProxyType)
print(p + 1, 1 + p, p * 2, p * p, p == 3, p == p, p != 3, p < 4, 4 > p, len(p), list(p), list(reversed(p)))
print(3 in p, p[1], p[1:2], bool(p), int(p), float(p), [0, 1, 2, 3][p], -p, abs(p), str(p), f"{p}", p.method())
p[1] = 2
del p[3]
p.new = 5
print(number.new, hasattr(p, "old"), c(1, a=2), callable(c), callable(p))
q = p
q += 1
print(q)
del p.new
print(hasattr(number, "new"), weakref.getweakrefcount(number), [type(r) for r in weakref.getweakrefs(number)])
print(repr(p).startswith("<weakproxy at 0x"), " to Number at 0x" in repr(p))
for wrong in (lambda: hash(p), lambda: p - 1, lambda: 1 / p, lambda: p.nothing, lambda: next(p), lambda: p(),
              lambda: weakref.proxy(1), lambda: ~p, lambda: weakref.ProxyType(number), lambda: {p: 1}):
    try:
        print(wrong())
    except (TypeError, AttributeError) as error:
        print(type(error).__name__, error)
called = weakref.proxy(number, lambda proxy: print("callback", type(proxy) is weakref.ProxyType))
del number, caller
for wrong in (lambda: p + 1, lambda: 1 + p, lambda: str(p), lambda: bool(p), lambda: c(), lambda: p == 1, lambda: p.value,
              lambda: len(p), lambda: p[0], lambda: iter(p), lambda: isinstance(p, Number), lambda: setattr(p, "a", 1)):
    try:
        print(wrong())
    except ReferenceError as error:
        print(error)
print("NoneType" in repr(p))
