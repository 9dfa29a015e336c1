class T:
    def __init__(self, n): self.n = n
    def __del__(self): print("del", self.n)
def f(a, *rest, k=None, **kw):
    print("in f")
    del a
    print("a gone")
f(T("a"), T("r1"), T("r2"), k=T("k"), z=T("z"))
print("after")
def g(x): return x
g(T("returned and dropped"))
t = g(T("kept"))
print("kept", t.n)
del t
