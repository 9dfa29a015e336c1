class T:
    def __init__(self, n): self.n = n
    def __del__(self): print("del", self.n)
    def __add__(self, o): return T(self.n + o.n)
    def get(self): return self.n
    def __eq__(self, o): return True
print(T("a").get(), "after a")
print((T("b") + T("c")).n)
print(T("e") == T("f"))
if T("cond"):
    print("in if")
[0, 1][T("index") and 1]
print(f"{T('fstr').n}")
x = T("x") and T("y")
print("bound", x.n)
del x
for v in [T("it1"), T("it2")]:
    print("loop", v.n)
v = None
print("end")
