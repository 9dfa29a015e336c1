print([x * y for x in range(4) if x % 2 for y in range(3) if y != 1])
print({k: v for k, v in zip("abc", range(3))}, {x % 3 for x in range(10)})
print(list(x for x in [1, 2]), sum(i for i in range(101)))
x = "outer"
print([x for x in range(3)], x)
fs = [lambda: i for i in range(3)]
print([f() for f in fs])
print([[j for j in range(i)] for i in range(4)])
print([(a, b) for a, *b in ["abc", "d"]], [y := 1, y ** 2], y)
