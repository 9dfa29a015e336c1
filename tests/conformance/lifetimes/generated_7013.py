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
    for it in g0({1: D("o1"), 2: f3(*[f3(*[D("o2x"), D("o3x")]), {1: D("o4"), 2: D("o5x")}])}):
        a = [it, f1({type(x): x for x in [it]})][0]
        break
    pass
    for it in g0({type(x): x for x in [((D("o6x") or D("o7s")) if [x for x in [D("o8s"), D("o9x")]] else D("o10s"))]}):
        b = ([(D("o11s") == D("o12")), {1: it, 2: it}] if f2({type(x): x for x in [it]}, k={1: D("o13"), 2: D("o14x")}) else it)
        try:
            l = [f0({1: {1: it, 2: D("o15")}, 2: (it, D("o16x"), D("o17s"))}, ((it or D("o18")), (D("o19x") and D("o20s")), [b, D("o21x")])), {1: [(b == D("o22x")), (lambda q, r=b: q)(b)], 2: {1: {1: it, 2: it}, 2: [x for x in [it, it]]}}, [x for x in [{type(x): x for x in [{1: it, 2: D("o23")}]}, b]]]; l[0] = {1: f2(it, k=b), 2: (lambda q, r=(b == it): q)({type(x): x for x in [b]})}; del l[1:]; l.append((([x for x in [b, b]], D("o24s", it, D("o25x")), (D("o26x"), b, D("o27s"))) == (lambda q, r=[x for x in [b, b]]: q)((D("o28") + D("o29")))))
            raise ValueError((D("o30") + D("o31")))
        except ValueError as ex:
            print("caught")
            return f2([f1(it), it], k={type(x): x for x in [it]})
            for it in g0(D("o32x", [[x for x in [b, b]], (lambda q, r=b: q)(it)][0], ((it if b else D("o33s")) == {1: b, 2: D("o34")}))):
                c = b
                break
        finally:
            a = D("o35x"); a.attr = ({1: D("o36x"), 2: f3(*[D("o37x"), b])} and b); a.me = a
        break
main()
print("--- main done")
pass
pass
for it in [list(g0(list(g0((D("o38"), D("o39x"), D("o40x")))))), (D("o41x") == D("o42s").m((D("o43") if D("o44") else D("o45s")), f1(D("o46s"))))]:
    t = 1; del t
    d = {"x": [f2((D("o47"), it, D("o48x")), k=list(g0(D("o49x")))), ((it == it) and D("o50s").m(it, D("o51")))][0]}; d["x"] = [x for x in [(D("o52s") + D("o53")), D("o54").m(D("o55x"), (it, D("o56x"), D("o57s")))]]; d.pop("x")
    t = 1; del t
    d = {"x": (D("o58s") + D("o59"))}; d["x"] = ((D("o60", D("o61s"), it) if f2(it, k=it) else D("o62s")) == [f3(*[D("o63x"), it]), D("o64x", D("o65x"), it)][0]); d.pop("x")
d = [D("o66"), [(D("o67x") or D("o68s")), f3(*[D("o69x"), D("o70x")])][0]]
gc.collect()
print("=== end")
D.__del__ = lambda s: None
