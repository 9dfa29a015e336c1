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
        f4(f2(f1(D("o1x")), k=D("o2x").m((D("o3s") and D("o4")), [D("o5s"), D("o6s")])))
    except KeyError: print("KE")
    p, q = list(g0(D("o7s"))), (D("o8s") if D("o9x") else D("o10"))
    for it in g0((D("o11") + D("o12s"))):
        a = D("o13"); a.attr = f1(it); a.me = a
        break
    try:
        print("use", type(p).__name__)
        b = ([D("o14x", D("o15x"), q), {1: p, 2: p}][0], f1((D("o16s") == D("o17x"))), (p or p))
    except ValueError as ex:
        print("caught")
        print("use", type(p).__name__)
    b = {type(x): x for x in [(f3(*[D("o18x"), q]) if {1: p, 2: p} else (D("o19") + D("o20s")))]}
main()
print("--- main done")
t = 1; del t
d = {"x": f1(list(g0(D("o21x").m(D("o22s"), D("o23x")))))}; d["x"] = D("o24s"); d.pop("x")
l = [[D("o25x"), (f0(D("o26"), D("o27s")) or [D("o28x"), D("o29x")])], (D("o30") == D("o31")), ((lambda q, r=D("o32s"): q)([D("o33x"), D("o34x")]) == f2((D("o35s") + D("o36")), k=(D("o37x"), D("o38s"), D("o39s"))))]; l[0] = f1(D("o40s")); del l[1:]; l.append(D("o41"))
t = 1; del t
d = {"x": D("o42s").m((f0(D("o43x"), D("o44s")) and D("o45x").m(D("o46s"), D("o47x"))), (D("o48s").m(D("o49x"), D("o50s")) and D("o51x")))}; d["x"] = D("o52x"); d.pop("x")
with D("o53") as wv:
    print("use", type(wv).__name__)
gc.collect()
print("=== end")
D.__del__ = lambda s: None
