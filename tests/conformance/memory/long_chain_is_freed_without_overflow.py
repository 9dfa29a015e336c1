import gc
gc.disable()
class Node:
    __slots__ = ("next",)
    def __init__(self, next): self.next = next
head = None
for i in range(100000):
    head = Node(head)
head = None
l = []
for i in range(100000):
    l = [l]
l = None
t = ()
for i in range(100000):
    t = (t,)
del t
print("freed")
