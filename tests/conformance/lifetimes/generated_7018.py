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
    try:
        c = [((D("o1x"), D("o2"), D("o3x")) or D("o4x", D("o5s"), D("o6"))), D("o7x")][0]
        raise ValueError((D("o8s"), f0([D("o9"), D("o10s")][0], f0(D("o11x"), D("o12s"))), [D("o13x"), D("o14x").m(D("o15x"), D("o16s"))][0]))
    except ValueError as ex:
        print("caught")
        with D("o17x") as wv:
            for it in [list(g0({1: (wv == wv), 2: f2(wv, k=wv)})), [wv, list(g0((wv if wv else wv)))][0]]:
                d = (D("o18s", f1(wv), {1: it, 2: wv}) if [x for x in [(it == it), list(g0(D("o19x")))]] else (D("o20") + D("o21")))
                c = f0({type(x): x for x in [d]}, f0({type(x): x for x in [wv]}, (it == it)))
            for it in g0(((f1(wv) or (lambda q, r=wv: q)(wv)), [{1: wv, 2: wv}, wv][0], list(g0(D("o22s").m(D("o23x"), wv))))):
                print("use", type(wv).__name__)
                break
    return ([(D("o24s") + D("o25s")), (D("o26") and D("o27s"))][0] if D("o28x") else (D("o29s"), (lambda q, r=D("o30s"): q)(D("o31s")), (D("o32x") + D("o33s"))))
    for it in g0((D("o34x") + D("o35x"))):
        return (lambda q, r=(lambda q, r=(D("o36s"), it, it): q)(it): q)((it == [x for x in [it, it]]))
        return [[(D("o37x") if it else it), {1: it, 2: it}], [(it, D("o38"), it), D("o39")]][0]
        break
    a = D("o40x"); a.attr = [[(D("o41x") or D("o42")), f1(D("o43s"))][0], f3(*[(D("o44s") if D("o45") else D("o46x")), f3(*[D("o47"), D("o48s")])])]; a.me = a
    t = 1; del t
    d = {"x": [x for x in [(list(g0(D("o49"))) and (a == D("o50s"))), [(a and D("o51s")), D("o52")]]]}; d["x"] = {1: D("o53x", f0(a, D("o54")), f1(a)), 2: D("o55s", D("o56s"), (a == D("o57x")))}; d.pop("x")
main()
print("--- main done")
for it in [D("o58", (D("o59s") + D("o60x")), D("o61", f0(D("o62"), D("o63")), f3(*[D("o64"), D("o65x")]))), [D("o66x").m(D("o67"), (D("o68x") if D("o69x") else D("o70s"))), f1((D("o71s") and D("o72")))][0]]:
    try:
        f4(f1(f0(f2(it, k=it), (D("o73") + D("o74")))))
    except KeyError: print("KE")
a = f1(D("o75s").m((D("o76x") and D("o77")), list(g0(D("o78x")))))
p, q = a, [(lambda q, r=(D("o79s") + D("o80s")): q)((D("o81") or D("o82x"))), [x for x in [D("o83x", a, a), (a or D("o84x"))]]][0]
gc.collect()
print("=== end")
D.__del__ = lambda s: None
