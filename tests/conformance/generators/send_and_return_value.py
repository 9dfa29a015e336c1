def g():
    total = 0
    while True:
        x = yield total
        if x is None:
            return "result", total
        total += x
it = g()
print(next(it), it.send(5), it.send(7))
try:
    next(it)
except StopIteration as e:
    print(e.value)
print(next(it, "ended"))
it = g()
try:
    it.send(1)
except TypeError as e:
    print(e)
print(iter(it) is it, type(it).__name__, it.__name__)
