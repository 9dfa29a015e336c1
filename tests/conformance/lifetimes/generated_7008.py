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
    p, q = {type(x): x for x in [[x for x in [D("o1", D("o2"), D("o3")), f3(*[D("o4"), D("o5s")])]]]}, ([list(g0(D("o6"))), (D("o7") and D("o8x"))][0] and (D("o9x") if D("o10").m(D("o11"), D("o12s")) else D("o13s")))
    for it in [[x for x in [([x for x in [p, D("o14x")]] or {type(x): x for x in [p]}), D("o15")]], ({1: f1(D("o16x")), 2: (p and q)} == f3(*[(p == q), list(g0(D("o17")))]))]:
        c = (D("o18s") + D("o19s"))
        for it in [((lambda q, r=D("o20s").m(p, c): q)((it == D("o21s"))) == f2((q and it), k={1: it, 2: D("o22")})), ((f2(c, k=p) and (c, q, D("o23"))) == f2([x for x in [c, c]], k=(lambda q, r=q: q)(c)))]:
            if D("o24s"):
                c = (p if {type(x): x for x in [(lambda q, r=it: q)(it)]} else ((D("o25x") == c) == (q if it else D("o26s"))))
            else:
                b = f2((D("o27x") + D("o28")), k=[q, D("o29").m(q, D("o30"))])
        break
    try:
        f4((list(g0(f1(q))) or ({type(x): x for x in [D("o31")]}, (D("o32s") == D("o33")), {type(x): x for x in [p]})))
    except KeyError: print("KE")
    try:
        d = D("o34x"); d.attr = p; d.me = d
        raise ValueError([f2([x for x in [p, p]], k=[x for x in [p, q]]), D("o35s").m([p, q][0], D("o36s", q, p))])
    except ValueError as ex:
        print("caught")
        if f3(*[[D("o37", p, D("o38x")), [q, q][0]], [p, (lambda q, r=D("o39x"): q)(p)][0]]):
            with D("o40") as wv:
                print("use", type(q).__name__)
                a = f0(D("o41").m(f2(wv, k=q), p), ((q == wv) and q))
            with D("o42") as wv:
                (f2((p, D("o43s"), D("o44s")), k=D("o45s", p, wv)) == [f1(p), D("o46s", D("o47s"), wv)])
                c = f0(D("o48x").m((D("o49x") or wv), D("o50s").m(wv, wv)), f0((D("o51x") + D("o52x")), f0(D("o53x"), D("o54s"))))
        else:
            ((D("o55s") + D("o56")) if (lambda q, r=[D("o57x"), q]: q)((lambda q, r=D("o58"): q)(D("o59s"))) else p)
    finally:
        try:
            f4(q)
        except KeyError: print("KE")
    if p is not None: p = None
main()
print("--- main done")
d = D("o60")
with D("o61x") as wv:
    for it in [D("o62s"), {type(x): x for x in [{type(x): x for x in [wv]}]}]:
        c = {type(x): x for x in [{type(x): x for x in [d]}]}
    try:
        a = ([x for x in [(D("o63x") + D("o64x")), (lambda q, r=wv: q)(D("o65"))]] if (list(g0(D("o66s"))) if (wv, d, D("o67")) else f0(wv, D("o68"))) else {type(x): x for x in [D("o69").m(wv, wv)]})
        [[a, D("o70", D("o71s"), D("o72s"))], (D("o73s") + D("o74"))]
    except ValueError as ex:
        print("caught")
        f1(f2((D("o75s") or d), k=list(g0(wv))))
        d = [x for x in [d, f3(*[[x for x in [wv, d]], D("o76").m(d, D("o77"))])]]
gc.collect()
print("=== end")
D.__del__ = lambda s: None
