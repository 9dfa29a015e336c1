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
    def loc(u, v=D("o1s", D("o2x").m(f0(D("o3"), D("o4x")), f1(D("o5"))), (f1(D("o6")), (D("o7s") + D("o8s")), (D("o9x") if D("o10") else D("o11s"))))): z = ([[D("o12"), D("o13x")][0], D("o14s")][0], f0(f3(*[D("o15s"), D("o16s")]), (D("o17s") or D("o18"))), f2(D("o19s").m(D("o20s"), D("o21")), k=f1(D("o22s")))); return u
    loc((D("o23x") + D("o24x")))
    def loc(u, v=D("o25x")): z = {1: D("o26"), 2: ({1: D("o27x"), 2: D("o28s")} == [D("o29s"), D("o30s")])}; return u
    loc([x for x in [(f2(D("o31"), k=D("o32s")), f0(D("o33s"), D("o34x")), f1(D("o35x"))), f0((lambda q, r=D("o36s"): q)(D("o37x")), [x for x in [D("o38x"), D("o39s")]])]])
    t = 1; del t
    d = {"x": D("o40s")}; d["x"] = f1(D("o41s")); d.pop("x")
main()
print("--- main done")
try:
    for it in g0(f1(D("o42s"))):
        print("use", type(it).__name__)
        break
    for it in [f2(((D("o43x") and D("o44")) if {type(x): x for x in [D("o45x")]} else D("o46", D("o47x"), D("o48"))), k=D("o49")), D("o50x", list(g0(D("o51x"))), ((lambda q, r=D("o52s"): q)(D("o53")), (D("o54x") and D("o55")), {type(x): x for x in [D("o56")]}))]:
        d = {type(x): x for x in [{type(x): x for x in [(it and it)]}]}
    raise ValueError(({1: (D("o57s") == D("o58x")), 2: (D("o59x") or D("o60"))} and [x for x in [D("o61"), f2(D("o62"), k=D("o63x"))]]))
except ValueError as ex:
    print("caught")
    a = D("o64x"); a.attr = f0(D("o65x", {1: D("o66"), 2: D("o67")}, (D("o68") or D("o69"))), ([D("o70x"), D("o71")] == f2(D("o72x"), k=D("o73x")))); a.me = a
    try:
        f4(({1: (a, a, a), 2: [x for x in [a, a]]} if (D("o74") + D("o75x")) else a))
    except KeyError: print("KE")
finally:
    p, q = [(D("o76x") + D("o77s")), D("o78s", f1(D("o79x")), (D("o80x"), D("o81s"), D("o82")))], (D("o83s", D("o84s"), f1(D("o85x"))) or ((D("o86s") if D("o87") else D("o88")) if f0(D("o89s"), D("o90s")) else (D("o91") and D("o92"))))
c = D("o93x").m((lambda q, r=list(g0(D("o94s"))): q)((D("o95s"), D("o96"), D("o97x"))), (D("o98s", D("o99x"), D("o100x")) or D("o101")))
gc.collect()
print("=== end")
D.__del__ = lambda s: None
