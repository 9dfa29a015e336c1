"""Generates small programs that print every birth and death of their objects, runs them under the reference and under
build/ouro, and compares what they print up to the last statement (exit is outside).

usage: python3.11 tests/fuzz/lifetimes.py FIRST LAST [BINARY [OPTION ...]]     seeds FIRST..LAST-1
       python3.11 tests/fuzz/lifetimes.py --write SEED                        the program of one seed on stdout
"""
import random, sys
def program(seed):
    R = random.Random(seed); out = []; names = ['a','b','c','d']
    w = out.append
    w('import gc'); w('gc.disable()')
    w('class D:'); w('    def __init__(s, n, *k): s.n = n; s.k = k; print("born", n)'); w('    def __del__(s): print("dead", s.n)')
    w('    def m(s, *a): return s'); w('    def __add__(s, o): return D(s.n + "+")'); w('    def __enter__(s): print("enter", s.n); return s'); w('    def __exit__(s, *e): print("exit", s.n, e[0] and e[0].__name__); return s.n.endswith("s")')
    w('    def __getitem__(s, i): return i'); w('    def __eq__(s, o): return True'); w('    def __hash__(s): return 1'); w('    def __bool__(s): return len(s.n) % 2 == 0'); w('    def __iter__(s): yield s; yield D(s.n + "i")')
    cnt = [0]
    def nm(): cnt[0] += 1; return 'o%d%s' % (cnt[0], R.choice(['', 's', 'x']))
    def ex(d, vs):
        k = R.randrange(22) if d < 3 else R.randrange(3)
        v = R.choice(vs) if vs else None
        if k == 0 and v: return v
        if k <= 1: return 'D("%s")' % nm()
        if k == 2: return v or 'D("%s")' % nm()
        e = lambda: ex(d+1, vs)
        return {3: lambda: 'D("%s", %s, %s)' % (nm(), e(), e()), 4: lambda: '[%s, %s]' % (e(), e()), 5: lambda: '(%s, %s, %s)' % (e(), e(), e()), 6: lambda: '{1: %s, 2: %s}' % (e(), e()),
                7: lambda: 'f0(%s, %s)' % (e(), e()), 8: lambda: 'f1(%s)' % e(), 9: lambda: '[%s, %s][0]' % (e(), e()), 10: lambda: '(%s if %s else %s)' % (e(), e(), e()), 11: lambda: '(%s or %s)' % (e(), e()),
                12: lambda: '(%s and %s)' % (e(), e()), 13: lambda: 'D("%s").m(%s, %s)' % (nm(), e(), e()), 14: lambda: '[x for x in [%s, %s]]' % (e(), e()), 15: lambda: '(lambda q, r=%s: q)(%s)' % (e(), e()),
                16: lambda: 'list(g0(%s))' % e(), 17: lambda: '(D("%s") + D("%s"))' % (nm(), nm()), 18: lambda: 'f2(%s, k=%s)' % (e(), e()), 19: lambda: '(%s == %s)' % (e(), e()), 20: lambda: 'f3(*[%s, %s])' % (e(), e()), 21: lambda: '{type(x): x for x in [%s]}' % e()}[k]()
    def st(ind, d, vs, infn):
        p = '    ' * ind; k = R.randrange(17) if d < 3 else R.randrange(4); v = R.choice(names)
        e = lambda: ex(0, vs)
        if k <= 1: w(p + '%s = %s' % (v, e())); vs.append(v)
        elif k == 2: w(p + e())
        elif k == 3 and vs: w(p + 'print("use", type(%s).__name__)' % R.choice(vs))
        elif k == 4:
            w(p + 'try:'); st2(ind+1, d+1, list(vs), infn)
            if R.random() < .6: w(p + '    raise ValueError(%s)' % e())
            w(p + 'except ValueError as ex:'); w(p + '    print("caught")'); st2(ind+1, d+1, list(vs), infn)
            if R.random() < .5: w(p + 'finally:'); st2(ind+1, d+1, list(vs), infn)
        elif k == 5:
            w(p + 'for it in [%s, %s]:' % (e(), e())); st2(ind+1, d+1, vs + ['it'], infn)
            if R.random() < .3: w(p + '    break')
        elif k == 6:
            w(p + 'with %s as wv:' % ('D("%s")' % nm())); st2(ind+1, d+1, vs + ['wv'], infn)
        elif k == 7: w(p + 'if %s:' % e()); st2(ind+1, d+1, list(vs), infn); w(p + 'else:'); st2(ind+1, d+1, list(vs), infn)
        elif k == 8 and infn: w(p + 'return %s' % e())
        elif k == 9: w(p + 'p, q = %s, %s' % (e(), e())); vs += ['p', 'q']
        elif k == 10 and vs: x = R.choice(vs); w(p + 'if %s is not None: %s = None' % (x, x))
        elif k == 11: w(p + '%s = D("%s"); %s.attr = %s; %s.me = %s' % (v, nm(), v, e(), v, v)); vs.append(v)
        elif k == 12: w(p + 'for it in g0(%s):' % e()); st2(ind+1, d+1, vs + ['it'], infn); w(p + '    break')
        elif k == 13:
            w(p + 'try:'); w(p + '    f4(%s)' % e()); w(p + 'except KeyError: print("KE")')
        elif k == 14: w(p + 'l = [%s, %s, %s]; l[0] = %s; del l[1:]; l.append(%s)' % (e(), e(), e(), e(), e()))
        elif k == 15: w(p + '%s = 1; del %s' % ('t', 't')); w(p + 'd = {"x": %s}; d["x"] = %s; d.pop("x")' % (e(), e()))
        elif k == 16: w(p + 'def loc(u, v=%s): z = %s; return u' % (e(), e())); w(p + 'loc(%s)' % e())
        else: w(p + 'pass')
    def st2(ind, d, vs, infn):
        for _ in range(R.randrange(1, 3)): st(ind, d, vs, infn)
    w('def f0(a, b):'); w('    c = [b, D("f0c")]'); w('    return c[0]')
    w('def f1(a):'); w('    c = D("f1c")'); w('    return c')
    w('def f2(a, *r, k=None, **kw):'); w('    z = [a, k]'); w('    return z')
    w('def f3(*a):'); w('    y, *x = a'); w('    return x')
    w('def f4(a):'); w('    b = D("f4b")'); w('    raise KeyError(a)')
    w('def g0(a):'); w('    try:'); w('        l = D("g0l")'); w('        yield l'); w('        yield a'); w('    finally:'); w('        print("g0fin")')
    w('def main():')
    vs = []
    for _ in range(R.randrange(3, 8)): st(1, 0, vs, True)
    w('main()'); w('print("--- main done")'); vs = []
    for _ in range(R.randrange(2, 5)): st(0, 1, vs, False)
    w('gc.collect()')
    w('print("=== end")'); w('D.__del__ = lambda s: None')
    return '\n'.join(out) + '\n'
if __name__ == '__main__':
    import subprocess, os, tempfile
    if sys.argv[1] == '--write':
        sys.stdout.write(program(int(sys.argv[2]))); sys.exit()
    home = tempfile.mkdtemp(); python = os.environ.get('PYTHON', '/usr/bin/python3.11')
    a, b = int(sys.argv[1]), int(sys.argv[2]); bad = 0; binary = sys.argv[3] if len(sys.argv) > 3 else 'build/ouro'
    opts = sys.argv[4:]
    for s in range(a, b):
        src = program(s); fn = os.path.join(home, 'p.py')
        open(fn, 'w').write(src)
        r1 = subprocess.run([python, fn], capture_output=True, text=True); r2 = subprocess.run([binary, *opts, fn], capture_output=True, text=True)
        cut = lambda t: t.split('=== end')[0]
        if cut(r1.stdout) != cut(r2.stdout) or ('=== end' in r1.stdout) != ('=== end' in r2.stdout) or r2.returncode != r1.returncode:
            bad += 1; open(os.path.join(home, 'bad%d.py' % s), 'w').write(src)
            if bad <= 8:
                l1, l2 = r1.stdout.splitlines(), r2.stdout.splitlines()
                i = next((i for i, (x, y) in enumerate(zip(l1, l2)) if x != y), min(len(l1), len(l2)))
                print('seed', s, 'line', i, l1[i:i+2], l2[i:i+2], r1.returncode, r2.returncode, r2.stderr[-150:])
    print('%d of %d differ; programs in %s' % (bad, b - a, home)); sys.exit(bad > 0)
