class T:
    def __init__(self, n): self.n = n
    def __del__(self): print("del", self.n)
def g():
    t = T("in generator")
    try:
        yield 1
        yield 2
    finally:
        print("finally")
it = g()
next(it)
del it
print("after del")
for x in g():
    print(x)
    break
print("after break")
never = g()
del never
next(g())
print("end")
