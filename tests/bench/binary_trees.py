class Node:
    def __init__(self, left, right):
        self.left = left
        self.right = right
    def check(self):
        if self.left is None:
            return 1
        return 1 + self.left.check() + self.right.check()
def make(depth):
    if depth == 0:
        return Node(None, None)
    return Node(make(depth - 1), make(depth - 1))
long_lived = make(15)
total = 0
for depth in range(4, 16, 2):
    for _ in range(2 ** (18 - depth)):
        total += make(depth).check()
print(total, long_lived.check())
