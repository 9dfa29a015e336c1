class T:
    def __init__(self, n): self.n = n
    def __del__(self): print("del", self.n)
def a():
    x = T("a.x")
    b(T("arg of b"))
    print("a ends")
def b(y):
    z = T("b.z")
    c()
    print("b ends")
def c():
    w, v = T("c.w"), T("c.v")
    print("c ends")
a()
print("end")
