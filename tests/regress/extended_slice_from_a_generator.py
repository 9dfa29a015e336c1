# The new items move from a list that the collector may not have scanned into one that it has.


class Node:
    __slots__ = ("number", "items")

    def __init__(self, number):
        self.number = number
        self.items = [number]


def nodes(count):
    for number in range(count):
        yield Node(number)


total = 0
for size in (2100, 2300, 2700):
    big = [None] * (2 * size)
    big[::2] = nodes(size)
    big[::-2] = nodes(size)
    total += sum(node.number + node.items[0] for node in big[::-2])
print(total)
