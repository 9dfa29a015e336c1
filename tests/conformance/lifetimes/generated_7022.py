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
    return D("o1s")
    b = D("o2s")
    try:
        t = 1; del t
        d = {"x": D("o3x")}; d["x"] = (D("o4") or ((D("o5x") if b else D("o6s")) == {1: b, 2: b})); d.pop("x")
        p, q = (lambda q, r=f2((b == b), k=f3(*[D("o7"), D("o8x")])): q)((D("o9s").m(D("o10s"), D("o11s")), (b, b, b), f2(b, k=b))), (((b or D("o12s")) and b) == list(g0([b, b])))
        raise ValueError(b)
    except ValueError as ex:
        print("caught")
        print("use", type(b).__name__)
    finally:
        try:
            l = [((D("o13") + D("o14s")) if [(lambda q, r=b: q)(D("o15")), D("o16")][0] else [(D("o17s") if b else D("o18s")), D("o19x")]), {type(x): x for x in [(b and f3(*[b, b]))]}, ((b, list(g0(b)), {type(x): x for x in [b]}) if f3(*[f1(D("o20x")), (lambda q, r=b: q)(b)]) else {type(x): x for x in [(D("o21x") + D("o22x"))]})]; l[0] = f3(*[[(b or b), D("o23x", b, b)], {type(x): x for x in [(lambda q, r=b: q)(D("o24s"))]}]); del l[1:]; l.append((lambda q, r=(f2(b, k=D("o25")) and [b, D("o26")][0]): q)(([x for x in [b, b]], b, D("o27", b, b))))
        except ValueError as ex:
            print("caught")
            a = D("o28s").m(f3(*[[D("o29x"), b], [b, b]]), b)
            for it in g0(D("o30").m(f0((lambda q, r=b: q)(b), a), f2(D("o31").m(b, a), k=(a, b, b)))):
                D("o32x")
                break
main()
print("--- main done")
c = D("o33"); c.attr = [x for x in [D("o34"), ((D("o35") or D("o36")) == D("o37s", D("o38s"), D("o39")))]]; c.me = c
a = ([x for x in [D("o40x", c, D("o41s")), D("o42s", c, c)]] == D("o43s", (D("o44s") + D("o45s")), {1: c, 2: c}))
gc.collect()
print("=== end")
D.__del__ = lambda s: None
