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
    c = ([x for x in [(D("o1") if D("o2") else D("o3")), (D("o4s") if D("o5s") else D("o6s"))]] if D("o7s") else (lambda q, r=[D("o8"), D("o9")]: q)([D("o10s"), D("o11s")][0]))
    try:
        if D("o12s"):
            def loc(u, v=D("o13x", [[c, D("o14s")][0], (c and c)][0], (D("o15") + D("o16s")))): z = D("o17", [x for x in [(D("o18x") or c), (D("o19x") + D("o20x"))]], [[D("o21x"), D("o22")][0], c][0]); return u
            loc(f2(D("o23x", (D("o24s") if c else c), (c or c)), k={1: (D("o25") or D("o26")), 2: (c and D("o27x"))}))
        else:
            a = (((c if c else D("o28")) if {1: c, 2: c} else f1(D("o29x"))) if (f3(*[c, c]) == {type(x): x for x in [c]}) else (D("o30x") + D("o31s")))
            list(g0({type(x): x for x in [f1(c)]}))
        [x for x in [f2((c if c else c), k=(c, D("o32x"), D("o33x"))), f1(c)]]
        raise ValueError(({type(x): x for x in [c]} if (D("o34s") or c) else f3(*[f3(*[D("o35x"), c]), D("o36s").m(c, c)])))
    except ValueError as ex:
        print("caught")
        try:
            a = f0(c, f1((c and D("o37x"))))
        except ValueError as ex:
            print("caught")
            t = 1; del t
            d = {"x": (D("o38") + D("o39s"))}; d["x"] = (((lambda q, r=D("o40"): q)(c) if f2(D("o41"), k=D("o42")) else list(g0(c))), c, c); d.pop("x")
            l = [([f1(c), [c, c]], f3(*[list(g0(D("o43x"))), (D("o44x") == c)]), (D("o45") + D("o46s"))), c, f1({1: f2(D("o47x"), k=D("o48")), 2: D("o49x")})]; l[0] = [{type(x): x for x in [D("o50s").m(D("o51x"), D("o52"))]}, [f2(c, k=c), (D("o53") if c else D("o54s"))][0]][0]; del l[1:]; l.append(((lambda q, r=(c == c): q)({type(x): x for x in [c]}) or (f1(c) or (c == c))))
        finally:
            if c is not None: c = None
            p, q = f2(f0({1: c, 2: c}, f1(D("o55"))), k=f2([x for x in [D("o56"), c]], k=[c, c])), f2(list(g0(D("o57s", D("o58s"), c))), k=(D("o59x") + D("o60s")))
main()
print("--- main done")
pass
for it in [{1: (lambda q, r=D("o61s", D("o62x"), D("o63x")): q)(D("o64x", D("o65s"), D("o66x"))), 2: ([D("o67"), D("o68x")][0], f0(D("o69s"), D("o70")), (D("o71x") == D("o72x")))}, (lambda q, r={1: D("o73x", D("o74"), D("o75s")), 2: (D("o76s") + D("o77x"))}: q)(((D("o78s") and D("o79")) and list(g0(D("o80x")))))]:
    with D("o81x") as wv:
        a = f0(it, ((wv if wv else D("o82s")), {1: wv, 2: D("o83")}, it))
        (lambda q, r=(f2(D("o84x"), k=it) or {type(x): x for x in [it]}): q)(f2((D("o85") + D("o86")), k=wv))
    break
try:
    f4(((D("o87s", D("o88"), D("o89x")) == (D("o90x") + D("o91"))), {type(x): x for x in [(D("o92") if D("o93s") else D("o94"))]}, ((lambda q, r=D("o95"): q)(D("o96s")) and f2(D("o97x"), k=D("o98x")))))
except KeyError: print("KE")
gc.collect()
print("=== end")
D.__del__ = lambda s: None
