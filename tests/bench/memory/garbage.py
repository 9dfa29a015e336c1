# usage: garbage.py SIZE KIND: one piece of cyclic garbage, a ring or a tree, then steady allocation until it is gone.
import sys

size, kind = int(sys.argv[1]), sys.argv[2]


class Node:
    def __init__(self, left, right):
        self.left = left
        self.right = right


if kind == "ring":
    first = last = Node(None, None)
    for i in range(size - 1):
        last = Node(last, None)
    first.left = last
    del first, last
else:

    def build(depth):
        return Node(build(depth - 1), build(depth - 1)) if depth else None

    depth = size.bit_length() - 1
    root = Node(build(depth), None)
    root.right = root  # the tree hangs from a cycle of one
    del root

for i in range(size // 2):
    x = []
    x.append(x)
