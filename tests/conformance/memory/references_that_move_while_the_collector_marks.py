# Each way in which the only reference to an object goes from a place not yet scanned to one that has been, with steps of
# the program in between: with slices of the collector at each of them nothing may be lost.
class Node:
    def __init__(self, number):
        self.number = number
        self.check = [number]


def steps(count):
    for number in range(count):
        pass


def test(thing):
    if thing.check != [thing.number]:
        print("lost", thing.number)
    return thing.number


def holds(node):
    while True:
        got = yield node
        node = got if got is not None else node


def cell(node):
    def swap(other):
        nonlocal node
        node, other = other, node
        return other
    return swap


class Holder:
    pass


total = 0
for round in range(9):
    lists = [[Node(number)] for number in range(40)]
    dicts = [{number: Node(number)} for number in range(40)]
    sets = [{Node(number)} for number in range(40)]
    generators = [holds(Node(number)) for number in range(40)]
    for generator in generators:
        next(generator)
    cells = [cell(Node(number)) for number in range(40)]
    holders = [Holder() for number in range(40)]
    for number, holder in enumerate(holders):
        holder.item = Node(number)
    target, table = [], {}
    for number in range(40):
        target.append(lists[number].pop())
        lists[number].append(Node(number))
        table[number] = dicts[number].pop(number)
        table[-number] = sets[number].pop()
        steps(round % 7)
        target.append(generators[number].send(Node(number)))
        target.append(cells[number](Node(number)))
        target.append(holders[number].__dict__.pop("item"))
        holders[number].item, target[-1] = target[-1], target[-2]
        lists[number], lists[39 - number] = lists[39 - number], lists[number]
        target[number // 2], target[-1] = target[-1], target[number // 2]
        steps(round % 5)
        if number % 10 == 9:
            target.reverse()
            target.sort(key=test)
            target[:5], target[-5:] = target[-5:], target[:5]
    total += sum(test(node) for node in target) + sum(test(node) for node in table.values())
    total += sum(test(next(generator)) for generator in generators)
    total += sum(test(items[0]) for items in lists)
print(total)
