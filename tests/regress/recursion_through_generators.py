def walk(n):
    if n:
        yield n
        for x in walk(n - 1):
            yield x
print(sum(walk(300)))
def g(n):
    yield (f(n - 1) if n else 0)
def f(n):
    return next(g(n)) + 1 if n else 0
print(f(400))
