"""Generates programs whose output does not depend on when the collector runs, and that do all they can to disturb it:
containers that change while they are partly scanned, generators, weak references, finalisers that revive, allocate,
collect, switch the collector, look at the heap, and drop each other. Runs each under the reference and under the binary
in several modes; all must print the same.

usage: python3.11 tests/fuzz/slices.py FIRST LAST [BINARY [MODE ...]]     seeds FIRST..LAST-1
       python3.11 tests/fuzz/slices.py --write SEED                       the program of one seed on stdout
A mode is a string of options, such as '-X slice=7'.
"""
import os
import random
import subprocess
import sys
import tempfile

MODES = ["", "-X slice=1", "-X slice=9", "-X slice=70", "-X slice=600", "-X collect=90", "-X audit=40 -X slice=30",
         "-X boxed -X slice=40"]

HEAD = """\
import gc, sys, weakref
sys.unraisablehook = lambda args: None
born, made, inside, died, called = [0], [0], [0], {}, {}
risen, refs, errors, others, holders = [], [], [], [], []
values, keys, members = weakref.WeakValueDictionary(), weakref.WeakKeyDictionary(), weakref.WeakSet()


def bad(text):
    print("BAD", text)


class N:
    def __init__(self):
        counter, sign = (made, -1) if inside[0] else (born, 1) # what finalisers make has numbers of its own
        counter[0] += sign
        self.tag = counter[0]
        self.check = [self.tag]
        self.link = None

    def test(self):
        if self.check != [self.tag]: bad("object")
        return self.tag


class S(N):
    __slots__ = ("a", "b")


class M(N):
    def __init__(self):
        super().__init__()
        for i in range(abs(self.tag) % 13): setattr(self, "x%d" % i, [i])


class F(N):
    def __del__(self):
        died[self.tag] = died.get(self.tag, 0) + 1
        self.test()
        if self.link is not None and isinstance(self.link, N): self.link.test()
        inside[0] += 1
        try: self.act()
        finally: inside[0] -= 1

    def act(self): pass


class FRise(F):
    def act(self): risen.append(self)


class FMake(F):
    def act(self):
        for i in range(5):
            a, b = N(), [N()]
            a.link, b[0].link = b, a
            refs.append((weakref.ref(a), [1]))
        self.link = a


class FCollect(F):
    def act(self): gc.collect()


class FSwitch(F):
    def act(self):
        gc.disable()
        for i in range(20): [i]
        gc.enable()


class FOff(F):
    def act(self): gc.disable()


class FDrop(F):
    def act(self):
        if others: others.pop()
        self.link = None


class FHold(F):
    def __init__(self):
        super().__init__()
        x = N()
        x.link = self
        self.child = F()
        self.child.link = x
        others.append(self.child)
    def act(self):
        self.child = None


class FLook(F):
    def act(self):
        for thing in gc.get_objects():
            if isinstance(thing, N) and type(thing) is not S and "check" in thing.__dict__: thing.test()
        gc.get_referrers(self)


class FRaise(F):
    def act(self): raise ValueError(self)


class FRef(F):
    def act(self):
        refs.append((weakref.ref(self, lambda r: None), [1]))
        r = weakref.ref(self.check) if False else weakref.ref(self)
        if r() is not self: bad("own ref")


class FGen(F):
    def act(self):
        g = gen(self, 3)
        next(g)
        self.link = g


KINDS = [N, N, S, M, F, FRise, FMake, FCollect, FSwitch, FOff, FDrop, FHold, FLook, FRaise, FRef, FGen]


class R(weakref.ref):
    def __del__(self): pass


def event(phase, info):
    inside[0] += 1
    risen.append(N())
    inside[0] -= 1


def note(key):
    def call(r):
        called[key] = called.get(key, 0) + 1
        if r() is not None: bad("callback with target")
    return call


def gen(first, count):
    kept = [first]
    try:
        for i in range(count):
            new = N()
            new.link = kept
            kept.append(new)
            got = yield kept[i]
            if got is not None: kept.append(got)
        yield kept
    finally:
        for x in kept:
            if isinstance(x, N): x.test()


def closure(x, y):
    def inner():
        nonlocal x
        x, old = y, x
        return old
    return inner


def deep(n, x):
    y = [x]
    return deep(n - 1, y) if n else y


def fail(x):
    local = x
    raise ValueError(x)


def failure(x):
    try:
        fail(x)
    except ValueError as e:
        return e


def again(e):
    try:
        raise e
    except ValueError as f:
        t = f.__traceback__
        while t.tb_next is not None: t = t.tb_next
        return t.tb_frame.f_locals


def tags(x, depth=0):
    '''A number made of what x leads to.'''
    if depth > 4: return 1
    if isinstance(x, N): return x.test() + (tags(x.link, depth + 1) if x.link is not None else 0)
    if isinstance(x, list): return len(x) + sum([tags(y, depth + 1) for y in x[:9]]) + sum([tags(y, depth + 1) for y in x[-9:]])
    if isinstance(x, dict): return len(x) + sum([tags(y, depth + 1) for y in list(x.values())[:9]])
    if isinstance(x, (set, frozenset)): return len(x)
    if isinstance(x, tuple): return sum([tags(y, depth + 1) for y in x])
    return 1


def poll():
    for ref, alive in refs:
        x = ref()
        if x is None: alive[0] = 0
        elif not alive[0]: bad("a reference came back")
        else: x.test()
    if len(refs) > 300: del refs[::2]


P = [N() for i in range(12)]
"""

TAIL = """\
P = x = y = e = None
for thing in holders: thing.clear()
gc.enable()
gc.set_debug(0)
gc.garbage.clear()
for i in range(8):
    gc.collect()
    risen.clear()
    others.clear()
    gc.garbage.clear()
poll()
print("twice", [tag for tag in died if died[tag] != 1])
print("called twice", [key for key in called if called[key] != 1])
print("alive", [1 for ref, alive in refs if ref() is not None], len(values), len(keys), len(members))
"""


class Gen:
    def __init__(self, seed):
        self.r = random.Random(seed)
        self.out = []
        self.n = 0

    def p(self): return "P[%d]" % self.r.randrange(12)

    def kind(self): return "KINDS[%d]()" % self.r.randrange(16)

    def put(self, text): self.out.append(text)

    def big(self):
        """A big list or dict with a few changes and steps of the program between them."""
        r, name, size = self.r, "P[%d]" % self.r.randrange(12), self.r.choice([40, 300, 2500, 5000])
        if r.random() < 0.6:
            self.put(f"{name} = x = [N() for i in range({size})]")
            for _ in range(r.randrange(2, 9)):
                self.put(r.choice([
                    "x.insert(0, N())", "x.insert(len(x) // 2, {p})", "del x[0]", "del x[len(x) // 2]", "x.reverse()",
                    "x.sort(key=lambda n: -tags(n))", "x[:5] = [N() for i in range(%d)]" % r.randrange(12),
                    "x[::2] = [N() for i in x[::2]]", "x[::2] = (N() for i in x[::2])", "x[::-3] = (x[i] for i in range(len(x[::-3])))",
                    "del x[::3]", "x.pop()", "x.pop(1)", "x += x[:20]", "x *= 2", "x[1:1] = x[-7:]", "y = x.copy(); x.clear(); x.extend(y)",
                    "x[:] = x[::-1]", "x.append({p})", "for i in range(60): x.pop(); x.insert(i, N())",
                    "x.sort(key=id); x.sort(key=lambda n: tags(n))", "y = (*x, x); x = [*y[:-1]]; {name} = x", "x.append(x); x.pop()",
                ]).format(p=self.p(), name=name))
                self.put("for i in range(%d): y = [i]" % r.choice([1, 5, 40, 300]))
            self.put("print(len(x), tags(x)); del x[3000:]")
        elif r.random() < 0.7:
            self.put(f"{name} = x = {{i: N() for i in range({size})}}")
            for _ in range(r.randrange(2, 9)):
                self.put(r.choice([
                    "x.popitem()", "x.pop(3, None)", "for i in range(100, 400): x.pop(i, None)", "x[-1] = {p}",
                    "for i in range(500): x['k%d' % i] = N()", "y = dict(x); x.clear(); x.update(y)", "x.setdefault(2, N())",
                    "x |= {{(1, i): N() for i in range(50)}}", "x = {name} = {{**x}}", "for k in list(x)[::2]: del x[k]",
                    "x = {name} = {{k: v for k, v in x.items()}}", "x[x.setdefault(5, N())] = 5; x[{p} if isinstance({p}, N) else 7] = 8",
                ]).format(p=self.p(), name=name))
                self.put("for i in range(%d): y = [i]" % r.choice([1, 5, 40, 300]))
            self.put("print(len(x), tags(x))")
        else:
            self.put(f"{name} = x = set(N() for i in range({size}))")
            for _ in range(r.randrange(2, 6)):
                self.put(r.choice([
                    "for i in range(min(30, len(x))): x.pop()", "x |= {{N() for i in range(40)}}", "y = set(x); x.clear(); x |= y",
                    "x -= set(list(x)[:10])", "x ^= {{N()}}", "for i in range(200): x.add(N())", "x &= set(x)",
                ]).format(p=self.p(), name=name))
                self.put("for i in range(%d): y = [i]" % r.choice([1, 5, 40, 300]))
            self.put("for y in x: y.test()")
            self.put("print(len(x))")

    def step(self):
        r, p, q = self.r, self.p(), self.p()
        self.n += 1
        n = self.n
        choice = r.randrange(26)
        if choice < 5: self.put(f"{p} = {self.kind()}")
        elif choice < 8: self.put(f"{p} = x = {self.kind()}; x.link = [x, {q}]" if r.random() < 0.5 else
                                  f"{p} = x = {self.kind()}; y = {self.kind()}; x.link = y; y.link = x")
        elif choice == 8: self.put(f"if isinstance({p}, N): {p}.link = {q}")
        elif choice == 9: self.put(f"{p} = [{q}, {self.p()}]")
        elif choice == 10: self.put(f"{p} = x = gen({q}, {r.randrange(1, 6)}); " + "; ".join(["next(x)"] * r.randrange(1, 3)) +
                                    r.choice(["", f"; {self.p()} = N(); {self.p()} = x", "; holders.append([x, x])"]))
        elif choice == 11: self.put(f"for y in range(9):\n    try: {p}.send({q})\n    except (StopIteration, AttributeError, TypeError): break")
        elif choice == 12: self.put(f"{p} = x = closure({q}, {self.p()}); x()")
        elif choice == 13: self.put(f"{p} = failure({q})")
        elif choice == 14: self.put(f"for e in P:\n    if type(e) is ValueError: again(e)\ne = None")
        elif choice == 15: self.put(f"x = {self.kind()}; refs.append((weakref.ref(x), [1])); refs.append((R(x, note({n})), [1])); x.link = x; "
                                    + r.choice([f"{p} = x", "x = None", "x.link = refs[-1]", f"keep{n} = weakref.ref(x, note(-{n})); x = None"]))
        elif choice == 16: self.put("poll()")
        elif choice == 17: self.put(f"x = {self.kind()}; values[{n % 20}] = x; keys[x] = [x, {q}] if {n % 2} else 1; members.add(x); {p} = x")
        elif choice == 18: self.put("for x in list(values.values()) + list(keys) + list(members): x.test()\nx = None")
        elif choice == 19: self.put(f"x = deep({r.choice([50, 300, 800])}, {p}); {p} = N(); x = None")
        elif choice == 20: self.put(r.choice([
            "gc.collect()", "gc.disable()", "gc.enable()", "gc.enable()", "len(gc.get_objects())", f"gc.get_referrers({p}, {q})",
            "gc.set_debug(gc.DEBUG_SAVEALL)", "gc.set_debug(0); gc.garbage.clear()", "gc.freeze(); gc.unfreeze()",
            "gc.callbacks[:] = [event]", "gc.callbacks.clear()", "risen.clear()", f"gc.get_referents({p})"]))
        elif choice == 21: self.put(f"x = {p}; x = x.__dict__ if isinstance(x, N) else None; x = None")
        elif choice == 22: self.put(f"class C{n % 5}(F):\n    kept = {p}\n    def act(self): self.link = C{n % 5}\nx = C{n % 5}(); x.link = x; {q} = x; C{n % 5} = 0")
        elif choice == 23: self.put(f"print(tags({p}))" if False else f"tags({p})")
        else: self.big()
        if r.random() < 0.3: self.put("for i in range(%d): x = [[]]" % r.choice([3, 30, 200]))

    def program(self):
        self.put(HEAD)
        for _ in range(self.r.randrange(10, 40)): self.step()
        if self.r.random() < 0.9: self.put(TAIL)
        return "\n".join(self.out) + "\n"


def run(command, path):
    try:
        done = subprocess.run([*command, path], capture_output=True, text=True, timeout=120)
    except subprocess.TimeoutExpired:
        return ("timeout", "", "")
    return done.returncode, done.stdout, done.stderr


def main():
    if sys.argv[1] == "--write":
        print(Gen(int(sys.argv[2])).program(), end="")
        return
    first, last = int(sys.argv[1]), int(sys.argv[2])
    binary = sys.argv[3] if len(sys.argv) > 3 else "build/debug/ouro"
    modes, failed = sys.argv[4:] or MODES, 0
    for seed in range(first, last):
        with tempfile.NamedTemporaryFile("w", suffix=".py", delete=False) as file: file.write(Gen(seed).program())
        expected = run([sys.executable], file.name)
        if expected[0] != 0 or "BAD" in expected[1]:
            print(f"seed {seed}: the reference says {expected}")
        for mode in modes:
            got = run([binary, "-X", "leaks=error", *mode.split()], file.name)
            if got[:2] != expected[:2]:
                failed += 1
                print(f"seed {seed} {mode!r}: status {got[0]} for {expected[0]}; {(got[2] or expected[2])[-200:]}", flush=True)
                for a, b in zip(got[1].splitlines(), expected[1].splitlines()):
                    if a != b:
                        print("   ", a[:100], "for", b[:100])
                        break
        os.unlink(file.name)
    print(f"{last - first} programs, {failed} failed")


main()
