import gc
import weakref


class Node:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("del", self.name)


class L(list):
    pass


gc.disable()
gc.collect()
gc.set_debug(gc.DEBUG_SAVEALL)
print(gc.get_debug(), gc.garbage)
node = Node("a")
node.me = node
node.list = L([node])
ref = weakref.ref(node, lambda r: print("callback"))
del node
print(gc.collect() >= 2)
found = [x for x in gc.garbage if isinstance(x, Node)]
print(len(found), found[0].name, found[0].me is found[0], ref(), any(isinstance(x, L) for x in gc.garbage))
print(any(type(x) is list for x in gc.garbage))
gc.set_debug(0)
saved = len(gc.garbage)
del found
gc.garbage.clear()
print(gc.collect() >= 2, gc.garbage, saved >= 2)
