"""Generates programs with weak references, callbacks, weak containers, finalisers, cycles and exit stacks, runs them under
the reference and under build/ouro, and compares what they print.

usage: python3.11 tests/fuzz/weakrefs.py FIRST LAST [BINARY [OPTION ...]]     seeds FIRST..LAST-1
       python3.11 tests/fuzz/weakrefs.py --write SEED                        the program of one seed on stdout
"""
import os
import random
import subprocess
import sys
import tempfile

HEAD = """\
import gc, weakref
from contextlib import ExitStack, contextmanager
gc.disable()
log, risen, refs = [], [], {}
values, keys, members = weakref.WeakValueDictionary(), weakref.WeakKeyDictionary(), weakref.WeakSet()


class N:
    def __init__(self, name): self.name = name


class F(N):
    def __del__(self): log.append("del " + self.name)


class S:
    __slots__ = ("name", "a", "b", "c", "__weakref__")
    def __init__(self, name): self.name = name


class P(N):
    def __del__(self):
        log.append("rises " + self.name)
        risen.append(self)


class Ref(weakref.ref):
    def __init__(self, target, callback): super().__init__(target, callback); self.extra = callback


def cb(name): return lambda r: log.append(f"called {name} {r()}")


def drop(name, other):
    def call(r):
        log.append("drops " + name)
        refs.pop(other, None)
    return call


def show(ordered=True):
    print(log if ordered else sorted(log))
    log.clear()


def state():
    print(sorted(values), sorted(x.name for x in keys), sorted(x.name for x in members),
          sorted(k for k, r in refs.items() if r() is None))


def chain(e):
    names = []
    while e is not None and len(names) < 12:
        names.append((type(e).__name__, str(e), type(e.__cause__).__name__))
        e = e.__context__
    return names


class M:
    def __init__(self, n, act): self.n, self.act = n, act
    def __enter__(self): return self
    def __exit__(self, kind, value, trace):
        print("exit", self.n, kind and kind.__name__)
        if self.act == 1: return True
        if self.act == 2: raise ValueError(self.n)
        if self.act == 3: raise RuntimeError(self.n) from value


@contextmanager
def managed(n, act):
    try:
        yield n
    except Exception as e:
        if act == 1: return
        if act == 2: raise ValueError(n)
        raise
    finally:
        if act == 3: raise TypeError(n)


"""


def program(seed):
    R = random.Random(seed)
    lines = []
    alive = set()
    for i in range(R.randint(4, 12)):
        alive.add(f"o{i}")
        lines.append(f'o{i} = {R.choice("NFSPNF")}("o{i}")')
    count = 0
    for step in range(R.randint(15, 60)):
        if not alive:
            break
        a, b, c = (R.choice(sorted(alive)) for _ in range(3))
        count += 1
        kind = R.randrange(19)
        if kind < 5:
            lines.append(f"{a}.{R.choice('abc')} = {R.choice([b, f'[{b}, {c}]'])}")
        elif kind < 13:
            lines.append((f'refs["r{count}"] = weakref.ref({a}, cb("r{count}"))',
                          f'refs["r{count}"] = weakref.ref({a}, drop("r{count}", "r{R.randint(1, count)}"))',
                          f'refs["r{count}"] = Ref({a}, cb("r{count}"))',
                          f'values["{a}"] = {b}; keys[{a}] = {R.choice([b, 1])}; members.add({c})',
                          f'{a}.c = weakref.ref({b}, cb("held {count}"))',
                          f'weakref.finalize({a}, log.append, "finalize {step}")',
                          f'print(weakref.getweakrefcount({a}), weakref.proxy({a}).name)',
                          f'print(len(list(values.items())), len(members | {{{a}}}), {a} in keys)')[kind - 5])
        elif kind == 13:
            acts = [f"s.enter_context({R.choice(['M', 'managed'])}({i}, {R.randrange(4)}))" for i in range(R.randint(0, 4))]
            lines += ["try:", "    with ExitStack() as s:", *("        " + act for act in acts),
                      "        " + R.choice(["raise IndexError('body')", "pass"]),
                      "except Exception as e: print(chain(e))"]
        elif len(alive) > 1 or R.random() < 0.5:
            alive.discard(a)
            lines += [f"del {a}", "show()"]
        if R.random() < 0.12:
            lines += ["gc.collect(); show(False)", "for x in risen: x.a = x.b = x.c = None",
                      "x = None; risen.clear(); show()"]
        if R.random() < 0.2:
            lines.append("state()")
    for a in sorted(alive):
        lines += [f"del {a}", "show()"]
    lines += ["gc.collect(); show(False); x = None; risen.clear(); show()"] * 2
    lines += ["state()", "print('=== end')", "F.__del__ = P.__del__ = lambda self: None"]
    return HEAD + "\n".join(lines) + "\n"


def main():
    if sys.argv[1] == "--write":
        sys.stdout.write(program(int(sys.argv[2])))
        return 0
    first, last, *rest = sys.argv[1:]
    command = rest or ["build/ouro"]
    python = os.environ.get("PYTHON", "/usr/bin/python3.11")
    home = tempfile.mkdtemp()
    bad = 0
    for seed in range(int(first), int(last)):
        path = os.path.join(home, f"p{seed}.py")
        with open(path, "w") as file:
            file.write(program(seed))
        one, two = (subprocess.run([*words, path], capture_output=True, text=True) for words in ([python], command))
        if one.stdout == two.stdout and one.returncode == two.returncode and "=== end" in one.stdout:
            os.remove(path)
            continue
        bad += 1
        left, right = one.stdout.splitlines(), two.stdout.splitlines()
        at = next((i for i, (x, y) in enumerate(zip(left, right)) if x != y), min(len(left), len(right)))
        print("seed", seed, "line", at, left[at:at + 1], right[at:at + 1], two.returncode, two.stderr[-150:])
    print(f"{bad} differ; programs in {home}")
    return bad > 0


if __name__ == "__main__":
    sys.exit(main())
