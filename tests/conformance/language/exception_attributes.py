e = ValueError(1, "two")
print(e.args, str(e), repr(e), str(ValueError()), repr(ValueError("x")), str(KeyError("k")), str(KeyError(1, 2)))
class MyError(Exception):
    def __init__(self, code, text):
        super().__init__(text)
        self.code = code
try:
    raise MyError(7, "bad")
except MyError as x:
    print(x.code, x, x.args, isinstance(x, Exception), x.__traceback__ is not None)
class Str(Exception):
    def __str__(self):
        return "custom"
print(Str(), repr(Str(1)), issubclass(ZeroDivisionError, ArithmeticError), Exception.__mro__[1].__name__)
try:
    next(iter([]))
except StopIteration as s:
    print(s.value, s.args)
print(e.with_traceback(None) is e)
