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
    return list(g0(D("o1")))
    l = [([f3(*[D("o2"), D("o3")]), (D("o4x") == D("o5x"))] if (f3(*[D("o6x"), D("o7x")]), (D("o8s") and D("o9x")), D("o10s").m(D("o11x"), D("o12"))) else (D("o13x") + D("o14x"))), f1((f0(D("o15x"), D("o16x")) if D("o17") else list(g0(D("o18"))))), f2(((D("o19") or D("o20")) if (lambda q, r=D("o21"): q)(D("o22x")) else (D("o23") + D("o24x"))), k=f1((D("o25x") and D("o26s"))))]; l[0] = (D("o27x") if list(g0(D("o28").m(D("o29x"), D("o30s")))) else {type(x): x for x in [(D("o31x") + D("o32x"))]}); del l[1:]; l.append([x for x in [D("o33s"), {1: list(g0(D("o34x"))), 2: {1: D("o35"), 2: D("o36")}}]])
    c = D("o37s"); c.attr = (({1: D("o38s"), 2: D("o39s")}, f1(D("o40x")), [x for x in [D("o41x"), D("o42x")]]) or (D("o43s") + D("o44"))); c.me = c
main()
print("--- main done")
(D("o45") or [D("o46s"), D("o47")][0])
l = [D("o48s"), D("o49x"), (f1(f3(*[D("o50s"), D("o51")])) and D("o52").m(D("o53s"), (D("o54s") if D("o55x") else D("o56"))))]; l[0] = D("o57").m({1: (lambda q, r=D("o58s"): q)(D("o59")), 2: D("o60x")}, D("o61s", [D("o62s"), D("o63x")], (D("o64") and D("o65")))); del l[1:]; l.append(f3(*[(f1(D("o66x")) and D("o67x", D("o68x"), D("o69s"))), list(g0(f3(*[D("o70"), D("o71")])))]))
gc.collect()
print("=== end")
D.__del__ = lambda s: None
