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
        f4([x for x in [(f2(D("o1x"), k=D("o2s")), [x for x in [D("o3s"), D("o4s")]], (D("o5") or D("o6x"))), f1((lambda q, r=D("o7"): q)(D("o8x")))]])
    except KeyError: print("KE")
    p, q = (D("o9") + D("o10x")), [x for x in [(lambda q, r={1: D("o11s"), 2: D("o12s")}: q)([D("o13"), D("o14s")][0]), [(D("o15") + D("o16")), [x for x in [D("o17"), D("o18s")]]]]]
    try:
        f4({type(x): x for x in [list(g0((q == D("o19s"))))]})
    except KeyError: print("KE")
    return (p or f2(D("o20").m(D("o21x"), D("o22s")), k=f2(q, k=p)))
    print("use", type(p).__name__)
    if f0(f2({1: D("o23x"), 2: p}, k=[p, D("o24s")][0]), D("o25s", [p, D("o26x")][0], D("o27x", D("o28s"), D("o29x")))):
        t = 1; del t
        d = {"x": (D("o30x") + D("o31"))}; d["x"] = ([D("o32").m(p, p), (q or p)], ({type(x): x for x in [D("o33x")]} if q else f2(q, k=q)), (p, list(g0(p)), D("o34x").m(D("o35s"), q))); d.pop("x")
    else:
        if (((p, p, q) and D("o36")) and {type(x): x for x in [(q and D("o37s"))]}):
            try:
                print("use", type(p).__name__)
                [x for x in [f1(D("o38s").m(p, D("o39x"))), (list(g0(D("o40s"))) and f3(*[q, D("o41x")]))]]
            except ValueError as ex:
                print("caught")
                a = ([x for x in [(lambda q, r=D("o42"): q)(D("o43")), D("o44x").m(p, q)]] or (D("o45") + D("o46x")))
                b = f2([x for x in [f0(q, D("o47x")), list(g0(a))]], k=f3(*[[x for x in [a, p]], (D("o48x") if q else p)]))
        else:
            (f2((q == p), k=f0(q, D("o49"))) == [{1: p, 2: p}, [p, D("o50")]][0])
            try:
                a = q
                print("use", type(q).__name__)
                raise ValueError(list(g0(q)))
            except ValueError as ex:
                print("caught")
                b = [p, [(D("o51x"), q, D("o52x")), list(g0(D("o53s")))][0]][0]
                a = f2(({type(x): x for x in [q]} and b), k={type(x): x for x in [[q, p][0]]})
main()
print("--- main done")
pass
for it in [(f0((lambda q, r=D("o54s"): q)(D("o55")), f3(*[D("o56s"), D("o57x")])) or ((lambda q, r=D("o58"): q)(D("o59s")) == (D("o60s") == D("o61x")))), D("o62x")]:
    with D("o63") as wv:
        d = (((lambda q, r=it: q)(D("o64s")) or {type(x): x for x in [D("o65s")]}) or (wv, (lambda q, r=it: q)(it), (wv or wv)))
        f3(*[d, D("o66s").m({1: D("o67"), 2: wv}, [D("o68s"), D("o69s")])])
    l = [{type(x): x for x in [{type(x): x for x in [[it, D("o70s")]]}]}, (D("o71x") if list(g0((D("o72s") + D("o73x")))) else (D("o74s").m(D("o75"), it), {1: D("o76"), 2: it}, it)), (D("o77x", [D("o78"), D("o79x")], {1: it, 2: it}) == f0((D("o80x") + D("o81x")), (it == it)))]; l[0] = it; del l[1:]; l.append({type(x): x for x in [D("o82")]})
l = [(f2(D("o83s", D("o84x"), D("o85")), k=f1(D("o86s"))) == [D("o87x"), f1(D("o88x"))][0]), ((f1(D("o89s")) or [D("o90x"), D("o91x")]) if ((D("o92x") or D("o93x")) == {type(x): x for x in [D("o94x")]}) else ((D("o95x") + D("o96")), (D("o97") + D("o98")), (D("o99x") if D("o100") else D("o101")))), list(g0(f1(f3(*[D("o102"), D("o103")]))))]; l[0] = (((D("o104") and D("o105")) if f2(D("o106s"), k=D("o107s")) else [x for x in [D("o108x"), D("o109")]]) or (lambda q, r=f2(D("o110"), k=D("o111x")): q)((D("o112") == D("o113s")))); del l[1:]; l.append([D("o114s").m(D("o115x").m(D("o116s"), D("o117x")), f1(D("o118x"))), D("o119")][0])
try:
    if [x for x in [(lambda q, r=list(g0(D("o120"))): q)((D("o121") == D("o122x"))), [D("o123x").m(D("o124x"), D("o125s")), (lambda q, r=D("o126"): q)(D("o127"))][0]]]:
        f3(*[((D("o128s"), D("o129x"), D("o130x")) == (D("o131x") and D("o132"))), [(D("o133x") if D("o134s") else D("o135s")), f0(D("o136s"), D("o137"))]])
    else:
        b = ((D("o138x") and f3(*[D("o139"), D("o140s")])) or [x for x in [[D("o141"), D("o142x")], (D("o143"), D("o144x"), D("o145x"))]])
    raise ValueError((D("o146x") + D("o147s")))
except ValueError as ex:
    print("caught")
    pass
    try:
        f4(f0(((D("o148") or D("o149x")) == [D("o150x"), D("o151s")][0]), ({1: D("o152s"), 2: D("o153")}, (D("o154") + D("o155s")), f2(D("o156"), k=D("o157x")))))
    except KeyError: print("KE")
finally:
    d = (f0((D("o158s") == D("o159")), (D("o160") + D("o161s"))) and (D("o162s").m(D("o163s"), D("o164")) or D("o165").m(D("o166"), D("o167"))))
gc.collect()
print("=== end")
D.__del__ = lambda s: None
