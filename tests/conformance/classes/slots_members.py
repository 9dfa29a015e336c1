import sys
def show(f, *a):
    try: print(f(*a))
    except Exception as e: print(type(e).__name__, e)
class N:
    def __init__(s, n): s.n = n
    def __del__(s): print("dead", s.n)
class A:
    __slots__ = ("b", "a")
class B(A):
    __slots__ = "c"
class C(B):
    pass
a = A(); a.a = 1
show(lambda: a.b)
show(lambda: a.zz)
try: del a.b
except AttributeError as e: print(e)
try: a.q = 1
except AttributeError as e: print(e)
show(lambda: a.__dict__)
c = C(); c.a = N("a"); c.b = N("b"); c.c = N("c"); c.d = N("d"); c.e = N("e")
print(sorted(c.__dict__), vars(c) is c.__dict__)
del c
b = B(); b.c = N("c"); b.a = N("a"); b.b = N("b")
del b
class E(Exception):
    __slots__ = ("code",)
e = E(1, 2); e.code = 5; e.other = 3; print(e.code, e.args, e.__dict__)
class L(list):
    __slots__ = ("x",)
l = L([1]); l.x = N("x"); l.append(N("item")); print(hasattr(l, "__dict__"))
del l
for base in (int, tuple, bytes):
    try:
        class Bad(base):
            __slots__ = ("x",)
    except TypeError as e: print(e)
class S(str):
    __slots__ = ("x",)
s = S("t"); s.x = 3; print(s, s.x)
class P:
    __slots__ = ("__x", "y", "__dict__")
    def set(self): self.__x = 4
    def get(self): return self.__x
p = P(); p.set(); print(p.get(), p.__dict__, p._P__x); p.z = 1; print(p.__dict__)
print(A.a, A.__slots__, A.__dict__["a"].__get__(a))
try: A.a.__get__(5)
except TypeError as e: print(e)
try: A.a.__set__(c2 := C(), 5); print(c2.a)
except TypeError as e: print(e)
try: A.a.__set__(N("no"), 5)
except TypeError as e: print(e)
for bad in ((1,), ("a b",), ("",)):
    try: type("T", (), {"__slots__": bad})
    except TypeError as e: print(e)
try:
    class T:
        __slots__ = ("a",)
        a = 1
except ValueError as e: print(e)
try:
    class T:
        __slots__ = ("a", "__dict__", "__dict__")
except TypeError as e: print(e)
try:
    class T(C):
        __slots__ = ("__dict__",)
except TypeError as e: print(e)
class X:
    __slots__ = ("p",)
class Y:
    __slots__ = ("q",)
try:
    class XY(X, Y): pass
except TypeError as e: print(e)
class X2:
    __slots__ = ("p",)
x = X(); x.p = 3
x.__class__ = X2; print(x.p, type(x).__name__)
try: x.__class__ = Y
except TypeError as e: print(e)
try: x.__class__ = A
except TypeError as e: print(e)
class Z(X): pass
try: x.__class__ = Z
except TypeError as e: print(e)
class M(X):
    __slots__ = ()
x = X(); x.p = 1; x.__class__ = M; print(x.p)
def get(o): return o.p
x = X()
for i in range(3):
    show(get, x)
x.p = 1
for i in range(3): show(get, x)
del x.p
for i in range(3): show(get, x)
def put(o, v): o.p = v
for i in range(4): put(x, N(i))
print(x.p.n)
x.p = None
class W:
    __slots__ = ["a", "b"]
    def __init__(self): self.a = self.b = 0
    def __del__(self): print("W dead")
w = W(); w.a += 1; print(w.a, w.b); del w
class G(A):
    a = 5
g = G(); g.b = 3; print(g.a, g.b, g.__dict__)
g.a = 7; print(g.a, g.__dict__, A.a.__get__(g) if hasattr(g, "zz") else "")
d = A.__dict__["a"]; del A, B, C, G, g, a
import gc; gc.collect()
print(d)
class Big:
    __slots__ = tuple("s%d" % i for i in range(60))
o = Big()
for i in range(60): setattr(o, "s%d" % i, i)
print(o.s0, o.s59, sum(getattr(o, "s%d" % i) for i in range(60)))
class Fin:
    __slots__ = ("x",)
    def __del__(self): print("fin", self.x is self)
f = Fin(); f.x = f; del f; gc.collect()
class Cyc:
    __slots__ = ("x", "n")
q = Cyc(); q.x = q; q.n = N("in cycle"); gc.disable(); del q; gc.collect()
