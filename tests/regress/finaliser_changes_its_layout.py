# A finaliser that changes how its own object keeps its attributes.
class Noisy:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("dead", self.name)


def made(name):
    class T:
        def __init__(self):
            self.n = 1
            self.k = Noisy(name)

        def __del__(self):
            changes[name](self)

    return T()


def grow(self):
    self.a1 = self.a2 = self.a3 = self.a4 = self.a5 = self.a6 = self.a7 = self.a8 = [1]


class Other:
    pass


def change_class(self):
    self.__class__ = Other


def change_dict(self):
    self.__dict__ = {}


def add(self):
    self.__dict__["z"] = Noisy("inner")


changes = {
    "vars": vars, "dict": lambda self: self.__dict__, "add": add, "pop": lambda self: self.__dict__.popitem(),
    "clear": lambda self: self.__dict__.clear(), "dir": dir, "one": lambda self: setattr(self, "z", 1), "grow": grow,
    "class": change_class, "new dict": change_dict, "delete": lambda self: delattr(self, "n"),
}
for extra in 0, 1, 5:
    for name in changes:
        d = made(name)
        for i in range(extra):
            setattr(d, f"o{i}", [i])
        d = None
for name in changes:  # in a cycle
    import gc
    d = made(name)
    d.me = d
    d = None
    gc.collect()
print("end")
