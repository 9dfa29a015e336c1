a = [1, 2, 3]
for x in a:
    print(x)
    if x < 4:
        a.append(x + 3)
print(a)
for i, x in enumerate(a):
    if x % 2:
        a.remove(x)
print(a)
d = {1: 1}
try:
    for k in d:
        d[k + 1] = 1
except RuntimeError as e:
    print(e)
s = {1}
try:
    for k in s:
        s.add(2)
except RuntimeError as e:
    print(e)
print(len(d), x)
