def noisy(x):
    print("call", x)
    return x
m = map(noisy, [1, 2])
print("made", next(m))
z = zip(m, "ab")
print(list(z))
f = filter(lambda x: noisy(x) > 1, [1, 2, 3])
print(next(f), next(f), next(f, "end"))
e = enumerate("xy", start=1)
print(next(e), list(e), list(e), type(e).__name__, iter(e) is e)
r = reversed([1, 2, 3])
print(next(r), list(r), list(map(None.__class__, [])))
