import weakref


class Key:
    def __init__(self, name):
        self.name = name

    def __repr__(self):
        return f"Key({self.name!r})"

    def __eq__(self, other):
        return self.name == other.name

    def __hash__(self):
        return hash(self.name)


a, b, c = Key("a"), Key("b"), Key("c")
d = weakref.WeakKeyDictionary({a: 1, b: 2})
d[c] = 3
print(len(d), sorted(d.values()), sorted(map(repr, d)), sorted(map(repr, d.keys())), sorted(map(repr, d.items())))
print(d[a], d[Key("a")], d.get(a), d.get(Key("x")), d.get(Key("x"), 5), a in d, Key("x") in d, 3 in d)
del b
print(len(d), sorted(d.values()))
for wrong in (lambda: d[1], lambda: d.get(1), lambda: d.pop(1), lambda: d.__setitem__("text", 1)):
    try:
        print(wrong())
    except TypeError as error:
        print(error)
try:
    d[Key("x")]
except KeyError as error:
    print("KeyError", type(error.args[0]) is weakref.ref)
print(d.setdefault(a, 9), d.setdefault(Key("t"), 9), len(d))
t = Key("t")
print(d.setdefault(t, 8), len(d), d.pop(t), d.pop(t, 7), len(d))
print([r() for r in d.keyrefs()] == [a, c])
e = d.copy()
print(type(e).__name__, len(e), e == d, e == {a: 1, c: 3}, e != d)
e |= {t: 4}
print(sorted((e | d).values()), sorted(({t: 5} | d).values()), e.popitem(), len(e))
del e[a]
print(list(e), repr(e).startswith("<WeakKeyDictionary at 0x"))
e.clear()
print(len(e), bool(e))

# Keys die while somebody iterates.
keys = [Key(i) for i in range(6)]
d = weakref.WeakKeyDictionary((key, key.name) for key in keys)
for key in d:
    if key.name == 1:
        key = None
        del keys[3:]
    print(key, len(d))
    key = None
print(sorted(d.values()), len(d))


class Holder:
    """A value that keeps its key alive."""


h = Holder()
h.key = k = Key("held")
d[k] = h
del h, k
print(len(d), Key("held") in d)
