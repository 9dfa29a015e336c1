import gc


class Node:
    count = 0

    def __init__(self, other=None):
        self.other = other

    def __del__(self):
        Node.count += 1
        print("del", len(gc.get_objects()) > 0, any(x is self for x in gc.get_objects()) in (True, False), gc.collect())


gc.disable()
a = Node()
a.other = Node(a)
del a
gc.collect()
print(Node.count, gc.collect())
