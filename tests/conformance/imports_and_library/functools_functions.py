import functools
from functools import cache, cached_property, cmp_to_key, lru_cache, partial, reduce, singledispatch, total_ordering, wraps


def base(a, b=2, *args, **kwargs):
    """Doc of base."""
    return a, b, args, kwargs


p = partial(base, 1, x=5)
print(p(), p(3), p(3, 4, x=6, y=7), p.func is base, p.args, p.keywords)
q = partial(p, 9, z=1)
print(q(), q.func is base, q.args, q.keywords)
print(repr(partial(print, 1, sep="-")))
for wrong in (lambda: partial(), lambda: partial(3), lambda: reduce(max, []), lambda: reduce(max, 3), lambda: lru_cache("x")):
    try:
        print(wrong())
    except TypeError as error:
        print(error)
print(reduce(lambda a, b: a + b, [1, 2, 3]), reduce(lambda a, b: a * b, [], 7), reduce(max, "abc"))


def decorate(function):
    @wraps(function)
    def wrapper(*args):
        return function(*args)
    return wrapper


base.extra = 1
w = decorate(base)
print(w.__name__, w.__doc__, w.__wrapped__ is base, w.extra, w.__module__, w.__qualname__)

calls = []


@lru_cache(maxsize=2)
def square(x):
    calls.append(x)
    return x * x


print([square(n) for n in (1, 2, 1, 3, 2, 1, 1)], calls, square.cache_info(), square.cache_parameters())
square.cache_clear()
print(square.cache_info(), square.__name__, square.cache_info().hits)


@lru_cache
def keyword(a, b=1):
    calls.append((a, b))
    return a + b


calls.clear()
print(keyword(1), keyword(1, 1), keyword(1, b=1), keyword(a=1), keyword(1), calls)


@lru_cache(typed=True)
def typed(x):
    return x


print(typed(1), typed(1.0), typed(True), typed.cache_info())


@cache
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


print(fib(80), fib.cache_info())
try:
    fib([])
except TypeError as error:
    print(error)


@lru_cache(0)
def never(x):
    return x


print(never(1), never(1), never.cache_info())


class Point:
    def __init__(self, x):
        self.x = x

    @cached_property
    def double(self):
        """Twice."""
        print("computed")
        return self.x * 2


point = Point(4)
print(point.double, point.double, point.__dict__, Point.double.__doc__)
del point.double
point.x = 5
print(point.double)


@total_ordering
class Version:
    def __init__(self, n):
        self.n = n

    def __eq__(self, other):
        return self.n == other.n if isinstance(other, Version) else NotImplemented

    def __lt__(self, other):
        return self.n < other.n if isinstance(other, Version) else NotImplemented


a, b = Version(1), Version(2)
print(a < b, a <= b, a > b, a >= b, a <= a, a >= a, a > a, sorted([b, a])[0] is a)
try:
    a >= 3
except TypeError as error:
    print(error)
for root in ("le", "gt", "ge"):
    class Other:
        def __init__(self, n):
            self.n = n

        def __eq__(self, other):
            return self.n == other.n

    setattr(Other, f"__{root}__", {"le": lambda s, o: s.n <= o.n, "gt": lambda s, o: s.n > o.n,
                                   "ge": lambda s, o: s.n >= o.n}[root])
    total_ordering(Other)
    print(root, [(x < y, x <= y, x > y, x >= y) for x in (Other(1), Other(2)) for y in (Other(1), Other(2))])
try:
    total_ordering(type("Nothing", (), {}))
except ValueError as error:
    print(error)
print(sorted([3, 1, 2], key=cmp_to_key(lambda x, y: y - x)))


@singledispatch
def show(value):
    return "object"


@show.register(int)
def _(value):
    return "int"


@show.register
def _(value: list):
    return "list"


print(show(1), show(True), show("s"), show([]), show.dispatch(bool)(2), show.registry.keys() == {object, int, list})
