import weakref


class Plain:
    pass


class Empty:
    __slots__ = ()


class Slotted:
    __slots__ = ("a", "__weakref__")


class Below(Empty):
    pass


class BelowSlotted(Slotted):
    __slots__ = ("b",)


class Int(int):
    pass


class Str(str):
    pass


class Tuple(tuple):
    pass


class List(list):
    pass


class Dict(dict):
    pass


class Error(Exception):
    pass


def function():
    yield


for value in (Plain(), Empty(), Slotted(), Below(), BelowSlotted(), Int(3), Str("s"), Tuple(), List(), Dict(), Error(),
              Plain, int, function, function(), Plain().__init__, print, set(), frozenset(), weakref, 1, 1.5, "s", b"",
              (), [], {}, None, True, range(3), slice(1), Exception(), property(), object(), iter([]), ...):
    try:
        weakref.ref(value)
        print("yes", type(value).__name__)
    except TypeError as error:
        print(error)
for value in (Empty(), 3, Slotted(), Plain()):
    try:
        print(value.__weakref__)
    except AttributeError as error:
        print(error)
try:
    class Twice(Plain):
        __slots__ = ("__weakref__",)
except TypeError as error:
    print(error)
print(weakref.getweakrefcount(3), weakref.getweakrefs("text"))
