class D(dict):
    def __missing__(self, k):
        self[k] = v = k * 2
        return v
class L(list):
    def total(self): return sum(self)
class S(str):
    def shout(self): return self.upper() + "!"
class I(int):
    pass
d = D(a=1)
print(d["x"], d["a"], d, d.get("zz"), isinstance(d, dict))
l = L([1, 2, 3])
l.append(4)
l.tag = "t"
print(l, l.total(), l.tag, type(l + [1]).__name__, type(l[:]).__name__)
print(S("hi").shout(), type(S("a").upper()).__name__, S("a") == "a", {S("k"): 1}["k"])
print(I(5) + 1, type(I(5) + 1).__name__, I("7"), I(3) == 3)
