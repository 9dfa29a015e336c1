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
    for it in [(lambda q, r=((D("o1") or D("o2s")) or [x for x in [D("o3"), D("o4")]]): q)(f2((lambda q, r=D("o5s"): q)(D("o6x")), k=D("o7x"))), D("o8x")]:
        def loc(u, v=[(f2(D("o9"), k=it) == (D("o10s") + D("o11"))), (f1(it), D("o12s"), D("o13x").m(it, it))]): z = D("o14").m(list(g0(f3(*[D("o15x"), it]))), it); return u
        loc([(D("o16s").m(D("o17x"), it) and it), (lambda q, r=(lambda q, r=D("o18x"): q)(it): q)(it)])
    try:
        b = D("o19s"); b.attr = ((f2(D("o20s"), k=D("o21x")) or (D("o22") == D("o23"))) if ((D("o24") + D("o25")) == f1(D("o26"))) else D("o27")); b.me = b
        p, q = list(g0(D("o28x", f1(D("o29s")), (b or b)))), [(list(g0(D("o30x"))) == D("o31x").m(D("o32"), b)), ((b if b else b) if {type(x): x for x in [b]} else (b, b, D("o33x")))][0]
        raise ValueError({1: [f2(D("o34s"), k=D("o35s")), (D("o36s") == D("o37x"))], 2: ((D("o38s"), D("o39s"), D("o40x")), (D("o41") if D("o42x") else D("o43x")), [D("o44s"), D("o45")])})
    except ValueError as ex:
        print("caught")
        try:
            f4(f2({1: f3(*[D("o46x"), D("o47s")]), 2: f0(D("o48x"), D("o49x"))}, k=[x for x in [D("o50"), D("o51", D("o52s"), D("o53x"))]]))
        except KeyError: print("KE")
        b = D("o54x"); b.attr = f2(((D("o55") and D("o56x")) and (D("o57x") + D("o58x"))), k=(D("o59s") or (lambda q, r=D("o60x"): q)(D("o61x")))); b.me = b
    pass
    for it in [{1: f2(D("o62s").m(D("o63s"), D("o64s")), k=(D("o65") == D("o66"))), 2: D("o67").m(f0(D("o68s"), D("o69")), {1: D("o70"), 2: D("o71s")})}, [[D("o72", D("o73s"), D("o74")), [D("o75"), D("o76x")]][0], (D("o77x") + D("o78"))][0]]:
        if {type(x): x for x in [f1(f0(it, D("o79")))]}:
            t = 1; del t
            d = {"x": (D("o80x") + D("o81s"))}; d["x"] = ([D("o82", it, it), (it, it, D("o83"))][0] if (lambda q, r=[it, D("o84s")]: q)(f3(*[it, D("o85x")])) else it); d.pop("x")
            b = ({type(x): x for x in [(it and it)]} == list(g0((D("o86x") + D("o87x")))))
        else:
            it
            try:
                (D("o88s") + D("o89s"))
            except ValueError as ex:
                print("caught")
                print("use", type(it).__name__)
        break
    a = (lambda q, r=(D("o90") + D("o91")): q)({type(x): x for x in [list(g0(D("o92s")))]})
main()
print("--- main done")
a = D("o93x"); a.attr = ((f2(D("o94"), k=D("o95")) if list(g0(D("o96x"))) else D("o97s", D("o98x"), D("o99"))) or (lambda q, r={1: D("o100s"), 2: D("o101s")}: q)([D("o102x"), D("o103x")])); a.me = a
d = {1: f0(D("o104s"), {1: D("o105s"), 2: a}), 2: {1: {type(x): x for x in [D("o106x")]}, 2: D("o107", a, a)}}
f2((D("o108") + D("o109x")), k={1: (d, D("o110s"), a), 2: f0(D("o111x"), a)})
gc.collect()
print("=== end")
D.__del__ = lambda s: None
