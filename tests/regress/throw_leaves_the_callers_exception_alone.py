def g():
    try:
        yield 1
    except ValueError as e:
        print("inside", repr(e.__context__))
        raise
def h():
    try: raise LookupError("own")
    except LookupError:
        yield 1
def attempt(gen, start):
    if start: next(gen)
    try: 1/0
    except ZeroDivisionError:
        try: gen.throw(ValueError("x"))
        except ValueError as e: print(repr(e.__context__), start)
attempt(g(), True)
attempt(g(), False)
attempt(h(), True)
attempt((_ for _ in ()), False)
it=(x for x in [1,2])
attempt(it, True)
def d():
    yield from g()
attempt(d(), True)
attempt(d(), False)
e=ValueError("kept"); e.__context__=KeyError("k")
gen=g(); next(gen)
try: 1/0
except ZeroDivisionError:
    try: gen.throw(e)
    except ValueError as e2: print(repr(e2.__context__))
