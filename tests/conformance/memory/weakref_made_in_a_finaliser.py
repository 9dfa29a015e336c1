import gc
import weakref

gc.disable()
kept = []


class Node:
    def __init__(self, name, revive=False):
        self.name, self.revive = name, revive

    def __del__(self):
        name = self.name
        kept.append(weakref.ref(self, lambda ref: print("callback", name, ref())))
        kept.append(weakref.ref(self))
        if self.revive:
            kept.append(self)
        print("del", name, kept[0]() is self, weakref.getweakrefcount(self))


def show():
    print([ref() and ref().name if isinstance(ref, weakref.ref) else ref.name for ref in kept])


node = Node("a")
del node
show()
kept.clear()
node = Node("b", True)
del node
show()
risen = kept.pop()
del risen
show()
kept.clear()

node = Node("c")
node.me = node
del node
gc.collect()
show()
kept.clear()
node = Node("d", True)
node.me = node
outside = weakref.ref(node, lambda ref: print("outside", ref()))
del node
gc.collect()
show()
kept.pop().me = None
show()
kept.clear()
gc.collect()


# Two of them: each sees the other alive, references to it included.
class Pair:
    def __del__(self):
        print("del", self.name, self.other.name, weakref.ref(self.other)().name, self.ref())


a, b = Pair(), Pair()
a.name, b.name = "a", "b"
a.other, b.other = b, a
a.ref = b.ref = weakref.ref(a)
del a, b
gc.collect()
