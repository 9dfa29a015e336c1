import weakref


class Item:
    def __init__(self, name):
        self.name = name

    def __repr__(self):
        return f"Item({self.name})"


def show(s):
    return sorted(item.name for item in s)


a, b, c, d = (Item(n) for n in "abcd")
s = weakref.WeakSet([a, b])
s.add(c)
s.add(a)
print(len(s), show(s), a in s, d in s, 5 in s, bool(s), bool(weakref.WeakSet()))
t = weakref.WeakSet([c, d])
print(show(s | t), show(s & t), show(s - t), show(s ^ t), show(s.union([d])), show(s.difference([a])), show(s.intersection([a, d])))
print(s <= t, s >= t, s < t, s > t, s == t, s == weakref.WeakSet([c, b, a]), s != t, s == 5, s.isdisjoint([d]), s.issubset([a, b, c, d]))
u = s.copy()
u |= t
print(type(u).__name__, show(u), s.issuperset([a]), u > s)
u &= [a, b, d]
print(show(u))
u -= t
print(show(u))
u ^= [a, c]
print(show(u))
u.update([d])
u.symmetric_difference_update([d])
u.difference_update([b])
u.intersection_update([c, d])
print(show(u))
u -= u
print(len(u))
del b
print(len(s), show(s))
s.discard(d)
s.remove(a)
for wrong in (lambda: s.remove(a), lambda: u.pop(), lambda: s.add(1), lambda: s | 3, lambda: hash(s)):
    try:
        print(wrong())
    except (KeyError, TypeError) as error:
        print(type(error).__name__, "missing" if error.args and isinstance(error.args[0], weakref.ref) else error)
print(s.pop() is c, len(s), repr(s))
items = [Item(i) for i in range(5)]
s = weakref.WeakSet(items)
seen = 0
for item in s:
    if seen == 1:
        del items[:]
    seen += 1
print(seen < 5, len(s), show(s) == [item.name])
del item
print(len(s))
