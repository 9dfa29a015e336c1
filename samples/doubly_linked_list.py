# A doubly linked list: every inner node lies on a cycle with its neighbour.
import gc


class Node:
    __slots__ = ("value", "prev", "next")
    alive = 0

    def __init__(self, value):
        self.value = value
        self.prev = None
        self.next = None
        Node.alive += 1

    def __del__(self):
        Node.alive -= 1


class DoublyLinkedList:
    def __init__(self, values=()):
        self.head = None
        self.tail = None
        self.size = 0
        for value in values:
            self.append(value)

    def append(self, value):
        node = Node(value)
        if self.tail is None:
            self.head = node
        else:
            self.tail.next = node
            node.prev = self.tail
        self.tail = node
        self.size += 1
        return node

    def remove(self, node):
        """Unlinks a node; nothing in the list refers to it any more."""
        if node.prev is None:
            self.head = node.next
        else:
            node.prev.next = node.next
        if node.next is None:
            self.tail = node.prev
        else:
            node.next.prev = node.prev
        node.prev = node.next = None
        self.size -= 1

    def __iter__(self):
        node = self.head
        while node is not None:
            yield node.value
            node = node.next

    def __reversed__(self):
        node = self.tail
        while node is not None:
            yield node.value
            node = node.prev

    def __len__(self):
        return self.size


gc.collect()
items = DoublyLinkedList("abc")
middle = items.append("x")
items.append("d")
print(list(items), list(reversed(items)), len(items))

items.remove(middle)
print(list(items), "alive:", Node.alive)
del middle
print("the removed node ends at once, alive:", Node.alive)

gc.disable()
del items
print("the list is dropped, its nodes hold each other, alive:", Node.alive)
gc.collect()
print("after gc.collect(), alive:", Node.alive)
gc.enable()
