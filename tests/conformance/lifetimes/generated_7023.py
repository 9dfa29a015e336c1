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
    def loc(u, v=f2(D("o1s"), k=[[D("o2s"), D("o3s")][0], D("o4s")])): z = ([x for x in [(D("o5") if D("o6x") else D("o7s")), (D("o8x"), D("o9s"), D("o10"))]], D("o11s"), (f0(D("o12x"), D("o13x")), f3(*[D("o14s"), D("o15")]), D("o16s"))); return u
    loc(D("o17"))
    return ((lambda q, r=[D("o18"), D("o19")]: q)(D("o20", D("o21x"), D("o22s"))) == list(g0(D("o23x"))))
    b = {type(x): x for x in [(f3(*[D("o24s"), D("o25s")]), f2(D("o26x"), k=D("o27")), {1: D("o28s"), 2: D("o29x")})]}
    d = (D("o30s") + D("o31s"))
    try:
        f4({1: {type(x): x for x in [D("o32x").m(D("o33x"), b)]}, 2: ((b == b) == (D("o34s") == d))})
    except KeyError: print("KE")
main()
print("--- main done")
pass
pass
gc.collect()
print("=== end")
D.__del__ = lambda s: None
