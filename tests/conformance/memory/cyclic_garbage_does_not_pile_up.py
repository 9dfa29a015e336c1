# The programs that sank other incremental collectors: a list that grows by linked rings, exception cycles, trees with parent
# pointers under a big live heap. Live data is small, so each runs under a small heap.
class Node:
    def __init__(self, parent=None):
        self.parent = parent
        self.children = []
        if parent is not None:
            parent.children.append(self)


def ring(length):
    first = last = Node()
    for number in range(length):
        last = Node(last)
    first.parent = last


def failing(data):
    try:
        raise ValueError(data)
    except ValueError as error:
        kept = error
    return len(data)


def tree(depth, parent=None):
    node = Node(parent)
    for number in range(2 if depth else 0):
        tree(depth - 1, node)
    return node


live = [[number] for number in range(300)]
total = 0
for number in range(60):
    ring(30)
    total += failing([number] * 20)
    total += len(tree(4).children)
    live[number * 3] = [number]
print(total, len(live))
