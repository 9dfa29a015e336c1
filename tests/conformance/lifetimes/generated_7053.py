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
    def loc(u, v=[x for x in [{type(x): x for x in [(D("o1x") == D("o2"))]}, D("o3s", {1: D("o4s"), 2: D("o5s")}, D("o6x"))]]): z = D("o7s"); return u
    loc(D("o8"))
    p, q = ([D("o9s"), D("o10s")][0], D("o11"), D("o12s")), [(D("o13x") and D("o14s")), f2({1: D("o15x"), 2: D("o16x")}, k={type(x): x for x in [D("o17")]})]
    b = D("o18x").m([(D("o19") or p), (D("o20s") if q else p)], {type(x): x for x in [f1(q)]})
    if D("o21x", D("o22s").m((q if b else D("o23")), f3(*[q, q])), {type(x): x for x in [(D("o24x") or p)]}):
        b = D("o25s", f2(f1(p), k=(D("o26x") + D("o27x"))), b)
    else:
        if q is not None: q = None
    for it in [{1: D("o28x", (D("o29x"), D("o30s"), p), (b == D("o31x"))), 2: ([x for x in [D("o32x"), q]] and (q if D("o33x") else p))}, [x for x in [f3(*[[x for x in [q, q]], [x for x in [D("o34x"), p]]]), {type(x): x for x in [(p and D("o35x"))]}]]]:
        def loc(u, v=p): z = q; return u
        loc(f2(f0(D("o36s", it, p), (it, q, D("o37"))), k=[D("o38"), (it and p)]))
main()
print("--- main done")
p, q = D("o39s").m((f2(D("o40"), k=D("o41x")), D("o42"), D("o43x")), f1((D("o44x") and D("o45s")))), D("o46x")
print("use", type(p).__name__)
gc.collect()
print("=== end")
D.__del__ = lambda s: None
