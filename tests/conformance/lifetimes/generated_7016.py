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
    t = 1; del t
    d = {"x": (D("o1s") if D("o2") else (list(g0(D("o3s"))) and D("o4x")))}; d["x"] = f0([{1: D("o5x"), 2: D("o6")}, f3(*[D("o7"), D("o8s")])], f2(D("o9x", D("o10s"), D("o11")), k=(D("o12") or D("o13s")))); d.pop("x")
    for it in [(((D("o14") and D("o15s")) and f0(D("o16"), D("o17x"))) if f3(*[(lambda q, r=D("o18x"): q)(D("o19")), f3(*[D("o20s"), D("o21")])]) else (D("o22s").m(D("o23s"), D("o24x")), f2(D("o25"), k=D("o26x")), [x for x in [D("o27x"), D("o28x")]])), (D("o29s") + D("o30"))]:
        if it is not None: it = None
main()
print("--- main done")
pass
b = f2((D("o31") + D("o32s")), k=[{type(x): x for x in [D("o33")]}, D("o34x")][0])
gc.collect()
print("=== end")
D.__del__ = lambda s: None
