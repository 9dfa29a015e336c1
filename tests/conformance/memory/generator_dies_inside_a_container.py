# Generators suspended in try, finally and with die inside containers being cleared, in cycles, and by their own clean-up.
import gc
import sys

sys.unraisablehook = lambda args: print("ignored:", type(args.exc_value).__name__, args.exc_value)


class Block:
    def __init__(self, name):
        self.name = name

    def __enter__(self):
        return self

    def __exit__(self, kind, value, traceback):
        print("exit", self.name, kind.__name__ if kind else None, len(items))


def in_finally(name):
    try:
        yield name
    finally:
        print("finally", name, len(items))
        items.append(name)


def in_with(name):
    with Block(name), Block(name + "2"):
        yield name


def stubborn(name):
    try:
        yield name
    finally:
        yield "not yet"


def raises(name):
    try:
        yield name
    except GeneratorExit:
        raise ValueError(name)


def resumes_itself(name):
    try:
        yield name
    finally:
        try:
            next(me[0])
        except ValueError as error:
            print(error)


def started(make, name):
    generator = make(name)
    next(generator)
    return generator


MAKERS = [in_finally, in_with, stubborn, raises]
gc.disable()
items = []
for change in (
    lambda: items.clear(),
    lambda: items.__delitem__(slice(None)),
    lambda: items.__setitem__(slice(1, 3), []),
    lambda: items.__setitem__(0, None),
    lambda: items.pop() and None,
):
    items = [started(make, make.__name__) for make in MAKERS]
    change()
    print("left", len(items))
    items = []
table = {make.__name__: started(make, make.__name__) for make in MAKERS}
table.clear()
for make in MAKERS:
    items = []
    generator = started(make, "cycle " + make.__name__)
    ring = [generator]
    ring.append(ring)
    del generator, ring
    gc.collect()
me = [None]
me[0] = started(resumes_itself, "me")
me[0].close()
me[0] = None
unstarted = in_finally("never")
del unstarted
print("end")
