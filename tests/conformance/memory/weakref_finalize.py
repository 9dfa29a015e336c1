import gc
import weakref

gc.disable()


class Node:
    def __init__(self, name):
        self.name = name


def bye(*args, **kwargs):
    print("bye", args, kwargs)
    return "result"


node = Node("a")
f = weakref.finalize(node, bye, 1, 2, x=3)
print(f.alive, f.atexit, f.peek()[0] is node, f.peek()[1] is bye, f.peek()[2:])
print(repr(f).startswith("<finalize object at 0x"), "for 'Node' at" in repr(f))
del node
print(f.alive, f.peek(), f.detach(), f(), f.atexit, repr(f).endswith("; dead>"))

node = Node("b")
f = weakref.finalize(node, bye, "called by hand")
print(f(), f(), f.alive)
del node

node = Node("c")
f = weakref.finalize(node, bye, "never")
print(f.detach()[1:] == (bye, ("never",), {}), f.alive)
del node

node = Node("d")
g = weakref.finalize(node, bye, "cycle")
node.me = node
del node
print("before")
gc.collect()
print("after", g.alive)
for wrong in (lambda: weakref.finalize(), lambda: weakref.finalize(3, bye), lambda: weakref.finalize(Node("x"))):
    try:
        wrong()
    except TypeError as error:
        print("TypeError", "weak reference" in str(error))

first, second, third = Node("first"), Node("second"), Node("third")
weakref.finalize(first, bye, "exit first")
weakref.finalize(second, bye, "exit second")
weakref.finalize(third, bye, "not at exit").atexit = False
failing = weakref.finalize(first, lambda: 1 / 0)
print("end")
