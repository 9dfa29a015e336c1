import weakref


class Node:
    def __init__(self, name):
        self.name = name

    def __eq__(self, other):
        return isinstance(other, Node) and self.name == other.name

    def __hash__(self):
        return hash(self.name)


a, b = Node("x"), Node("x")
ra, rb = weakref.ref(a), weakref.ref(b)
print(ra() is a, ra == rb, ra != rb, hash(ra) == hash(a), ra is weakref.ref(a))
print(weakref.ref(a, None) is ra, weakref.getweakrefcount(a), weakref.getweakrefs(a) == [ra], a.__weakref__ is ra)
unhashed = weakref.ref(b, lambda ref: None)
del b
print(rb(), ra == rb, rb == rb, ra != rb, unhashed() is None)
try:
    print(hash(weakref.ref(Node("gone"))))
except TypeError as error:
    print(error)
for wrong in (lambda: weakref.ref(), lambda: weakref.ref(1), lambda: weakref.ref(None), lambda: weakref.ref("text"),
              lambda: weakref.ref(a, 1, 2), lambda: weakref.ref(a, callback=None), lambda: ra(1),
              lambda: ra < rb, lambda: setattr(ra, "other", 1)):
    try:
        print(wrong())
    except (TypeError, AttributeError) as error:
        print(type(error).__name__, error)
print(weakref.ReferenceType is weakref.ref, weakref.ref.__name__, isinstance(ra, weakref.ref))
print(repr(weakref.ref(a)).startswith("<weakref at 0x"), "to 'Node' at" in repr(ra), repr(rb).endswith("; dead>"))


def function():
    pass


print(repr(weakref.ref(function)).endswith("(function)>"))
