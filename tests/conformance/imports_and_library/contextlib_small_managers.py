import sys
from contextlib import ContextDecorator, closing, redirect_stderr, redirect_stdout, suppress, AbstractContextManager


class Thing:
    def close(self):
        print("closed")


with closing(Thing()) as thing:
    print(type(thing).__name__)
try:
    with closing(thing):
        raise KeyError("k")
except KeyError as error:
    print(error)
with suppress(KeyError, ValueError):
    raise KeyError
with suppress():
    pass
try:
    with suppress(KeyError):
        raise IndexError("not this")
except IndexError as error:
    print(error)
with suppress(LookupError):
    {}["x"]
print("after")


class Writer:
    def __init__(self):
        self.parts = []

    def write(self, text):
        self.parts.append(text)

    def flush(self):
        pass


writer, outer = Writer(), sys.stdout
with redirect_stdout(writer) as given:
    print("hidden")
    with redirect_stdout(outer):
        print("shown")
print(writer.parts, given is writer, sys.stdout is outer)
errors = Writer()
again = redirect_stderr(errors)
with again:
    with again:
        print("to stderr", file=sys.stderr)
print(errors.parts, sys.stderr is not errors)


class Track(ContextDecorator):
    def __enter__(self):
        print("start")
        return self

    def __exit__(self, *details):
        print("stop", details[0])
        return details[0] is KeyError


@Track()
def works(x, *, y=2):
    return x + y


@Track()
def fails():
    raise KeyError


print(works(1, y=5), fails(), works.__name__)


class Own(AbstractContextManager):
    def __exit__(self, *details):
        print("own exit")


with Own() as own:
    print(type(own).__name__, issubclass(closing, AbstractContextManager))
