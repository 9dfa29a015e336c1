class T:
    def __init__(self, n): self.n = n
    def __del__(self): print("del", self.n)
l = [T(i) for i in range(4)]
del l[1]
l.pop()
l[0] = None
print("clear")
l.clear()
d = {"a": T("da"), "b": T("db"), "c": T("dc")}
d["a"] = 1
del d["b"]
print("dict")
del d
t = (T("t0"), T("t1"))
del t
s = {T("s")}
s.clear()
[T("x"), T("y")]
l = [T("first"), T("second"), T("third")]
l = None
print("end")
