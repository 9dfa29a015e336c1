def show(x):
    print("eval", x)
    return x
g = (show(x) for x in show([1, 2, 3]) if x != 2)
print("made")
print(next(g))
print(list(g), list(g))
n = 10
g = (x + n for x in range(3))
n = 100
print(list(g), any(x > 1 for x in [0, 2, show(3)]))
print(sum(x for x in range(5)), dict((k, v) for k, v in [("a", 1)]), sorted(-x for x in range(3)))
