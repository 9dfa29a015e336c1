import functools
import weakref
import gc


@functools.lru_cache
def cached(x):
    return x + 1


class Node:
    def __init__(self, name):
        self.name = name


class Last:
    """What it prints at exit is not compared: CPython has lost its library by then."""

    def __del__(self):
        cached(1)
        assert len(members) == 1 and values["k"] is node and proxy.name == "n"
        gc.collect()


node = Node("n")
members = weakref.WeakSet([node])
values = weakref.WeakValueDictionary(k=node)
proxy = weakref.proxy(node)
weakref.finalize(node, print, "never").atexit = False
print("end")
