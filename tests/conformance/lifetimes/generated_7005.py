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
    def loc(u, v=list(g0(D("o1")))): z = f3(*[D("o2s", (D("o3s") + D("o4s")), [D("o5x"), D("o6")][0]), (f3(*[D("o7"), D("o8")]) or (D("o9") if D("o10s") else D("o11s")))]); return u
    loc(D("o12s").m(D("o13x"), f0({1: D("o14"), 2: D("o15x")}, f0(D("o16s"), D("o17s")))))
    for it in g0(f1(list(g0((D("o18") if D("o19x") else D("o20x")))))):
        if it is not None: it = None
        with D("o21s") as wv:
            for it in g0(f0(D("o22").m((lambda q, r=wv: q)(it), f3(*[wv, it])), [(wv or D("o23x")), f1(D("o24"))])):
                b = (D("o25s").m((it and it), (D("o26") or it)) and [(it, wv, it), [D("o27x"), wv]])
                a = wv
                break
        break
    pass
    t = 1; del t
    d = {"x": [list(g0((D("o28x") and D("o29s")))), D("o30")]}; d["x"] = D("o31x"); d.pop("x")
    p, q = f3(*[D("o32"), D("o33", (D("o34x") == D("o35")), D("o36x"))]), (D("o37x") if [f2(D("o38s"), k=D("o39x")), (lambda q, r=D("o40"): q)(D("o41s"))] else ({1: D("o42s"), 2: D("o43")} == D("o44")))
    d = D("o45x"); d.attr = [p, ((q, q, q) and f3(*[D("o46x"), q]))][0]; d.me = d
main()
print("--- main done")
t = 1; del t
d = {"x": D("o47")}; d["x"] = ((f3(*[D("o48"), D("o49")]) and (lambda q, r=D("o50x"): q)(D("o51x"))) == (f0(D("o52x"), D("o53x")) == [D("o54"), D("o55")])); d.pop("x")
def loc(u, v=D("o56s")): z = D("o57x"); return u
loc((D("o58") + D("o59")))
if D("o60", D("o61x"), D("o62", [x for x in [D("o63s"), D("o64s")]], f2(D("o65"), k=D("o66s")))):
    for it in [[D("o67"), D("o68x")][0], f3(*[(lambda q, r=(D("o69x") + D("o70x")): q)((D("o71s") if D("o72s") else D("o73"))), {type(x): x for x in [D("o74", D("o75"), D("o76x"))]}])]:
        print("use", type(it).__name__)
        print("use", type(it).__name__)
        break
else:
    c = f3(*[[x for x in [[D("o77x"), D("o78s")], [x for x in [D("o79x"), D("o80x")]]]], D("o81")])
    with D("o82") as wv:
        D("o83")
pass
gc.collect()
print("=== end")
D.__del__ = lambda s: None
