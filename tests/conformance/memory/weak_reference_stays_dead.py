# A weak reference that has answered None once never finds its object again, and what it finds is whole, at each step of a
# collection that runs.
import gc
import weakref


class Node:
    def __init__(self, number):
        self.number = number
        self.me = [self, {"me": self}]

    def whole(self):
        return self.me[0] is self and self.me[1]["me"] is self


class Final(Node):
    def __del__(self):
        if not self.whole():
            print("half-dead", self.number)


def poll():
    for entry in refs:
        node = entry[0]()
        if node is None:
            entry[1] = False
        elif not entry[1] or not node.whole():
            print("came back" if not entry[1] else "half-dead", entry[2])
    for node in list(values.values()) + list(members):
        if not node.whole():
            print("half-dead in a weak container")


refs, kept = [], []
values, members = weakref.WeakValueDictionary(), weakref.WeakSet()
for round in range(9):
    for number in range(6):
        node = (Final if number % 2 else Node)(round * 6 + number)
        refs.append([weakref.ref(node), True, node.number])
        refs.append([weakref.ref(node, lambda ref: None), True, node.number])
        values[node.number] = node
        members.add(node)
        if number == 0:
            kept.append(node)
        poll()
    if round % 5 == 4:
        kept.pop(0)
del node
gc.collect()
poll()
print(len(refs), sum(alive for ref, alive, number in refs), len(values), len(members), len(kept))
