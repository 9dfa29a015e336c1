def f0(): pass
def f1(a): pass
def f2(a, b): pass
def f3(a, b, c=1): pass
def fk(*, a, b): pass
class C:
    def m(self, x): pass
    def __init__(self, y=0): pass
for call in (lambda: f0(1), lambda: f1(), lambda: f1(1, 2), lambda: f2(), lambda: f3(), lambda: f3(1, 2, 3, 4),
             lambda: fk(), lambda: fk(1), lambda: fk(a=1), lambda: C().m(), lambda: C().m(1, 2), lambda: C(1, 2),
             lambda: f1(b=1), lambda: f1(1, a=1), lambda: f0(x=1), lambda: (lambda x: x)()):
    try:
        call()
    except TypeError as e:
        print(e)
