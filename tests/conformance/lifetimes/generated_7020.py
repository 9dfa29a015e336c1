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
    b = (D("o1s") and f2([x for x in [D("o2x"), D("o3")]], k=[x for x in [D("o4s"), D("o5s")]]))
    [(lambda q, r=D("o6s"): q)(f1(b)), D("o7s").m(f1(b), b)]
    t = 1; del t
    d = {"x": D("o8s").m({1: {type(x): x for x in [b]}, 2: (b, b, b)}, D("o9", f0(D("o10"), b), (lambda q, r=b: q)(b)))}; d["x"] = ({type(x): x for x in [(b == b)]} if {1: (D("o11s") == b), 2: D("o12x")} else ((b if b else b) if (D("o13") if b else D("o14s")) else D("o15"))); d.pop("x")
main()
print("--- main done")
l = [[f2(D("o16s"), k=D("o17s")), ((D("o18s") or D("o19s")) and {1: D("o20"), 2: D("o21")})][0], (D("o22x", [x for x in [D("o23"), D("o24x")]], (D("o25s") == D("o26s"))) or D("o27x")), (lambda q, r=f1([D("o28s"), D("o29")]): q)(((D("o30") == D("o31")) == f0(D("o32"), D("o33s"))))]; l[0] = ((lambda q, r=f2(D("o34x"), k=D("o35x")): q)([D("o36x"), D("o37")]) or list(g0(f2(D("o38x"), k=D("o39s"))))); del l[1:]; l.append([x for x in [{1: [D("o40"), D("o41")], 2: D("o42")}, f1(D("o43s"))]])
l = [([x for x in [D("o44"), (D("o45x") if D("o46x") else D("o47s"))]] and ([D("o48x"), D("o49x")][0] or (lambda q, r=D("o50x"): q)(D("o51")))), list(g0({type(x): x for x in [{type(x): x for x in [D("o52x")]}]})), {type(x): x for x in [D("o53s")]}]; l[0] = f3(*[{1: [D("o54s"), D("o55s")][0], 2: D("o56s")}, D("o57s")]); del l[1:]; l.append(f0(D("o58x"), [D("o59"), D("o60x", D("o61x"), D("o62s"))]))
gc.collect()
print("=== end")
D.__del__ = lambda s: None
