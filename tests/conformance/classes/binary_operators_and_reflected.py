class N:
    def __init__(self, v): self.v = v
    def __repr__(self): return f"N({self.v})"
    def __add__(self, o):
        if not isinstance(o, int): return NotImplemented
        return N(self.v + o)
    def __radd__(self, o): return N(("r", o, self.v))
    def __sub__(self, o): return NotImplemented
    def __iadd__(self, o):
        self.v = ("i", self.v, o)
        return self
    def __matmul__(self, o): return "matmul"
    def __pow__(self, o, m=None): return ("pow", o, m)
    def __rtruediv__(self, o): return ("rdiv", o)
n = N(1)
print(n + 1, 1 + n, "s" + n, n @ 2, n ** 3, pow(n, 2, 5), 4 / n)
m = n
n += 5
print(n, m is n)
for f in (lambda: n - 1, lambda: n + "x", lambda: n * 2, lambda: 1 - n, lambda: n / 1):
    try:
        print(f())
    except TypeError as e:
        print(e)
