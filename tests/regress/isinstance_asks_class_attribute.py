class Real:
    pass


class Claims:
    @property
    def __class__(self):
        return Real


class Delegates:
    def __init__(self, target):
        object.__setattr__(self, "target", target)

    def __getattribute__(self, name):
        return getattr(object.__getattribute__(self, "target"), name)


class Fails:
    @property
    def __class__(self):
        raise AttributeError("no class")


class Breaks:
    @property
    def __class__(self):
        raise ValueError("broken")


print(isinstance(Claims(), Real), isinstance(Claims(), Claims), isinstance(Claims(), (int, Real)), isinstance(Claims(), int))
print(isinstance(Delegates(Real()), Real), isinstance(Delegates(3), int), isinstance(Fails(), Real), type(Claims()) is Claims)
try:
    print(isinstance(Breaks(), Real))
except ValueError as error:
    print(error)
print(issubclass(Claims, Real), isinstance(3, Real), isinstance(Real(), Claims))
