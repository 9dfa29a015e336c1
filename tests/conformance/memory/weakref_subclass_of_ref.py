import gc
import weakref


class Named(weakref.ref):
    def __new__(cls, target, callback, name):
        return super().__new__(cls, target, callback)

    def __init__(self, target, callback, name):
        super().__init__(target, callback)
        self.name = name

    def __del__(self):
        print("del ref", self.name)


class Slim(weakref.ref):
    __slots__ = ("key",)


class Node:
    pass


node = Node()
seen = []
named = Named(node, lambda ref: seen.append((ref.name, type(ref).__name__, ref())), "n")
print(named() is node, named == weakref.ref(node), named in {weakref.ref(node)}, Named(node, None, "m") is named)
slim = Slim(node)
slim.key = 7
print(slim.key, Slim(node) is slim, weakref.getweakrefcount(node))
plain = weakref.ref(node)
print([type(r).__name__ for r in weakref.getweakrefs(node)])
try:
    slim.other = 1
except AttributeError as error:
    print(error)
del node
print(seen, named(), slim(), plain())
named = None

# The instance that stands for the reference is garbage itself: not called.
node = Node()
node.me = Named(node, lambda ref: print("never"), "cycle")
del node
print(gc.collect() > 0)

# It is in a cycle of its own, reachable; its target is garbage.
node = Node()
node.me = node
named = Named(node, lambda ref: print("called with", ref.name, ref()), "kept")
named.me = named
del node
gc.collect()
del named
gc.collect()
seen.clear()
