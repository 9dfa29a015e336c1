data = [("b", 2), ("a", 2), ("c", 1), ("d", 1), ("e", 3)]
print(sorted(data, key=lambda p: p[1]))
print(sorted(data, key=lambda p: p[1], reverse=True))
a = [5, 2.5, True, -1, 2 ** 70, 0]
a.sort()
print(a, a.sort(reverse=True), a)
x = [(i * 7919) % 1000 for i in range(1000)]
y = sorted(x)
print(y[:5], y[-3:], all(y[i] <= y[i + 1] for i in range(999)), sorted("hello"), sorted({3: 0, 1: 0}))
b = [1, "a"]
try:
    b.sort()
except TypeError as e:
    print(e, b)
