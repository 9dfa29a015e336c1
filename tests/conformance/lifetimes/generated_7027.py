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
    def loc(u, v=D("o1").m([(D("o2s"), D("o3"), D("o4x")), {1: D("o5"), 2: D("o6")}], [f2(D("o7"), k=D("o8")), [x for x in [D("o9s"), D("o10")]]][0])): z = ((f1(D("o11")) if (D("o12") or D("o13")) else (D("o14x") if D("o15x") else D("o16x"))), {1: list(g0(D("o17"))), 2: (D("o18") if D("o19") else D("o20"))}, D("o21x").m((D("o22x") or D("o23s")), f3(*[D("o24s"), D("o25x")]))); return u
    loc((lambda q, r=f0(D("o26").m(D("o27"), D("o28")), (D("o29x") or D("o30"))): q)({1: D("o31x"), 2: [D("o32x"), D("o33s")][0]}))
    a = D("o34x"); a.attr = D("o35"); a.me = a
    try:
        f4(f3(*[(list(g0(D("o36"))) and (a if a else a)), ((lambda q, r=D("o37s"): q)(a) if a else a)]))
    except KeyError: print("KE")
    ([(lambda q, r=a: q)(D("o38s")), [D("o39x"), D("o40x")][0]] or f2(f0(a, D("o41x")), k=[D("o42x"), D("o43s")][0]))
    try:
        print("use", type(a).__name__)
    except ValueError as ex:
        print("caught")
        c = D("o44"); c.attr = [x for x in [f0({type(x): x for x in [a]}, list(g0(D("o45")))), ((a if D("o46") else a), a, (a == a))]]; c.me = c
    try:
        f4(a)
    except KeyError: print("KE")
main()
print("--- main done")
with D("o47x") as wv:
    if f3(*[f2(wv, k=(wv == wv)), [[wv, D("o48")], D("o49")][0]]):
        a = (((wv if D("o50s") else wv) and list(g0(wv))) == wv)
    else:
        list(g0(wv))
    for it in g0(list(g0(([D("o51s"), wv] or list(g0(wv)))))):
        wv
        break
pass
gc.collect()
print("=== end")
D.__del__ = lambda s: None
