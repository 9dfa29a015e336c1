class Plugin:
    registry = []
    def __init_subclass__(cls, /, key=None, **kw):
        super().__init_subclass__(**kw)
        cls.registry.append((cls.__name__, key))
class A(Plugin, key="a"): pass
class B(A): pass
print(Plugin.registry)
try:
    class C(Plugin, other=1): pass
except TypeError as e:
    print(e)
