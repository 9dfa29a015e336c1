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
        f4(D("o1x").m(D("o2x"), {type(x): x for x in [(D("o3s"), D("o4"), D("o5x"))]}))
    except KeyError: print("KE")
    try:
        f4(f3(*[(lambda q, r=f2(D("o6s"), k=D("o7s")): q)(D("o8s", D("o9"), D("o10x"))), ((D("o11") == D("o12")) or [D("o13s"), D("o14")][0])]))
    except KeyError: print("KE")
    try:
        a = D("o15")
        raise ValueError(([x for x in [(lambda q, r=D("o16s"): q)(D("o17s")), (D("o18") or D("o19x"))]] == D("o20s")))
    except ValueError as ex:
        print("caught")
        def loc(u, v=(((D("o21") == D("o22x")) == (D("o23") if D("o24x") else D("o25"))) and (f0(D("o26"), D("o27")) and (D("o28x") and D("o29"))))): z = {1: D("o30x").m(D("o31x"), list(g0(D("o32x")))), 2: (D("o33x") + D("o34x"))}; return u
        loc([[D("o35x").m(D("o36"), D("o37s")), (D("o38s"), D("o39s"), D("o40"))][0], list(g0({1: D("o41s"), 2: D("o42s")}))][0])
        t = 1; del t
        d = {"x": D("o43x")}; d["x"] = f2([[D("o44x"), D("o45")], list(g0(D("o46x")))][0], k=f2({type(x): x for x in [D("o47")]}, k=f2(D("o48"), k=D("o49s")))); d.pop("x")
    for it in [(list(g0(f0(D("o50s"), D("o51x")))) or D("o52").m(D("o53s"), {1: D("o54"), 2: D("o55s")})), {type(x): x for x in [((D("o56") == D("o57x")) == (D("o58s") if D("o59") else D("o60")))]}]:
        if it is not None: it = None
        return it
    a = f2((D("o61") or f0(D("o62x"), D("o63x"))), k=D("o64x"))
    try:
        f4(D("o65s"))
    except KeyError: print("KE")
    a = (D("o66") and ([D("o67"), D("o68")][0], [D("o69"), D("o70s")][0], f3(*[a, D("o71")])))
main()
print("--- main done")
pass
def loc(u, v={1: D("o72s"), 2: f2([D("o73s"), D("o74s")], k=[x for x in [D("o75"), D("o76x")]])}): z = {type(x): x for x in [f0(D("o77"), {1: D("o78s"), 2: D("o79x")})]}; return u
loc(D("o80s").m(D("o81", list(g0(D("o82s"))), (D("o83s"), D("o84"), D("o85s"))), {1: (D("o86x"), D("o87"), D("o88")), 2: [D("o89x"), D("o90")][0]}))
gc.collect()
print("=== end")
D.__del__ = lambda s: None
