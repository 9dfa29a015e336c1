def f(*args, **kw):
    return args, kw
print(f(), f(1, *[2, 3], *(4,), x=1, **{"y": 2}, **{}))
def g(a, b, *rest, k=0, **more):
    return a, b, rest, k, more
print(g(*range(5), k=9, z=1), g(b=1, a=2), g(1, *"bc"))
args, kw = [1], {"a": 1}
f(*args, **kw)
print(args, kw, f(**kw)[1] is kw)
for call in (lambda: g(1), lambda: g(1, 2, a=3), lambda: f(**{1: 2}), lambda: f(**{"a": 1}, **{"a": 2})):
    try:
        print(call())
    except TypeError as e:
        print(str(e).replace("__main__.", ""))
