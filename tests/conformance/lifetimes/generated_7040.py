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
    l = [D("o1"), (D("o2x").m(D("o3s"), f2(D("o4"), k=D("o5"))) if f2((D("o6s") if D("o7") else D("o8s")), k=f2(D("o9x"), k=D("o10x"))) else [(D("o11") + D("o12s")), [D("o13"), D("o14")][0]][0]), {type(x): x for x in [f1({type(x): x for x in [D("o15")]})]}]; l[0] = D("o16x").m(([D("o17x"), D("o18s")][0] if (D("o19x"), D("o20s"), D("o21s")) else {1: D("o22s"), 2: D("o23s")}), ((D("o24") == D("o25")) or D("o26s"))); del l[1:]; l.append(f3(*[((D("o27x") == D("o28")) if (lambda q, r=D("o29"): q)(D("o30s")) else f3(*[D("o31"), D("o32s")])), D("o33", f0(D("o34"), D("o35s")), D("o36"))]))
    try:
        def loc(u, v=D("o37s", ((D("o38s") or D("o39x")), f2(D("o40s"), k=D("o41x")), [D("o42x"), D("o43x")]), (D("o44s") or D("o45s", D("o46s"), D("o47x"))))): z = ({1: (D("o48"), D("o49x"), D("o50x")), 2: (lambda q, r=D("o51"): q)(D("o52x"))} == f0((D("o53x") or D("o54x")), f2(D("o55s"), k=D("o56s")))); return u
        loc(D("o57x"))
    except ValueError as ex:
        print("caught")
        b = D("o58x")
        try:
            f4([[(b or b), [b, b]][0], (lambda q, r=(b or D("o59x")): q)(D("o60s", b, b))])
        except KeyError: print("KE")
    finally:
        a = D("o61x"); a.attr = D("o62"); a.me = a
    p, q = [x for x in [f2(D("o63s"), k=[D("o64x"), D("o65")]), (f3(*[D("o66"), D("o67x")]) or [D("o68x"), D("o69")])]], D("o70x")
main()
print("--- main done")
try:
    f4([x for x in [f1((D("o71s") + D("o72x"))), D("o73s")]])
except KeyError: print("KE")
with D("o74") as wv:
    try:
        f4(f3(*[f3(*[f1(wv), (wv or wv)]), ({1: wv, 2: wv}, f3(*[wv, wv]), [x for x in [wv, D("o75x")]])]))
    except KeyError: print("KE")
gc.collect()
print("=== end")
D.__del__ = lambda s: None
