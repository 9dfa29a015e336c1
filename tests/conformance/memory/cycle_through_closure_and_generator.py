import gc
gc.collect()
gc.disable()
class T:
    def __init__(self, n): self.n = n
    def __del__(self): print("del", self.n)
def make():
    t = T("closure")
    def f(): return f, t
    return f
f = make()
del f
print("before")
gc.collect()
gc.disable()
def gen(box):
    t = T("generator")
    try:
        yield box
    finally:
        print("finally")
box = []
g = gen(box)
next(g)
box.append(g)
del g, box
print("before two")
gc.collect()
gc.disable()
print("end")
