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
    try:
        f4(f1([(D("o1") + D("o2x")), (D("o3") if D("o4") else D("o5"))]))
    except KeyError: print("KE")
    p, q = {1: f3(*[(D("o6x") + D("o7x")), [D("o8s"), D("o9x")][0]]), 2: (list(g0(D("o10x"))) and D("o11x").m(D("o12x"), D("o13x")))}, list(g0([[D("o14"), D("o15")], D("o16x")][0]))
    b = ({type(x): x for x in [f3(*[q, D("o17s")])]}, (p and D("o18").m(q, D("o19s"))), p)
    def loc(u, v=list(g0([f2(p, k=q), (D("o20x"), b, D("o21x"))]))): z = [x for x in [((lambda q, r=p: q)(q) or list(g0(D("o22s")))), [x for x in [(p, D("o23x"), D("o24x")), q]]]]; return u
    loc(f3(*[f2((b, p, q), k=list(g0(p))), (D("o25s").m(D("o26s"), q), (lambda q, r=D("o27s"): q)(q), f0(b, q))]))
main()
print("--- main done")
a = (([D("o28s"), D("o29s")][0] == {type(x): x for x in [D("o30")]}) and (D("o31x") + D("o32")))
t = 1; del t
d = {"x": (lambda q, r=[x for x in [D("o33", D("o34x"), a), f0(D("o35x"), D("o36"))]]: q)(D("o37").m((lambda q, r=a: q)(D("o38s")), {1: D("o39x"), 2: a}))}; d["x"] = f0((D("o40s") + D("o41x")), (D("o42x") + D("o43x"))); d.pop("x")
f0(((a or a) and D("o44x").m(a, a)), [f2(a, k=a), {type(x): x for x in [a]}])
gc.collect()
print("=== end")
D.__del__ = lambda s: None
