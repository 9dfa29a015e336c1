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
    b = f1(f3(*[[D("o1x"), D("o2")][0], D("o3")]))
    l = [(D("o4s") + D("o5")), list(g0([f2(D("o6s"), k=b), b])), {type(x): x for x in [b]}]; l[0] = [b, ([D("o7"), b], b, f2(b, k=b))][0]; del l[1:]; l.append(((f1(b) and b) and b))
    with D("o8s") as wv:
        if b is not None: b = None
main()
print("--- main done")
t = 1; del t
d = {"x": (([D("o9"), D("o10x")][0] == D("o11").m(D("o12s"), D("o13"))), f1(D("o14")), (f2(D("o15s"), k=D("o16s")) or f3(*[D("o17"), D("o18s")])))}; d["x"] = {1: (D("o19"), f2(D("o20x"), k=D("o21s")), f0(D("o22"), D("o23x"))), 2: ((lambda q, r=D("o24s"): q)(D("o25s")) or f3(*[D("o26s"), D("o27s")]))}; d.pop("x")
pass
if f1(f1(f3(*[D("o28x"), D("o29s")]))):
    try:
        f1(D("o30x"))
        c = (D("o31") + D("o32x"))
        raise ValueError(D("o33s"))
    except ValueError as ex:
        print("caught")
        a = f3(*[f3(*[(D("o34") if D("o35x") else D("o36s")), (D("o37x") + D("o38"))]), D("o39s")])
    finally:
        pass
        (D("o40x") + D("o41"))
else:
    with D("o42x") as wv:
        a = {type(x): x for x in [(D("o43") + D("o44s"))]}
    pass
pass
gc.collect()
print("=== end")
D.__del__ = lambda s: None
