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
    p, q = D("o1", (D("o2") + D("o3")), ((D("o4") or D("o5s")), [D("o6"), D("o7s")][0], f0(D("o8x"), D("o9s")))), [(lambda q, r=f3(*[D("o10"), D("o11x")]): q)(f2(D("o12"), k=D("o13"))), [(D("o14s"), D("o15s"), D("o16")), (D("o17x"), D("o18"), D("o19"))][0]]
    if q is not None: q = None
    print("use", type(q).__name__)
    (f2(f3(*[D("o20x"), q]), k=list(g0(p))) or (f1(p) or (lambda q, r=q: q)(D("o21s"))))
    try:
        try:
            for it in [D("o22s"), (list(g0(f0(D("o23x"), q))), D("o24s").m((lambda q, r=D("o25"): q)(D("o26x")), (p or q)), p)]:
                b = D("o27x").m((lambda q, r=D("o28x").m(D("o29x"), q): q)((q, D("o30x"), q)), D("o31s").m(f1(it), f1(D("o32s"))))
        except ValueError as ex:
            print("caught")
            d = (lambda q, r=(lambda q, r=(D("o33") and q): q)((p or D("o34s"))): q)(D("o35s"))
        try:
            f4((((lambda q, r=p: q)(D("o36")), [D("o37x"), q], [D("o38x"), D("o39s")][0]) or D("o40s", (p or p), D("o41").m(q, D("o42")))))
        except KeyError: print("KE")
        raise ValueError(((D("o43") + D("o44s")) if D("o45", (lambda q, r=q: q)(D("o46")), D("o47s")) else f3(*[(D("o48x") or q), q])))
    except ValueError as ex:
        print("caught")
        d = f2(((lambda q, r=D("o49s"): q)(q) == {type(x): x for x in [p]}), k=D("o50s", D("o51x").m(q, D("o52")), p))
    finally:
        try:
            for it in g0((lambda q, r={type(x): x for x in [[q, D("o53x")][0]]}: q)(f3(*[(D("o54") + D("o55x")), [D("o56"), p]]))):
                a = [(lambda q, r=q: q)((D("o57s") + D("o58x"))), f0((it and it), (p if p else D("o59s")))]
                break
            raise ValueError((list(g0([q, q])) == D("o60s").m({type(x): x for x in [D("o61x")]}, p)))
        except ValueError as ex:
            print("caught")
            if f3(*[({type(x): x for x in [D("o62")]} or (q if p else p)), p]):
                print("use", type(q).__name__)
            else:
                b = D("o63", f1((q and q)), p)
                a = {type(x): x for x in [D("o64").m(D("o65s").m(p, D("o66s")), (D("o67x") + D("o68")))]}
        with D("o69s") as wv:
            if [([x for x in [D("o70"), p]] or wv), [[D("o71x"), q][0], wv][0]][0]:
                [x for x in [([p, D("o72x")] == (q if q else p)), p]]
                print("use", type(wv).__name__)
            else:
                ([x for x in [D("o73s").m(wv, D("o74x")), f3(*[D("o75"), wv])]] and f0((wv if D("o76x") else p), f3(*[D("o77x"), D("o78x")])))
                a = (lambda q, r=f3(*[q, (D("o79s") + D("o80s"))]): q)(D("o81"))
            if q is not None: q = None
    if [f3(*[(p, D("o82x"), D("o83s")), list(g0(p))]), (f3(*[p, p]) or q)][0]:
        for it in [D("o84x"), list(g0([x for x in [(p == q), f1(q)]]))]:
            b = (p == D("o85x"))
        for it in g0([x for x in [(D("o86s") + D("o87x")), ((D("o88x") or D("o89x")) or p)]]):
            b = f2((D("o90s").m(q, q) or {1: it, 2: p}), k=[x for x in [(D("o91x") or it), f3(*[p, D("o92s")])]])
            break
    else:
        try:
            f4(((list(g0(p)) == (q and q)) or [x for x in [list(g0(D("o93"))), q]]))
        except KeyError: print("KE")
        for it in g0(q):
            for it in [f2(f3(*[f1(q), (q if it else D("o94"))]), k={1: list(g0(q)), 2: (D("o95"), q, q)}), (f1(D("o96")) == it)]:
                b = [x for x in [q, ((it if p else D("o97s")) and f3(*[q, p]))]]
            break
main()
print("--- main done")
with D("o98s") as wv:
    (({type(x): x for x in [wv]} if f2(wv, k=D("o99s")) else f2(wv, k=wv)) if ([wv, wv], (wv == wv), f2(wv, k=wv)) else D("o100"))
    c = D("o101x")
for it in g0(D("o102")):
    try:
        f4(D("o103s", D("o104s").m((it and it), [D("o105s"), D("o106s")]), {type(x): x for x in [(D("o107s") and D("o108"))]}))
    except KeyError: print("KE")
    for it in g0(list(g0(D("o109").m((lambda q, r=it: q)(it), [x for x in [D("o110"), D("o111x")]])))):
        print("use", type(it).__name__)
        break
    break
gc.collect()
print("=== end")
D.__del__ = lambda s: None
