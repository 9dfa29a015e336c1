print(round(0.5), round(1.5), round(2.5), round(-0.5), round(2.675, 2), round(1234.5678, -2))
print(round(1e22), round(5, -1), round(15, -1), round(25, -1), round(-15, -1), round(3.0, 0))
print(int(1e20), int(-1e20), float(2 ** 60), 10 ** 22 / 10 ** 21, (2 ** 70) / (2 ** 69))
print(repr(1.0), str(1e100), 1.5e-10, 100000000000000000000.0)
