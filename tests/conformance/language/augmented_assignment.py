x = 5
x += 2; x -= 1; x *= 3; x //= 2; x **= 2; x %= 50; x <<= 2; x >>= 1; x |= 1; x &= 0xff; x ^= 3
print(x)
x /= 4
print(x)
a = b = [1]
a += (2, 3)
print(a is b, b)
a *= 2
print(b)
t = ([1],)
try:
    t[0] += [2]
except TypeError as e:
    print(e, t)
s = "a"
s += "b"; s *= 3
print(s)
d = {"k": 1}
d["k"] += 1
d |= {"z": 0}
print(d)
