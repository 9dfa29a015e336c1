class K:
    def __init__(self, n): self.n = n
    def __hash__(self):
        print("hash", self.n)
        return self.n % 2
    def __eq__(self, o):
        return self.n == o.n
d = {}
d[K(1)] = "one"
d[K(3)] = "three"
print(d[K(3)])
k = K(5)
d[k] = "five"
print(d[k], len(d))
print(K(2) in d)
