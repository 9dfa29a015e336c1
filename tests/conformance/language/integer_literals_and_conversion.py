print(0x_ff, 0o17, 0b1010, 1_000_000, 0xFFFFFFFFFFFFFFFFFFFF)
print(int("  42 "), int("-0x1f", 16), int("z", 36), int("0b11", 0), int(3.99), int(-3.99), int(True))
print(hex(255), oct(8), bin(-5), hex(-2 ** 70), int("1_000"))
for text in ("", "abc", "1__0", "0x1", "1.5", "-"):
    try:
        int(text)
    except ValueError as e:
        print(e)
