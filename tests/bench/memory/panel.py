# usage: panel.py KIND COUNT: COUNT graphs of one kind. What they cost per graph is compared.
import sys

kind, count = sys.argv[1], int(sys.argv[2])


class C0:
    pass


class C2:
    def __init__(self, i):
        self.a = i
        self.b = i + 1


class C4:
    def __init__(self, i):
        self.a = self.b = self.c = self.d = i + 1000


class C8:
    def __init__(self, i):
        self.a = self.b = self.c = self.d = self.e = self.f = self.g = self.h = i + 1000


class S2:
    __slots__ = ("a", "b")

    def __init__(self, i):
        self.a = i
        self.b = i + 1


class Linked:
    def __init__(self, next):
        self.next = next
        self.value = None


def closure(i):
    return lambda: i


def generator(i):
    yield i


makers = {
    "instance_0": lambda i: C0(),
    "instance_2": C2,
    "instance_4": C4,
    "instance_8": C8,
    "slots_2": S2,
    "list_0": lambda i: [],
    "list_3": lambda i: [i + 1000, i + 2000, i + 3000],
    "list_10": lambda i: [i + 1000 + j for j in range(10)],
    "floats_10": lambda i: [i + 0.5 + j for j in range(10)],
    "tuple_2": lambda i: (i + 1000, i + 2000),
    "tuple_5": lambda i: (i + 1000, i + 2000, i + 3000, i + 4000, i + 5000),
    "dict_0": lambda i: {},
    "dict_3": lambda i: {"name": i + 1000, "x": i + 2000, "y": i + 3000},
    "dict_8": lambda i: {"a": i + 1000, "b": i, "c": i, "d": i, "e": i, "f": i, "g": i, "h": i},
    "dict_int_8": lambda i: {i + j: i + 1000 for j in range(8)},
    "set_3": lambda i: {i + 1000, i + 2000, i + 3000},
    "str_7": lambda i: "s%06d" % i,
    "str_20": lambda i: "string %013d" % i,
    "int": lambda i: i + 1000,
    "float": lambda i: i + 0.5,
    "closure": closure,
    "lambda": lambda i: lambda: None,
    "bound_method": lambda i: made.append,
    "generator": generator,
}
made = [None] * count  # the same size under every interpreter: it is taken off
if count:
    make = makers[kind]
    for i in range(count):
        made[i] = make(i)
