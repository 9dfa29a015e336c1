class Node:
    def __init__(self, n):
        self.n = n
        self.peer = None
        self.data = [n, (n,)]
def ring(n):
    first = last = Node(n)
    for i in range(4):
        node = Node(n + i)
        last.peer = node
        last = node
    last.peer = first
    return first.peer.n
kept = [Node(i) for i in range(20000)]
total = 0
for i in range(450000):
    total += ring(i)
print(total, len(kept))
