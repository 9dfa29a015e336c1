def run(n):
    counts = {}
    x = 1
    for i in range(n):
        x = (x * 1103515245 + 12345) % 2147483648
        k = x % 5000
        counts[k] = counts.get(k, 0) + 1
    names = {}
    for i in range(n // 5):
        names["key" + str(i % 3000)] = i
    gone = 0
    for k in range(0, 5000, 2):
        if k in counts:
            del counts[k]
            gone += 1
    return sum(counts.values()), len(counts), sum(names.values()), gone
print(run(4000000))
