import gc


class Node:
    def __del__(self):
        pass


class Slotted:
    __slots__ = ("a",)


class Empty:
    __slots__ = ()


for value in (0, 1.5, "text", b"", None, [], {}, {"a": 1}, {"a": []}, (), set(), Node(), Slotted(), Empty(), Node, int,
              print, lambda: 0, gc, [1], frozenset(), 10 ** 30):
    print(type(value).__name__, gc.is_tracked(value))


class Risen:
    def __del__(self):
        global kept
        kept = self


r = Risen()
print(gc.is_finalized(r), gc.is_finalized(3))
del r
print(gc.is_finalized(kept))
del kept
gc.collect()
gc.freeze()
print(gc.get_freeze_count() > 0)
gc.unfreeze()
print(gc.get_freeze_count())
