# A MemoryError that was caught and dropped keeps nothing alive.
import gc

gc.disable()  # exceptions that are kept make cycles here


class K:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("dead", self.name)


def fails(name):
    k = K(name)
    return "x" * (1 << 60)


try:
    fails("one")
except MemoryError:
    print("caught")
print("after")


def keeps(name):
    try:
        fails(name)
    except MemoryError as e:
        kept = e
        return kept


a = keeps("two")
b = keeps("three")
print(a is not None, b is not None)
a = None
print("a gone")
b = None
gc.collect()
print("b gone")


def nested():
    try:
        fails("four")
    except MemoryError:
        fails("five")


try:
    nested()
except MemoryError:
    print("caught both")
for i in range(3):
    try:
        fails(i)
    except MemoryError as e:
        print(type(e).__name__, e.args, e.__traceback__.tb_next is not None)
print("end")
try:
    try:
        1 / 0
    except ZeroDivisionError:
        fails("six")
except MemoryError as e:
    print(repr(e.__context__))
