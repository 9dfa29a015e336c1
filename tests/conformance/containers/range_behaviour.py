print(range(5), range(1, 10, 3), list(range(10, 0, -3)), len(range(0, 10, 4)), range(3)[1], range(10)[2:8:2], range(5)[::-1])
print(3 in range(0, 10, 3), 4 in range(0, 10, 3), 3.0 in range(5), "a" in range(3), range(0) == range(5, 5), range(3) == range(0, 3, 1))
print(range(10).index(5), range(10).count(11), list(reversed(range(3))), bool(range(0)), range(5).start, range(5).stop, range(1, 5, 2).step)
print(len(range(10 ** 12)), 10 ** 11 in range(10 ** 12), range(2 ** 65, 2 ** 65 + 3)[-1], list(range(2 ** 63 - 1, 2 ** 63 + 1)), range(-1, -10, -2)[-1])
try:
    range(3).index(7)
except ValueError as e:
    print(e)
