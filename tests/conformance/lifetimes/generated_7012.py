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
    if (((D("o1s"), D("o2"), D("o3x")) == f3(*[D("o4"), D("o5s")])) == (lambda q, r=(D("o6x") == D("o7s")): q)([x for x in [D("o8x"), D("o9")]])):
        if (f1({type(x): x for x in [D("o10")]}) if [[x for x in [D("o11x"), D("o12x")]], (lambda q, r=D("o13x"): q)(D("o14x"))][0] else list(g0([D("o15x"), D("o16s")]))):
            return f3(*[(D("o17x") == f2(D("o18"), k=D("o19s"))), D("o20s", [D("o21s"), D("o22x")][0], [x for x in [D("o23"), D("o24")]])])
            try:
                f2((list(g0(D("o25x"))), D("o26"), {1: D("o27"), 2: D("o28")}), k=(list(g0(D("o29x"))) and D("o30s", D("o31s"), D("o32"))))
                b = [x for x in [{type(x): x for x in [f0(D("o33x"), D("o34s"))]}, (lambda q, r=f2(D("o35s"), k=D("o36")): q)({1: D("o37s"), 2: D("o38s")})]]
                raise ValueError(((f0(D("o39s"), D("o40s")), {1: D("o41x"), 2: D("o42s")}, [D("o43x"), D("o44s")][0]) if D("o45s") else list(g0([D("o46x"), D("o47")]))))
            except ValueError as ex:
                print("caught")
                a = f2(D("o48x").m([x for x in [D("o49"), D("o50s")]], (lambda q, r=D("o51s"): q)(D("o52"))), k=D("o53", f0(D("o54"), D("o55s")), D("o56")))
            finally:
                a = D("o57s").m(((D("o58") == D("o59x")) if D("o60x") else {1: D("o61s"), 2: D("o62")}), (D("o63x") + D("o64")))
                a = [[[D("o65"), a][0], f3(*[a, a])], ((a == D("o66s")) and (a and a))]
        else:
            b = D("o67x")
        pass
    else:
        pass
        t = 1; del t
        d = {"x": D("o68s")}; d["x"] = D("o69s", {type(x): x for x in [[x for x in [D("o70s"), D("o71s")]]]}, [x for x in [f2(D("o72"), k=D("o73x")), (D("o74s") + D("o75x"))]]); d.pop("x")
    try:
        f4(D("o76s").m(f3(*[(D("o77s"), D("o78"), D("o79s")), D("o80", D("o81x"), D("o82x"))]), f0((D("o83x") == D("o84x")), f0(D("o85"), D("o86")))))
    except KeyError: print("KE")
    def loc(u, v=f0(D("o87x").m(f3(*[D("o88"), D("o89")]), D("o90x").m(D("o91x"), D("o92x"))), f3(*[(D("o93") if D("o94x") else D("o95x")), {1: D("o96s"), 2: D("o97x")}]))): z = (D("o98x") == D("o99x")); return u
    loc(D("o100x").m(D("o101").m({1: D("o102"), 2: D("o103s")}, f1(D("o104s"))), {1: (D("o105s") + D("o106s")), 2: (D("o107x") == D("o108s"))}))
    pass
    try:
        f4({type(x): x for x in [(lambda q, r=D("o109s").m(D("o110s"), D("o111x")): q)((D("o112s"), D("o113"), D("o114x")))]})
    except KeyError: print("KE")
    l = [list(g0(D("o115"))), [x for x in [D("o116x").m((D("o117x") + D("o118x")), (D("o119x") + D("o120"))), D("o121x")]], [[(D("o122") if D("o123x") else D("o124x")), {1: D("o125x"), 2: D("o126x")}], D("o127s", (D("o128s") or D("o129")), (D("o130x") + D("o131x")))]]; l[0] = f3(*[f0((D("o132s") and D("o133s")), D("o134")), (D("o135s") and f1(D("o136x")))]); del l[1:]; l.append({1: D("o137"), 2: [x for x in [(D("o138s") == D("o139s")), (D("o140") + D("o141x"))]]})
main()
print("--- main done")
try:
    f4((list(g0(D("o142x", D("o143s"), D("o144x")))), D("o145s"), (D("o146s") + D("o147s"))))
except KeyError: print("KE")
def loc(u, v=[x for x in [(D("o148") + D("o149x")), ((D("o150x") if D("o151x") else D("o152x")), f0(D("o153"), D("o154")), (D("o155s"), D("o156s"), D("o157x")))]]): z = f1(f3(*[(D("o158x") or D("o159x")), f2(D("o160"), k=D("o161"))])); return u
loc(f2([list(g0(D("o162"))), list(g0(D("o163s")))][0], k=[[D("o164"), D("o165s")][0], (D("o166") + D("o167x"))]))
gc.collect()
print("=== end")
D.__del__ = lambda s: None
