"""Generates functions full of expressions that fail somewhere, runs them under the reference and under build/ouro, and
compares output, status and the whole traceback: lines, carets, suggestions.

usage: python3.11 tests/fuzz/tracebacks.py FIRST LAST [BINARY]      seeds FIRST..LAST-1
"""
import random, re, subprocess, sys, tempfile
def expr(d):
    k=R.randrange(26) if d<4 else R.randrange(6)
    e=lambda: expr(d+1)
    nl=lambda: R.choice(['','','','\n        '])
    if k==0: return R.choice(['one','two','nums','text','d','obj','none','f','g','bad'])
    if k==1: return R.choice(['1','2.5','"s"','None','[]','()','{}','True','0'])
    if k==2: return 'obj.'+R.choice(['a','b','meth','prop','zz'])
    if k==3: return R.choice(['undefined','text','nums','obj','bad'])
    if k==4: return 'nums[%s]'%R.choice(['0','5','"k"','one'])
    if k==5: return 'd[%s]'%R.choice(['"a"','"zz"','one'])
    if k==6: return '(%s%s%s%s%s)'%(e(),nl(),R.choice([' + ',' - ','*','//',' % ','**',' @ ','<<','|',' & ']),nl(),e())
    if k==7: return '%s(%s,%s%s)'%(R.choice(['f','g','obj.meth','len','int','obj','none','print']),e(),nl(),e())
    if k==8: return '%s(%s)'%(R.choice(['f','g','len','int','obj.meth','list','iter','sum','str','bad']),e())
    if k==9: return '[%s,%s%s]'%(e(),nl(),e())
    if k==10: return '{%s: %s,%s **%s}'%(e(),e(),nl(),e())
    if k==11: return '[%s, *%s]'%(e(),e())
    if k==12: return '(%s if %s%s else %s)'%(e(),e(),nl(),e())
    if k==13: return '(%s%s and%s %s)'%(e(),nl(),nl(),e())
    if k==14: return '(%s or %s)'%(e(),e())
    if k==15: return '(not %s)'%e()
    if k==16: return '(%s %s %s %s %s)'%(e(),R.choice(['<','==','in','is','>=']),e(),R.choice(['<','!=','not in']),e())
    if k==17: return '(%s %s%s %s)'%(e(),R.choice(['<','==','in','is','>=','not in']),nl(),e())
    if k==18: return '[%s for x in %s if %s]'%(e(),e(),e())
    if k==19: return '{%s for x in %s%s for y in %s}'%(e(),e(),nl(),e())
    if k==20: return 'f"{%s!r} and {%s:>5}"'%(R.choice(['one','obj','bad','undefined']),R.choice(['one','text','obj','undefined']))
    if k==21: return '(-%s)'%e()
    if k==22: return '(lambda q, r=%s: %s)(%s)'%(e(),e(),e())
    if k==23: return 'f(*%s, **%s)'%(e(),e())
    if k==24: return '%s[%s:%s]'%(R.choice(['nums','text','obj']),e(),e())
    if k==25: return 'sum(%s for x in %s)'%(e(),e())
def stmt(ind):
    p='    '*ind; k=R.randrange(16)
    e=lambda: expr(0)
    if k==0: return p+'v = %s\n'%e()
    if k==1: return p+'%s\n'%e()
    if k==2: return p+'for i in %s:\n%s    pass\n'%(e(),p)
    if k==3: return p+'if %s:\n%s    v = 1\n'%(e(),p)
    if k==4: return p+'while %s:\n%s    break\n'%(e(),p)
    if k==5: return p+'with %s as v,\\\n%s    %s:\n%s    w = %s\n'%(R.choice(['obj','none','bad',e()]),p,R.choice(['obj','none',e()]),p,e())
    if k==6: return p+'assert %s, %s\n'%(e(),e())
    if k==7: return p+'obj.%s = %s\n'%(R.choice(['a','prop']),e())
    if k==8: return p+'nums[%s] = %s\n'%(e(),e())
    if k==9: return p+'a, b = %s\n'%e()
    if k==10: return p+'v = w = %s; v += %s\n'%(e(),e())
    if k==11: return p+'raise %s\n'%e()
    if k==12: return p+'del nums[%s], obj.%s\n'%(e(),R.choice(['a','zz']))
    if k==13: return p+'return %s\n'%e()
    if k==14: return p+'try:\n%s    %s\n%sexcept %s:\n%s    v = %s\n%sfinally:\n%s    w = 1\n'%(p,e(),p,R.choice(['KeyError','TypeError','(NameError, ValueError)','none']),p,e(),p,p)
    if k==15: return p+'def h(a=%s, *, b: %s = %s):\n%s    return a\n'%(e(),e(),e(),p)
HEAD='''class Bad:
    def __bool__(self): raise TypeError("bool")
    def __eq__(self, o): raise ValueError("eq")
    def __iter__(self): return iter([1, 2, bad / 1])
    def __repr__(self): return "bad"
    def __len__(self): return -1
    def __enter__(self): raise KeyError("enter")
    def __exit__(self, *a): pass
class Obj:
    a = 5
    @property
    def prop(self): return self.b + 1
    def meth(self, *a): return a[0] + 1
    def __enter__(self): return self
    def __exit__(self, *a): return None
    def __getitem__(self, k): return k.start
def f(x, y=2): return x
def g(x, y): return x[0] / y
bad = Bad(); obj = Obj(); nums = [1, 2, 3]; text = "text"; d = {"a": 1}; none = None; one = 1; two = 2
def main():
'''

def program(seed):
    R.seed(seed)
    return HEAD + '    v = w = 0\n' + ''.join(stmt(1) for _ in range(R.randrange(1, 4))) + 'main()\n'


def run(*command):
    done = subprocess.run(command, capture_output=True, timeout=20)
    return done.returncode, *[re.sub(rb'0x[0-9a-f]+', b'0x', text) for text in (done.stdout, done.stderr)]


R = random.Random()
first, last = int(sys.argv[1]), int(sys.argv[2])
binary = sys.argv[3] if len(sys.argv) > 3 else 'build/ouro'
differ = 0
with tempfile.TemporaryDirectory() as directory:
    path = directory + '/program.py'
    for seed in range(first, last):
        source = program(seed)
        try:
            compile(source, path, 'exec')
        except SyntaxError:
            continue
        with open(path, 'w') as file:
            file.write(source)
        if run('/usr/bin/python3.11', '-W', 'ignore', path) != run(binary, path):
            differ += 1
            print('seed', seed, 'differs:', source[len(HEAD):], sep='\n')
print(differ, 'of', last - first, 'differ')
sys.exit(differ > 0)
