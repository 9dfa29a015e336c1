class A:
    real = 1
    def __getattr__(self, name):
        if name.startswith("x"):
            return name.upper()
        raise AttributeError("no " + name)
    def __setattr__(self, name, value):
        print("set", name, value)
        super().__setattr__(name, value)
    def __delattr__(self, name):
        print("del", name)
        object.__delattr__(self, name)
a = A()
a.v = 5
print(a.real, a.xyz, a.v, getattr(a, "q", "default"), hasattr(a, "x1"), hasattr(a, "q"))
del a.v
class B:
    def __getattribute__(self, name):
        return "got " + name
print(B().anything)
