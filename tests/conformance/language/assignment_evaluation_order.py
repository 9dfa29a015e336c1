def show(x):
    print("eval", x)
    return x
d = {}
d[show("key")] = show("value")
x = [0, 0]
i = 0
i, x[i] = 1, 9
print(i, x)
a = b = show([])
print(a is b)
x[show(0)] += show(5)
print(x)
print({show(1): show(2), show(3): show(4)})
