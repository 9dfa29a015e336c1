# Deep recursion in built-ins is a RecursionError, and what contains itself has a short text.
import gc

gc.disable()


def nested(depth, wrap):
    value = wrap(0)
    for number in range(depth):
        value = wrap(value)
    return value


for name, wrap in {
    "list": lambda value: [value],
    "tuple": lambda value: (value,),
    "dict": lambda value: {1: value},
}.items():
    first, second = nested(3000, wrap), nested(3000, wrap)
    for title, use in {
        "repr": lambda: repr(first),
        "str": lambda: str(first),
        "format": lambda: f"{first}",
        "eq": lambda: first == second,
        "in": lambda: first in [second],
        "index": lambda: [second].index(first),
    }.items():
        try:
            print(name, title, type(use()).__name__)
        except RecursionError as error:
            print(name, title, type(error).__name__)
    del first, second
items = [1]
items.append(items)
table = {"me": None}
table["me"] = table
pair = ([], 2)
pair[0].append(pair)
print(items, table, pair, items == items, items != [1, items])
other = [1]
other.append(other)
try:
    print(items == other)
except RecursionError as error:
    print(error)


class Deep:
    def __init__(self, inner):
        self.inner = inner

    def __repr__(self):
        return f"Deep({self.inner!r})"

    def __eq__(self, other):
        return self.inner == other.inner

    def __hash__(self):
        return hash(self.inner)

    def __getattr__(self, name):
        return getattr(self, name + "x") if name < "zz" else None


for use in (
    lambda: repr(nested(2000, Deep)),
    lambda: nested(2000, Deep) == nested(2000, Deep),
    lambda: hash(nested(2000, Deep)),
    lambda: Deep(1).a,
):
    try:
        use()
    except RecursionError:
        print("RecursionError")
print(nested(3, Deep))
