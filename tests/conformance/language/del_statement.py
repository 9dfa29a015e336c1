a, b = 1, [1, 2, 3]
del a, b[0]
print(b, "a" in globals())
d = {"x": 1, "y": 2}
del d["x"]
print(d)
class C: pass
c = C()
c.v = 1
del c.v
print(hasattr(c, "v"))
def f(x):
    del x
    try:
        x
    except UnboundLocalError as e:
        print(e)
    x = 2
    return x
print(f(1))
for code in (lambda: d.__delitem__("q"), lambda: b.__delitem__(9), lambda: delattr(c, "zz")):
    try:
        code()
    except Exception as e:
        print(type(e).__name__, e)
