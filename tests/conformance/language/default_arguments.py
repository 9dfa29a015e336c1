def f(a, b=[], *, c={}):
    b.append(a)
    c[a] = len(b)
    return b, c
print(f(1))
print(f(2))
print(f(3, []))
n = 1
def g(x=n):
    return x
n = 2
print(g(), g.__defaults__, f.__kwdefaults__ is not None)
fs = [lambda i=i: i for i in range(3)]
print([h() for h in fs])
