# Slices compare like tuples of their three parts.
slices = [slice(1, 2), slice(1, 3), slice(1, 2, 3), slice(1), slice("a", "b"), slice(None)]
for a in slices:
    for b in slices + [(1, 2, None)]:
        row = [a == b, a != b]
        try:
            row += [a < b, a <= b, a > b, a >= b]
        except TypeError as error:
            row.append(str(error))
        print(a, b, row)
