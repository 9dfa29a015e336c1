class Add:
    def __init__(self, n): self.n = n
    def __call__(self, *args, **kw): return self.n, args, kw
a = Add(1)
print(a(), a(1, k=2), callable(a), list(map(a, [1])))
try:
    object()()
except TypeError as e:
    print(e)
a.__call__ = lambda: "instance"
print(a())
m = a.__init__
m(9)
print(a.n, Add.__call__(a, 3))
