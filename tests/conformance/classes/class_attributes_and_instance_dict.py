class A:
    items = []
    n = 0
    def bump(self): self.n += 1
a, b = A(), A()
a.items.append(1)
a.bump(); a.bump()
print(b.items, a.n, b.n, A.n, a.__dict__, vars(b), a.__class__.__name__)
A.m = lambda self: self.n * 10
print(a.m(), b.m())
setattr(a, "new", 1)
print(getattr(a, "new"), sorted(a.__dict__))
del A.n
try:
    b.n
except AttributeError as e:
    print(e)
try:
    A.zz
except AttributeError as e:
    print(e)
