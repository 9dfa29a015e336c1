class T:
    def __init__(self, n): self.n = n
    def __del__(self): print("del", self.n)
    def m(self): return self.n
t = T("bound")
m = t.m
del t
print(m())
del m
def make():
    t = T("cell")
    return lambda: t.n
f = make()
print(f())
f = None
def default(x=T("default")): return x.n
print(default())
del default
p = T("list comp")
[p for _ in range(2)]
q = [lambda: p]
del p
print("held by global only:", end=" ")
q.clear()
print("end")
