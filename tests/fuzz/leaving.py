#!/usr/bin/env python3
"""Random programs that end with objects alive: each object with a finaliser must be finalised exactly once, with the
functions and the plain data of the module still there, and nothing may be left.

usage: leaving.py OURO FIRST LAST [OPTIONS...]     runs the programs of the seeds FIRST to LAST - 1
"""
import collections
import random
import subprocess
import sys
import tempfile

HEAD = '''
import sys, atexit
made = 0
births = []
def birth():
    global made
    made += 1
    print("birth", made)
    return made
def death(number, note=""):
    print("death", number, note, len(births) >= 0)
class A:
    def __init__(self, *held):
        self.number = birth()
        self.held = list(held)
    def __del__(self):
        death(self.number)
class Raising(A):
    def __del__(self):
        death(self.number)
        raise ValueError(self.number)
class Making(A):
    def __del__(self):
        death(self.number)
        A(A())
class Rising(A):
    def __del__(self):
        death(self.number)
        kept.append(self)
class Cyclic(A):
    def __init__(self, *held):
        super().__init__(*held)
        self.me = self
    def __del__(self):
        death(self.number)
        x = Cyclic2()
class Cyclic2(A):
    def __init__(self, *held):
        super().__init__(*held)
        self.me = [self]
kept = []
def gen(*held):
    number = birth()
    try:
        yield held
    finally:
        death(number)
def started(*held):
    g = gen(*held)
    next(g)
    return g
'''


def program(seed):
    rng = random.Random(seed)
    lines = [HEAD]
    names = []

    def some():
        return ", ".join(rng.choice(names) for _ in range(rng.randrange(3))) if names else ""

    for i in range(rng.randrange(3, 12)):
        name = f"v{i}"
        kind = rng.choice(["A", "A", "Raising", "Making", "Rising", "Cyclic", "Cyclic2", "started"])
        lines.append(
            rng.choice(
                [
                    f"{name} = {kind}({some()})",
                    f"{name} = [{kind}({some()}), A()]",
                    f"{name} = {{'k': {kind}({some()})}}",
                    f"{name} = (lambda x: lambda: x)({kind}({some()}))",
                    f"class {name}:\n    held = {kind}({some()})",
                    f"sys.{name} = {name} = {kind}({some()})",
                ]
            )
        )
        names.append(name)
        if rng.random() < 0.3:
            lines.append(f"{kind}({some()})" if kind != "started" else f"del {name}; {name} = A()")
        if rng.random() < 0.3:
            a, b = rng.choice(names), rng.choice(names)
            lines.append(f"try: {a}.held.append({b})\nexcept AttributeError: pass")
    end = rng.randrange(6)
    if end == 1:
        lines.append("def deep(n):\n    local = A()\n    deep(n - 1) if n else sys.exit(3)\ndeep(20)")
    elif end == 2:
        lines.append("def deep(n):\n    local = A()\n    return deep(n - 1) if n else 1 / 0\ndeep(5)")
    elif end == 3:
        lines.append("atexit.register(A)\natexit.register(lambda x: None, A())")
    elif end == 4:
        lines.append("with_cycle = Cyclic()\nraise KeyboardInterrupt")
    elif end == 5:
        lines.append("try: 1 / 0\nexcept ZeroDivisionError as e: error = e; error.held = A()")
    return "\n".join(lines) + "\n"


def main():
    ouro, first, last, *options = sys.argv[1:]
    bad = 0
    if options == ["print"]:
        print(program(int(first)))
        return 0
    for seed in range(int(first), int(last)):
        with tempfile.NamedTemporaryFile("w", suffix=".py") as file:
            file.write(program(seed))
            file.flush()
            run = subprocess.run([ouro, "-X", "leaks=error", *options, file.name], capture_output=True, text=True, timeout=60)
        births = [line.split()[1] for line in run.stdout.splitlines() if line.startswith("birth")]
        deaths = collections.Counter(line.split()[1] for line in run.stdout.splitlines() if line.startswith("death"))
        wrong = [n for n in births if deaths[n] != 1]
        if wrong or run.returncode not in (0, 1, 3, -2) or "cells left" in run.stderr or "NameError" in run.stderr.replace("NameError: name 'kept'", ""):
            bad += 1
            print(f"seed {seed}: status {run.returncode}, not finalised once: {wrong}, {run.stderr[-300:]}")
    print(f"{bad} of {int(last) - int(first)} programs are wrong")
    return 1 if bad else 0


sys.exit(main())
