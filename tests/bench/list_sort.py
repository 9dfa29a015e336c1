def numbers(n):
    x = 12345
    out = []
    for _ in range(n):
        x = (x * 1103515245 + 12345) % 2147483648
        out.append(x)
    return out
data = numbers(400000)
a = sorted(data)
b = sorted(data, key=lambda x: x % 1000)
c = sorted([str(x) for x in data])
data.sort(reverse=True)
print(a[1000], b[1000], c[1000], data[1000], sum(a[::100]))
