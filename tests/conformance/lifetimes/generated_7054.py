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
    c = D("o1s")
    return ({type(x): x for x in [D("o2s")]}, f0(c, [x for x in [D("o3x"), D("o4x")]]), f3(*[c, {1: D("o5s"), 2: c}]))
    for it in g0({1: ((c, D("o6"), D("o7x")) and list(g0(c))), 2: (D("o8x").m(D("o9"), c) and (c and c))}):
        for it in [({type(x): x for x in [list(g0(it))]} or f3(*[{1: D("o10x"), 2: D("o11")}, (it or D("o12"))])), c]:
            return (list(g0((it == it))), f1((D("o13x") if D("o14") else D("o15s"))), f0({type(x): x for x in [D("o16x")]}, (D("o17") + D("o18x"))))
        break
    with D("o19x") as wv:
        try:
            f4(f1(D("o20")))
        except KeyError: print("KE")
        t = 1; del t
        d = {"x": ((lambda q, r={type(x): x for x in [c]}: q)({type(x): x for x in [wv]}) or D("o21x").m((wv or wv), f0(wv, wv)))}; d["x"] = D("o22").m(D("o23", f2(D("o24"), k=wv), D("o25")), ((c, D("o26x"), D("o27x")) and (c, D("o28s"), c))); d.pop("x")
    l = [(f0([c, c], [D("o29x"), D("o30s")][0]) if ((D("o31") + D("o32")), c, D("o33")) else (lambda q, r=(c or c): q)([x for x in [c, c]])), [x for x in [D("o34", [D("o35"), D("o36x")], {type(x): x for x in [c]}), f0([x for x in [c, D("o37s")]], [D("o38x"), c][0])]], (D("o39") + D("o40"))]; l[0] = {1: (D("o41s") + D("o42x")), 2: f1(c)}; del l[1:]; l.append(([{1: D("o43s"), 2: D("o44s")}, {1: D("o45s"), 2: D("o46x")}], {1: c, 2: [c, D("o47")]}, [x for x in [{1: D("o48x"), 2: D("o49")}, {1: D("o50"), 2: c}]]))
main()
print("--- main done")
l = [list(g0([[x for x in [D("o51"), D("o52")]], D("o53").m(D("o54"), D("o55s"))][0])), (lambda q, r=[x for x in [(D("o56s"), D("o57"), D("o58")), {1: D("o59s"), 2: D("o60x")}]]: q)(f0((D("o61") == D("o62")), list(g0(D("o63"))))), [f1(f0(D("o64"), D("o65"))), {type(x): x for x in [(D("o66") + D("o67s"))]}]]; l[0] = D("o68x"); del l[1:]; l.append({type(x): x for x in [f2(D("o69s").m(D("o70"), D("o71")), k=(D("o72s") + D("o73")))]})
t = 1; del t
d = {"x": f2(f3(*[f2(D("o74"), k=D("o75x")), [x for x in [D("o76x"), D("o77s")]]]), k=D("o78").m(D("o79x", D("o80x"), D("o81")), [D("o82x"), D("o83")][0]))}; d["x"] = [{1: [D("o84x"), D("o85s")][0], 2: D("o86s")}, [f2(D("o87"), k=D("o88x")), (D("o89") or D("o90"))][0]][0]; d.pop("x")
{1: ((D("o91"), D("o92s"), D("o93")) if (D("o94") and D("o95s")) else [x for x in [D("o96x"), D("o97s")]]), 2: f0((D("o98s") if D("o99x") else D("o100")), (D("o101s") if D("o102") else D("o103s")))}
p, q = [(D("o104s") or D("o105x")), (D("o106x") + D("o107x"))], (D("o108"), f2(D("o109"), k=(D("o110") if D("o111s") else D("o112x"))), ((D("o113s") if D("o114s") else D("o115")) == (D("o116s") + D("o117x"))))
gc.collect()
print("=== end")
D.__del__ = lambda s: None
