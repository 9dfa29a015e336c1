# A finaliser that raises, or handles an error of its own, leaves the program's exceptions and results alone.
import sys

sys.unraisablehook = lambda args: log.append(f"ignored {args.exc_value!r}")
log = []


class Raises:
    def __del__(self):
        log.append(repr(sys.exc_info()[1]))
        raise ValueError("from del")


class Handles:
    def __del__(self):
        try:
            raise KeyError("inside")
        except KeyError as error:
            log.append(repr(sys.exc_info()[1]))


def returns(kind):
    kept = kind()
    return [kind.__name__, kept and 1]


def unwinds(kind):
    kept = kind()
    temporary = [kind(), kind()]
    raise IndexError("the program's")


def finally_returns(kind):
    try:
        kept = kind()
        return "try"
    finally:
        kept = None
        log.append(repr(sys.exc_info()[1]))


def handler(kind):
    try:
        raise TypeError("handled")
    except TypeError as error:
        kept = kind()
        kept = None
        return repr(sys.exc_info()[1]), error.__context__


def yields(kind):
    kept = kind()
    yield 1
    kept = None
    yield 2


for kind in Raises, Handles:
    print(returns(kind), log)
    log.clear()
    try:
        unwinds(kind)
    except IndexError as error:
        print(error, error.__context__, error.__cause__)
    print(log)
    log.clear()
    print(finally_returns(kind), handler(kind), list(yields(kind)), log)
    log.clear()
    print([kind() and number for number in range(3)], log)
    log.clear()
print(sys.exc_info())
