a, *b = [1, 2, 3]
print(a, b)
*a, b = "xy"
print(a, b)
a, *b, c = (1, 2)
print(a, b, c)
(a, (b, *c)), d = (1, "234"), 5
print(a, b, c, d)
[a, b] = {1: 2, 3: 4}
print(a, b)
print([*range(3), *"ab"], (*[], 1), {*[1, 1]}, {**{"a": 1}, "b": 2, **{"a": 3}})
for i, *rest in [(1, 2, 3), (4,)]:
    print(i, rest)
