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
    try:
        b = D("o1x"); b.attr = (lambda q, r=f0({type(x): x for x in [D("o2s")]}, f0(D("o3s"), D("o4x"))): q)({type(x): x for x in [D("o5")]}); b.me = b
        raise ValueError([f2(f1(D("o6")), k=list(g0(D("o7s")))), ((D("o8") + D("o9")) and [x for x in [D("o10"), D("o11s")]])])
    except ValueError as ex:
        print("caught")
        def loc(u, v=list(g0(f1(D("o12x"))))): z = f0([[D("o13x"), D("o14")][0], (D("o15") == D("o16s"))][0], [[D("o17x"), D("o18")], (D("o19s") and D("o20"))][0]); return u
        loc({type(x): x for x in [f0((D("o21") == D("o22")), (D("o23s") or D("o24x")))]})
        def loc(u, v=D("o25")): z = f3(*[f3(*[(D("o26") and D("o27x")), (lambda q, r=D("o28s"): q)(D("o29s"))]), f1([D("o30x"), D("o31x")][0])]); return u
        loc((D("o32x") + D("o33")))
    pass
main()
print("--- main done")
t = 1; del t
d = {"x": f3(*[(D("o34x") + D("o35x")), (f1(D("o36s")) if {1: D("o37"), 2: D("o38x")} else f3(*[D("o39s"), D("o40x")]))])}; d["x"] = f1(f1((D("o41x") == D("o42")))); d.pop("x")
for it in g0(f3(*[[x for x in [D("o43x"), f0(D("o44"), D("o45x"))]], {type(x): x for x in [(D("o46") if D("o47x") else D("o48x"))]}])):
    with D("o49") as wv:
        b = f2([(D("o50s") or wv), (wv or D("o51x"))], k={1: D("o52", wv, it), 2: (D("o53") == D("o54x"))})
    p, q = ([(it if it else it), D("o55", it, it)] and ((it if it else it) or {1: D("o56x"), 2: it})), [f2(D("o57x"), k=D("o58s", D("o59x"), it)), D("o60").m([D("o61x"), D("o62s")][0], {type(x): x for x in [it]})]
    break
gc.collect()
print("=== end")
D.__del__ = lambda s: None
