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
    c = ((f1(D("o1s")) if [D("o2x"), D("o3")] else {type(x): x for x in [D("o4x")]}), (lambda q, r={type(x): x for x in [D("o5s")]}: q)(f0(D("o6"), D("o7"))), [D("o8x", D("o9x"), D("o10")), (D("o11") if D("o12s") else D("o13x"))][0])
    a = (D("o14") + D("o15s"))
    {1: ((D("o16"), D("o17s"), D("o18")) == D("o19s", a, c)), 2: f0((D("o20x") + D("o21")), (D("o22x") and a))}
    c = D("o23x"); c.attr = ([x for x in [D("o24s").m(a, D("o25")), f3(*[a, D("o26")])]] or D("o27")); c.me = c
main()
print("--- main done")
if D("o28"):
    p, q = D("o29x"), f2(D("o30s").m(D("o31"), [D("o32s"), D("o33")]), k=((D("o34s") and D("o35x")) == f1(D("o36s"))))
else:
    pass
    for it in g0(D("o37s", ({type(x): x for x in [D("o38")]} or [D("o39x"), D("o40")][0]), (lambda q, r=(D("o41s") + D("o42s")): q)((D("o43x"), D("o44x"), D("o45s"))))):
        print("use", type(it).__name__)
        D("o46").m((D("o47") + D("o48x")), ([x for x in [it, it]] or {type(x): x for x in [it]}))
        break
p, q = ({1: f1(D("o49x")), 2: (D("o50s") and D("o51x"))} or ((lambda q, r=D("o52"): q)(D("o53x")) or D("o54", D("o55x"), D("o56s")))), ([x for x in [(D("o57x"), D("o58s"), D("o59s")), [D("o60x"), D("o61s")]]] if f1([D("o62x"), D("o63x")][0]) else f3(*[f1(D("o64")), {type(x): x for x in [D("o65")]}]))
gc.collect()
print("=== end")
D.__del__ = lambda s: None
