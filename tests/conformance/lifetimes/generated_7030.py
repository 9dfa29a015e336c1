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
    b = [x for x in [D("o1s", {1: D("o2x"), 2: D("o3")}, D("o4s").m(D("o5s"), D("o6x"))), D("o7")]]
    d = (lambda q, r=(lambda q, r=[x for x in [D("o8s"), b]]: q)((b and D("o9x"))): q)(b)
    for it in [(f2((D("o10x") + D("o11")), k={1: b, 2: D("o12")}) and [f2(b, k=D("o13")), (b or d)][0]), f3(*[(D("o14x").m(d, D("o15")) and f1(d)), list(g0(d))])]:
        for it in g0(f3(*[(f2(b, k=D("o16x")), (b and d), [x for x in [D("o17s"), D("o18s")]]), f2([b, D("o19")], k=f0(b, d))])):
            l = [list(g0(it)), [({1: D("o20s"), 2: D("o21")}, D("o22s", it, it), D("o23x").m(d, D("o24x"))), D("o25s")], {type(x): x for x in [f3(*[D("o26s"), f0(it, d)])]}]; l[0] = b; del l[1:]; l.append(f2(f1(D("o27s", b, it)), k=(D("o28s").m(it, it), [x for x in [D("o29x"), D("o30")]], D("o31x").m(it, d))))
            b = D("o32x"); b.attr = D("o33s").m(f3(*[it, f0(D("o34s"), D("o35s"))]), [f3(*[d, D("o36s")]), (D("o37s") + D("o38x"))][0]); b.me = b
            break
main()
print("--- main done")
if D("o39s"):
    b = [x for x in [([x for x in [D("o40x"), D("o41")]] if D("o42x") else D("o43")), list(g0((lambda q, r=D("o44s"): q)(D("o45s"))))]]
else:
    b = [D("o46x"), f1([D("o47x"), D("o48x")])]
    try:
        f4([f3(*[(b, b, D("o49")), [b, b]]), f0([D("o50x"), D("o51s")], D("o52").m(b, b))])
    except KeyError: print("KE")
with D("o53") as wv:
    if (([wv, D("o54")] and f2(wv, k=wv)) and [D("o55").m(wv, D("o56")), [D("o57x"), wv][0]][0]):
        d = {1: (f3(*[wv, wv]) and (D("o58") + D("o59s"))), 2: f2({type(x): x for x in [D("o60s")]}, k=[wv, wv])}
    else:
        D("o61x", list(g0((D("o62") and wv))), [f1(wv), D("o63").m(D("o64"), wv)][0])
    p, q = D("o65x").m(D("o66x").m(f3(*[wv, D("o67x")]), D("o68x", D("o69x"), D("o70s"))), (list(g0(wv)) == (D("o71") + D("o72s")))), {type(x): x for x in [[f3(*[wv, wv]), D("o73x", wv, wv)][0]]}
gc.collect()
print("=== end")
D.__del__ = lambda s: None
