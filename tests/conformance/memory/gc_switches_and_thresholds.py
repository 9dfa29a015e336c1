import gc

print(gc.isenabled(), gc.get_threshold(), gc.get_debug(), gc.garbage, gc.callbacks)
gc.disable()
print(gc.isenabled())
gc.enable()
print(gc.isenabled())
gc.set_threshold(5)
print(gc.get_threshold())
gc.set_threshold(800, 3)
gc.set_threshold(900, 4, 5)
print(gc.get_threshold())
gc.set_threshold(0)
print(gc.get_threshold(), gc.isenabled())


class Node:
    pass


# A threshold of 0: nothing is collected by itself.
died = 0


class Counted:
    def __del__(self):
        global died
        died += 1


for i in range(5000):
    c = Counted()
    c.me = c
print(died)
del c
gc.set_threshold(700, 10, 10)
gc.collect()
print(died)
died = 0
for i in range(20000):
    c = Counted()
    c.me = c
    c.text = f"{i:1000}"
print(died > 5000)
del c
gc.collect()
for wrong in (lambda: gc.collect(3), lambda: gc.collect(-1), lambda: gc.collect("x"), lambda: gc.set_threshold("x"),
              lambda: gc.set_debug(1.5), lambda: gc.get_objects(3), lambda: gc.get_objects(-2)):
    try:
        print(wrong())
    except (ValueError, TypeError) as error:
        print(type(error).__name__, error)
counts = gc.get_count()
print(len(counts), all(isinstance(n, int) and n >= 0 for n in counts))
print(gc.DEBUG_STATS, gc.DEBUG_COLLECTABLE, gc.DEBUG_UNCOLLECTABLE, gc.DEBUG_SAVEALL, gc.DEBUG_LEAK)
