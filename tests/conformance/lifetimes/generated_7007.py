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
    c = D("o1x"); c.attr = f3(*[D("o2s"), ([D("o3x"), D("o4s")] == (D("o5s"), D("o6s"), D("o7s")))]); c.me = c
    d = c
    return ([f2(c, k=c), [x for x in [D("o8s"), d]]][0] or list(g0((lambda q, r=c: q)(d))))
    c = D("o9"); c.attr = f2((lambda q, r=c: q)(f1(d)), k=f2(D("o10s", d, c), k=(D("o11") if d else c))); c.me = c
    if (D("o12") + D("o13s")):
        a = D("o14s").m([D("o15"), (lambda q, r=D("o16"): q)(c)], f1(c))
    else:
        def loc(u, v=f3(*[list(g0(list(g0(D("o17"))))), d])): z = D("o18").m(f2(f2(d, k=D("o19s")), k=D("o20x").m(c, c)), f1([c, D("o21s")][0])); return u
        loc((D("o22s").m([d, D("o23s")], (D("o24s") or c)) and (D("o25") + D("o26x"))))
        try:
            f4([{type(x): x for x in [[x for x in [d, D("o27x")]]]}, (D("o28") + D("o29"))])
        except KeyError: print("KE")
    with D("o30") as wv:
        d = (([wv, wv][0] if (d, D("o31s"), D("o32x")) else f2(c, k=wv)) or {1: D("o33s").m(d, wv), 2: (wv and wv)})
    with D("o34") as wv:
        b = c
        try:
            f4([c, ((c if wv else D("o35x")) and [b, c])])
        except KeyError: print("KE")
main()
print("--- main done")
c = D("o36x"); c.attr = {1: D("o37x"), 2: D("o38", [D("o39"), D("o40x")][0], D("o41x"))}; c.me = c
p, q = [list(g0(list(g0(c)))), ((D("o42s") + D("o43x")) == (lambda q, r=c: q)(c))], ([(D("o44") and c), f0(c, c)] or list(g0(f3(*[c, D("o45x")]))))
gc.collect()
print("=== end")
D.__del__ = lambda s: None
