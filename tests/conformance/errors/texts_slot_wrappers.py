
def t(f):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
t(lambda: (1).__add__())
t(lambda: (1).__add__(1, 2))
t(lambda: [].__len__(1))
t(lambda: property().__get__())
t(lambda: property().__get__(1,2,3))
t(lambda: property().__set__(1))
t(lambda: property().__delete__())
t(lambda: object().__setattr__("a"))
t(lambda: object().__delattr__())
t(lambda: object().__getattribute__())
t(lambda: [].__setitem__(1))
t(lambda: [].__delitem__())
t(lambda: [].__eq__())
t(lambda: [].__contains__())
t(lambda: (1).__pow__())
t(lambda: (1).__pow__(2, 3, 4))
t(lambda: iter([]).__next__(1))
t(lambda: "a".__hash__(1))
t(lambda: (1).__bool__(1))
t(lambda: (1).__radd__())
t(lambda: [].__iadd__())
t(lambda: (1).__neg__(1))
class T(tuple): pass
class S(str): pass
t(lambda: isinstance(1, T((int, str))))
t(lambda: issubclass(int, T((int, str))))
def f(**k): return k
def g(a): return a
