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
        return D("o1")
        try:
            f4((f0(f3(*[D("o2"), D("o3s")]), (D("o4x") and D("o5s"))), ((lambda q, r=D("o6s"): q)(D("o7")), (D("o8"), D("o9x"), D("o10x")), D("o11")), [D("o12x"), f3(*[D("o13x"), D("o14")])]))
        except KeyError: print("KE")
    except ValueError as ex:
        print("caught")
        with D("o15s") as wv:
            def loc(u, v=((D("o16", D("o17"), wv), {1: wv, 2: D("o18s")}, [x for x in [wv, D("o19s")]]) and {type(x): x for x in [(wv, D("o20s"), wv)]})): z = {type(x): x for x in [wv]}; return u
            loc((f0((D("o21s"), wv, wv), wv) or f3(*[(lambda q, r=D("o22x"): q)(D("o23x")), f1(wv)])))
        p, q = [x for x in [{1: D("o24s").m(D("o25x"), D("o26x")), 2: D("o27x", D("o28s"), D("o29x"))}, (D("o30") == [D("o31s"), D("o32x")][0])]], D("o33s")
    finally:
        for it in [D("o34x"), ((f3(*[D("o35s"), D("o36")]), list(g0(D("o37x"))), D("o38")), (D("o39s") + D("o40x")), f3(*[(D("o41s") == D("o42")), (D("o43s") or D("o44x"))]))]:
            l = [f3(*[f0(list(g0(it)), {type(x): x for x in [it]}), [f3(*[D("o45s"), D("o46s")]), D("o47").m(it, it)][0]]), {type(x): x for x in [{type(x): x for x in [[it, it][0]]}]}, D("o48s", [x for x in [(it and it), f2(it, k=it)]], f2(f0(it, it), k=(D("o49") == D("o50x"))))]; l[0] = it; del l[1:]; l.append((it, ((D("o51x") + D("o52x")), {type(x): x for x in [it]}, [x for x in [it, it]]), (list(g0(it)), f1(it), D("o53x"))))
            for it in [f0(D("o54x").m([D("o55s"), it], (it, it, it)), f2((it if it else it), k=D("o56x", D("o57s"), it))), ({type(x): x for x in [(it or D("o58s"))]} == (D("o59s") + D("o60s")))]:
                b = it
                c = (lambda q, r=it: q)((it or it))
        try:
            f4([x for x in [f2(D("o61s", D("o62x"), D("o63s")), k=f3(*[D("o64"), D("o65x")])), f0((D("o66") + D("o67x")), (D("o68x") if D("o69") else D("o70s")))]])
        except KeyError: print("KE")
    return D("o71x")
    l = [{1: D("o72s"), 2: list(g0(D("o73s")))}, list(g0([[D("o74x"), D("o75")][0], list(g0(D("o76x")))][0])), [(D("o77") + D("o78x")), (D("o79s") + D("o80x"))]]; l[0] = [[list(g0(D("o81x"))), (lambda q, r=D("o82x"): q)(D("o83x"))][0], ((D("o84s") or D("o85")) == f0(D("o86"), D("o87x")))]; del l[1:]; l.append(D("o88"))
    pass
    for it in g0((D("o89x") + D("o90"))):
        return D("o91x").m(it, D("o92").m((it or it), [it, it]))
        if it is not None: it = None
        break
    t = 1; del t
    d = {"x": (lambda q, r=({type(x): x for x in [D("o93x")]} == (D("o94x") or D("o95"))): q)(((D("o96s") and D("o97")) and D("o98")))}; d["x"] = D("o99s"); d.pop("x")
    if [f1([D("o100"), D("o101")]), f0([x for x in [D("o102x"), D("o103s")]], D("o104x").m(D("o105x"), D("o106x")))]:
        if (lambda q, r=D("o107s"): q)(D("o108")):
            d = f1({type(x): x for x in [[x for x in [D("o109"), D("o110x")]]]})
            return [f0(f0(d, D("o111s")), (d and d)), (D("o112x") + D("o113s"))][0]
        else:
            try:
                f4([(lambda q, r={type(x): x for x in [D("o114")]}: q)(D("o115")), (D("o116x"), D("o117", D("o118"), D("o119x")), [D("o120s"), D("o121")][0])])
            except KeyError: print("KE")
            for it in g0((lambda q, r=D("o122x", f0(D("o123"), D("o124s")), D("o125x")): q)(([x for x in [D("o126x"), D("o127")]] == f3(*[D("o128"), D("o129x")])))):
                (([D("o130x"), it][0], (lambda q, r=D("o131x"): q)(it), D("o132s", D("o133s"), it)) and ((it if it else it) and {1: it, 2: D("o134s")}))
                a = {1: it, 2: D("o135s")}
                break
    else:
        if list(g0(D("o136").m((D("o137x") if D("o138x") else D("o139x")), D("o140x")))):
            c = D("o141"); c.attr = ((list(g0(D("o142x"))) == D("o143x")) if f2([D("o144s"), D("o145")][0], k=(D("o146"), D("o147x"), D("o148x"))) else f1((D("o149s") or D("o150x")))); c.me = c
        else:
            pass
        for it in g0({1: (lambda q, r=f1(D("o151s")): q)((D("o152s"), D("o153"), D("o154s"))), 2: f0(f2(D("o155x"), k=D("o156")), f0(D("o157x"), D("o158x")))}):
            print("use", type(it).__name__)
            break
main()
print("--- main done")
a = f3(*[D("o159").m((D("o160s") and D("o161x")), (D("o162s") or D("o163s"))), f3(*[list(g0(D("o164x"))), f2(D("o165s"), k=D("o166x"))])])
try:
    pass
    raise ValueError([[{1: a, 2: a}, {type(x): x for x in [D("o167")]}], ([a, a][0] if {1: a, 2: a} else a)][0])
except ValueError as ex:
    print("caught")
    def loc(u, v=f0([list(g0(a)), D("o168s").m(D("o169"), a)], a)): z = {type(x): x for x in [[x for x in [a, D("o170x").m(a, a)]]]}; return u
    loc([(a, list(g0(a)), list(g0(a))), [a, (lambda q, r=D("o171s"): q)(a)][0]])
    if f2(({type(x): x for x in [D("o172")]} if a else f0(a, D("o173"))), k={1: {type(x): x for x in [D("o174s")]}, 2: (a == a)}):
        print("use", type(a).__name__)
        b = D("o175s").m(((D("o176x") or a), [D("o177"), D("o178")], f1(a)), {1: D("o179", a, a), 2: (a == a)})
    else:
        b = [[(a and a), f1(a)], {type(x): x for x in [list(g0(a))]}][0]
        print("use", type(a).__name__)
finally:
    for it in g0(list(g0(D("o180s")))):
        d = ([(a and it), f0(it, D("o181"))][0], [x for x in [(D("o182") if it else D("o183")), {1: it, 2: a}]], [(a or it), f3(*[it, it])])
        break
gc.collect()
print("=== end")
D.__del__ = lambda s: None
