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
        def loc(u, v=[x for x in [((lambda q, r=D("o1"): q)(D("o2x")) if {1: D("o3x"), 2: D("o4x")} else (D("o5") + D("o6"))), D("o7").m(f1(D("o8x")), D("o9", D("o10x"), D("o11s")))]]): z = D("o12"); return u
        loc(f2(f1(D("o13").m(D("o14"), D("o15s"))), k=[x for x in [{type(x): x for x in [D("o16")]}, f2(D("o17x"), k=D("o18s"))]]))
    except ValueError as ex:
        print("caught")
        c = D("o19x")
    for it in g0({1: ([x for x in [D("o20"), D("o21s")]] or {1: D("o22x"), 2: D("o23s")}), 2: ((D("o24") + D("o25x")), f2(D("o26x"), k=D("o27s")), D("o28s"))}):
        def loc(u, v=it): z = ((f2(it, k=D("o29s")) and (it, it, it)) == [it, (lambda q, r=it: q)(it)]); return u
        loc({type(x): x for x in [D("o30s").m([D("o31"), D("o32s")], [it, it])]})
        t = 1; del t
        d = {"x": ({type(x): x for x in [{1: D("o33"), 2: D("o34s")}]}, (list(g0(D("o35x"))) if it else [it, it]), D("o36x"))}; d["x"] = ([f1(it), (D("o37x") == it)] and f2(f0(D("o38x"), it), k=list(g0(D("o39s"))))); d.pop("x")
        break
    for it in [(D("o40s") + D("o41")), {type(x): x for x in [f1(D("o42"))]}]:
        try:
            f4({1: f3(*[{1: it, 2: it}, {type(x): x for x in [D("o43")]}]), 2: D("o44x").m((D("o45s") == it), it)})
        except KeyError: print("KE")
        break
    with D("o46") as wv:
        return [x for x in [wv, (wv if D("o47x", wv, D("o48x")) else (lambda q, r=wv: q)(wv))]]
    try:
        f4({1: f3(*[{type(x): x for x in [D("o49x")]}, (D("o50x") + D("o51s"))]), 2: f0(f2(D("o52s"), k=D("o53x")), (D("o54s"), D("o55s"), D("o56")))})
    except KeyError: print("KE")
    if {1: D("o57s"), 2: f3(*[{1: D("o58s"), 2: D("o59x")}, (D("o60x") if D("o61x") else D("o62x"))])}:
        for it in g0((((lambda q, r=D("o63s"): q)(D("o64x")) or [x for x in [D("o65s"), D("o66x")]]) and (D("o67x", D("o68x"), D("o69")) or [D("o70"), D("o71")]))):
            l = [{type(x): x for x in [D("o72x")]}, (((it == D("o73s")) or [x for x in [D("o74"), D("o75")]]) == [{1: it, 2: it}, D("o76", D("o77"), D("o78"))][0]), [f1([it, D("o79x")][0]), {1: (D("o80"), it, it), 2: (it or D("o81x"))}][0]]; l[0] = it; del l[1:]; l.append(([{1: it, 2: D("o82x")}, (D("o83") and D("o84s"))][0] == f3(*[(D("o85x") if it else D("o86")), D("o87x").m(D("o88"), it)])))
            if it is not None: it = None
            break
    else:
        with D("o89x") as wv:
            if ({1: wv, 2: D("o90s")} == f2(D("o91", wv, D("o92x")), k={1: wv, 2: wv})):
                print("use", type(wv).__name__)
            else:
                (D("o93x") + D("o94s"))
        for it in [(D("o95") + D("o96x")), D("o97s")]:
            print("use", type(it).__name__)
            p, q = D("o98s"), it
    pass
main()
print("--- main done")
pass
f0(D("o99s"), (f2(D("o100x"), k=D("o101x")), (D("o102x") or D("o103x")), D("o104s").m(D("o105"), D("o106s"))))
with D("o107") as wv:
    try:
        b = D("o108")
    except ValueError as ex:
        print("caught")
        print("use", type(wv).__name__)
        print("use", type(wv).__name__)
    finally:
        b = {type(x): x for x in [f1(D("o109s").m(D("o110x"), wv))]}
pass
gc.collect()
print("=== end")
D.__del__ = lambda s: None
