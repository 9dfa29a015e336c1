class Base:
    def go(self): return ["Base"]
class L(Base):
    def go(self): return ["L"] + super().go()
class R(Base):
    def go(self): return ["R"] + super().go()
class D(L, R):
    def go(self): return ["D"] + super().go()
class E(D, R): pass
print([c.__name__ for c in E.__mro__], E().go())
print([c.__name__ for c in D.mro()])
try:
    class Bad(Base, L): pass
except TypeError as e:
    print(str(e).split("\n")[0])
try:
    class Twice(L, L): pass
except TypeError as e:
    print(e)
