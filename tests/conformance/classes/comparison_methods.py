class V:
    def __init__(self, v): self.v = v
    def __eq__(self, o):
        return self.v == o.v if isinstance(o, V) else NotImplemented
    def __lt__(self, o): return self.v < o.v
    def __le__(self, o): return self.v <= o.v
    def __repr__(self): return f"V{self.v}"
a, b = V(1), V(2)
print(a == b, a != b, a == V(1), a < b, a > b, a <= b, a >= b, a == 1, a != 1)
print(sorted([b, a, V(0)]), max(a, b), V(1) in [b, a], [a, b].index(V(2)))
try:
    hash(a)
except TypeError as e:
    print(e)
class W: pass
try:
    W() < W()
except TypeError as e:
    print(e)
