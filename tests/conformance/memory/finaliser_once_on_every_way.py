# An object that a finaliser revives is never finalised again: not by its count, not in a cycle, not through a closure, a
# generator, a list or the end of the program.
import gc

deaths = {}
risen = []


class Phoenix:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        deaths[self.name] = deaths.get(self.name, 0) + 1
        risen.append(self)


def in_closure(phoenix):
    def inner():
        return phoenix, inner
    phoenix.inner = inner


def in_generator(phoenix):
    def run():
        kept = phoenix, generator
        yield kept
    generator = run()
    next(generator)


def by_count(phoenix):
    pass


def in_list(phoenix):
    items = [phoenix]
    items.append(items)


def in_itself(phoenix):
    phoenix.me = phoenix


def in_class(phoenix):
    class Local:
        kept = phoenix
    phoenix.local = Local


WAYS = [by_count, in_list, in_itself, in_closure, in_generator, in_class]
gc.disable()
for first in WAYS:
    for second in WAYS:
        name = f"{first.__name__} {second.__name__}"
        first(Phoenix(name))
        gc.collect()
        alive = risen.pop()
        print(name, deaths[name], alive.name == name, gc.is_finalized(alive))
        second(alive)
        del alive
        gc.collect()
        print(deaths[name], len(risen))
last = Phoenix("end")
in_itself(last)
del last
gc.collect()
print(deaths["end"], len(risen))
