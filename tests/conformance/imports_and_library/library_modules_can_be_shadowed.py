import sys

sys.path.insert(0, "_shadow")
import weakref
import gc

print(weakref.ref, weakref.__name__, hasattr(gc, "collect"))
sys.path.pop(0)
del sys.modules["weakref"]
import weakref

print(weakref.ref.__name__)
try:
    import weakref.inner
except ModuleNotFoundError as error:
    print(error)
try:
    from contextlib import nothing_of_that_name
except ImportError as error:
    print(type(error).__name__, str(error)[:60])
