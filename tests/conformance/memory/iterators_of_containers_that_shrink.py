# The container shrinks, grows, is replaced or dies under its iterator.
class Final:
    def __del__(self):
        print("del")


def run(make, change, limit=8):
    seen = []
    things = make()
    iterator = iter(things)
    try:
        for item in iterator:
            seen.append(item if not isinstance(item, list) else len(item))
            change(things)
            if len(seen) == limit:
                break
    except RuntimeError as error:
        seen.append(str(error))
    return seen, len(things), next(iterator, "end") if type(things) is list else None


print(run(lambda: [1, 2, 3, 4], lambda x: x.clear()))
print(run(lambda: [1, 2, 3, 4], lambda x: x.pop()))
print(run(lambda: [1, 2, 3, 4], lambda x: x.pop(0)))
print(run(lambda: [1, 2, 3, 4], lambda x: x.append(len(x))))
print(run(lambda: [1, 2, 3, 4], lambda x: x.insert(0, 9)))
print(run(lambda: {1: 1, 2: 2, 3: 3}, lambda x: x.clear()))
print(run(lambda: {1: 1, 2: 2, 3: 3}, lambda x: x.popitem()))
print(run(lambda: {1: 1, 2: 2, 3: 3}, lambda x: x.update({1: 5})))
print(run(lambda: {1, 2, 3}, lambda x: x.clear()))
print(run(lambda: {1, 2, 3}, lambda x: x.add(2)))
for wrap in (reversed, enumerate, lambda x: zip(x, x), lambda x: map(str, x), lambda x: filter(None, x)):
    items = [1, 2, 3, 4]
    seen = []
    for item in wrap(items):
        seen.append(item)
        items.clear()
    print(seen)
iterator = iter([Final(), 1])
print(next(iterator) is None)
print(list(iterator))
iterator = iter([Final(), Final()])
del iterator
print("gone")
items = [3, 2, 1]
iterator = iter(items)
print(list(iterator), items.append(4), list(iterator))
for items in [[1, 2], [3]]:
    for item in items:
        items = None
        print(item)
table = {number: Final() if number == 1 else number for number in range(3)}
for key in list(table):
    del table[key]
print(len(table))
view, table = table.items(), None
print(list(view))
