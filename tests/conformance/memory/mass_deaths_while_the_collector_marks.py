# Cells on the collector's list die and their places are taken again; whole pages go and come back.
class Node:
    def __init__(self, number, other):
        self.number = number
        self.other = other
        self.text = str(number)


def chain(count, first):
    node = None
    for number in range(count):
        node = Node(first + number, node)
    return node


kept, total = [], 0
for round in range(20):
    waves = [chain(60, round * 1000), [[number] for number in range(400)], {number: (number,) for number in range(300)}]
    kept.append(chain(5, round))
    large = [[0] * 5000, "x" * 70000, bytes(90000)]
    waves.pop(round % 3)
    for number in range(round % 9):
        waves.append([number])
    del waves[0]
    large.pop(round % 3)
    if round % 7 == 6:
        kept = kept[::2]
    waves = [[round] * 3 for number in range(round * 5)]
    total += len(waves) + len(large)
for node in kept:
    while node is not None:
        total += node.number + int(node.text)
        node = node.other
print(total)
