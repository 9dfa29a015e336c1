# One place meets several shapes in turn, while classes and instances change.
class Base:
    kind = "base"

    def __init__(self, n):
        self.n = n

    def add(self, k):
        self.n += k
        self.last = k
        return self.kind


classes = [type(f"C{i}", (Base,), {"kind": f"c{i}"}) for i in range(5)]
objects = [cls(i) for i, cls in enumerate(classes)]
log = []
for turn in range(12):
    for o in objects:
        log.append((o.add(turn), o.n, o.last))
    victim = classes[turn % 5]
    if turn % 3 == 0:
        victim.kind = f"changed{turn}"
    elif turn % 3 == 1:
        victim.add = lambda self, k: (setattr(self, "last", -k), "lambda")[1]
    else:
        objects[turn % 5].kind = "own"
        if "add" in vars(victim):
            del victim.add
for entry in log:
    print(*entry)


class WithProperty(Base):
    @property
    def n(self):
        return 100

    @n.setter
    def n(self, value):
        self.set = value


mixed = [Base(1), WithProperty(2), Base(3), WithProperty(4)]
for _ in range(3):
    print([o.add(1) for o in mixed], [o.n for o in mixed], [getattr(o, "set", None) for o in mixed])
