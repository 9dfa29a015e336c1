"""Generates generators with try, finally, with and yield from, drives them at random with next, send, throw and close,
and compares what the reference and build/ouro print: every step, birth and death.

usage: python3.11 tests/fuzz/generators.py FIRST LAST [BINARY]      seeds FIRST..LAST-1
"""
import random, subprocess, sys, tempfile

HEAD = '''import gc
gc.disable()
class D:
    def __init__(self, name): self.name = name; print("born", name)
    def __del__(self): print("dead", self.name)
    def __enter__(self): print("enter", self.name); return self
    def __exit__(self, *e): print("exit", self.name, e[0] and e[0].__name__); return self.name.endswith("s")
def drive(make, steps):
    it = make()
    for what, value in steps:
        try:
            if what == "next": print("got", show(next(it)))
            elif what == "send": print("got", show(it.send(value)))
            elif what == "throw": print("got", show(it.throw(value)))
            elif what == "close": print("closed", show(it.close()))
            elif what == "for": print("all", [show(x) for x in it])
            elif what == "drop": it = make()
        except BaseException as e:
            print(type(e).__name__, [show(a) for a in e.args], type(e.__cause__).__name__, type(e.__context__).__name__)
    print("end")
def show(x): return x.name if isinstance(x, D) else x if isinstance(x, (int, str, type(None))) else type(x).__name__
class It:
    def __init__(self): self.n = 0
    def __iter__(self): return self
    def __next__(self):
        self.n += 1
        if self.n > 2: raise StopIteration("it")
        return self.n
class Full(It):
    def send(self, v): print("sent", show(v)); return next(self)
    def throw(self, *a): print("thrown", type(a[0]).__name__ if isinstance(a[0], BaseException) else a[0].__name__); raise KeyError("from throw")
    def close(self): print("close called")
'''


def block(depth, indent):
    lines = []
    for _ in range(R.randrange(1, 4)): lines += statement(depth, indent)
    return lines


def value():
    return R.choice(['1', '"v"', 'D("%s")' % name(), 'x', 'None', '(yield)', '(yield D("%s"))' % name()])


def name():
    global count
    count += 1
    return 'o%d%s' % (count, R.choice(['', '', 's']))


def statement(depth, indent):
    p = '    ' * indent
    k = R.randrange(16) if depth < 3 else R.randrange(7)
    if k <= 1: return [p + 'yield ' + value()]
    if k == 2: return [p + 'x = yield ' + value()]
    if k == 3: return [p + 'x = ' + value()]
    if k == 4: return [p + 'print("in", show(x))']
    if k == 5: return [p + R.choice(['return ' + value(), 'raise ValueError(%s)' % value(), 'raise StopIteration(3)', 'raise', 'pass', 'pass'])]
    if k == 6: return [p + 'x = yield from ' + R.choice(['g0()', 'g0()', '[1, 2]', 'It()', 'Full()', '(D("%s") for _ in range(2))' % name(), 'iter(())'])]
    if k <= 9:
        lines = [p + 'try:'] + block(depth + 1, indent + 1)
        if R.random() < .7:
            lines += [p + R.choice(['except ValueError as e:', 'except (KeyError, GeneratorExit):', 'except GeneratorExit:', 'except:', 'except StopIteration as e:'])] + block(depth + 1, indent + 1)
            if R.random() < .3: lines += [p + 'else:'] + block(depth + 1, indent + 1)
            if R.random() < .5: lines += [p + 'finally:'] + block(depth + 1, indent + 1)
        else: lines += [p + 'finally:'] + block(depth + 1, indent + 1)
        return lines
    if k <= 11: return [p + 'with D("%s") as y:' % name()] + block(depth + 1, indent + 1)
    if k == 12: return [p + 'for y in %s:' % R.choice(['range(2)', 'g0()', 'It()', '[D("%s"), D("%s")]' % (name(), name())])] + block(depth + 1, indent + 1) + [p + '    ' + R.choice(['pass', 'break', 'continue'])]
    if k == 13: return [p + 'if x:'] + block(depth + 1, indent + 1)
    if k == 14: return [p + 'x = [y for y in (D("%s"), x)]' % name()]
    return [p + 'del x', p + 'x = 2']


def program(seed):
    global count
    R.seed(seed)
    count = 0
    lines = []
    for index in range(3):
        body = block(0, 1)
        lines += ['def g%d():' % index, '    x = None'] + (body if index else ['    yield 0'] + [l for l in body if 'g0()' not in l or l.strip() == 'pass']) + ['    yield 9']
    steps = []
    for _ in range(R.randrange(3, 9)):
        what = R.choice(['next', 'next', 'send', 'throw', 'throw', 'close', 'drop', 'for'])
        steps.append('("%s", %s)' % (what, {'send': R.choice(['None', '5', 'D("%s")' % name()]), 'throw': R.choice(['ValueError("t")', 'KeyError', 'GeneratorExit', 'StopIteration(4)', 'ValueError'])}.get(what, 'None')))
    lines += ['drive(g1, [%s])' % ', '.join(steps), 'drive(g2, [%s])' % ', '.join(steps), 'print("last")']
    return HEAD + '\n'.join(lines) + '\n'


def run(*command):
    done = subprocess.run(command, capture_output=True, timeout=20)
    return done.returncode, done.stdout.partition(b'\nlast\n')[0]


R = random.Random()
count = 0
first, last = int(sys.argv[1]), int(sys.argv[2])
binary = sys.argv[3] if len(sys.argv) > 3 else 'build/ouro'
differ = tried = 0
with tempfile.TemporaryDirectory() as directory:
    path = directory + '/program.py'
    for seed in range(first, last):
        source = program(seed)
        try: compile(source, path, 'exec')
        except SyntaxError: continue
        tried += 1
        with open(path, 'w') as file: file.write(source)
        if run('/usr/bin/python3.11', path) != run(binary, path):
            differ += 1
            print('seed', seed, 'differs')
print(differ, 'of', tried, 'differ')
sys.exit(differ > 0)
