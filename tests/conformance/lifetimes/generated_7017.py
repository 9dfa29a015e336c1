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
    for it in [f2((lambda q, r=D("o1s").m(D("o2"), D("o3s")): q)(f1(D("o4x"))), k=(D("o5x") + D("o6"))), (list(g0((D("o7s") + D("o8")))) and list(g0({1: D("o9x"), 2: D("o10s")})))]:
        l = [f2(D("o11s", (D("o12") == it), [x for x in [it, D("o13x")]]), k={type(x): x for x in [[x for x in [D("o14x"), it]]]}), (D("o15x") + D("o16x")), [f2({1: it, 2: it}, k=(it and it)), [x for x in [it, f1(D("o17s"))]]][0]]; l[0] = [x for x in [D("o18x"), it]]; del l[1:]; l.append((D("o19"), f0(it, {1: it, 2: it}), ((it if D("o20") else it) if {type(x): x for x in [D("o21")]} else D("o22s", it, D("o23s")))))
        p, q = it, [it, it]
        break
    for it in [(D("o24x") + D("o25s")), D("o26s").m(D("o27").m((D("o28"), D("o29s"), D("o30x")), (D("o31x"), D("o32x"), D("o33s"))), f0([D("o34x"), D("o35x")], D("o36x")))]:
        return {type(x): x for x in [[[it, it], [it, D("o37x")]]]}
        if it is not None: it = None
    for it in g0((D("o38") + D("o39s"))):
        p, q = it, (D("o40") + D("o41s"))
        break
    with D("o42") as wv:
        b = f2((lambda q, r=[D("o43x"), D("o44x")][0]: q)((wv == D("o45s"))), k=([wv, wv] if [wv, wv] else {type(x): x for x in [D("o46")]}))
        b = [list(g0((b if b else D("o47")))), list(g0((wv == wv)))]
    def loc(u, v=[[D("o48x"), (D("o49x"), D("o50x"), D("o51s"))], f1([D("o52x"), D("o53s")][0])]): z = (D("o54s") + D("o55")); return u
    loc(D("o56", (lambda q, r=[D("o57"), D("o58x")][0]: q)([x for x in [D("o59s"), D("o60s")]]), ((D("o61"), D("o62x"), D("o63x")) if D("o64x") else f2(D("o65s"), k=D("o66s")))))
    b = D("o67x", (D("o68") + D("o69s")), ((D("o70x") and D("o71x")) == D("o72s", D("o73"), D("o74x"))))
main()
print("--- main done")
p, q = {type(x): x for x in [{1: (D("o75s"), D("o76"), D("o77")), 2: f0(D("o78x"), D("o79x"))}]}, ({type(x): x for x in [D("o80x", D("o81s"), D("o82s"))]} and (lambda q, r=[D("o83"), D("o84x")]: q)([x for x in [D("o85"), D("o86")]]))
p, q = [x for x in [f2(p, k=(p if D("o87s") else D("o88s"))), ((lambda q, r=q: q)(p) == {type(x): x for x in [D("o89s")]})]], (f3(*[p, q]) or (lambda q, r=D("o90x"): q)(D("o91", q, p)))
a = (lambda q, r=[x for x in [(D("o92s") if D("o93") else q), [p, p]]]: q)(p)
gc.collect()
print("=== end")
D.__del__ = lambda s: None
