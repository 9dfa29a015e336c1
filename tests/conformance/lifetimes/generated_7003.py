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
    t = 1; del t
    d = {"x": f1(([D("o1x"), D("o2s")][0] and f3(*[D("o3s"), D("o4")])))}; d["x"] = list(g0((f3(*[D("o5s"), D("o6s")]) if f2(D("o7"), k=D("o8s")) else f0(D("o9"), D("o10"))))); d.pop("x")
    pass
    p, q = D("o11s"), (D("o12") or [(D("o13s") if D("o14x") else D("o15s")), D("o16", D("o17x"), D("o18x"))])
main()
print("--- main done")
pass
b = (lambda q, r=(D("o19x") + D("o20")): q)((D("o21", D("o22x"), D("o23s")) == (lambda q, r=D("o24"): q)(D("o25s"))))
pass
for it in [D("o26s").m(f2([x for x in [b, D("o27")]], k=D("o28s", b, b)), list(g0({1: D("o29"), 2: D("o30s")}))), [x for x in [D("o31", (D("o32s") if D("o33x") else b), (D("o34") + D("o35"))), b]]]:
    pass
    try:
        f4(list(g0((f3(*[D("o36"), b]) and D("o37")))))
    except KeyError: print("KE")
    break
gc.collect()
print("=== end")
D.__del__ = lambda s: None
