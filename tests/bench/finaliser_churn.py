class Resource:
    freed = 0
    def __init__(self, n):
        self.n = n
    def __del__(self):
        Resource.freed += self.n
def use(n):
    r = Resource(n)
    return r.n
total = 0
for i in range(3000000):
    total += use(i & 7)
print(total, Resource.freed)
