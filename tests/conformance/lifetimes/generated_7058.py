import gc
gc.disable()
class D:
    def __init__(s, n, *k): s.n = n; s.k = k; print("born", n)
    def __del__(s): print("dead", s.n)
    def m(s, *a): return s
    def __add__(s, o): return D(s.n + "+")
    def __enter__(s): print("enter", s.n); return s
    def __exit__(s, *e): print("exit", s.n, e[0] and e[0].__name__); return s.n.endswith("s")
    def __getitem__(s, i): return i
    def __eq__(s, o): return True
    def __hash__(s): return 1
    def __bool__(s): return len(s.n) % 2 == 0
    def __iter__(s): yield s; yield D(s.n + "i")
def f0(a, b):
    c = [b, D("f0c")]
    return c[0]
def f1(a):
    c = D("f1c")
    return c
def f2(a, *r, k=None, **kw):
    z = [a, k]
    return z
def f3(*a):
    y, *x = a
    return x
def f4(a):
    b = D("f4b")
    raise KeyError(a)
def g0(a):
    try:
        l = D("g0l")
        yield l
        yield a
    finally:
        print("g0fin")
def main():
    p, q = f0((lambda q, r=(D("o1") and D("o2")): q)((lambda q, r=D("o3x"): q)(D("o4"))), [(D("o5") if D("o6") else D("o7x")), D("o8x").m(D("o9"), D("o10s"))]), (f2(D("o11s", D("o12s"), D("o13x")), k=list(g0(D("o14s")))) == f1(D("o15x")))
    return ((D("o16s") + D("o17s")) if f1(list(g0(p))) else ((lambda q, r=D("o18x"): q)(p) and list(g0(D("o19s")))))
    print("use", type(q).__name__)
main()
print("--- main done")
p, q = [{1: (D("o20"), D("o21x"), D("o22")), 2: (D("o23") or D("o24x"))}, f2([D("o25x"), D("o26x")][0], k=D("o27s"))][0], f2(D("o28s"), k=(D("o29") if list(g0(D("o30s"))) else (lambda q, r=D("o31s"): q)(D("o32"))))
f0([q, [x for x in [D("o33s"), q]]], f2((D("o34x") + D("o35s")), k=(D("o36s") and D("o37"))))
b = list(g0(f1((D("o38s") + D("o39")))))
gc.collect()
print("=== end")
D.__del__ = lambda s: None
