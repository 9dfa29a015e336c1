a = [3, 2, 1]
def key(x):
    a.append(x)
    return x
try:
    a.sort(key=key)
except ValueError as e:
    print(e)
print(a)
b = [3, 1, 2]
try:
    b.sort(key=lambda x: 1 // (x - 1))
except ZeroDivisionError as e:
    print(e, sorted(b))
print(sorted([[2, 1], [1, 5], [1]], key=lambda l: l))
