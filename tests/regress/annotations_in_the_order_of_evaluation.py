# Annotations of parameters are evaluated: positional or keyword, positional only, *args, keyword only, **kwargs.
def note(name):
    print("evaluated", name)
    return name


def function(a: note("a"), /, b: note("b"), *c: note("c"), d: note("d"), **e: note("e")) -> note("result"):
    pass


print(function.__annotations__)


class Holder:
    def method(self, a: note("a"), b: note("b"), /, c: note("c") = 1, *, d: note("d")):
        pass


print(list(Holder.method.__annotations__))
