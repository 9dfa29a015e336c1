d = {"b": 1, "a": 2}
d["c"] = 3
d["b"] = 9
del d["a"]
d["a"] = 0
print(d, list(d), list(d.values()), list(d.items()), len(d), "a" in d)
print(d.get("zz"), d.get("zz", 5), d.pop("c"), d.pop("c", "gone"), d.setdefault("n", []), d.setdefault("b", 7))
print(d.popitem(), d, d.copy(), d | {"z": 1}, dict(d, k=2), dict([("x", 1)], y=2), dict.fromkeys("ab", 0))
d.update({"b": 2}, q=4); d.update([("r", 5)])
print(d, list(reversed(d)), d.clear(), d)
print({1: 2} == {1.0: 2.0}, {1: 2, 3: 4} == {3: 4, 1: 2}, {**{}, 1: 2})
