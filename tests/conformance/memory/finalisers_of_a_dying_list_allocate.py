# A list of a thousand objects dies; their finalisers allocate enough for collections to begin. Each sees itself, and what is
# still to die, whole.
import gc


class Node:
    def __init__(self, number):
        self.number = number
        self.check = [number]
        self.inner = Inner(self.check)

    def __del__(self):
        deaths.append(self.number)
        if self.check != [self.number] or self.inner.check is not self.check:
            print("half-dead", self.number)
        for number in range(20):
            ring = [[number], self.check]
            ring.append(ring)
        if self.number % 250 == 0:
            gc.collect()
        if self.number % 300 == 0:
            kept.append(self)


class Inner:
    def __init__(self, check):
        self.check = check

    def __del__(self):
        if len(self.check) != 1:
            print("half-dead inside")
        [[] for number in range(30)]


deaths, kept = [], []
count = 400
items = [[Node(number), (Node(-number - 1),)] for number in range(count)]
items = None
print(len(deaths), deaths[:4], deaths[-4:])
table = {number: Node(number) for number in range(count)}
table.clear()
print(len(deaths), len(kept), all(node.inner.check is node.check for node in kept))
gc.collect()
