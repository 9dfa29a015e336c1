def f(a, b=2, /, c=3, *, d, e=5):
    return a, b, c, d, e
print(f(1, d=4), f(1, 9, 8, d=7, e=6), f(1, c=0, d=0))
def g(a, /, **kw):
    return a, kw
print(g(1, a=2))
for call in (lambda: f(), lambda: f(1), lambda: f(1, b=3, d=1), lambda: f(1, 2, 3, 4, d=1), lambda: f(1, d=1, z=2),
             lambda: f(1, 2, 3, c=4, d=1), lambda: g(), lambda: g(a=1)):
    try:
        call()
    except TypeError as e:
        print(e)
