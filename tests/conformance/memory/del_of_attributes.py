class T:
    def __init__(self, n, child=None): self.n = n; self.child = child
    def __del__(self): print("del", self.n)
t = T("outer", T("inner", T("innermost")))
t.child.child = None
print("cut")
del t.child
print("detached")
t.child = T("new")
del t
class H:
    shared = T("class attribute")
H.shared = None
print("end")
