class Typed:
    def __set_name__(self, owner, name):
        print("set_name", owner.__name__, name)
        self.name = name
    def __get__(self, obj, owner):
        if obj is None:
            return "class access"
        return obj.__dict__.get(self.name, "unset")
    def __set__(self, obj, value):
        if not isinstance(value, int):
            raise TypeError(f"{self.name} must be int")
        obj.__dict__[self.name] = value
class NonData:
    def __get__(self, obj, owner): return "nondata"
class C:
    a = Typed()
    n = NonData()
c = C()
print(C.a, c.a, c.n)
c.a = 5
c.__dict__["n"] = "instance"
print(c.a, c.n)
try:
    c.a = "x"
except TypeError as e:
    print(e)
