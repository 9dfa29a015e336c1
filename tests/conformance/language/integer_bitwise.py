for a in (0, 1, -1, 255, -256, 2 ** 65, -(2 ** 65) + 3):
    for b in (3, -4, 2 ** 64 - 1):
        print(a & b, a | b, a ^ b)
print(~0, ~-1, 1 << 70, -1 << 70, -5 >> 1, 5 >> 100, -5 >> 100, True & False, True | 2)
print((255).bit_length(), (0).bit_length(), (-2 ** 70).bit_length(), (7).bit_count())
