class Inner:
    def __del__(self): print("del inner")
class Outer:
    def __init__(self): self.inner = Inner()
    def __del__(self):
        print("del outer starts")
        del self.inner
        t = Inner()
        print("del outer ends")
o = Outer()
del o
class Many:
    def __init__(self, n): self.next = Many(n - 1) if n else None
m = Many(200)
del m
print("end")
