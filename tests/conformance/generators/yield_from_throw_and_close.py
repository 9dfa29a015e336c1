def inner():
    try:
        yield 1
    except ValueError as e:
        print("inner caught", e)
        yield "recovered"
    finally:
        print("inner finally")
def outer():
    try:
        yield from inner()
    finally:
        print("outer finally")
it = outer()
next(it)
print(it.throw(ValueError("x")))
it.close()
it = outer()
next(it)
it.close()
it = outer()
next(it)
try:
    it.throw(KeyError, "k")
except KeyError as e:
    print("out", e)
