import weakref


class Node:
    def __init__(self, name):
        self.name = name

    def __repr__(self):
        return f"Node({self.name!r})"


a, b, c = Node("a"), Node("b"), Node("c")
d = weakref.WeakValueDictionary({"a": a, "b": b}, c=c)
print(len(d), sorted(d), sorted(d.keys()), sorted(map(repr, d.values())), sorted(d.items(), key=repr))
print(d["a"], d.get("a"), d.get("x"), d.get("x", 1), "a" in d, "x" in d)
del b
print(len(d), sorted(d), "b" in d, d.get("b"), d.get("b", "gone"))
for key in ("b", "x"):
    try:
        d[key]
    except KeyError as error:
        print("KeyError", error)
print(d.setdefault("a", c), d.setdefault("new", c), d.setdefault("new", a), len(d))
print(d.pop("new"), d.pop("new", 5))
try:
    d.pop("new")
except KeyError as error:
    print("KeyError", error)
print(sorted(type(r).__name__ for r in d.valuerefs()), [r() for r in d.itervaluerefs()], [r.key for r in d.valuerefs()])
e = d.copy()
print(type(e).__name__, sorted(e), e == d, e == {"a": a, "c": c}, e != d, e == 3)
e.update(x=a)
e |= {"y": c}
print(sorted(e), sorted(e | {"z": a}), type(e | d).__name__, sorted({"z": a} | e))
try:
    e | 5
except TypeError as error:
    print(error)
try:
    d["n"] = 5
except TypeError as error:
    print(error)
del e["x"]
try:
    del e["x"]
except KeyError as error:
    print("KeyError", error)
print(e.popitem()[0], len(e))
e.clear()
try:
    e.popitem()
except KeyError as error:
    print("KeyError", error)
print(len(e), bool(e), bool(d), repr(d).startswith("<WeakValueDictionary at 0x"))
try:
    reversed(d)
except TypeError as error:
    print(error)

# Values die while somebody iterates: nothing changes under the loop.
nodes = {i: Node(i) for i in range(6)}
d = weakref.WeakValueDictionary(nodes)
for key, value in d.items():
    if key == 1:
        del nodes[3], nodes[4]
    print(key)
    value = None
print(len(d), sorted(d))
walk = d.values()
print(next(walk))
nodes.clear()
print(list(walk))
print(len(d), d.data)

# Asking for a key takes the dead ones out, also in the middle of a loop.
nodes = {i: Node(i) for i in range(3)}
d.update(nodes)
try:
    for key in d.keys():
        del nodes[2]
        print(key in d)
except RuntimeError as error:
    print(error)

# A key that gets another value before the old one's callback.
x = Node("x")
d["k"] = x
d["k"] = y = Node("y")
del x
print(d["k"])
