class A: pass
class B(A): pass
a = A(); b = B(); c = B()
A.__del__ = lambda s: print("late", type(s).__name__)
del a
del b
class C:
    def __del__(s): print("C")
x = A.__new__(A)
y = type("Q", (), {})()
y.__class__ = C
del y
x.__class__ = type("R", (), {})
del x
print("end")
class Z: pass


class Old:
    pass


class Finalised:
    def __del__(self):
        print("finalised through a base", type(self).__name__)


class Child(Old):
    pass


child, cycle = Child(), Child()
cycle.me = cycle
Child.__bases__ = (Finalised,)
import gc

gc.disable()
del child, cycle
gc.collect()
