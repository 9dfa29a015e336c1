print(1 == 1.0, 1 == True, 1 < 1.5, 2 ** 70 > 1e10, 2 ** 70 == float(2 ** 70), "a" == 1, None == 0)
print((1, 2) < (1, 3), [1] < [1, 0], "abc" < "abd", (1, "a") == (1, "a"), [] == ())
for f in (lambda: 1 < "a", lambda: None < None, lambda: [1] < (1,), lambda: {} < {}, lambda: "a" >= b"a"):
    try:
        f()
    except TypeError as e:
        print(e)
