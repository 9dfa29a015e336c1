import gc
import weakref

gc.disable()


class Node:
    pass


# Callbacks that make garbage, references and collections of their own.
def busy(ref):
    for _ in range(100):
        node = Node()
        node.me = node
        node.ref = weakref.ref(node, busy)
    print("busy", gc.collect(), ref())


refs = []
for _ in range(3):
    node = Node()
    node.me = node
    refs.append(weakref.ref(node, busy))
del node
print(gc.collect() >= 3, [ref() for ref in refs])
print(gc.collect() >= 300)

# A callback that keeps what it reaches alive.
node, friend = Node(), Node()
node.me, friend.name = node, "friend"
ref = weakref.ref(node, lambda ref, friend=friend: globals().update(kept=friend))
seen = weakref.ref(friend)
del node, friend
gc.collect()
print(kept.name, seen() is kept)
ref = None
del kept
print(seen())

# Dictionaries lose entries when their members are collected.
values, keys = weakref.WeakValueDictionary(), weakref.WeakKeyDictionary()
for i in range(10):
    node = Node()
    node.me = node
    values[i] = node
    keys[node] = i
print(len(values), len(keys))
gc.collect()
print(len(values), len(keys))
node = None
gc.collect()
print(len(values), len(keys), values.data, keys.data)

# A key that its own value refers to lives as long as the dictionary.
node = Node()
keys[node] = [node]
del node
gc.collect()
print(len(keys))
keys = weakref.WeakKeyDictionary()
gc.collect()
print(len(keys))
