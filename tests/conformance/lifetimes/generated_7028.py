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
    for it in [{1: ((D("o1") + D("o2s")) and D("o3")), 2: (D("o4s") + D("o5"))}, (lambda q, r={type(x): x for x in [list(g0(D("o6x")))]}: q)([D("o7s"), {type(x): x for x in [D("o8s")]}])]:
        d = D("o9x").m([x for x in [(it == it), (it if it else D("o10"))]], ((lambda q, r=it: q)(it) if it else f1(it)))
    t = 1; del t
    d = {"x": D("o11")}; d["x"] = f1(D("o12x")); d.pop("x")
    d = [x for x in [D("o13"), {1: f0(D("o14x"), D("o15")), 2: {type(x): x for x in [D("o16x")]}}]]
    d
    d = ((D("o17s") + D("o18")) == [(lambda q, r=d: q)(d), (d, d, d)][0])
    c = D("o19"); c.attr = f3(*[(f1(d) == (d if d else d)), [(d if D("o20") else d), D("o21s").m(d, d)]]); c.me = c
main()
print("--- main done")
try:
    f4(D("o22s"))
except KeyError: print("KE")
d = f1({type(x): x for x in [D("o23", D("o24s"), D("o25x"))]})
f1(D("o26", [D("o27s"), d], (d if d else d)))
pass
gc.collect()
print("=== end")
D.__del__ = lambda s: None
