a = list(range(10))
a[2:5] = ["x"]
print(a)
a[::2] = [0] * len(a[::2])
print(a)
del a[1:3]
print(a)
del a[::-2]
print(a)
a[1:1] = "abc"
print(a)
a[:] = []
print(a)
b = [1, 2, 3]
b[1:] = b
print(b)
try:
    b[::2] = [1]
except ValueError as e:
    print(e)
