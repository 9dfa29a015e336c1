# The value of `return` in a generator was lost.
def g():
    x = yield
    return "result", x
it = g()
next(it)
try:
    it.send(5)
except StopIteration as e:
    print(e.value)
def outer():
    print((yield from g()))
for _ in outer():
    pass
