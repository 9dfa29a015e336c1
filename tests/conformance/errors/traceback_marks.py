# One chain of many exceptions, so that one run shows what a traceback marks under each line.
class Account:
    total = 0

    def __init__(self, owner):
        self.owner = owner

    def add(self, amount):
        self.total += amount

    def __bool__(self):
        raise TypeError("no truth in it")

    def __iter__(self):
        return iter([1, 2 / 0])


class Base:
    def go(self):
        return self.missing


class Derived(Base):
    def go(self):
        return super().go() + 1


def call(function, *args):
    return function(*args)


def inner(x):
    return [item / x for item in (1, 2)]


def outer(x):
    value = inner(x)[0]
    return value


cases = (
    lambda: undefined + 1,
    lambda: call(1, 2),
    lambda: Account("me").add("text"),
    lambda: Account("me", 2),
    lambda: Account("me").ownr.name,
    lambda: {"key": {"inner": [1, 2]}}["key"]["inner"][7],
    lambda: (1 + 2) * (3 // 0) - 4,
    lambda: "é" * 3 + ("ü" ** 2),
    lambda: list(Account("me"))[0],
    lambda: 1 if Account("me") else 2,
    lambda: Derived().go(),
    lambda: outer(0),
    lambda: len(5) + len("five"),
    lambda: print(*5),
    lambda: [*5],
    lambda: f"{1:{undefined}} and {2}",
    lambda: -"text",
    lambda: not Account("me"),
    lambda: "a" < 1 < 2,
    lambda: (lambda: prin("x"))(),
    lambda: [].appendd(1),
    lambda: (1 +
             undefined),
    lambda: call(
        inner,
        0,
    ),
)
last = None
for case in cases:
    try:
        case()
    except Exception as error:
        error.__cause__ = last
        last = error
raise ValueError("the last one") from last
