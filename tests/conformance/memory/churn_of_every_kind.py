# Cyclic garbage of every kind beside a pool that stays, with finalisers that revive, make and drop objects: enough of it for
# cycles about new objects and for whole ones to run as in any program.
import gc
import weakref

seed = 7
def rnd(n):
    global seed
    seed = (seed * 1103515245 + 12345) % 2147483648
    return (seed >> 8) % n
made = dead = called = 0
class N:
    def __init__(self, a=None): self.a = a; self.b = None
class S:
    __slots__ = ("x", "y", "__weakref__")
class F:
    def __init__(self):
        global made
        made += 1
        self.o = None
    def __del__(self):
        global dead
        dead += 1
        if rnd(50) == 0: pool[rnd(len(pool))] = self.o
        if rnd(60) == 0: g = N(); g.a = g
        if rnd(70) == 0: h = F(); h.o = h
class L(list): pass
class D(dict): pass
class E(Exception): pass
def cb(r):
    global called
    called += 1
def gen(x):
    try:
        yield x
        y = x
        yield y
    finally:
        z = x
def fail(x):
    try: raise E(x)
    except E as e:
        k = e
        return k if rnd(9) == 0 else None
pool = [None] * 200
refs = []
expected = 0
def step():
    k = rnd(16)
    at = rnd(len(pool))
    other = pool[rnd(len(pool))]
    if k == 0: o = N(other); o.b = o
    elif k == 1: o = N(); p = N(o); o.a = p; p.b = other
    elif k == 2: o = []; o.append(o); o.append(other)
    elif k == 3: o = {}; o["me"] = o; o["other"] = other
    elif k == 4: o = F(); o.o = o
    elif k == 5: o = F(); q = F(); o.o = q; q.o = o
    elif k == 6: o = gen(other); next(o)
    elif k == 7:
        o = N(); g = gen(o); next(g); o.a = g
    elif k == 8: o = fail(other)
    elif k == 9:
        def f(): return f, o
        o = f
    elif k == 10: o = S(); o.x = o; o.y = other; refs.append(weakref.ref(o, cb))
    elif k == 11: o = L(); o.append(o); o.extend([other] * rnd(40))
    elif k == 12: o = D(); o[1] = o; o.z = other
    elif k == 13:
        class C:
            pass
        o = C(); C.it = o
    elif k == 14: o = (other, [], {}); o[1].append(o)
    else: o = {1, 2, rnd(100)}
    if rnd(4): pool[at] = o
    if rnd(20) == 0: pool[rnd(len(pool))] = None
    if len(refs) > 50: del refs[:40]
for i in range(4000): step()
pool = [None] * 10
for i in range(10): gc.collect()
live = [o for o in gc.get_objects() if type(o) in (N, F, S, L, D, E)]
print(made == dead, len([o for o in live if o is not None and type(o) is not F]) < 300)
