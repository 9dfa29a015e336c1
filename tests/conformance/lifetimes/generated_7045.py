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
    def loc(u, v=(D("o1", [D("o2x"), D("o3s")][0], (D("o4") and D("o5x"))) or D("o6x").m(D("o7s"), D("o8x", D("o9s"), D("o10s"))))): z = [f2({1: D("o11x"), 2: D("o12")}, k=f1(D("o13"))), {1: (D("o14s") or D("o15")), 2: f0(D("o16x"), D("o17x"))}][0]; return u
    loc({type(x): x for x in [[D("o18", D("o19s"), D("o20")), D("o21x").m(D("o22x"), D("o23x"))][0]]})
    t = 1; del t
    d = {"x": (((D("o24x") == D("o25x")) or [x for x in [D("o26x"), D("o27")]]) or f0((D("o28") or D("o29x")), {1: D("o30"), 2: D("o31x")}))}; d["x"] = D("o32s"); d.pop("x")
    for it in g0([D("o33s"), (lambda q, r=(D("o34x") and D("o35x")): q)((D("o36s") + D("o37")))][0]):
        l = [f0((it if (D("o38") == it) else f3(*[it, it])), ((D("o39s") and D("o40x")) == (it == it))), {1: (f2(D("o41"), k=it), list(g0(it)), [it, it][0]), 2: ((it if it else D("o42s")) == (lambda q, r=it: q)(it))}, D("o43s", D("o44x"), [D("o45s"), f2(D("o46s"), k=it)])]; l[0] = it; del l[1:]; l.append(D("o47s").m((f1(D("o48s")), f1(it), f0(it, it)), it))
        break
main()
print("--- main done")
def loc(u, v=[x for x in [list(g0([D("o49x"), D("o50s")][0])), [D("o51x", D("o52s"), D("o53x")), (D("o54") and D("o55x"))]]]): z = f3(*[D("o56s", (D("o57") == D("o58x")), [D("o59x"), D("o60")][0]), f1(D("o61x"))]); return u
loc(((D("o62") + D("o63")) or (D("o64") + D("o65"))))
p, q = f3(*[((D("o66x") or D("o67x")) and {1: D("o68s"), 2: D("o69s")}), list(g0((D("o70s") == D("o71x"))))]), (list(g0(D("o72s"))), {1: list(g0(D("o73s"))), 2: (lambda q, r=D("o74"): q)(D("o75s"))}, (lambda q, r=f3(*[D("o76"), D("o77x")]): q)(D("o78").m(D("o79s"), D("o80x"))))
d = list(g0(((lambda q, r=D("o81"): q)(p) or f1(q))))
c = {1: q, 2: list(g0({type(x): x for x in [q]}))}
gc.collect()
print("=== end")
D.__del__ = lambda s: None
