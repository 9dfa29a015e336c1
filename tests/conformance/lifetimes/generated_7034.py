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
    try:
        f4(f3(*[D("o1x"), D("o2").m(D("o3").m(D("o4"), D("o5x")), D("o6s"))]))
    except KeyError: print("KE")
    p, q = {1: D("o7x"), 2: ((D("o8"), D("o9"), D("o10s")), f0(D("o11s"), D("o12s")), (D("o13s"), D("o14s"), D("o15")))}, list(g0((lambda q, r=(D("o16s") if D("o17") else D("o18")): q)((D("o19"), D("o20x"), D("o21")))))
    try:
        f4(D("o22"))
    except KeyError: print("KE")
    p, q = D("o23"), (f0(f0(p, D("o24s")), f2(p, k=D("o25s"))) or f2({type(x): x for x in [D("o26x")]}, k=(p, q, D("o27s"))))
    b = list(g0((p, (p == D("o28")), [D("o29"), p][0])))
    t = 1; del t
    d = {"x": p}; d["x"] = [D("o30s"), ([p, b] == p)][0]; d.pop("x")
    try:
        f4(list(g0(f3(*[f0(q, p), (b if D("o31s") else p)]))))
    except KeyError: print("KE")
main()
print("--- main done")
pass
t = 1; del t
d = {"x": (f1([x for x in [D("o32x"), D("o33s")]]) or f0(D("o34"), f1(D("o35s"))))}; d["x"] = ([x for x in [D("o36"), {1: D("o37"), 2: D("o38x")}]] == ((D("o39s"), D("o40"), D("o41s")) if f1(D("o42s")) else [D("o43s"), D("o44s")])); d.pop("x")
b = (f2((D("o45"), D("o46x"), D("o47")), k=D("o48")) == ([x for x in [D("o49"), D("o50")]], (D("o51x") == D("o52s")), (D("o53") if D("o54x") else D("o55x"))))
gc.collect()
print("=== end")
D.__del__ = lambda s: None
