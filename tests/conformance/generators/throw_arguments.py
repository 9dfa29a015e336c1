# generator.throw with a class, a value and a traceback.
class Picky(Exception):
    def __init__(self, *args):
        if args == ("no",):
            raise KeyError("not this")
        super().__init__(*args)


class Wrong(Exception):
    def __new__(cls, *args):
        return 5


def generator():
    while True:
        try:
            yield "next"
        except Exception as error:
            print("got", repr(error), error.__context__)


def show(*args):
    waiting = generator()
    next(waiting)
    try:
        print(waiting.throw(*args))
    except BaseException as error:
        print(type(error).__name__, error)


try:
    1 / 0
except ZeroDivisionError as error:
    trace = error.__traceback__
for args in ((Picky,), (Picky, 1), (Picky, (1, 2)), (Picky, None, trace), (Picky, Picky("made"), trace), (Picky, ValueError("v")),
             (Picky("i"),), (Picky("i"), None, None), (Picky("i"), 1), (Picky, 1, 5), (5,), (int, 5), ("abc",), (Picky, "no"), (Wrong,)):
    show(*args)
try:
    generator().throw(Picky, "made", trace)
except Picky as error:
    print(error, error.__traceback__.tb_next is trace)
