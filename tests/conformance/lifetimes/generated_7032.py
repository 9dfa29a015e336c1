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
    with D("o1") as wv:
        try:
            {1: wv, 2: [(D("o2x") + D("o3s")), f3(*[D("o4"), D("o5s")])][0]}
            print("use", type(wv).__name__)
        except ValueError as ex:
            print("caught")
            try:
                f4((lambda q, r=wv: q)([(lambda q, r=D("o6s"): q)(wv), (wv == D("o7x"))]))
            except KeyError: print("KE")
            try:
                f4([x for x in [[(wv or D("o8x")), (wv if wv else wv)], (lambda q, r=f3(*[wv, wv]): q)((lambda q, r=D("o9x"): q)(wv))]])
            except KeyError: print("KE")
        finally:
            {type(x): x for x in [D("o10s", wv, f3(*[wv, D("o11x")]))]}
        d = D("o12s"); d.attr = D("o13"); d.me = d
    try:
        f4((D("o14s") or [x for x in [[x for x in [D("o15"), D("o16")]], [x for x in [D("o17x"), D("o18")]]]]))
    except KeyError: print("KE")
    c = D("o19x"); c.attr = D("o20s"); c.me = c
    return [x for x in [f2(f3(*[D("o21"), c]), k=D("o22").m(D("o23"), c)), f1(f3(*[c, D("o24")]))]]
    with D("o25x") as wv:
        p, q = list(g0({type(x): x for x in [f3(*[c, D("o26s")])]})), list(g0([f1(wv), f3(*[D("o27s"), D("o28")])]))
main()
print("--- main done")
d = D("o29s"); d.attr = [x for x in [D("o30s").m(list(g0(D("o31"))), D("o32")), {1: D("o33"), 2: (D("o34s") == D("o35x"))}]]; d.me = d
t = 1; del t
d = {"x": {type(x): x for x in [((d or D("o36x")) and (d or d))]}}; d["x"] = [x for x in [{type(x): x for x in [D("o37s").m(d, D("o38s"))]}, (D("o39s", D("o40s"), d), (D("o41s"), d, d), d)]]; d.pop("x")
b = D("o42"); b.attr = {type(x): x for x in [(D("o43x") + D("o44x"))]}; b.me = b
try:
    d = D("o45"); d.attr = {type(x): x for x in [d]}; d.me = d
except ValueError as ex:
    print("caught")
    b = (d, list(g0(list(g0(d)))), D("o46x").m((D("o47x") + D("o48")), (D("o49s") or D("o50s"))))
    print("use", type(b).__name__)
finally:
    d
gc.collect()
print("=== end")
D.__del__ = lambda s: None
