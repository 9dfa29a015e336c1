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
    return D("o1x")
    return ({1: (D("o2x") or D("o3x")), 2: D("o4").m(D("o5x"), D("o6x"))} if [x for x in [(D("o7") and D("o8s")), (D("o9") or D("o10"))]] else {type(x): x for x in [f1(D("o11"))]})
    pass
    try:
        f4(f2(((lambda q, r=D("o12x"): q)(D("o13s")), (D("o14x") == D("o15")), {type(x): x for x in [D("o16s")]}), k={type(x): x for x in [(D("o17") and D("o18s"))]}))
    except KeyError: print("KE")
    if ({1: f1(D("o19s")), 2: (D("o20") + D("o21x"))} == (list(g0(D("o22x"))) and {1: D("o23x"), 2: D("o24x")})):
        try:
            f4(D("o25x"))
        except KeyError: print("KE")
    else:
        c = (lambda q, r=((lambda q, r=D("o26s"): q)(D("o27x")) or (D("o28x") + D("o29"))): q)(D("o30", (D("o31x") if D("o32s") else D("o33s")), f0(D("o34"), D("o35x"))))
        t = 1; del t
        d = {"x": [[x for x in [f0(c, D("o36s")), (c, c, D("o37x"))]], [(c or c), [c, D("o38")]]]}; d["x"] = (D("o39s") + D("o40s")); d.pop("x")
    b = D("o41x").m(D("o42x").m(D("o43s", D("o44s"), D("o45")), (lambda q, r=D("o46x"): q)(D("o47"))), (D("o48s") + D("o49x")))
    for it in [b, (lambda q, r=[x for x in [(D("o50") + D("o51")), {type(x): x for x in [b]}]]: q)((lambda q, r=[b, b][0]: q)((D("o52x") + D("o53"))))]:
        try:
            for it in [(((D("o54") + D("o55x")) if (D("o56s") + D("o57")) else D("o58x")) == {1: f0(D("o59"), D("o60")), 2: f2(b, k=D("o61"))}), f0(list(g0(list(g0(b)))), ((it or it) if f3(*[b, b]) else f1(it)))]:
                c = [f1(f1(it)), [x for x in [b, list(g0(it))]]]
                d = [([c, D("o62")][0] or {1: c, 2: it}), D("o63")]
                break
            if {1: [x for x in [it, f2(D("o64s"), k=D("o65x"))]], 2: ((lambda q, r=it: q)(b) and b)}:
                print("use", type(it).__name__)
                print("use", type(it).__name__)
            else:
                {1: {type(x): x for x in [f3(*[b, D("o66s")])]}, 2: it}
        except ValueError as ex:
            print("caught")
            return f2(f1((D("o67x") + D("o68"))), k=it)
            if D("o69").m((D("o70x").m(it, D("o71x")), D("o72s"), list(g0(it))), (D("o73") + D("o74x"))):
                d = (f1((b == b)), D("o75"), (D("o76s") and (D("o77x") or it)))
            else:
                print("use", type(b).__name__)
        finally:
            d = (list(g0((lambda q, r=D("o78"): q)(it))) if f0(b, it) else [it, f1(D("o79x"))])
        break
main()
print("--- main done")
pass
try:
    t = 1; del t
    d = {"x": D("o80x", [x for x in [(D("o81") and D("o82s")), (D("o83x") and D("o84x"))]], [(D("o85s") and D("o86")), f1(D("o87"))][0])}; d["x"] = [list(g0((D("o88"), D("o89x"), D("o90s")))), (list(g0(D("o91"))) and {type(x): x for x in [D("o92s")]})]; d.pop("x")
except ValueError as ex:
    print("caught")
    (D("o93x") + D("o94x"))
    a = {1: ((D("o95x") and D("o96x")) or D("o97s")), 2: D("o98x", f1(D("o99")), (D("o100s") and D("o101s")))}
finally:
    pass
    if D("o102"):
        a = list(g0({1: D("o103"), 2: D("o104")}))
        print("use", type(a).__name__)
    else:
        a = (D("o105s") + D("o106x"))
        print("use", type(a).__name__)
gc.collect()
print("=== end")
D.__del__ = lambda s: None
