print([1, 2] == [1, 2.0], [1, 2] < [1, 2, 0], [] < [0], [2] > [1, 9], [1, "a"] != [1, "a"])
a = [1]
a.append(a)
print(a, (a,), {"k": a})
d = {}
d["self"] = d
print(d, [d])
print(1 in [1.0], "a" in ["b"], None in [None], [] in [[]], float("nan") in [float("nan")])
n = float("nan")
print(n in [n], [n] == [n], [n].count(n), (n,).index(n))
