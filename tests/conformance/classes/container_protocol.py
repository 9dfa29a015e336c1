class Box:
    def __init__(self): self.d = {}
    def __getitem__(self, k): return k if isinstance(k, (slice, tuple)) else self.d[k]
    def __setitem__(self, k, v): self.d[k] = v
    def __delitem__(self, k): del self.d[k]
    def __contains__(self, k): return "always"
    def __len__(self): return len(self.d)
b = Box()
print(bool(b), len(b))
b["a"] = 1
print(b["a"], b[1:2], b[::3], b[1, 2], b[1:2, 3], 5 in b, 5 not in b, bool(b), len(b))
del b["a"]
print(len(b))
class L:
    def __init__(self, n): self.n = n
    def __len__(self): return self.n
for n in (-1, "x", 2 ** 100):
    try:
        len(L(n))
    except Exception as e:
        print(type(e).__name__, e)
