a = 2 ** 100
b = 3 ** 70
for x, y in ((a, b), (-a, b), (a, -b), (-a, -b), (b, 7), (a, 2 ** 62)):
    print(x + y, x - y, x * y, x // y, x % y)
print(a - a, a - (a - 1), (a * b) // b == a, hash(a) == hash(2 ** 100))
print(pow(3, 1000, 1000007), pow(7, -1, 31))
