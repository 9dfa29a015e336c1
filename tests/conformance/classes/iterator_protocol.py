class Count:
    def __init__(self, n): self.i, self.n = 0, n
    def __iter__(self): return self
    def __next__(self):
        if self.i >= self.n: raise StopIteration
        self.i += 1
        return self.i
print(list(Count(3)), sum(Count(4)), 2 in Count(3), [*Count(2)], max(Count(5)))
a, b = Count(2)
print(a, b)
class Bad:
    def __iter__(self): return 5
for f in (lambda: iter(Bad()), lambda: iter(5), lambda: next([]), lambda: [x for x in None]):
    try:
        f()
    except TypeError as e:
        print(e)
