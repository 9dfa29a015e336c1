# from module import *: by __all__, or every name without an underscore; what is in sys.modules may be any object.
import sys


class Module:
    """Stands in for a module."""


def attempt(**names):
    module = sys.modules["stand_in"] = Module()
    module.__dict__.update(names)
    module.__name__ = "stand_in"
    try:
        import_target()
    except Exception as error:
        print(type(error).__name__, error)


def import_target():
    import _star_target
    del sys.modules["_star_target"]
    print(sorted(name for name in vars(_star_target) if not name.startswith("__")))


attempt(plain=1, _hidden=2)
attempt(plain=1, _hidden=2, __all__=["_hidden"])
attempt(plain=1, __all__=["plain", "missing"])
attempt(plain=1, __all__=("plain", 5))
from math import *
print(sqrt(16), pi, floor(2.5), "_math" in globals())
