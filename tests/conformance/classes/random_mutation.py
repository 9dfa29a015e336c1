# Classes change at random while the same few functions, whose instructions cache what they found, go on asking.
# Every answer is printed, so a cache that outlives what it was made from shows. Arguments: first seed, seeds, steps.
import sys

NAMES = ("x", "y", "m", "n")


class Random:
    def __init__(self, seed):
        self.state = seed * 2654435761 % 4294967296

    def below(self, limit):
        self.state = (self.state * 1664525 + 1013904223) % 4294967296
        return (self.state >> 8) % limit

    def pick(self, items):
        return items[self.below(len(items))]


class Data:
    def __init__(self, tag):
        self.tag = tag

    def __get__(self, instance, owner):
        return (self.tag, "get", instance is None, owner.__name__)

    def __set__(self, instance, value):
        instance.__dict__["_" + self.tag] = value

    def __delete__(self, instance):
        instance.__dict__.pop("_" + self.tag, None)


class NonData:
    def __init__(self, tag):
        self.tag = tag

    def __get__(self, instance, owner):
        return lambda *args: (self.tag, "called", instance is None, owner.__name__, len(args))


def method(tag):
    def run(self, *args):
        return (tag, type(self).__name__, len(args))

    return run


def class_method(tag):
    def run(cls, *args):
        return (tag, cls.__name__, len(args))

    return classmethod(run)


def static_method(tag):
    def run(*args):
        return (tag, "static", len(args))

    return staticmethod(run)


def getter(tag):
    def run(self):
        return (tag, "property", type(self).__name__)

    return property(run)


MAKERS = (method, class_method, static_method, getter, Data, NonData, str, lambda tag: len(tag))

# One instruction each: what these functions remember from one call to the next is what is tested.
PROBES = (
    lambda o: o.x,
    lambda o: o.y,
    lambda o: o.m,
    lambda o: o.n,
    lambda o: o.m(),
    lambda o: o.n(1),
    lambda o: o.x(1, 2),
    lambda o: type(o).x,
    lambda o: type(o).m(o),
    lambda o: o.go(),
    lambda o: len(o),
    lambda o: o + 1,
    lambda o: 1 + o,
    lambda o: o[3],
    lambda o: o == 1,
    lambda o: o(7),
    lambda o: bool(o),
    lambda o: list(o),
    lambda o: 3 in o,
    lambda o: -o,
    lambda o: hash(o) == hash(o),
    lambda o: sorted(o.__dict__),
    lambda o: [name for name in NAMES if hasattr(o, name)],
    lambda o: isinstance(o, type(o).__mro__[1]),
)

SPECIAL = {
    "__len__": lambda tag: lambda self: len(tag),
    "__add__": lambda tag: lambda self, other: (tag, "add"),
    "__radd__": lambda tag: lambda self, other: (tag, "radd"),
    "__getitem__": lambda tag: lambda self, key: (tag, key)[key > 5] if key < 7 else [][0],
    "__eq__": lambda tag: lambda self, other: tag,
    "__call__": lambda tag: lambda self, *args: (tag, args),
    "__bool__": lambda tag: lambda self: len(tag) > 3,
    "__iter__": lambda tag: lambda self: iter(tag),
    "__contains__": lambda tag: lambda self, item: item == len(tag),
    "__neg__": lambda tag: lambda self: (tag, "neg"),
    "__hash__": lambda tag: lambda self: len(tag),
    "__getattr__": lambda tag: lambda self, name: (tag, "made up", name),
}
HOOKS = {
    "__getattribute__": lambda tag: lambda self, name: object.__getattribute__(self, name),
    "__setattr__": lambda tag: lambda self, name, value: object.__setattr__(self, name, (tag, value)),
    "__delattr__": lambda tag: lambda self, name: object.__delattr__(self, name),
}


def show(value):
    if isinstance(value, tuple):
        return "(" + ", ".join([show(item) for item in value]) + ")"
    if isinstance(value, (int, str, list, type(None))):
        return repr(value)
    return "<" + type(value).__name__ + ">"


class Base:
    def go(self):
        return ("Base",)


def make_classes(random):
    classes = [Base]
    for name in ("A", "B", "C", "D", "E", "F"):
        bases = (random.pick(classes),)

        class New(*bases):
            def go(self):
                return (name,) + super(New, self).go()

        New.__name__ = name
        go = New.go

        class Same(*bases):
            tag = name

            def go(self):
                return (self.tag,) + super().go()

        Same.__name__ = name
        classes.append(New if random.below(2) else Same)
    return classes


STORES = {
    "x": lambda o, value: store_x(o, value),
    "y": lambda o, value: store_y(o, value),
    "m": lambda o, value: store_m(o, value),
    "n": lambda o, value: setattr(o, "n", value),
}


def store_x(o, value):
    o.x = value


def store_y(o, value):
    o.y = value


def store_m(o, value):
    o.m = value


def remove_x(o):
    del o.x


def remove_m(o):
    del o.m


def change(random, classes, objects, step):
    what = random.below(16)
    cls = random.pick(classes[1:])
    target = random.pick(objects)
    name = random.pick(NAMES)
    tag = "t" * random.below(5) + str(step)
    if what < 4:
        made = random.pick(MAKERS)(tag)
        setattr(cls, name, made)
        return ("class", cls.__name__, name, type(made).__name__)
    if what < 6:
        delattr(cls, name)
        return ("without", cls.__name__, name)
    if what == 6:
        special = random.pick(list(SPECIAL))
        setattr(cls, special, SPECIAL[special](tag))
        return ("special", cls.__name__, special)
    if what == 7:
        special = random.pick(list(SPECIAL) + list(HOOKS))
        delattr(cls, special)
        return ("without", cls.__name__, special)
    if what == 8:
        bases = [random.pick(classes)]
        other = random.pick(classes)
        if other is not bases[0] and random.below(2):
            bases.append(other)
        cls.__bases__ = tuple(bases)
        return ("bases", cls.__name__, [base.__name__ for base in cls.__mro__])
    if what == 9:
        target.__class__ = cls
        return ("becomes", cls.__name__)
    if what == 10:
        hook = random.pick(list(HOOKS))
        setattr(cls, hook, HOOKS[hook](tag))
        return ("hook", cls.__name__, hook)
    if what == 11:
        if random.below(2):
            target.__dict__[name] = tag
        else:
            del target.__dict__[name]
        return ("through __dict__", name)
    if what == 12:
        if random.below(4):
            random.pick((remove_x, remove_m))(target)
        else:
            target.__dict__ = {random.pick(NAMES): tag, "extra": step}
        return ("removed",)
    if what == 13:
        objects[random.below(len(objects))] = cls()
        return ("new", cls.__name__)
    STORES[name](target, tag)
    return ("stored", name)


def attempt(call, *args):
    try:
        return show(call(*args))
    except RecursionError:
        return "RecursionError"  # its text depends on where the limit is met
    except Exception as error:
        return type(error).__name__ + ": " + str(error)


def main(first, seeds, steps):
    for seed in range(first, first + seeds):
        random = Random(seed)
        classes = make_classes(random)
        objects = [random.pick(classes[1:])() for _ in range(5)]
        for step in range(steps):
            print(seed, step, attempt(change, random, classes, objects, step))
            target = random.pick(objects)
            for index, probe in enumerate(PROBES):
                if random.below(3) == 0:
                    print("   ", index, attempt(probe, target), attempt(probe, random.pick(objects)))


arguments = [int(text) for text in sys.argv[1:]]
main(*(arguments + [1, 6, 120][len(arguments):]))
