def f():
    try:
        raise ValueError("first")
    except ValueError as e:
        try:
            raise
        except ValueError as again:
            print(again is e)
        try:
            1 / 0
        except ZeroDivisionError:
            pass
        raise
try:
    f()
except ValueError as e:
    print(e, e.__context__)
try:
    raise
except RuntimeError as e:
    print(e)
for bad in (5, "text", int, None):
    try:
        raise bad
    except TypeError as e:
        print(e)
