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
    ([D("o1s").m(D("o2"), D("o3x")), (D("o4") or D("o5x"))], list(g0((D("o6"), D("o7"), D("o8")))), [f3(*[D("o9x"), D("o10")]), (lambda q, r=D("o11"): q)(D("o12s"))][0])
    try:
        pass
        if [x for x in [f0(D("o13x").m(D("o14x"), D("o15")), D("o16s").m(D("o17x"), D("o18"))), (D("o19x") if D("o20x") else D("o21"))]]:
            try:
                f4(list(g0(f0((D("o22s") and D("o23x")), D("o24s").m(D("o25x"), D("o26"))))))
            except KeyError: print("KE")
            try:
                f4((D("o27s") == D("o28", D("o29s"), (D("o30s") + D("o31x")))))
            except KeyError: print("KE")
        else:
            ((f0(D("o32x"), D("o33x")) if [D("o34s"), D("o35s")] else {type(x): x for x in [D("o36")]}) == D("o37s").m(D("o38x", D("o39"), D("o40")), (D("o41s") == D("o42s"))))
        raise ValueError((D("o43") + D("o44")))
    except ValueError as ex:
        print("caught")
        pass
        if (lambda q, r=list(g0([D("o45x"), D("o46s")][0])): q)([D("o47"), D("o48s")]):
            pass
        else:
            list(g0(D("o49")))
    d = (f1([D("o50s"), D("o51")]) if D("o52x", (D("o53") or D("o54")), {1: D("o55x"), 2: D("o56s")}) else ({1: D("o57s"), 2: D("o58")}, [x for x in [D("o59"), D("o60")]], f3(*[D("o61s"), D("o62")])))
    c = [d, ([D("o63x"), d] == (d if d else d))][0]
    for it in [(D("o64x"), c, [f1(d), list(g0(D("o65s")))][0]), f0([(D("o66") == d), (d and c)][0], f1([x for x in [c, D("o67")]]))]:
        l = [((D("o68") + D("o69x")) == (lambda q, r=(c if D("o70x") else c): q)([c, it][0])), c, D("o71s")]; l[0] = ([{type(x): x for x in [D("o72x")]}, (D("o73x") or it)], {1: c, 2: f3(*[D("o74s"), it])}, D("o75s")); del l[1:]; l.append({1: ((D("o76s") + D("o77x")) == (lambda q, r=d: q)(it)), 2: f0((d, it, D("o78")), d)})
        p, q = f0({type(x): x for x in [(d if D("o79s") else it)]}, f3(*[list(g0(D("o80x"))), d])), [list(g0([d, it])), D("o81s")]
main()
print("--- main done")
try:
    f4(f1(D("o82s")))
except KeyError: print("KE")
[x for x in [f2(list(g0(D("o83s"))), k=D("o84").m(D("o85s"), D("o86"))), D("o87")]]
try:
    f4((f1(D("o88")) and (D("o89x").m(D("o90s"), D("o91s")), D("o92x", D("o93s"), D("o94s")), f2(D("o95x"), k=D("o96x")))))
except KeyError: print("KE")
gc.collect()
print("=== end")
D.__del__ = lambda s: None
