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
    for it in [(f2((D("o1") + D("o2")), k=(D("o3") == D("o4"))) if D("o5s", D("o6"), (lambda q, r=D("o7"): q)(D("o8s"))) else ((D("o9s") if D("o10s") else D("o11")), D("o12s"), {type(x): x for x in [D("o13s")]})), [(f2(D("o14"), k=D("o15s")), (D("o16s") + D("o17s")), {1: D("o18x"), 2: D("o19x")}), D("o20x", D("o21s", D("o22"), D("o23")), f0(D("o24s"), D("o25s")))]]:
        try:
            f4(f0(it, ([it, D("o26s")][0] or (it, it, it))))
        except KeyError: print("KE")
        p, q = (it or (D("o27x") + D("o28x"))), [([it, D("o29s")][0] and (D("o30x") + D("o31x"))), list(g0((it and D("o32x"))))]
    t = 1; del t
    d = {"x": ((D("o33s") + D("o34")) or (D("o35s"), D("o36s", D("o37x"), D("o38s")), D("o39")))}; d["x"] = [D("o40x"), f3(*[{1: D("o41"), 2: D("o42s")}, D("o43s").m(D("o44"), D("o45x"))])]; d.pop("x")
    with D("o46s") as wv:
        def loc(u, v=D("o47s").m(([wv, wv][0] and [D("o48"), D("o49")][0]), D("o50s").m(f2(wv, k=D("o51x")), list(g0(D("o52x")))))): z = f0(({type(x): x for x in [wv]} and (wv == D("o53"))), D("o54x", f1(D("o55")), f1(D("o56")))); return u
        loc(D("o57s"))
    p, q = (D("o58") or f2(f1(D("o59")), k=f0(D("o60x"), D("o61")))), [x for x in [D("o62", list(g0(D("o63"))), (D("o64") or D("o65s"))), (D("o66s", D("o67"), D("o68s")) == (D("o69s") if D("o70s") else D("o71x")))]]
main()
print("--- main done")
with D("o72") as wv:
    t = 1; del t
    d = {"x": f3(*[f3(*[f2(D("o73x"), k=wv), {type(x): x for x in [wv]}]), f2([wv, wv], k=f1(wv))])}; d["x"] = {1: f1([wv, wv]), 2: wv}; d.pop("x")
    print("use", type(wv).__name__)
t = 1; del t
d = {"x": f0(list(g0((D("o74s"), D("o75x"), D("o76x")))), (D("o77s", D("o78s"), D("o79")) or (lambda q, r=D("o80s"): q)(D("o81s"))))}; d["x"] = (((D("o82x") if D("o83") else D("o84x")) and f0(D("o85s"), D("o86x"))) or (D("o87s") + D("o88"))); d.pop("x")
c = D("o89")
gc.collect()
print("=== end")
D.__del__ = lambda s: None
