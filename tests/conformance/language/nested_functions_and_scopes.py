x = "global"
def f():
    x = "f"
    class C:
        y = x
        x = "class"
        z = x
        def m(self):
            return x
    return C.y, C.z, C().m()
try:
    print(f())
except NameError as e:
    print(e)
class D:
    v = 1
    w = [v for _ in range(2)] if False else "no"
    try:
        u = [v for _ in range(2)]
    except NameError as e:
        u = str(e)
print(D.w, D.u, f.__name__, f.__qualname__, D.__qualname__)
def deep():
    def a():
        def b():
            return a.__qualname__, b.__qualname__
        return b()
    return a()
print(deep())
