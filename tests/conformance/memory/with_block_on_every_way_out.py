class R:
    def __init__(self, n): self.n = n
    def __enter__(self): print("enter", self.n); return self
    def __exit__(self, *a): print("exit", self.n, a[0] and a[0].__name__)
    def __del__(self): print("del", self.n)
def ret():
    with R("ret") as r:
        return r.n
print(ret())
for i in range(3):
    with R(i):
        if i == 0: continue
        if i == 1: break
try:
    with R("raise"):
        raise KeyError
except KeyError:
    print("caught")
def gen():
    with R("gen"):
        yield 1
g = gen()
next(g)
del g
with R("one"), R("two") as two:
    pass
del two
print("end")
