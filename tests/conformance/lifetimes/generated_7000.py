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
    c = f2(f0(D("o1x").m(D("o2x"), D("o3x")), f1(D("o4"))), k=D("o5"))
    with D("o6") as wv:
        l = [[(lambda q, r={1: c, 2: c}: q)(D("o7", D("o8"), D("o9s"))), D("o10x")][0], (wv and f1(D("o11x", c, wv))), f1([(wv or wv), (wv, c, D("o12"))])]; l[0] = list(g0([x for x in [list(g0(wv)), [c, c]]])); del l[1:]; l.append(D("o13s", (D("o14x").m(wv, D("o15x")), [wv, c], D("o16").m(D("o17"), c)), [(D("o18x") and wv), f1(c)][0]))
    for it in g0([(lambda q, r={1: c, 2: D("o19s")}: q)(f3(*[c, c])), D("o20")]):
        try:
            f4(f0(f2(f2(it, k=c), k=D("o21s").m(it, D("o22"))), ({1: it, 2: c} or (c, c, D("o23")))))
        except KeyError: print("KE")
        break
    return ((c, (D("o24x") + D("o25")), D("o26", c, c)), list(g0((c == D("o27s")))), D("o28"))
    c = D("o29", c, c)
main()
print("--- main done")
for it in [D("o30x", ({1: D("o31s"), 2: D("o32s")} == D("o33s", D("o34"), D("o35s"))), [{1: D("o36s"), 2: D("o37")}, list(g0(D("o38x")))][0]), list(g0([f2(D("o39"), k=D("o40x")), (D("o41"), D("o42"), D("o43s"))]))]:
    with D("o44") as wv:
        print("use", type(it).__name__)
        c = (list(g0((it or it))) == {type(x): x for x in [list(g0(wv))]})
pass
b = list(g0((f0(D("o45x"), D("o46")), D("o47s"), f3(*[D("o48s"), D("o49x")]))))
gc.collect()
print("=== end")
D.__del__ = lambda s: None
