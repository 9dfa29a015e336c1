d = {}
for i in range(5000):
    d[i] = i * i
for i in range(0, 5000, 3):
    del d[i]
for i in range(0, 5000, 6):
    d[i] = -i
print(len(d), sum(d.values()), sum(d), list(d)[:5], list(d)[-3:])
e = {i: 0 for i in range(10)}
while e:
    e.popitem()
e["x"] = 1
print(e, {str(i): i for i in range(3)}, {(1, 2): "t", 1.5: "f", None: "n", True: "b", b"x": 0})
