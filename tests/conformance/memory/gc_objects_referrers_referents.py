import gc


class Node:
    pass


class L(list):
    pass


def function(default=(1, 2)):
    return default


a, b = Node(), Node()
a.next = b
holder = [a, "text", 5]
named = {"key": b}
print(any(x is a for x in gc.get_objects()), any(x is holder for x in gc.get_objects()))
print(any(type(x) is Node for x in gc.get_objects(2)) or any(type(x) is Node for x in gc.get_objects(0)))


def refers(target, *containers):
    found = gc.get_referrers(target)
    return [any(x is c for x in found) for c in containers]


print(refers(a, holder, named, a, b), refers(b, holder, named, a, globals()))
print(gc.get_referrers(object()), refers(function, globals()), refers(Node, a, b))
print(gc.get_referents(holder) == [5, "text", a] or gc.get_referents(holder) == [a, "text", 5])
print(sorted(map(repr, gc.get_referents({1: 2.5, 3: "l"}))), gc.get_referents(1, "a", None), gc.get_referents())
print(any(x is b for x in gc.get_referents(a)), any(x is Node for x in gc.get_referents(a)))
print(any(x == (1, 2) for x in gc.get_referents(function)))
numbers = {0, 1, 2, 3}
numbers.discard(2)
pairs = {1: 2, 3: 4}
del pairs[1]
print(sorted(gc.get_referents(numbers)), sorted(gc.get_referents(pairs)), sorted(gc.get_referents(iter([5]))[0]))
special = L([a])
print(any(x is a for x in gc.get_referents(special)), refers(a, special))
print(sum(isinstance(x, list) and len(x) == 1 and x[0] is a for x in gc.get_objects()))
print([type(x).__name__ for x in gc.get_objects() if type(x) is L])


def closure():
    inner = Node()
    return lambda: inner


f = closure()
cell = f.__closure__[0]
print(refers(f(), cell))
del a, b, named
print(refers(holder[0], holder))
