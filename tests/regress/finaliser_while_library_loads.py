# What goes wrong in a callback while the interpreter loads a part of its library is reported, too.
import gc
import sys
import weakref


class N:
    pass


class Y:
    def __del__(self):
        raise ValueError


seen = []
sys.unraisablehook = lambda args: seen.append(args.exc_type.__name__)


def fails(ref):
    raise KeyError(1)


refs = []


def make():
    for i in range(200):
        a = N()
        a.o = a
        refs.append(weakref.ref(a, fails))


make()
Y()
gc.collect()
print(seen.count("KeyError"), seen.count("ValueError"), len(seen))
sys.unraisablehook = sys.__unraisablehook__
