def g():
    while True:
        try:
            x = yield "ready"
            print("got", x)
        except ValueError as e:
            print("caught", e)
            yield "handled"
        finally:
            print("finally")
it = g()
print(next(it))
print(it.throw(ValueError("v")))
print(next(it))
try:
    it.throw(KeyError("k"))
except KeyError as e:
    print("out", e)
try:
    it.throw(ValueError("again"))
except ValueError as e:
    print(e)
new = g()
try:
    new.throw(ValueError("unstarted"))
except ValueError as e:
    print(e, next(new, "dead"))
