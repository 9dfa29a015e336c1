import gc
import weakref


class Node:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("del", self.name, sorted(values), len(members))


values, members = weakref.WeakValueDictionary(), weakref.WeakSet()
a, b = Node("a"), Node("b")
values["a"], values["b"] = a, b
members.update([a, b])
del a
print(len(members))
values["b"] = c = Node("c")
del b
print(sorted(values), len(members))
del c

# The container dies while members live, and the other way round, in one cycle.
node = Node("in a cycle")
node.own = weakref.WeakSet([node])
node.map = weakref.WeakValueDictionary(me=node)
del node
gc.collect()
iterator = iter(weakref.WeakSet([Node("held by nothing")]))
print(list(iterator))
node = Node("last")
walk = weakref.WeakValueDictionary({1: node}).items()
print(next(walk)[0])
del walk, node
