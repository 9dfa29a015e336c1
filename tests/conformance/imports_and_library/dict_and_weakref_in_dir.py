class A: pass
class S: __slots__ = ("x",)
class T(S): pass
class E(Exception): pass
import sys
for x in (A, A(), S, S(), T, T(), E, E(), sys, len, (lambda: 0), 5, int, Exception, Exception(), type, object, object()):
    d = dir(x)
    print(type(x).__name__, "__dict__" in d, "__weakref__" in d)
