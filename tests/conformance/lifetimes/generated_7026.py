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
    c = D("o1s"); c.attr = (D("o2x") or (f1(D("o3s")) == (D("o4x") == D("o5")))); c.me = c
    for it in [c, list(g0(((c if c else c) == (c == c))))]:
        l = [[x for x in [((it == c), (D("o6x") and it), {type(x): x for x in [it]}), [(D("o7") + D("o8x")), (it, c, D("o9x"))][0]]], {type(x): x for x in [f0({1: it, 2: D("o10s")}, f2(c, k=D("o11")))]}, list(g0({1: f0(it, it), 2: {1: c, 2: c}}))]; l[0] = (list(g0(f0(c, c))) if (lambda q, r=f2(D("o12s"), k=c): q)([c, it]) else D("o13s")); del l[1:]; l.append({type(x): x for x in [it]})
        return {1: [D("o14s", D("o15s"), it), list(g0(c))], 2: it}
        break
    try:
        print("use", type(c).__name__)
        raise ValueError((lambda q, r=((c if c else c) or {type(x): x for x in [c]}): q)(({1: D("o16s"), 2: c} if {1: c, 2: c} else (c or c))))
    except ValueError as ex:
        print("caught")
        for it in [(D("o17x") + D("o18s")), {type(x): x for x in [{1: f0(c, c), 2: list(g0(c))}]}]:
            try:
                print("use", type(it).__name__)
                (lambda q, r=f0([c, D("o19s")], [x for x in [D("o20x"), c]]): q)(list(g0(f0(c, it))))
            except ValueError as ex:
                print("caught")
                print("use", type(it).__name__)
        (f2(f3(*[c, c]), k={type(x): x for x in [D("o21x")]}) or (list(g0(c)) or (c == c)))
    with D("o22x") as wv:
        t = 1; del t
        d = {"x": ([(D("o23x") == c), f2(wv, k=D("o24"))] or f2([c, wv][0], k=list(g0(wv))))}; d["x"] = [x for x in [[list(g0(wv)), D("o25s")], D("o26", f2(D("o27x"), k=wv), (D("o28") or wv))]]; d.pop("x")
        b = D("o29x", f1([x for x in [c, wv]]), (lambda q, r=f0(c, wv): q)((wv == c)))
main()
print("--- main done")
pass
try:
    f4(list(g0(((D("o30s") + D("o31s")), f3(*[D("o32x"), D("o33x")]), [x for x in [D("o34x"), D("o35")]]))))
except KeyError: print("KE")
pass
gc.collect()
print("=== end")
D.__del__ = lambda s: None
