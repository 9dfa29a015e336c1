def inner(n):
    for i in range(n):
        got = yield i
        if got: print("inner got", got)
    return "inner " + str(n)
def outer():
    r = yield from inner(2)
    print(r)
    r = yield from [10, 20]
    print(r)
    return (yield from inner(1))
it = outer()
print(next(it), it.send("hello"), next(it), next(it), next(it))
try:
    next(it)
except StopIteration as e:
    print(e.value)
def flat(x):
    if isinstance(x, list):
        for y in x:
            yield from flat(y)
    else:
        yield x
print(list(flat([1, [2, [3, [4]], 5]])))
