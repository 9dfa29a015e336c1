class A:
    def __init__(self): self.__x = 1
    def get(self): return self.__x
    def __private(self): return "p"
    def call(self): return self.__private()
class B(A):
    def __init__(self):
        super().__init__()
        self.__x = 2
b = B()
print(b.get(), sorted(b.__dict__), b.call(), b._A__private())
try:
    b.__x
except AttributeError as e:
    print(e)
