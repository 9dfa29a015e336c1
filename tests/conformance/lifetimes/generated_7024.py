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
    for it in g0(D("o1x", D("o2"), f1((D("o3s") if D("o4s") else D("o5s"))))):
        d = D("o6s"); d.attr = [x for x in [([x for x in [it, it]] and (it == it)), ((lambda q, r=it: q)(D("o7x")) if [x for x in [D("o8x"), D("o9x")]] else (it if it else D("o10s")))]]; d.me = d
        with D("o11x") as wv:
            if wv is not None: wv = None
        break
    p, q = [(D("o12x") or D("o13x")), D("o14s")][0], ([x for x in [D("o15"), D("o16", D("o17x"), D("o18"))]] and list(g0(list(g0(D("o19s"))))))
    try:
        f4(list(g0(p)))
    except KeyError: print("KE")
    def loc(u, v=q): z = q; return u
    loc(f0(f3(*[(p, q, p), list(g0(D("o20")))]), {type(x): x for x in [(D("o21x") or q)]}))
    l = [list(g0(D("o22x"))), {type(x): x for x in [list(g0(f2(D("o23x"), k=D("o24s"))))]}, [[f1(q), D("o25x", p, q)], [(lambda q, r=D("o26s"): q)(D("o27x")), (lambda q, r=D("o28s"): q)(p)]]]; l[0] = f0({1: D("o29s", p, p), 2: f1(D("o30"))}, ((p or q) or q)); del l[1:]; l.append([[[D("o31s"), D("o32")][0], f2(D("o33"), k=q)][0], D("o34").m((D("o35") or q), (D("o36s") or q))])
    def loc(u, v=(D("o37x").m(q, f0(p, D("o38"))), D("o39x").m(p, [x for x in [D("o40"), D("o41x")]]), (lambda q, r=D("o42x"): q)(D("o43s", q, D("o44"))))): z = p; return u
    loc((p, ((D("o45") if D("o46") else p) and f0(D("o47"), p)), (lambda q, r=(D("o48x") + D("o49")): q)(q)))
    return (D("o50x") + D("o51s"))
main()
print("--- main done")
a = D("o52x"); a.attr = (f0((D("o53x") and D("o54")), D("o55")) if f0(f0(D("o56x"), D("o57")), D("o58x")) else [D("o59", D("o60s"), D("o61")), f1(D("o62"))]); a.me = a
if a is not None: a = None
d = D("o63s"); d.attr = f0(f1(a), D("o64").m((D("o65") + D("o66x")), [x for x in [D("o67"), D("o68x")]])); d.me = d
gc.collect()
print("=== end")
D.__del__ = lambda s: None
