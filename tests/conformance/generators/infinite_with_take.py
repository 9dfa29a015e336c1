def naturals():
    n = 0
    while True:
        yield n
        n += 1
def take(n, it):
    for _, x in zip(range(n), it):
        yield x
def sieve():
    found = []
    for n in naturals():
        if n > 1 and all(n % p for p in found):
            found.append(n)
            yield n
print(list(take(5, naturals())), list(take(10, sieve())))
a, b, *c = take(4, naturals())
print(a, b, c)
gens = [naturals() for _ in range(3)]
print([next(g) for g in gens for _ in range(2)])
