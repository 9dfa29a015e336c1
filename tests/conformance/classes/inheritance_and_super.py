class A:
    def __init__(self, x):
        self.x = x
    def who(self):
        return "A"
    def show(self):
        return self.who(), self.x
class B(A):
    def __init__(self, x, y):
        super().__init__(x)
        self.y = y
    def who(self):
        return "B" + super().who()
class C(B):
    def who(self):
        return "C" + super(B, self).who() + super().who()
print(A(1).show(), B(1, 2).show(), C(3, 4).show(), C(3, 4).y)
print(isinstance(C(1, 2), A), issubclass(A, B), C.__bases__ == (B,), C.__name__, type(C) is type)
