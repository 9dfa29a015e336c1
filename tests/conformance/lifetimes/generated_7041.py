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
    ({1: {type(x): x for x in [D("o1s")]}, 2: (D("o2x") and D("o3"))} == (f2(D("o4s"), k=D("o5x")) or D("o6s")))
    return [f3(*[{type(x): x for x in [D("o7x")]}, D("o8x")]), f1(D("o9").m(D("o10"), D("o11s")))][0]
    try:
        d = D("o12"); d.attr = (D("o13s") + D("o14s")); d.me = d
    except ValueError as ex:
        print("caught")
        pass
        t = 1; del t
        d = {"x": [(D("o15x") and D("o16")), list(g0(D("o17x").m(D("o18s"), D("o19s"))))][0]}; d["x"] = (list(g0(f2(D("o20"), k=D("o21")))) == D("o22")); d.pop("x")
    for it in [(f0(list(g0(D("o23x"))), D("o24s")) if list(g0(D("o25x"))) else D("o26x", (D("o27s") if D("o28") else D("o29s")), f2(D("o30s"), k=D("o31s")))), [((D("o32x") or D("o33s")), f3(*[D("o34"), D("o35s")]), f1(D("o36s"))), D("o37s")]]:
        if f1(D("o38s").m({1: it, 2: it}, f3(*[it, it]))):
            for it in g0(it):
                c = D("o39s").m({type(x): x for x in [(it if it else it)]}, it)
                c = [(D("o40") + D("o41s")), it]
                break
        else:
            def loc(u, v=(D("o42x") + D("o43"))): z = list(g0((f0(D("o44"), it) and [D("o45"), D("o46")][0]))); return u
            loc((lambda q, r=((it == it), it, D("o47s", it, it)): q)(({type(x): x for x in [it]} == f1(it))))
        [({type(x): x for x in [it]} and (it if D("o48") else it)), it]
    b = D("o49"); b.attr = [f2([D("o50s"), D("o51x")], k=(D("o52"), D("o53s"), D("o54x"))), ([x for x in [D("o55s"), D("o56s")]] or (D("o57s") or D("o58s")))]; b.me = b
    a = D("o59s"); a.attr = [f3(*[b, [b, b]]), (lambda q, r={1: b, 2: b}: q)((b or D("o60s")))][0]; a.me = a
main()
print("--- main done")
t = 1; del t
d = {"x": D("o61x")}; d["x"] = (D("o62s") + D("o63")); d.pop("x")
for it in [({1: (D("o64s") or D("o65x")), 2: D("o66s", D("o67"), D("o68"))} == (D("o69s") + D("o70"))), {1: f2(D("o71").m(D("o72s"), D("o73")), k=(lambda q, r=D("o74"): q)(D("o75"))), 2: f1((D("o76") or D("o77s")))}]:
    with D("o78x") as wv:
        f0(D("o79x"), ([D("o80"), wv][0] and (it if wv else wv)))
    with D("o81s") as wv:
        print("use", type(it).__name__)
        c = ([x for x in [{type(x): x for x in [wv]}, {1: D("o82s"), 2: D("o83x")}]] == {1: {1: wv, 2: it}, 2: f2(wv, k=wv)})
gc.collect()
print("=== end")
D.__del__ = lambda s: None
