# A weak reference that dies with its target is not called, even if it is an instance with a finaliser of its own.
import gc
import weakref

log = []


class Node:
    pass


class Ref(weakref.ref):
    def __del__(self):
        log.append("del")


def callback(ref):
    log.append("called")


gc.disable()
for i in range(8):
    a, b, c = Node(), Node(), Node()
    a.other, b.other, c.other = b, a, c
    a.ref = Ref(b, callback)
    c.ref = Ref(c, callback)
    outside = Ref(c, callback)
    del a, b, c
    gc.collect()
    print(log)
    log.clear()
