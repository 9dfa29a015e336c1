# dir(): attributes of the object, its class and the bases; __dir__, __dict__ and __class__ are asked.
class Base:
    shared = 1


class Left(Base):
    left = 1


class Both(Left, Base):
    def __init__(self):
        self.own = 1


class Slots:
    __slots__ = ("slot",)


class Fake:
    __dict__ = property(lambda self: {"fake": 1})


class Failing:
    __dict__ = property(lambda self: 1 / 0)


class Masked:
    __class__ = property(lambda self: Base)


class Listed:
    def __dir__(self):
        return ["b", "a"]


def function():
    pass


def show(names):
    try:
        print([name for name in names() if name[:2] != "__"])
    except Exception as error:
        print(type(error).__name__, error)


function.attribute = 1
for value in (Base(), Both(), Slots(), Fake(), Failing(), Masked(), Listed(), function, Both, Base, 5 .__class__.__mro__[1]):
    show(lambda: dir(value))
show(Both().__dir__)
show(lambda: type.__dir__(Both))
