# What hangs a eight thousand levels deep from a cycle is traced, held, cleared and freed without a deep stack.
import gc


class Node:
    __slots__ = ("next",)

    def __init__(self, next):
        self.next = next


class Final(Node):
    def __del__(self):
        deaths.append(1)


def closures(depth):
    inner = None
    for number in range(depth):
        def inner(inner=inner):
            return inner
    return inner


def generators(depth):
    def run(inner):
        yield inner
    generator = None
    for number in range(depth):
        generator = run(generator)
        next(generator)
    return generator


def nested(depth, wrap):
    value = None
    for number in range(depth):
        value = wrap(value)
    return value


deaths = []
gc.disable()
for make in (
    lambda: nested(8000, Node),
    lambda: nested(8000, lambda value: [value]),
    lambda: nested(8000, lambda value: (value,)),
    lambda: nested(8000, lambda value: {1: value}),
    lambda: closures(8000),
    lambda: generators(5000),
    lambda: nested(8000, Final),
):
    ring = [make()]
    ring.append(ring)
    alive = ring
    gc.collect()
    alive = None
    del ring
    gc.collect()
    print(len(deaths))
