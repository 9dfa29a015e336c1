# Deleting an empty extended slice, and __index__ that shortens the list it is used on.
empty = []
del empty[5:0:-2]
print(empty)


class Shrinks:
    def __init__(self, items, value):
        self.items = items
        self.value = value

    def __index__(self):
        del self.items[2:]
        return self.value


def attempt(action):
    items = list(range(10))
    try:
        print(action(items, Shrinks(items, 7)), items)
    except Exception as error:
        print(type(error).__name__, error, items)


def store(items, index):
    items[index] = "x"


def store_slice(items, index):
    items[index:9] = ["a", "b"]


def delete_slice(items, index):
    del items[index:9]


def delete_step(items, index):
    del items[1:index:2]


attempt(lambda items, index: items[index])
attempt(lambda items, index: items[index:9])
attempt(lambda items, index: items[0:index:3])
attempt(lambda items, index: items.pop(index))
attempt(lambda items, index: items.insert(index, "y"))
attempt(lambda items, index: items * index)
for action in (store, store_slice, delete_slice, delete_step):
    attempt(action)
