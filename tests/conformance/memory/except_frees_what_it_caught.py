# A handler unbinds its name at its end: the exception, its traceback and the frames in it go at once, without a collection.
import gc


class Node:
    alive = 0

    def __init__(self):
        Node.alive += 1

    def __del__(self):
        Node.alive -= 1


def fail(depth):
    node = Node()
    if depth:
        fail(depth - 1)
    raise ValueError(node)


def caught():
    try:
        fail(3)
    except ValueError as error:
        kept = len(error.args)
    return kept


def caught_and_stored():
    try:
        fail(3)
    except ValueError as error:
        stored = error
    return 1


def replaced():
    try:
        try:
            fail(2)
        except ValueError as error:
            raise KeyError(Node()) from error
    except KeyError as error:
        return len(error.args)


def left_by(how):
    for number in range(2):
        try:
            fail(1)
        except ValueError as error:
            if how == "continue":
                continue
            if how == "break":
                break
            if how == "return":
                return
            if how == "del":
                del error
            if how == "rebind":
                error = None


gc.disable()
for number in range(5):
    caught()
    replaced()
    print(Node.alive, end=" ")
for how in "continue", "break", "return", "del", "rebind", "nothing":
    left_by(how)
    print(how, Node.alive, end=" ")
print()
caught_and_stored()
print(Node.alive > 0)
gc.collect()
print(Node.alive)
for number in range(50):
    caught_and_stored()
gc.collect()
print(Node.alive)
