import gc
import weakref

gc.disable()


class Node:
    def __init__(self, name):
        self.name = name


class Final(Node):
    def __del__(self):
        print("del", self.name, self.ref(), self.other_ref())


# References from outside to garbage: cleared before any finaliser runs, callbacks called.
a, b = Final("a"), Final("b")
a.other, b.other = b, a
a.ref = b.ref = weakref.ref(a)
a.other_ref = b.other_ref = weakref.ref(b)
outside = weakref.ref(a, lambda ref: print("callback", ref() is None))
del a, b
gc.collect()
print(outside())

# The reference is garbage too: no callback.
c = Node("c")
c.me = c
c.ref = weakref.ref(c, lambda ref: print("never"))
del c
print(gc.collect() > 0)

# The reference is reachable, its callback refers to garbage.
d = Node("d")
d.me = d
keep = weakref.ref(d, lambda ref, name=d.name: print("callback of", name))
del d
gc.collect()

# Alive, reached only from something in a cycle that lives.
e = Node("e")
e.ref = weakref.ref(e)
e.me = e
gc.collect()
print(e.ref() is e)


# A callback revives a sibling? The siblings are out of its reach: only what it holds itself.
class Keeper(Node):
    pass


f, g = Keeper("f"), Keeper("g")
f.other, g.other = g, f
seen = []
wf, wg = weakref.ref(f, lambda ref: seen.append(("f", wg()))), weakref.ref(g, lambda ref: seen.append(("g", wf())))
del f, g
gc.collect()
print(sorted(seen))


# Resurrected objects: their references stay dead.
class Phoenix(Node):
    def __del__(self):
        global risen
        risen = self


p = Phoenix("p")
p.me = p
wp = weakref.ref(p)
del p
gc.collect()
print(risen.name, wp(), weakref.ref(risen)() is risen)
risen.me = None
del risen
