# super().name(...) finds its function through a cache: it must follow the class of the running method, the class of
# self, changes of either, and a rebound name `super`.
class A:
    def f(self, *args):
        return ["A"] + list(args)

    @classmethod
    def c(cls):
        return cls.__name__

    value = 3


def make(base):
    class X(base):
        def f(self, *args):
            return ["X"] + super().f(*args[:1]) + super().f()

        def g(self):
            return super().f(1, 2)

        @classmethod
        def c(cls):
            return "X" + super().c()

    return X


X1 = make(A)
X2 = make(X1)
for cls in (X1, X2, X1, X2):
    x = cls()
    for _ in range(3):
        print(x.f(7), x.g(), x.c())


def other(self, *args):
    return ["other"]


x = X2()
print(x.g())
A.f = other
print(x.g())
A.f = lambda self, *args: [self is x]
print(x.g())
X1.f = other
print(x.g())
x.f = None
print(x.g())


class Slow(A):
    def f(self):
        self = A()
        try:
            return super().f()
        except TypeError as error:
            return str(error)

    def none(self):
        return super().nothing()

    def captured(self):
        return (lambda: self.value)(), super().f(1)


print(Slow().f())
print(Slow().captured())
for _ in range(2):
    try:
        Slow().none()
    except AttributeError as error:
        print(error)


class Mine:
    def f(self, *args):
        return "mine"


def user():
    def super():
        return Mine()

    class Y(A):
        def f(self):
            return super().f()

    return Y().f()


print(user(), user())
