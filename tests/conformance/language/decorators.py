def trace(label):
    print("make", label)
    def wrap(f):
        print("wrap", label, f.__name__)
        def call(*args, **kw):
            print("call", label, args, kw)
            return f(*args, **kw)
        return call
    return wrap
@trace("outer")
@trace("inner")
def add(a, b=2):
    return a + b
print(add(1), add(1, b=5))
def tag(cls):
    cls.tag = cls.__name__.lower()
    return cls
@tag
class Thing:
    pass
print(Thing.tag)
