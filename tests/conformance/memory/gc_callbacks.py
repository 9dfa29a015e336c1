import gc
import sys


def first(phase, info):
    print("first", phase, sorted(info), info["generation"], info["uncollectable"])


def second(phase, info):
    if phase == "stop":
        print("second", info["collected"])


def fails(phase, info):
    raise ValueError(phase)


sys.unraisablehook = lambda args: print("unraisable", repr(args.exc_value), args.object.__name__, args.err_msg)


class Node:
    def __del__(self):
        print("del")


gc.disable()
gc.collect()
gc.callbacks.append(first)
gc.callbacks.append(fails)
gc.callbacks.append(second)
node = Node()
node.me = node
del node
gc.collect()
gc.collect(0)
gc.callbacks.remove(fails)


def nested(phase, info):
    print("nested", gc.collect())
    gc.callbacks.clear()


gc.callbacks.append(nested)
gc.collect()
print(gc.collect())
