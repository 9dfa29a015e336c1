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
    for it in [f2(list(g0((D("o1"), D("o2s"), D("o3s")))), k=D("o4s")), D("o5x")]:
        def loc(u, v=D("o6x").m((f1(it), (it, D("o7x"), D("o8")), (D("o9x") and D("o10s"))), [x for x in [f2(D("o11x"), k=it), [it, it]]])): z = D("o12").m(it, ((D("o13x") + D("o14s")) if list(g0(it)) else (it, it, it))); return u
        loc(f2((f2(it, k=it) and (lambda q, r=it: q)(it)), k=D("o15s", f3(*[it, it]), f3(*[D("o16"), it]))))
        def loc(u, v=f2(it, k=D("o17s"))): z = list(g0(({type(x): x for x in [D("o18x")]}, D("o19s").m(D("o20"), D("o21s")), D("o22")))); return u
        loc(f2(D("o23x"), k={1: (D("o24s"), it, D("o25")), 2: f1(it)}))
        break
    def loc(u, v=D("o26s")): z = f0(f3(*[list(g0(D("o27s"))), [D("o28s"), D("o29")][0]]), ({type(x): x for x in [D("o30s")]} if D("o31") else (D("o32s") if D("o33x") else D("o34")))); return u
    loc([((D("o35s") if D("o36") else D("o37x")) == f2(D("o38x"), k=D("o39s"))), f0((D("o40") or D("o41s")), D("o42x"))])
    try:
        f4((({1: D("o43"), 2: D("o44s")} or D("o45")) if list(g0((D("o46s") if D("o47") else D("o48")))) else ((D("o49s") + D("o50x")) and {1: D("o51"), 2: D("o52s")})))
    except KeyError: print("KE")
    l = [(list(g0(f0(D("o53x"), D("o54")))), f0(D("o55x").m(D("o56x"), D("o57x")), (D("o58") + D("o59"))), [x for x in [D("o60x"), (D("o61s") or D("o62x"))]]), D("o63s").m([x for x in [f3(*[D("o64s"), D("o65x")]), [x for x in [D("o66s"), D("o67")]]]], [x for x in [list(g0(D("o68x"))), (D("o69s") and D("o70s"))]]), [D("o71s", D("o72").m(D("o73s"), D("o74")), D("o75x")), (lambda q, r=f1(D("o76x")): q)((D("o77") == D("o78x")))][0]]; l[0] = f1(list(g0(D("o79x")))); del l[1:]; l.append({type(x): x for x in [f0(D("o80s"), (D("o81s") or D("o82s")))]})
    l = [D("o83", D("o84x").m([D("o85x"), D("o86s")], f0(D("o87s"), D("o88s"))), ({type(x): x for x in [D("o89x")]} if (D("o90s") == D("o91s")) else D("o92"))), (((D("o93s") + D("o94s")) if {type(x): x for x in [D("o95s")]} else [x for x in [D("o96x"), D("o97")]]) and f0(f2(D("o98s"), k=D("o99")), f1(D("o100x")))), ({type(x): x for x in [{type(x): x for x in [D("o101x")]}]} or ([D("o102x"), D("o103s")], [x for x in [D("o104x"), D("o105s")]], (D("o106") == D("o107s"))))]; l[0] = D("o108"); del l[1:]; l.append({type(x): x for x in [{1: (D("o109") or D("o110")), 2: f0(D("o111x"), D("o112"))}]})
    c = [(f2(D("o113s"), k=D("o114x")) == (D("o115x") and D("o116s"))), (lambda q, r=D("o117x"): q)(f1(D("o118")))][0]
main()
print("--- main done")
with D("o119s") as wv:
    for it in [({type(x): x for x in [(lambda q, r=wv: q)(D("o120"))]} and D("o121x").m(f1(D("o122s")), {1: wv, 2: wv})), f3(*[[{type(x): x for x in [wv]}, wv][0], [x for x in [[x for x in [wv, wv]], {1: wv, 2: wv}]]])]:
        print("use", type(it).__name__)
        c = (((it if D("o123x") else wv), it, (lambda q, r=wv: q)(D("o124"))) and (wv == [D("o125x"), D("o126")][0]))
for it in g0([f2((D("o127s") and D("o128x")), k=(lambda q, r=D("o129s"): q)(D("o130"))), [D("o131", D("o132s"), D("o133")), (D("o134") and D("o135s"))]][0]):
    try:
        print("use", type(it).__name__)
        c = [it, D("o136s", D("o137s", it, D("o138")), [x for x in [it, D("o139x")]])][0]
        raise ValueError((lambda q, r=f1((it, D("o140s"), D("o141"))): q)((f1(it), (D("o142") + D("o143s")), D("o144s"))))
    except ValueError as ex:
        print("caught")
        b = it
    break
pass
for it in [D("o145"), ((D("o146", D("o147s"), D("o148")) or D("o149x")), [x for x in [{type(x): x for x in [D("o150")]}, [x for x in [D("o151x"), D("o152")]]]], ({type(x): x for x in [D("o153x")]}, (D("o154") + D("o155s")), (lambda q, r=D("o156s"): q)(D("o157"))))]:
    try:
        d = [x for x in [f0((it == it), {1: it, 2: it}), [x for x in [(it if it else it), [x for x in [it, D("o158")]]]]]]
        print("use", type(d).__name__)
    except ValueError as ex:
        print("caught")
        print("use", type(it).__name__)
        a = it
    finally:
        c = [f1((it == D("o159s"))), ((it and it) if (lambda q, r=D("o160"): q)(it) else (D("o161s") + D("o162x")))]
        d = [c, it][0]
    if {1: ({type(x): x for x in [it]} == [x for x in [it, it]]), 2: ([x for x in [D("o163"), D("o164s")]], {type(x): x for x in [D("o165x")]}, {1: it, 2: it})}:
        b = {type(x): x for x in [list(g0((D("o166") + D("o167"))))]}
    else:
        print("use", type(it).__name__)
        print("use", type(it).__name__)
gc.collect()
print("=== end")
D.__del__ = lambda s: None
