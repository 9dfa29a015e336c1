# usage: churn.py LIVE KIND MODE COUNT
# LIVE objects stay alive, instances with two attributes or small lists; COUNT more come and go.
import sys

live_count, kind, mode, count = int(sys.argv[1]), sys.argv[2], sys.argv[3], int(sys.argv[4])


class Point:
    def __init__(self, x, y):
        self.x = x
        self.y = y


class Node:
    def __init__(self, parent):
        self.parent = parent
        self.next = None


class Closed:
    def __init__(self, other):
        self.other = other

    def __del__(self):
        pass


if kind == "lists":
    live = [[i, i + 1] for i in range(live_count)]
else:
    live = [Point(i, i + 1) for i in range(live_count)]


def nothing(n):
    pass


def acyclic(n):
    for i in range(n):
        a = Point(i, i)
        b = [a, i]


def replace(n):
    at = 0
    for i in range(n):
        live[at] = Point(i, i)
        at = (at + 1009) % live_count


def pairs(n):
    for i in range(n // 2):
        a = Node(None)
        a.parent = Node(a)


def trees(n):  # parent pointers
    for i in range(n // 8):
        root = Node(None)
        for j in range(7):
            child = Node(root)
            child.next = root.next
            root.next = child


def exceptions(n):  # exception -> traceback -> frame -> exception
    def fail():
        try:
            1 / 0
        except ZeroDivisionError as e:
            kept = e

    for i in range(n // 3):
        fail()


def finalisers(n):
    for i in range(n // 2):
        a = Closed(None)
        a.other = Closed(a)


def linked_lists(n):  # doubly linked lists of 20, each hanging on an old one for a while
    olds = []
    head = Node(None)
    for i in range(n // 20):
        first = last = Node(head)
        for j in range(19):
            node = Node(last)
            last.next = node
            last = node
        last.next = first
        if len(olds) == 20:
            olds.clear()
        olds.append(first)


globals()[mode](count)
