class Lock:
    depth = 0
    uses = 0
    def __enter__(self):
        self.depth += 1
        return self
    def __exit__(self, kind, value, traceback):
        self.depth -= 1
        self.uses += 1
        return kind is KeyError
def use(lock, i):
    with lock as held:
        if i % 16 == 0:
            raise KeyError
        return held.depth + i
lock = Lock()
total = 0
for i in range(3000000):
    total += use(lock, i) or 0
print(total, lock.depth, lock.uses)
