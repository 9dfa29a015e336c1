class T:
    def __init__(self, n): self.n = n
    def __del__(self): print("del", self.n)
def f():
    local = T("local of f")
    raise ValueError("x")
try:
    f()
except ValueError as e:
    print("in handler")
print("after handler")
saved = None
try:
    f()
except ValueError as e:
    saved = e
print("saved")
saved = None
print("end")
