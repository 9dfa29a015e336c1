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
    if D("o1s"):
        pass
    else:
        t = 1; del t
        d = {"x": f3(*[[x for x in [f2(D("o2"), k=D("o3")), f3(*[D("o4s"), D("o5s")])]], f3(*[f2(D("o6x"), k=D("o7")), (D("o8") and D("o9"))])])}; d["x"] = D("o10"); d.pop("x")
        l = [f1((D("o11s") == (lambda q, r=D("o12x"): q)(D("o13s")))), f3(*[D("o14"), D("o15s")]), (lambda q, r=D("o16x"): q)(f2(f1(D("o17x")), k=[x for x in [D("o18s"), D("o19")]]))]; l[0] = ([(D("o20") == D("o21x")), {1: D("o22"), 2: D("o23x")}] == [D("o24s"), [x for x in [D("o25"), D("o26s")]]]); del l[1:]; l.append(f2(D("o27"), k=[D("o28s").m(D("o29x"), D("o30x")), (D("o31x") if D("o32s") else D("o33s"))][0]))
    return ([x for x in [D("o34x", D("o35"), D("o36x")), [x for x in [D("o37"), D("o38x")]]]], f2([D("o39"), D("o40x")][0], k=(D("o41x") or D("o42"))), (lambda q, r=(D("o43") if D("o44") else D("o45")): q)(D("o46s").m(D("o47x"), D("o48s"))))
    l = [f1(D("o49", (lambda q, r=D("o50s"): q)(D("o51s")), (D("o52") + D("o53x")))), {1: (lambda q, r=f2(D("o54x"), k=D("o55")): q)([D("o56x"), D("o57")][0]), 2: D("o58x")}, (D("o59s") or D("o60s"))]; l[0] = {type(x): x for x in [list(g0((D("o61x") or D("o62s"))))]}; del l[1:]; l.append(f3(*[f0(f3(*[D("o63s"), D("o64")]), f3(*[D("o65s"), D("o66x")])), D("o67")]))
main()
print("--- main done")
a = f3(*[D("o68s"), (D("o69x") if D("o70s") else D("o71x"))])
b = D("o72s").m((lambda q, r=(a if D("o73") else D("o74x")): q)((a or D("o75s"))), D("o76s"))
gc.collect()
print("=== end")
D.__del__ = lambda s: None
