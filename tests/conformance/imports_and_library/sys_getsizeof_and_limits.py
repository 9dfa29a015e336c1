import sys


class Negative:
    def __sizeof__(self):
        return -5


class Text:
    def __sizeof__(self):
        return "x"


class Refuses:
    def __sizeof__(self):
        raise TypeError("own")


class Fails:
    def __sizeof__(self):
        raise ValueError("own")


class L(list):
    pass


for c in (Negative, Text, Refuses, Fails):
    for args in ((), (7,)):
        try:
            print(c.__name__, args, sys.getsizeof(c(), *args))
        except (TypeError, ValueError) as error:
            print(c.__name__, args, type(error).__name__, error)
grown = L()
before = sys.getsizeof(grown)
grown.extend(range(1000))
print(sys.getsizeof(grown) - before > 7000, sys.getsizeof("a" * 1000) > 1000, sys.getsizeof(dict.fromkeys(range(100))) > 1600)
for wrong in (lambda: sys.getsizeof(), lambda: sys.getsizeof(1, 2, 3)):
    try:
        wrong()
    except TypeError as error:
        print(error)
blocks = sys.getallocatedblocks()
kept = [object() for _ in range(1000)]
print(sys.getallocatedblocks() - blocks >= 1000)
print(sys.exc_info())
try:
    1 / 0
except ZeroDivisionError:
    print(sys.exc_info()[0], sys.exc_info()[1], sys.exc_info()[2].tb_lineno)
for limit in (0, -1, "x", 1.5, 10**30, 2**31):
    try:
        print(sys.setrecursionlimit(limit))
    except (ValueError, TypeError, OverflowError) as error:
        print(type(error).__name__, error)
sys.setrecursionlimit(500)


def depth(n):
    return 0 if n == 0 else 1 + depth(n - 1)


try:
    depth(600)
except RecursionError as error:
    print(str(error)[:32])
print(depth(400), sys.getrecursionlimit())
