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
    a = D("o1s")
    (D("o2x") + D("o3x"))
    for it in g0({type(x): x for x in [D("o4s")]}):
        try:
            f4([(list(g0(D("o5x"))) if f0(D("o6x"), D("o7s")) else (D("o8") and a)), it])
        except KeyError: print("KE")
        with D("o9x") as wv:
            try:
                f4((f2((D("o10s") if wv else D("o11s")), k=f1(wv)) or (D("o12") + D("o13"))))
            except KeyError: print("KE")
            c = D("o14s"); c.attr = f1({1: f0(D("o15"), D("o16")), 2: (D("o17s") + D("o18x"))}); c.me = c
        break
    return f1([(a or a), (D("o19") + D("o20x"))][0])
    t = 1; del t
    d = {"x": f2((list(g0(a)) == a), k=({type(x): x for x in [a]} == {type(x): x for x in [D("o21x")]}))}; d["x"] = [{type(x): x for x in [(lambda q, r=D("o22x"): q)(a)]}, D("o23x")][0]; d.pop("x")
main()
print("--- main done")
b = {1: ([D("o24x"), D("o25x")][0] or f2(D("o26"), k=D("o27"))), 2: {1: D("o28", D("o29x"), D("o30x")), 2: {1: D("o31"), 2: D("o32x")}}}
if b is not None: b = None
gc.collect()
print("=== end")
D.__del__ = lambda s: None
