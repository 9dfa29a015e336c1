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
    def loc(u, v=D("o1x")): z = f2({type(x): x for x in [[D("o2"), D("o3s")][0]]}, k=D("o4s")); return u
    loc(list(g0(f2((D("o5s") if D("o6s") else D("o7s")), k=D("o8")))))
    d = D("o9x"); d.attr = ((f3(*[D("o10s"), D("o11s")]) == (D("o12x") == D("o13s"))), ((D("o14x") + D("o15s")) or (D("o16x") and D("o17s"))), {1: (D("o18") or D("o19s")), 2: D("o20x")}); d.me = d
    with D("o21") as wv:
        try:
            f4(f3(*[f1(f3(*[wv, d])), [{type(x): x for x in [d]}, {1: D("o22"), 2: D("o23x")}][0]]))
        except KeyError: print("KE")
        d = D("o24x"); d.attr = ([list(g0(d)), (D("o25s") and d)] if (wv and {1: d, 2: D("o26")}) else (wv == {type(x): x for x in [wv]})); d.me = d
    l = [[D("o27s", (d, D("o28x"), D("o29")), D("o30")), D("o31s").m((d and d), D("o32x").m(d, d))], [([x for x in [d, D("o33x")]] and list(g0(D("o34s")))), [d, D("o35s").m(D("o36"), D("o37"))]], ((D("o38x", d, D("o39")) or {type(x): x for x in [d]}), [D("o40"), {1: d, 2: d}], D("o41s", (d, D("o42s"), d), (D("o43") + D("o44"))))]; l[0] = [([d, D("o45")] or d), ([x for x in [d, d]] == list(g0(d)))]; del l[1:]; l.append(f0(list(g0(D("o46x"))), [(d if d else d), (D("o47x") and d)][0]))
    print("use", type(d).__name__)
    a = d
    def loc(u, v=D("o48", {type(x): x for x in [[d, D("o49s")][0]]}, {1: f3(*[a, d]), 2: (d or d)})): z = f1(((a and D("o50")) == [d, D("o51x")][0])); return u
    loc(([x for x in [[d, d][0], D("o52")]] if (f0(a, a) or f1(a)) else (D("o53s").m(D("o54"), a) == list(g0(D("o55x"))))))
main()
print("--- main done")
def loc(u, v=(f2(f0(D("o56"), D("o57s")), k=f3(*[D("o58s"), D("o59s")])) and f3(*[D("o60x"), (D("o61"), D("o62s"), D("o63s"))]))): z = (f0((D("o64") if D("o65s") else D("o66")), f2(D("o67s"), k=D("o68"))) if (D("o69x") + D("o70")) else D("o71x").m((D("o72x") or D("o73s")), [D("o74"), D("o75x")][0])); return u
loc(f2((lambda q, r=f3(*[D("o76"), D("o77x")]): q)((D("o78s") and D("o79s"))), k=(D("o80s") or D("o81x"))))
pass
c = (lambda q, r=[f3(*[D("o82x"), D("o83")]), {type(x): x for x in [D("o84")]}]: q)(D("o85s"))
with D("o86x") as wv:
    if (lambda q, r=({1: D("o87s"), 2: wv}, (D("o88") if D("o89x") else c), D("o90x", wv, wv)): q)((f1(c) and {type(x): x for x in [wv]})):
        f1(f1([D("o91x"), c]))
        print("use", type(wv).__name__)
    else:
        b = f3(*[(lambda q, r={1: c, 2: c}: q)([c, wv]), {1: (D("o92"), c, c), 2: {1: wv, 2: c}}])
        print("use", type(wv).__name__)
    for it in g0({type(x): x for x in [f3(*[f2(D("o93s"), k=wv), (D("o94x") == c)])]}):
        (f2(D("o95x").m(wv, c), k=(lambda q, r=it: q)(wv)) == D("o96s", {1: wv, 2: c}, wv))
        [(D("o97x") + D("o98")), list(g0(D("o99")))]
        break
gc.collect()
print("=== end")
D.__del__ = lambda s: None
