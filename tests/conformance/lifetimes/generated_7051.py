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
    b = D("o1x"); b.attr = D("o2s"); b.me = b
    for it in g0(D("o3")):
        try:
            f4([x for x in [(f2(it, k=D("o4x")) and {type(x): x for x in [D("o5s")]}), [x for x in [(b if it else D("o6s")), (D("o7x") and it)]]]])
        except KeyError: print("KE")
        break
    with D("o8") as wv:
        t = 1; del t
        d = {"x": [f1({type(x): x for x in [wv]}), wv]}; d["x"] = [((b or wv) and D("o9s")), f3(*[(b or D("o10x")), f0(b, wv)])]; d.pop("x")
    t = 1; del t
    d = {"x": (D("o11s") + D("o12x"))}; d["x"] = {type(x): x for x in [{1: list(g0(b)), 2: f1(b)}]}; d.pop("x")
    t = 1; del t
    d = {"x": {type(x): x for x in [D("o13").m(f2(D("o14"), k=b), (D("o15x") or b))]}}; d["x"] = [f0([b, b], f0(b, b)), D("o16s").m((lambda q, r=D("o17x"): q)(b), (D("o18s") + D("o19x")))]; d.pop("x")
    if b is not None: b = None
    if D("o20", (lambda q, r=D("o21s").m(b, b): q)((b if D("o22") else b)), (D("o23s").m(b, D("o24s")) == b)):
        f0([D("o25x"), {type(x): x for x in [b]}][0], [f1(D("o26x")), f3(*[b, b])][0])
    else:
        d = D("o27s"); d.attr = list(g0(D("o28s").m(f0(b, D("o29s")), {1: D("o30s"), 2: b}))); d.me = d
main()
print("--- main done")
with D("o31") as wv:
    def loc(u, v=f0(D("o32s"), {1: [wv, wv][0], 2: f2(wv, k=wv)})): z = (lambda q, r=f0(f2(wv, k=D("o33x")), D("o34")): q)([f0(wv, wv), D("o35")]); return u
    loc((lambda q, r=(D("o36s") + D("o37s")): q)(list(g0((wv or wv)))))
    d = D("o38"); d.attr = f0({type(x): x for x in [[wv, D("o39x")][0]]}, ([x for x in [wv, wv]] == f3(*[wv, D("o40s")]))); d.me = d
pass
try:
    pass
    raise ValueError([D("o41s"), f0(D("o42s"), {1: D("o43"), 2: D("o44")})])
except ValueError as ex:
    print("caught")
    pass
    b = D("o45x")
finally:
    t = 1; del t
    d = {"x": ((D("o46") + D("o47x")) and {type(x): x for x in [(D("o48x") or D("o49"))]})}; d["x"] = f2(f1((D("o50"), D("o51"), D("o52"))), k=([D("o53s"), D("o54x")], f0(D("o55s"), D("o56")), D("o57x"))); d.pop("x")
l = [f2(f3(*[f1(D("o58x")), [x for x in [D("o59s"), D("o60")]]]), k=[x for x in [{1: D("o61"), 2: D("o62s")}, (D("o63x") if D("o64") else D("o65x"))]]), [f1((D("o66") if D("o67") else D("o68"))), f3(*[D("o69").m(D("o70"), D("o71s")), D("o72")])], {type(x): x for x in [f2(D("o73s"), k=(D("o74x") + D("o75")))]}]; l[0] = D("o76s"); del l[1:]; l.append({1: [(D("o77") + D("o78x")), D("o79x", D("o80s"), D("o81"))], 2: [x for x in [[D("o82s"), D("o83x")], D("o84", D("o85"), D("o86"))]]})
gc.collect()
print("=== end")
D.__del__ = lambda s: None
