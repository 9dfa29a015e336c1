# An exception raised at `x = yield` leaves x as it was; the value of a StopIteration is the result of yield from; an
# unstarted generator turns a thrown StopIteration into a RuntimeError.
def assigns():
    x = "kept"
    try:
        x = yield 1
    finally:
        print(x)


def delegates(iterator):
    x = "kept"
    try:
        x = yield from iterator
    except KeyError:
        print(x)
    print(x)


class Ends:
    def __iter__(self):
        return self

    def __next__(self):
        raise StopIteration("the result")


class Throws(Ends):
    def __next__(self):
        return 1

    def throw(self, *args):
        raise KeyError


it = assigns()
next(it)
try:
    it.throw(ValueError("thrown"))
except ValueError as error:
    print(error)
print(list(delegates(Ends())))
it = delegates(Throws())
next(it)
try:
    it.throw(ValueError)
except StopIteration as error:
    print("ended", error.value)
try:
    assigns().throw(StopIteration(4))
except RuntimeError as error:
    print(error, repr(error.__cause__), repr(error.__context__))
