class A:
    def __del__(self): print("del")
a = A()
try:
    a.foo
except AttributeError as e:
    s = e
print(s.name, s.obj is a, s.args)
del a
print("after")
del s
try:
    undefined
except NameError as e:
    print(e.name)
import sys
try:
    sys.foo
except AttributeError as e:
    print(e.name, e.obj)
try:
    A.foo
except AttributeError as e:
    print(e.name, e.obj)
try:
    import nosuch
except ImportError as e: print(e.name, e.path, e.msg)
try:
    from sys import nosuch
except ImportError as e: print(e.name, e.path, e.msg)
def f(): 
    print(q); q = 1
try: f()
except NameError as e: print(e.name)
try: getattr(5, "x")
except AttributeError as e: print(e.name, e.obj)
try: [].x = 5
except AttributeError as e: print(e.name, e.obj)
try: del A().y
except AttributeError as e: print(e.name, e.obj)
try: object().y = 1
except AttributeError as e: print(e.name, e.obj)
print(AttributeError("x", name="n", obj=3).obj, NameError(name="n").name)
class B:
    @property
    def p(self): raise AttributeError("mine")
try: B().p
except AttributeError as e: print(e.name, type(e.obj))
class C:
    def __getattr__(self, n): raise AttributeError(n)
try: C().p
except AttributeError as e: print(e.name, type(e.obj))
try: super(B, B()).q
except AttributeError as e: print(e.name, type(e.obj))
