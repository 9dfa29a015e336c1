from contextlib import contextmanager


@contextmanager
def manage(name, swallow=()):
    """The doc."""
    print("enter", name)
    try:
        yield name.upper()
    except swallow as error:
        print("swallowed", error)
    finally:
        print("exit", name)


print(manage.__name__, manage.__doc__, manage.__wrapped__.__name__)
with manage("a") as value:
    print(value)
with manage("b", KeyError):
    raise KeyError("k")
try:
    with manage("c", KeyError):
        raise ValueError("v")
except ValueError as error:
    print("came out", error, error.__context__)


@manage("decorator")
def function(x):
    """Its doc."""
    print("function", x)
    return x + 1


print(function(1), function(2), function.__name__, function.__doc__)


@contextmanager
def silent():
    if False:
        yield


@contextmanager
def twice():
    yield 1
    yield 2


@contextmanager
def swallows_and_goes_on():
    try:
        yield
    except ValueError:
        pass
    yield


@contextmanager
def replaces():
    try:
        yield
    except ValueError as error:
        raise KeyError("new") from error


@contextmanager
def plain():
    yield


def attempt(manager, exception=None):
    try:
        with manager:
            if exception is not None:
                raise exception
    except BaseException as error:
        print(type(error).__name__, error, repr(error.__cause__), repr(error.__context__), error is exception)
    else:
        print("nothing came out")


attempt(silent())
attempt(twice())
attempt(swallows_and_goes_on(), ValueError("x"))
attempt(replaces(), ValueError("x"))
for exception in (StopIteration("s"), GeneratorExit(), KeyboardInterrupt(), RuntimeError("r"), ValueError):
    attempt(plain(), exception)
manager = plain()
attempt(manager)
attempt(manager)
print(manager.__enter__.__name__, isinstance(manager.gen, object), hasattr(manager, "args"))


@contextmanager
def stops():
    try:
        yield
    except ValueError:
        raise StopIteration("inside")


attempt(stops(), ValueError("x"))


@contextmanager
def returns():
    try:
        yield
    except ValueError:
        return 5


attempt(returns(), ValueError("x"))
m = plain()
m.__enter__()
print(m.__exit__(None, None, None))
m = plain()
m.__enter__()
error = ValueError("by hand")
print(m.__exit__(ValueError, error, None), error.__traceback__)
m = returns()
m.__enter__()
print(m.__exit__(ValueError, None, None))
