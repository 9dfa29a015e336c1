print(6 / 3, 1 / 3, -7 / 2, 10 ** 400 / 10 ** 399, (2 ** 53 + 1) / 1)
for a, b in ((1, 0), (1.0, 0), (1, 0.0)):
    for f in (lambda x, y: x / y, lambda x, y: x // y, lambda x, y: x % y):
        try:
            f(a, b)
        except ZeroDivisionError as e:
            print(e)
try:
    10 ** 400 / 3
except OverflowError as e:
    print(e)
try:
    float(10 ** 400)
except OverflowError as e:
    print(e)
