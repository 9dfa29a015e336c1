class Counter:
    def __init__(self):
        self.n = 0
    def add(self, k):
        self.n += k
        return self
    def value(self):
        return self.n
class Loud(Counter):
    def add(self, k):
        return super().add(k + 1)
def run(n):
    a, b = Counter(), Loud()
    for i in range(n):
        a.add(i).add(1)
        if b.add(1).value() > 1000:
            b.n = 0
    return a.value(), b.value()
print(run(3000000))
