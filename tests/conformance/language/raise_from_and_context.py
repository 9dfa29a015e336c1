def chain(e):
    while e is not None:
        print(repr(e), "cause", repr(e.__cause__), "context", repr(e.__context__), e.__suppress_context__)
        e = e.__cause__ or e.__context__
def run(f):
    try:
        f()
    except Exception as e:
        chain(e)
def implicit():
    try:
        1 / 0
    except ZeroDivisionError:
        raise ValueError("second")
def explicit():
    try:
        {}["k"]
    except KeyError as e:
        raise ValueError("wrapped") from e
def none():
    try:
        [][1]
    except IndexError:
        raise ValueError("alone") from None
for f in (implicit, explicit, none):
    run(f)
try:
    raise ValueError from 5
except TypeError as e:
    print(e)
