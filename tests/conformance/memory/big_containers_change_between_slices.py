# Big lists, dicts and sets that shift, shrink, grow and are permuted while they are partly scanned.
class Node:
    __slots__ = ("number", "check")

    def __init__(self, number):
        self.number = number
        self.check = [number]


def steps(count):
    for number in range(count):
        pass


def total(nodes):
    return sum(node.number for node in nodes if node.check == [node.number])


size = 2200
items = [Node(number) for number in range(size)]
for change in (
    lambda: items.insert(0, Node(size)),
    lambda: [items.insert(number * 7, items.pop()) for number in range(20)],
    lambda: items.__delitem__(slice(None, None, 9)),
    lambda: items.reverse(),
    lambda: items.__setitem__(slice(100, 200), [Node(number) for number in range(300)]),
    lambda: items.sort(key=lambda node: node.number % 10),
    lambda: items.extend(items[::-50]),
    lambda: items.__setitem__(slice(None, None, 2), items[1::2] + [items[0]] * (len(items) % 2)),
    lambda: [items.append(items.pop(0)) for number in range(30)],
):
    for pause in 2, 15:
        change()
        steps(pause)
print(len(items), total(items))
table = {number: Node(number) for number in range(size)}
for change in (
    lambda: [table.pop(number, None) for number in range(0, size, 9)],
    lambda: table.update((-number, Node(number)) for number in range(1, 900)),
    lambda: [table.__setitem__(("k", len(table)), table.popitem()[1]) for number in range(20)],
    lambda: [table.__setitem__(key, table.pop(key)) for key in list(table)[:50]],
):
    for pause in 2, 15:
        change()
        steps(pause)
print(len(table), total(table.values()))
members = set(items)
for change in (
    lambda: [members.add(members.pop()) for number in range(30)],
    lambda: members.update(Node(-number) for number in range(900)),
    lambda: members.difference_update(items[:500]),
    lambda: members.intersection_update(set(members)),
    lambda: members.symmetric_difference_update(items[:100]),
):
    for pause in 2, 15:
        change()
        steps(pause)
print(len(members), total(members))
