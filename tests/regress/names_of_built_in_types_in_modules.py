import sys

kind = type(sys.stdout)
print(kind, kind.__name__, kind.__qualname__, kind.__module__)
try:
    sys.stdout + 1
except TypeError as error:
    print(error)
print(int.__name__, int.__qualname__, int.__module__, type(print).__name__)


class Own:
    pass


Own.__name__ = "a.b"
print(Own, Own.__name__)
