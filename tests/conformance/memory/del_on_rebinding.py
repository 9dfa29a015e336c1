class T:
    def __init__(self, n): self.n = n; print("init", n)
    def __del__(self): print("del", self.n)
x = T(1)
x = T(2)
y = x
x = None
print("still")
y = 5
for i in range(3):
    z = T("loop" + str(i))
del z
print("end")
