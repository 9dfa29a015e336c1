class T:
    def __init__(self, n): self.n = n
    def __del__(self): print("del", self.n)
def f():
    a = T("a")
    b = T("b")
    print("body")
    return "value"
print(f())
def g(x):
    T("temp")
    x = None
    print("g body")
g(T("arg"))
print("end")
