class One:
    made = None
    def __new__(cls, *args):
        print("new", cls.__name__, args)
        if One.made is None:
            One.made = super().__new__(cls)
        return One.made
    def __init__(self, *args): print("init", args)
print(One(1) is One(2))
class Other:
    def __new__(cls): return 42
    def __init__(self): print("never")
print(Other())
class T(tuple):
    def __new__(cls, a, b): return super().__new__(cls, (a, b))
    @property
    def first(self): return self[0]
t = T(1, 2)
print(t, t.first, len(t), t == (1, 2))
try:
    object(5)
except TypeError as e:
    print(e)
