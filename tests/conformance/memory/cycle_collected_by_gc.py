import gc
gc.collect()
gc.disable()
class Node:
    def __init__(self, n): self.n = n
    def __del__(self): print("del", self.n)
a, b = Node("a"), Node("b")
a.other, b.other = b, a
del a, b
print("before")
gc.collect()
print("after")
s = Node("self")
s.me = s
s = None
print(gc.collect() > 0)
l = []
l.append(l)
del l
print(gc.collect() > 0, gc.collect())
