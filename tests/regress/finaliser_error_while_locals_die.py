class T:
    def __init__(self, n): self.n = n
    def __del__(self): undefined_name
def f():
    a = T("a")
    b = T("b")
    return "kept"
print(f())
T("c")
print("end")
