# gc.get_objects and gc.get_referrers never show a tuple that is still being filled.
import gc


class Nosy:
    def __iter__(self):
        return self

    def __next__(self):
        look()
        return self

    def __call__(self, *args):
        look()
        return len(args)


def look():
    for thing in gc.get_objects() + gc.get_referrers(first):
        if type(thing) is tuple:
            for item in thing:
                kinds.add(type(item))


kinds = set()
first = ["first"]
result = next(zip([first, 1], Nosy(), [3]))
print(len(result), result[0] is first, result[2])
print(next(map(Nosy(), [first], Nosy(), [4])))
print(next(iter(enumerate(Nosy())))[0])
print(int in kinds)
