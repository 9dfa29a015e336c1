# Numbers are the same whether they are cells or not: identity within one object, hashes, equality, keys.
nan, inf = float("nan"), float("inf")
values = [0, -0.0, 0.0, 1, True, 1.0, -1, -1.0, -2, 2**62, 2**62 - 1, -2**62, 2**63, 2.0**63, 10**30, 1e300, 1e-300, 5e-324,
          nan, inf, -inf, False, 0.1, 2**53 + 1, 2.0**53, 2.0**255, 2.0**257, 2.0**-255]
print([hash(value) for value in values if value == value])
print(hash(-1) == hash(-2), hash(-1.0), hash(True), hash(2**61 - 1), hash(2**61), hash(inf), hash(-inf))
print([(a, b) for number, a in enumerate(values) for b in values[number + 1:] if a == b])
print(nan in [nan], nan == nan, [nan] == [nan], [nan].index(nan), [nan].count(nan), {nan: 1}[nan], (nan,) == (nan,))
print(float("nan") in [nan], [float("nan")] == [nan], len({nan, nan}), len({1, True, 1.0}), {0: "a", -0.0: "b", False: "c"})
print([value for value in sorted(value for value in values if value == value)][:6])
print(0.0 == -0.0, str(-0.0), -0.0 + 0, 0 * -1.0, [0.0] == [-0.0], hash(0.0) == hash(-0.0), (-0.0).__repr__(), -0.0 or "zero")
for value in values:
    other = value
    table = {value: 1}
    items = [value]
    print(other is value, table[value], items[0] is value, value in table, items == [value], end=" ")
print()
print(2**53 == 2.0**53, 2**53 + 1 == 2.0**53, 10**30 == 1e30, int(1e30) == 1e30, 2**63 > 2.0**63, -2**63 <= -2.0**63)
print(sum([2**62, 2**62, -2**63]), 2**62 + 2**62 - 2**62, (2**62 - 1) * 2, -(2**62) - 1, -(-2**62), abs(-2**62), 2**62 // -1)
print(1.0 is not True, None is None, (1 == 1.0) is True, not 0.0 is True)
