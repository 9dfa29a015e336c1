def adder(k):
    total = 0
    def add(x):
        nonlocal total
        total += x * k
        return total
    return add
def numbers(n):
    for i in range(n):
        yield i
def evens(it):
    for x in it:
        if x % 2 == 0:
            yield x
def chain(*its):
    for it in its:
        yield from it
add = adder(3)
for x in chain(evens(numbers(3000000)), numbers(800000), (y * y for y in numbers(800000))):
    last = add(x)
print(last)
