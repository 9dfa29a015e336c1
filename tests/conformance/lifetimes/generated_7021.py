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
    a = D("o1x"); a.attr = list(g0([D("o2x", D("o3"), D("o4x")), list(g0(D("o5s")))][0])); a.me = a
    for it in [[a, ((D("o6x") == D("o7x")) == f2(D("o8"), k=a))], f3(*[D("o9x").m(D("o10x"), (D("o11x") and a)), D("o12s", {type(x): x for x in [a]}, [a, a][0])])]:
        if D("o13x"):
            print("use", type(a).__name__)
            if D("o14x").m(f1(D("o15x")), D("o16s").m({1: a, 2: D("o17")}, list(g0(it)))):
                print("use", type(it).__name__)
                c = [[x for x in [D("o18", it, D("o19s")), f0(it, D("o20s"))]], list(g0(D("o21x")))][0]
            else:
                c = (D("o22x") + D("o23s"))
        else:
            return (f0((a or a), D("o24").m(it, it)) == D("o25s"))
        for it in g0(([x for x in [D("o26").m(a, it), (a and D("o27s"))]] == ((it == it) and f3(*[it, D("o28")])))):
            def loc(u, v=[x for x in [D("o29s"), a]]): z = D("o30s").m(((D("o31s") and it), f0(it, it), (a or a)), {type(x): x for x in [(it and D("o32"))]}); return u
            loc(f1(f0(f0(a, a), D("o33", a, it))))
            for it in g0([f2(D("o34x"), k=it), a]):
                print("use", type(it).__name__)
                b = f1(f1((it, it, a)))
                break
            break
    try:
        f4(D("o35x"))
    except KeyError: print("KE")
    for it in g0(f3(*[f1(a), (lambda q, r={1: a, 2: D("o36")}: q)(a)])):
        if a is not None: a = None
        try:
            f4(f0([(D("o37x") + D("o38x")), (D("o39x") or D("o40s"))][0], (D("o41x", it, it) if [D("o42x"), it][0] else a)))
        except KeyError: print("KE")
        break
    if a is not None: a = None
    return D("o43x").m(list(g0(D("o44s").m(a, a))), [D("o45s"), (a or D("o46x"))][0])
main()
print("--- main done")
with D("o47s") as wv:
    a = [f2((D("o48s") + D("o49s")), k=D("o50", wv, wv)), (f0(D("o51"), D("o52x")) or {type(x): x for x in [wv]})]
if D("o53x"):
    l = [[f3(*[D("o54"), (D("o55"), D("o56"), D("o57"))]), (D("o58"), f3(*[D("o59x"), D("o60")]), (D("o61x") or D("o62x")))][0], {type(x): x for x in [f2([D("o63x"), D("o64")][0], k=D("o65x"))]}, f0((D("o66", D("o67x"), D("o68")) if D("o69x", D("o70s"), D("o71s")) else [x for x in [D("o72s"), D("o73s")]]), {type(x): x for x in [(D("o74s") == D("o75x"))]})]; l[0] = D("o76", D("o77x"), [x for x in [{1: D("o78x"), 2: D("o79")}, list(g0(D("o80x")))]]); del l[1:]; l.append((lambda q, r=D("o81s"): q)(((lambda q, r=D("o82s"): q)(D("o83s")) if (lambda q, r=D("o84x"): q)(D("o85x")) else (D("o86s") and D("o87")))))
    pass
else:
    pass
    l = [list(g0(({1: D("o88x"), 2: D("o89")} == (D("o90x") or D("o91s"))))), (lambda q, r=([x for x in [D("o92x"), D("o93")]] == (D("o94s") or D("o95x"))): q)(f3(*[f1(D("o96s")), D("o97s", D("o98s"), D("o99x"))])), [{1: (D("o100") == D("o101x")), 2: {type(x): x for x in [D("o102s")]}}, {type(x): x for x in [D("o103s").m(D("o104s"), D("o105"))]}]]; l[0] = [((D("o106x") == D("o107")), (D("o108x"), D("o109x"), D("o110x")), (D("o111x") == D("o112s"))), D("o113s", f0(D("o114x"), D("o115s")), f3(*[D("o116s"), D("o117x")]))][0]; del l[1:]; l.append(D("o118x", ((D("o119x") or D("o120x")), (D("o121x") == D("o122s")), D("o123x")), (D("o124") or D("o125x"))))
t = 1; del t
d = {"x": [x for x in [f2(D("o126").m(D("o127"), D("o128s")), k=[x for x in [D("o129x"), D("o130")]]), list(g0(D("o131x")))]]}; d["x"] = ((D("o132x").m(D("o133"), D("o134x")) == [D("o135s"), D("o136x")][0]), (f2(D("o137s"), k=D("o138s")) == f3(*[D("o139x"), D("o140")])), [x for x in [f2(D("o141s"), k=D("o142x")), D("o143").m(D("o144"), D("o145x"))]]); d.pop("x")
p, q = f2(D("o146x"), k={type(x): x for x in [f2(D("o147s"), k=D("o148s"))]}), ([x for x in [D("o149s"), D("o150x")]] == f0(f1(D("o151s")), f0(D("o152x"), D("o153x"))))
gc.collect()
print("=== end")
D.__del__ = lambda s: None
