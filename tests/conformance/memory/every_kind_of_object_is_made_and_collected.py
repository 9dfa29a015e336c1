# Every constructor, each result part of a cycle: half-made objects must look empty to the collector and to the audit.
import functools
import gc
import weakref
from contextlib import ExitStack, contextmanager


class Node:
    pass


class Slotted:
    __slots__ = ("a", "b", "__weakref__")


class MyList(list):
    pass


class MyDict(dict):
    pass


class MyTuple(tuple):
    pass


class MySet(set):
    pass


class MyError(Exception):
    pass


def closure(node):
    def inner():
        return node, inner
    return inner


def generator(node):
    yield node


def failure(node):
    try:
        raise MyError(node)
    except MyError as error:
        return error


def made_class(node):
    class Made:
        kept = node

        def method(self):
            return __class__

    return Made


@contextmanager
def block(node):
    yield node


MAKERS = [
    lambda node: [node], lambda node: (node, 1), lambda node: {1: node}, lambda node: {node}, lambda node: frozenset([node]),
    lambda node: {node: [node]}, lambda node: MyList([node]), lambda node: MyDict(a=node), lambda node: MyTuple([node]),
    lambda node: MySet([node]), lambda node: MyError(node), failure, closure, generator, made_class,
    lambda node: made_class(node)(), lambda node: made_class(node)().method, lambda node: node.method,
    lambda node: iter([node]), lambda node: enumerate([node]), lambda node: zip([node], [node]),
    lambda node: map(closure(node), [node]), lambda node: filter(None, [node]), lambda node: reversed([node]),
    lambda node: slice(node, node), lambda node: property(closure(node)), lambda node: staticmethod(closure(node)),
    lambda node: classmethod(closure(node)), lambda node: functools.partial(closure(node), node),
    lambda node: weakref.ref(node, closure(node)), lambda node: weakref.proxy(node, closure(node)),
    lambda node: weakref.WeakSet([node]), lambda node: weakref.WeakKeyDictionary({node: node}),
    lambda node: weakref.WeakMethod(node.method), lambda node: block(node), lambda node: {1: node}.values(),
    lambda node: {1: node}.items(), lambda node: iter({1: node}.values()), lambda node: super(Slotted, Slotted()),
    lambda node: [x for x in [node]], lambda node: (x for x in [node]), lambda node: lambda x=node: x,
    lambda node: iter(closure(node), None), lambda node: type("T", (Node,), {"kept": node}), lambda node: ExitStack(),
]
Node.method = lambda self: self
gc.disable()
alive = []
for maker in MAKERS:
    node, other = Node(), Slotted()
    node.made = maker(node)
    node.other, other.a = other, node
    alive.append(weakref.ref(node))
    alive.append(weakref.ref(other))
    del node, other
print(len(alive))
for number in range(3):
    gc.collect()
print([number for number, ref in enumerate(alive) if ref() is not None])
