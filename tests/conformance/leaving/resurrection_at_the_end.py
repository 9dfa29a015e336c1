# Nobody can be saved for good, and nobody is finalised twice; what a finaliser makes is finalised too.
class Rising:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("del", self.name)
        saved.append(self)


class Making:
    def __init__(self, n):
        self.n = n

    def __del__(self):
        print("making", self.n)
        if self.n < 3:
            made.append(Making(self.n + 1))
            raise ValueError(self.n)


saved = []
made = []
a = Rising("a")
b = Rising("b")
b.me = b
c = Making(0)
1 / 0
