def show(x):
    print("eval", x)
    return x
print(show(1) < show(2) < show(3))
print(show(3) < show(2) < show(1))
print(1 < 2 > 1 == 1 != 2 <= 2 is not None)
print(1 in [1, 2] in [[1, 2]], not 1 < 2 < 3)
x = 5
print(0 < x < 10, 0 < x < 3 or "else")
