# Attributes of classes, instances, functions and generators that can or cannot be set and deleted.
class Plain:
    pass


class Documented:
    "Text."
    x: int


def deleted(target, name):
    try:
        delattr(target, name)
        print(name, "is gone")
    except (TypeError, AttributeError) as error:
        print(type(error).__name__, error)


def stored(target, name, value):
    try:
        setattr(target, name, value)
        print(name, getattr(target, name))
    except (TypeError, AttributeError) as error:
        print(type(error).__name__, error)


for name in ["__name__", "__qualname__", "__module__", "__doc__", "__bases__", "__mro__", "__annotations__"]:
    deleted(Plain, name)
    deleted(int, name)
print(Plain, Plain.__module__, Plain.__doc__, Plain.__annotations__)
stored(Plain, "__doc__", "Fresh.")
print(Plain().__doc__)
deleted(Documented, "__annotations__")
deleted(Documented, "__annotations__")
stored(Documented, "__annotations__", {"y": 1})
print(Documented().__annotations__)

thing = Plain()
thing.a = 1
deleted(thing, "__class__")
deleted(thing, "__dict__")
print(thing.__dict__, hasattr(thing, "a"))
thing.b = 2
print(thing.__dict__)


def generate():
    yield 1


generator = generate()
stored(generator, "__name__", "other")
print(generator.__qualname__)
stored(generator, "__qualname__", "another.one")
print(repr(generator).split(" at")[0], generate.__name__)
stored(generator, "__name__", 1)
stored(generator, "__qualname__", None)
deleted(generator, "__name__")
for name in ["__defaults__", "__kwdefaults__", "__annotations__", "__dict__", "__name__"]:
    stored(generate, name, 1)
stored(generate, "__defaults__", ())

stored(slice(1), "start", 2)
stored(range(1), "start", 2)
getter = property(lambda self: 1)
stored(getter, "fget", None)
stored(getter, "__doc__", "What it gives.")
error = OSError(1, "text", "file")
deleted(error, "filename")
stored(error, "errno", 5)
