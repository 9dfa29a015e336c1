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
    c = f3(*[(D("o1").m(D("o2x"), D("o3")) == D("o4x")), (list(g0(D("o5"))) if [D("o6"), D("o7s")] else D("o8x"))])
    t = 1; del t
    d = {"x": f2((lambda q, r={1: c, 2: D("o9s")}: q)(f0(c, c)), k=list(g0(f1(c))))}; d["x"] = {type(x): x for x in [(c == (c if c else c))]}; d.pop("x")
    with D("o10x") as wv:
        l = [c, (lambda q, r=(D("o11") + D("o12s")): q)(f1([D("o13x"), wv])), D("o14s")]; l[0] = D("o15"); del l[1:]; l.append([D("o16", c, D("o17x").m(wv, c)), f2(wv, k=(wv and wv))][0])
        for it in [{1: [f2(c, k=D("o18")), (wv and D("o19"))][0], 2: [x for x in [D("o20", wv, wv), (D("o21s") or D("o22"))]]}, (D("o23s") + D("o24x"))]:
            try:
                f4({1: {type(x): x for x in [(D("o25"), D("o26x"), c)]}, 2: (it or f3(*[it, D("o27x")]))})
            except KeyError: print("KE")
            t = 1; del t
            d = {"x": D("o28s", {type(x): x for x in [{type(x): x for x in [c]}]}, ((wv and c) == wv))}; d["x"] = ([[c, c], (it, wv, c)][0] or (list(g0(c)) or (c, c, it))); d.pop("x")
    if c is not None: c = None
    for it in g0((D("o29s") + D("o30s"))):
        b = (((D("o31s"), c, c) == (D("o32") + D("o33s"))), c, (it and (it, c, D("o34s"))))
        for it in g0(f1([[c, c], D("o35").m(it, c)][0])):
            l = [(lambda q, r=D("o36x").m((it and c), (D("o37s") and b)): q)(D("o38x", (D("o39x") + D("o40")), {type(x): x for x in [it]})), f1(f3(*[f2(D("o41s"), k=b), [D("o42s"), c]])), [x for x in [it, list(g0(c))]]]; l[0] = D("o43s"); del l[1:]; l.append((list(g0((c or D("o44x")))), f2([x for x in [b, b]], k=(it if it else c)), f2(b, k=D("o45x").m(it, D("o46x")))))
            [(b if b else (it and b)), f3(*[f2(D("o47x"), k=D("o48")), (c if D("o49") else D("o50x"))])][0]
            break
        break
main()
print("--- main done")
l = [list(g0(D("o51x"))), [x for x in [(D("o52s") + D("o53s")), f2((D("o54") and D("o55s")), k=D("o56x").m(D("o57"), D("o58x")))]], f2({type(x): x for x in [list(g0(D("o59")))]}, k=list(g0({1: D("o60"), 2: D("o61")})))]; l[0] = (((D("o62s") == D("o63s")), (D("o64") and D("o65x")), [x for x in [D("o66"), D("o67s")]]) == f2(D("o68x").m(D("o69"), D("o70x")), k=f3(*[D("o71"), D("o72")]))); del l[1:]; l.append(D("o73s", [x for x in [[x for x in [D("o74x"), D("o75x")]], {1: D("o76x"), 2: D("o77")}]], D("o78s")))
try:
    f4(f3(*[f2([x for x in [D("o79s"), D("o80")]], k=(D("o81x"), D("o82x"), D("o83"))), D("o84")]))
except KeyError: print("KE")
c = D("o85x", (f1(D("o86s")) or [D("o87"), D("o88")]), list(g0({type(x): x for x in [D("o89x")]})))
l = [[(f3(*[D("o90x"), c]) if (c == c) else (c and c)), list(g0(D("o91s", D("o92x"), D("o93s"))))], [x for x in [f0([x for x in [D("o94x"), c]], D("o95x")), ([D("o96x"), D("o97")], f0(c, c), (lambda q, r=c: q)(c))]], f2(c, k=D("o98x", f1(D("o99s")), [D("o100"), D("o101s")]))]; l[0] = [x for x in [{type(x): x for x in [f3(*[c, D("o102")])]}, list(g0((lambda q, r=c: q)(D("o103x"))))]]; del l[1:]; l.append(f2(c, k=(lambda q, r=list(g0(c)): q)((D("o104x"), D("o105s"), c))))
gc.collect()
print("=== end")
D.__del__ = lambda s: None
