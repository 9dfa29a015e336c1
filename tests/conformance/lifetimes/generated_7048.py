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
    for it in g0({1: (f3(*[D("o1x"), D("o2s")]) if (D("o3x") == D("o4x")) else D("o5x")), 2: D("o6s")}):
        with D("o7s") as wv:
            return (lambda q, r=D("o8s", (lambda q, r=D("o9"): q)(it), f3(*[D("o10"), D("o11")])): q)(list(g0(D("o12x", it, wv))))
        t = 1; del t
        d = {"x": (lambda q, r=f1((it or D("o13x"))): q)(({type(x): x for x in [it]}, (D("o14") + D("o15")), list(g0(it))))}; d["x"] = D("o16x", (f0(it, it) == f3(*[it, it])), it); d.pop("x")
        break
    pass
    pass
    pass
    return f2(f3(*[(D("o17x") and D("o18")), f2(D("o19s"), k=D("o20x"))]), k=(list(g0(D("o21s"))) == f2(D("o22"), k=D("o23x"))))
    return [({type(x): x for x in [D("o24x")]} or f1(D("o25x"))), (D("o26") + D("o27"))][0]
    a = (D("o28x") + D("o29"))
main()
print("--- main done")
pass
t = 1; del t
d = {"x": [[D("o30x"), f3(*[D("o31"), D("o32s")])][0], ([D("o33"), D("o34s")][0] == f0(D("o35x"), D("o36x")))]}; d["x"] = (D("o37") if f0((D("o38s"), D("o39s"), D("o40x")), f1(D("o41s"))) else f2((D("o42s") + D("o43s")), k=D("o44s"))); d.pop("x")
gc.collect()
print("=== end")
D.__del__ = lambda s: None
