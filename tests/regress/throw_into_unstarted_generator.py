# An exception thrown into a generator that did not start is not raised inside its body.
def g():
    try:
        yield 1
    except ValueError:
        print("wrong")
        yield 2
it = g()
try:
    it.throw(ValueError("unstarted"))
except ValueError as e:
    print(e, next(it, "dead"))
