s = "abcdefg"
for a in (None, 0, 2, -3, 10, -10):
    for b in (None, 0, 5, -1, 100):
        print(a, b, s[a:b], s[a:b:2], s[a:b:-1], s[b:a:-2])
print(s[-1], s[0], "héllo😀x"[-2:], "héllo"[1])
try:
    s[7]
except IndexError as e:
    print(e)
try:
    s[::0]
except ValueError as e:
    print(e)
