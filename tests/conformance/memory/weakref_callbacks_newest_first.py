import weakref


class Node:
    pass


def say(name):
    return lambda ref: print(name, ref() is None, weakref.getweakrefcount(node) if node else 0)


node = Node()
refs = [weakref.ref(node, say(i)) for i in range(4)]
refs.append(weakref.ref(node))
print([r.__callback__ is None for r in refs], [refs.index(r) for r in weakref.getweakrefs(node)])
other = node
del node
node = None
print("still there")
del other
print([r() for r in refs])

# A callback goes with its reference.
node = Node()
first = weakref.ref(node, lambda ref: print("never"))
second = weakref.ref(node, lambda ref: print("second"))
del first
node = None

# A callback that drops another reference: that one is dead already, and was to be called.
node = Node()
keep = {}


def drop_other(ref):
    print("drops", sorted(keep))
    keep.clear()


keep["a"] = weakref.ref(node, lambda ref: print("a is called"))
keep["b"] = weakref.ref(node, drop_other)
node = None
print(keep)
