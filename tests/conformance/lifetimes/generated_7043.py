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
    b = (lambda q, r=({1: D("o1x"), 2: D("o2x")} or [D("o3x"), D("o4x")][0]): q)([f0(D("o5x"), D("o6x")), f1(D("o7x"))])
    def loc(u, v=(({type(x): x for x in [b]} or (b and b)) or (b and list(g0(b))))): z = list(g0(D("o8").m(list(g0(b)), D("o9s")))); return u
    loc(f0(f2({1: b, 2: b}, k=list(g0(D("o10s")))), b))
    t = 1; del t
    d = {"x": f2(D("o11s", D("o12x", b, b), (b == b)), k=f0((b and b), {type(x): x for x in [b]}))}; d["x"] = (list(g0(D("o13s"))), (lambda q, r=(b, b, b): q)(f2(b, k=b)), list(g0([b, b]))); d.pop("x")
main()
print("--- main done")
def loc(u, v=f3(*[(D("o14x", D("o15"), D("o16s")) or D("o17x")), {1: f1(D("o18")), 2: f3(*[D("o19"), D("o20x")])}])): z = [list(g0((D("o21s") or D("o22s")))), [f2(D("o23s"), k=D("o24s")), D("o25s")]][0]; return u
loc([x for x in [((lambda q, r=D("o26s"): q)(D("o27x")) or (D("o28") or D("o29s"))), ((D("o30s") == D("o31s")) and [D("o32"), D("o33x")])]])
b = [x for x in [D("o34s").m(f2(D("o35x"), k=D("o36x")), D("o37")), D("o38x")]]
p, q = b, b
gc.collect()
print("=== end")
D.__del__ = lambda s: None
