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
    for it in g0((f2(f1(D("o1")), k=(D("o2s") == D("o3s"))), D("o4s", [D("o5s"), D("o6")], f1(D("o7s"))), f3(*[(D("o8") + D("o9x")), [x for x in [D("o10s"), D("o11s")]]]))):
        try:
            f4(([f3(*[it, D("o12")]), (it if it else it)] or [x for x in [(it or D("o13s")), D("o14x").m(D("o15s"), it)]]))
        except KeyError: print("KE")
        print("use", type(it).__name__)
        break
    return [x for x in [D("o16s"), D("o17s").m(f1(D("o18x")), [D("o19x"), D("o20")])]]
    d = D("o21x"); d.attr = (D("o22") + D("o23s")); d.me = d
    return D("o24s")
    l = [D("o25"), D("o26s"), ((d == (lambda q, r=d: q)(d)) if [x for x in [f3(*[d, d]), (D("o27x") or D("o28s"))]] else f0(D("o29").m(d, d), (d, D("o30"), d)))]; l[0] = (f1([x for x in [d, D("o31")]]) if (f1(d) and {type(x): x for x in [D("o32")]}) else f0(D("o33x", d, D("o34x")), {type(x): x for x in [D("o35s")]})); del l[1:]; l.append(((d or d) and d))
main()
print("--- main done")
(f3(*[f2(D("o36"), k=D("o37s")), f0(D("o38"), D("o39"))]), D("o40x"), list(g0([D("o41x"), D("o42s")][0])))
for it in [f2(D("o43x"), k=D("o44")), [x for x in [f3(*[D("o45x"), (D("o46") if D("o47s") else D("o48s"))]), f0({type(x): x for x in [D("o49")]}, D("o50x"))]]]:
    pass
gc.collect()
print("=== end")
D.__del__ = lambda s: None
