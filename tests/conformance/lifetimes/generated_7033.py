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
    a = D("o1x")
    l = [f1((lambda q, r=[a, a]: q)({type(x): x for x in [a]})), (D("o2s") + D("o3x")), ([x for x in [f0(D("o4x"), D("o5")), f3(*[a, a])]] if D("o6s", D("o7x").m(D("o8s"), a), (a and D("o9x"))) else (lambda q, r=(a if a else a): q)({1: a, 2: a}))]; l[0] = (D("o10").m((lambda q, r=a: q)(a), f1(a)) == D("o11x").m((a, a, a), (a if a else D("o12s")))); del l[1:]; l.append(f0((D("o13s") + D("o14s")), a))
    for it in g0({type(x): x for x in [[x for x in [f2(a, k=a), (lambda q, r=a: q)(a)]]]}):
        b = D("o15s"); b.attr = f0(f1({type(x): x for x in [it]}), list(g0((it if D("o16x") else it)))); b.me = b
        l = [{type(x): x for x in [f2((b == b), k=D("o17s").m(D("o18s"), D("o19x")))]}, {1: [x for x in [a, list(g0(it))]], 2: [D("o20s", D("o21"), it), (b, it, D("o22x"))]}, f0(list(g0((lambda q, r=D("o23"): q)(a))), f3(*[(D("o24s") + D("o25x")), f2(a, k=a)]))]; l[0] = it; del l[1:]; l.append(D("o26x", [x for x in [(b or D("o27x")), [x for x in [D("o28x"), D("o29")]]]], (lambda q, r={1: a, 2: b}: q)([x for x in [a, D("o30x")]])))
        break
    d = D("o31"); d.attr = {type(x): x for x in [a]}; d.me = d
main()
print("--- main done")
pass
pass
l = [f0(list(g0(f2(D("o32"), k=D("o33")))), D("o34")), f2(D("o35s", [x for x in [D("o36x"), D("o37s")]], (D("o38x") == D("o39"))), k=D("o40x")), ((D("o41x") if [D("o42s"), D("o43x")][0] else f3(*[D("o44"), D("o45s")])) and [(D("o46x") + D("o47x")), D("o48x")])]; l[0] = {1: [x for x in [{1: D("o49"), 2: D("o50")}, (D("o51"), D("o52s"), D("o53x"))]], 2: D("o54x")}; del l[1:]; l.append((lambda q, r=D("o55s"): q)(D("o56", f3(*[D("o57s"), D("o58x")]), (D("o59s") or D("o60s")))))
gc.collect()
print("=== end")
D.__del__ = lambda s: None
