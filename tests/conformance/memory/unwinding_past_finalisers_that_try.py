# Nested try, finally and with while an exception passes, and finalisers on the way that use all of them.
import sys

log = []


class Busy:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        try:
            with Block("in " + self.name):
                try:
                    raise KeyError(self.name)
                finally:
                    log.append(f"finally {self.name}")
        except KeyError as error:
            log.append(f"caught {error} context {error.__context__!r}")


class Block:
    def __init__(self, name):
        self.name = name

    def __enter__(self):
        log.append(f"enter {self.name}")
        return Busy(self.name + " target") if not self.name.startswith("in ") else None

    def __exit__(self, kind, value, traceback):
        log.append(f"exit {self.name} {kind.__name__ if kind else None}")
        return self.name == "swallows"


def inner(where):
    first = Busy("first")
    with Block("outer"):
        try:
            second = Busy("second")
            with Block(where) as target:
                third = Busy("third")
                raise ValueError(where)
        finally:
            second = None
            log.append(f"finally sees {sys.exc_info()[1]!r}")
    return "returned"


for where in "passes", "swallows":
    try:
        print(inner(where))
    except ValueError as error:
        print("caught", error, error.__context__)
    print("\n".join(log))
    log.clear()
for number in range(3):
    try:
        busy = Busy("loop")
        if number == 1:
            continue
        raise ValueError(number)
    except ValueError:
        busy = None
        log.append(repr(sys.exc_info()[1]))
    finally:
        busy = None
print("\n".join(log))
