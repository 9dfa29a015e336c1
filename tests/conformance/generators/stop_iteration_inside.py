def g():
    yield 1
    raise StopIteration("oops")
it = g()
print(next(it))
try:
    next(it)
except RuntimeError as e:
    print(e, repr(e.__cause__))
def reenter():
    yield next(me)
me = reenter()
try:
    next(me)
except ValueError as e:
    print(e)
def with_return():
    return 5
    yield
print(list(with_return()), [x for x in g.__class__.__name__[:2]])
