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
    pass
    with D("o1s") as wv:
        p, q = {type(x): x for x in [(D("o2") and (D("o3s") + D("o4")))]}, (f1(wv) if (f0(D("o5"), wv) == D("o6")) else f2((lambda q, r=wv: q)(wv), k=D("o7").m(D("o8x"), wv)))
    try:
        f4({1: [x for x in [f0(D("o9s"), D("o10x")), [D("o11x"), D("o12s")]]], 2: ((D("o13x"), D("o14"), D("o15")) or (D("o16") and D("o17s")))})
    except KeyError: print("KE")
    with D("o18x") as wv:
        t = 1; del t
        d = {"x": ([x for x in [D("o19s", wv, wv), {type(x): x for x in [wv]}]] and D("o20x", D("o21", D("o22"), wv), (D("o23") if wv else wv)))}; d["x"] = [D("o24s").m([x for x in [wv, wv]], D("o25").m(wv, D("o26s"))), wv][0]; d.pop("x")
main()
print("--- main done")
l = [D("o27"), {1: D("o28s"), 2: f0((D("o29x") and D("o30s")), D("o31x"))}, f3(*[(D("o32x", D("o33"), D("o34x")) and D("o35s")), [f3(*[D("o36x"), D("o37")]), f1(D("o38s"))][0]])]; l[0] = f1(D("o39")); del l[1:]; l.append(((list(g0(D("o40"))) or f1(D("o41s"))) or (D("o42") + D("o43s"))))
try:
    try:
        D("o44s")
        D("o45")
        raise ValueError(D("o46x"))
    except ValueError as ex:
        print("caught")
        c = D("o47x")
    raise ValueError(f3(*[D("o48x"), list(g0((D("o49x") and D("o50s"))))]))
except ValueError as ex:
    print("caught")
    a = list(g0(D("o51")))
for it in [(D("o52x") + D("o53")), (([x for x in [D("o54x"), D("o55x")]] if [x for x in [D("o56x"), D("o57")]] else [D("o58x"), D("o59s")]) if D("o60x") else [x for x in [[D("o61"), D("o62x")][0], {1: D("o63x"), 2: D("o64x")}]])]:
    pass
    pass
gc.collect()
print("=== end")
D.__del__ = lambda s: None
