# Keys and comparisons that change the list, collect, raise, or drop what is sorted.
import gc


class Node:
    def __init__(self, number, act=None):
        self.number = number
        self.act = act
        self.me = self

    def __lt__(self, other):
        if self.act is not None:
            self.act()
        return self.number < other.number


def collect():
    gc.collect()


def append():
    items.append(Node(100))


def clear():
    items.clear()


def fill():
    items[:] = [Node(number) for number in range(30)]


def fail():
    raise ValueError("no order")


def again():
    items.sort()


gc.disable()
for act in collect, append, clear, fill, fail, again:
    for use in "lt", "key":
        items = [Node(number * 7 % 10, act if use == "lt" else None) for number in range(10)]
        try:
            if use == "lt":
                items.sort()
            else:
                items.sort(key=lambda node: (act(), Node(-node.number))[1], reverse=True)
            result = "sorted"
        except ValueError as error:
            result = error
        print(act.__name__, use, result, [node.number for node in items])
    items = []
    gc.collect()
