# While it sorts, nobody finds the items and keys through the collector.
import gc


class Node:
    def __init__(self, number):
        self.number = number

    def __lt__(self, other):
        look(self)
        return self.number < other.number


seen = []


def look(item):
    for referrer in gc.get_referrers(item):
        if type(referrer) is list:
            seen.append(len(referrer))
            referrer.clear()
    for thing in gc.get_objects():
        if type(thing) is list and len(thing) > 0 and type(thing[0]) is Node:
            seen.append(-len(thing))
            thing.clear()


def key(item):
    look(item)
    return Node(-item.number)


items = [Node(number) for number in range(10)]
items.sort(key=key)
print([node.number for node in items], seen)
print([node.number for node in sorted(items, key=key)], seen)
items.sort()
print([node.number for node in items], seen)
