a = None
print(a is None, a is not None, None is None, ... is Ellipsis, NotImplemented is NotImplemented)
print(repr(...), type(None).__name__, type(...).__name__, True + True, True is True, bool("a") is True)
print(isinstance(True, int), True == 1, {True: "a", 1: "b", 1.0: "c"}, str(True), int(False))
