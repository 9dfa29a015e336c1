d = {"a": 1, "b": 2}
k, v, i = d.keys(), d.values(), d.items()
d["c"] = 3
print(k, v, i, len(k), "c" in k, 3 in v, ("a", 1) in i)
print(sorted(k & {"a", "z"}), sorted(k | {"z"}), sorted(k - {"a"}), k == {"a", "b", "c"}, k.isdisjoint({"q"}))
print(list(reversed(d.items())), [x for x in d], sum(v))
try:
    for x in d:
        del d[x]
except RuntimeError as e:
    print(e)
try:
    k[0]
except TypeError as e:
    print(e)
