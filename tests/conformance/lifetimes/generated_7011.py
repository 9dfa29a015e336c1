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
    with D("o1") as wv:
        a = (D("o2s", {type(x): x for x in [wv]}, f3(*[wv, D("o3s")])) or {type(x): x for x in [D("o4x")]})
        t = 1; del t
        d = {"x": ({type(x): x for x in [{type(x): x for x in [wv]}]} or (D("o5s").m(a, wv) == (D("o6s") or wv)))}; d["x"] = {type(x): x for x in [{type(x): x for x in [(D("o7x") == D("o8"))]}]}; d.pop("x")
    for it in [([f1(D("o9s")), (D("o10s") + D("o11s"))] or (lambda q, r=D("o12s").m(D("o13x"), D("o14x")): q)((lambda q, r=D("o15x"): q)(D("o16")))), ({1: f1(D("o17s")), 2: (D("o18x") == D("o19"))}, [x for x in [D("o20s"), [x for x in [D("o21x"), D("o22x")]]]], list(g0([D("o23s"), D("o24s")][0])))]:
        ((lambda q, r=f0(D("o25s"), D("o26s")): q)((D("o27") and it)) or (f0(D("o28"), it), (it or D("o29s")), list(g0(it))))
        l = [{type(x): x for x in [(f1(it) if [D("o30"), it] else f3(*[it, D("o31s")]))]}, f2([x for x in [D("o32", it, it), {type(x): x for x in [it]}]], k=[[D("o33s"), it][0], (it if D("o34s") else it)][0]), f0(((it == it) if f0(it, it) else D("o35x")), ([it, D("o36s")] == {type(x): x for x in [it]}))]; l[0] = ((it, f2(it, k=it), f1(D("o37s"))) if {type(x): x for x in [{type(x): x for x in [D("o38")]}]} else {type(x): x for x in [[x for x in [it, it]]]}); del l[1:]; l.append(f0(D("o39", f0(it, it), (it == it)), (f0(D("o40"), it) and [it, it])))
        break
    D("o41x")
    d = (D("o42s") + D("o43s"))
    print("use", type(d).__name__)
main()
print("--- main done")
if f0(D("o44"), f2([x for x in [D("o45"), D("o46x")]], k=D("o47").m(D("o48x"), D("o49x")))):
    l = [f1((f1(D("o50s")) == (D("o51s") if D("o52") else D("o53x")))), (D("o54s").m([D("o55x"), D("o56x")][0], (lambda q, r=D("o57s"): q)(D("o58s"))) == ({1: D("o59"), 2: D("o60")} and f0(D("o61"), D("o62s")))), f3(*[(f2(D("o63"), k=D("o64s")) if D("o65x") else (lambda q, r=D("o66s"): q)(D("o67"))), ([D("o68s"), D("o69")] if D("o70x").m(D("o71x"), D("o72x")) else (D("o73") or D("o74x")))])]; l[0] = D("o75"); del l[1:]; l.append(D("o76s"))
    with D("o77x") as wv:
        D("o78s")
else:
    f3(*[D("o79s"), D("o80x")])
with D("o81") as wv:
    [wv, [wv, D("o82")]][0]
t = 1; del t
d = {"x": (D("o83") or (lambda q, r=(D("o84") and D("o85s")): q)(f2(D("o86"), k=D("o87"))))}; d["x"] = ((f3(*[D("o88"), D("o89")]) and D("o90x")) or D("o91s", (D("o92x"), D("o93s"), D("o94x")), (D("o95x") and D("o96x")))); d.pop("x")
gc.collect()
print("=== end")
D.__del__ = lambda s: None
