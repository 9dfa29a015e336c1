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
        pass
        raise ValueError(f0(D("o1").m(D("o2"), (D("o3") or D("o4x"))), D("o5")))
    except ValueError as ex:
        print("caught")
        a = (f1((D("o6s"), D("o7x"), D("o8s"))) and (D("o9") + D("o10")))
    b = [({type(x): x for x in [D("o11")]} or (lambda q, r=D("o12s"): q)(D("o13"))), D("o14x", D("o15"), {1: D("o16"), 2: D("o17")})]
    print("use", type(b).__name__)
    l = [b, f1(b), b]; l[0] = {1: ({1: b, 2: b} == {type(x): x for x in [b]}), 2: f3(*[(D("o18") and b), {1: b, 2: b}])}; del l[1:]; l.append([x for x in [[[x for x in [b, b]], (b and D("o19"))], (D("o20x") if {type(x): x for x in [D("o21x")]} else list(g0(b)))]])
    with D("o22s") as wv:
        l = [wv, (wv == [D("o23s").m(b, b), [b, D("o24s")][0]]), D("o25").m(wv, f2((wv if wv else D("o26")), k=D("o27").m(wv, wv)))]; l[0] = {1: f1(list(g0(wv))), 2: f1((D("o28") + D("o29x")))}; del l[1:]; l.append(f1([x for x in [(b and D("o30x")), f2(b, k=wv)]]))
        try:
            print("use", type(wv).__name__)
            raise ValueError(f3(*[(D("o31s").m(D("o32x"), D("o33x")) and D("o34x", wv, D("o35"))), [D("o36x").m(D("o37x"), D("o38s")), {type(x): x for x in [D("o39s")]}]]))
        except ValueError as ex:
            print("caught")
            t = 1; del t
            d = {"x": f0(([wv, wv] == (lambda q, r=b: q)(wv)), f2((lambda q, r=wv: q)(D("o40")), k=(D("o41s"), D("o42"), wv)))}; d["x"] = wv; d.pop("x")
            b = D("o43s").m((D("o44x", b, wv) if [x for x in [wv, D("o45s")]] else (b == b)), list(g0([D("o46s"), b])))
        finally:
            a = (lambda q, r=[x for x in [b, f0(D("o47"), wv)]]: q)((D("o48s") + D("o49s")))
    if [x for x in [[b, D("o50")][0], b]]:
        l = [f0((D("o51x") + D("o52")), {1: [b, b][0], 2: [x for x in [b, b]]}), D("o53s", ((lambda q, r=D("o54x"): q)(b) if {1: b, 2: D("o55s")} else [b, b]), D("o56")), ({type(x): x for x in [[b, b][0]]} if (lambda q, r=b: q)(b) else ((b and b) == f0(D("o57x"), b)))]; l[0] = f0(((b or b) == {1: b, 2: b}), f2({type(x): x for x in [D("o58")]}, k=[b, b][0])); del l[1:]; l.append(f3(*[[x for x in [(D("o59x") + D("o60x")), [b, b]]], {type(x): x for x in [f3(*[D("o61"), b])]}]))
        if b is not None: b = None
    else:
        with D("o62") as wv:
            b = list(g0(([wv, wv] and (D("o63") + D("o64")))))
        try:
            f4(b)
        except KeyError: print("KE")
    p, q = (f1(D("o65", b, b)) == {type(x): x for x in [b]}), [x for x in [f2(f1(b), k=f1(b)), [[b, b], b][0]]]
main()
print("--- main done")
def loc(u, v=list(g0((D("o66x") + D("o67s"))))): z = (f1({type(x): x for x in [D("o68")]}) or [x for x in [(D("o69") == D("o70x")), D("o71x")]]); return u
loc([x for x in [(f2(D("o72x"), k=D("o73x")), D("o74"), f0(D("o75x"), D("o76"))), ([D("o77x"), D("o78s")][0] or (D("o79s") + D("o80s")))]])
p, q = (lambda q, r=D("o81x").m(D("o82"), f1(D("o83x"))): q)(f2((lambda q, r=D("o84x"): q)(D("o85")), k=D("o86"))), D("o87x", ((D("o88s") if D("o89") else D("o90s")) and (D("o91") == D("o92s"))), f1([D("o93"), D("o94s")][0]))
if p is not None: p = None
gc.collect()
print("=== end")
D.__del__ = lambda s: None
