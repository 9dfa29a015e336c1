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
    try:
        def loc(u, v=D("o1", {type(x): x for x in [f0(D("o2"), D("o3x"))]}, (lambda q, r=D("o4"): q)((D("o5s") and D("o6"))))): z = (D("o7s") or (D("o8x") + D("o9x"))); return u
        loc(D("o10"))
    except ValueError as ex:
        print("caught")
        b = f1([{1: D("o11x"), 2: D("o12x")}, (D("o13x") == D("o14x"))][0])
        try:
            c = b
            for it in [c, c]:
                (D("o15") == f1((c == b)))
                (D("o16s") or [[it, it][0], f2(b, k=D("o17s"))])
            raise ValueError(([(D("o18s") if b else b), [D("o19"), b][0]][0] or (f0(D("o20"), b) or (b and b))))
        except ValueError as ex:
            print("caught")
            print("use", type(b).__name__)
            with D("o21x") as wv:
                {type(x): x for x in [D("o22")]}
    finally:
        a = (f3(*[(D("o23x") == D("o24x")), (D("o25x") == D("o26x"))]) if f0([D("o27s"), D("o28s")], list(g0(D("o29s")))) else {type(x): x for x in [(D("o30s") + D("o31"))]})
    pass
    return [f0((lambda q, r=D("o32"): q)(D("o33")), [x for x in [D("o34s"), D("o35s")]]), D("o36s")]
main()
print("--- main done")
b = D("o37").m((D("o38x") + D("o39s")), f0(f2(D("o40"), k=D("o41")), f3(*[D("o42s"), D("o43s")])))
with D("o44") as wv:
    try:
        f4((D("o45s").m(f1(D("o46")), D("o47").m(D("o48"), D("o49s"))) or {type(x): x for x in [{1: D("o50"), 2: wv}]}))
    except KeyError: print("KE")
    p, q = (f3(*[[wv, wv][0], (wv or b)]) if (b or [x for x in [wv, wv]]) else D("o51x", [x for x in [D("o52s"), D("o53")]], f0(D("o54"), D("o55x")))), [x for x in [{1: [wv, D("o56")], 2: {1: D("o57x"), 2: wv}}, f1(f1(wv))]]
for it in [(f2([D("o58x"), b][0], k=(D("o59x") and b)) == ((lambda q, r=b: q)(b) and list(g0(b)))), (D("o60x", f2(b, k=D("o61")), f2(b, k=b)) and ((lambda q, r=D("o62"): q)(b) and (D("o63x") + D("o64s"))))]:
    if it is not None: it = None
    def loc(u, v=D("o65s").m(((D("o66") if D("o67s") else it) and [x for x in [b, D("o68x")]]), (lambda q, r=b: q)(b))): z = (D("o69x") + D("o70s")); return u
    loc([it, ([it, b] == [x for x in [b, D("o71")]])][0])
gc.collect()
print("=== end")
D.__del__ = lambda s: None
