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
    d = D("o1")
    def loc(u, v=f0([list(g0(D("o2x"))), [x for x in [d, d]]][0], f1(D("o3", d, D("o4x"))))): z = D("o5", f0((d == d), list(g0(d))), f2((D("o6") + D("o7x")), k=[d, d])); return u
    loc(list(g0(f3(*[d, (D("o8s") + D("o9x"))]))))
    t = 1; del t
    d = {"x": [x for x in [{1: d, 2: {type(x): x for x in [d]}}, f3(*[D("o10s").m(d, D("o11x")), D("o12s").m(D("o13"), d)])]]}; d["x"] = (((d and d), [x for x in [d, d]], {type(x): x for x in [D("o14s")]}), (f1(D("o15x")) == D("o16x", d, d)), (d or (D("o17s") == d))); d.pop("x")
    a = f3(*[D("o18"), ((D("o19"), d, D("o20")) if [d, D("o21s")][0] else d)])
    def loc(u, v=a): z = (D("o22x") + D("o23x")); return u
    loc([x for x in [([D("o24x"), a] or [a, a]), [a, (lambda q, r=a: q)(d)][0]]])
main()
print("--- main done")
for it in [D("o25s").m(D("o26x").m(f1(D("o27s")), (lambda q, r=D("o28x"): q)(D("o29s"))), (D("o30x") + D("o31"))), [x for x in [[x for x in [D("o32x"), (D("o33s") if D("o34") else D("o35x"))]], f3(*[f3(*[D("o36"), D("o37x")]), D("o38x").m(D("o39s"), D("o40x"))])]]]:
    for it in g0(it):
        print("use", type(it).__name__)
        d = D("o41x", ((lambda q, r=D("o42s"): q)(it) and {1: it, 2: it}), list(g0((D("o43s") or it))))
        break
    print("use", type(it).__name__)
    break
d = D("o44"); d.attr = list(g0(((D("o45x") or D("o46")) == f0(D("o47x"), D("o48"))))); d.me = d
gc.collect()
print("=== end")
D.__del__ = lambda s: None
