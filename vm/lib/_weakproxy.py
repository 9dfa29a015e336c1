"""The proxies of weakref."""
import _weakref
from _weakref import _target


def _behind(value):
    """What a proxy stands for; any other value is what it is."""
    if type(value) not in ProxyTypes:
        return value
    target = _target(value)
    if target is None:
        raise ReferenceError("weakly-referenced object no longer exists")
    return target


class ProxyType(_weakref.ProxyBase):
    __module__ = "weakref"
    __slots__ = ()
    __hash__ = None

    def __new__(cls, *args, **kwargs):
        raise TypeError(f"cannot create '{cls.__module__}.{cls.__qualname__}' instances")

    def __getattribute__(self, name):
        return getattr(_behind(self), name)

    def __setattr__(self, name, value):
        setattr(_behind(self), name, value)

    def __delattr__(self, name):
        delattr(_behind(self), name)

    def __repr__(self):
        target = _target(self)
        return f"<weakproxy at {id(self):#x} to {type(target).__name__} at {id(target):#x}>"

    def __setitem__(self, key, value):
        _behind(self)[_behind(key)] = value

    def __delitem__(self, key):
        del _behind(self)[_behind(key)]

    def __next__(self):
        target = _behind(self)
        if not hasattr(type(target), "__next__"):
            raise TypeError(f"Weakref proxy referenced a non-iterator '{type(target).__name__}' object")
        return next(target)


class CallableProxyType(ProxyType):
    __module__ = "weakref"
    __slots__ = ()

    def __call__(self, *args, **kwargs):
        return _behind(self)(*args, **kwargs)


ProxyTypes = (ProxyType, CallableProxyType)


def _forward_all():
    def unary(operation):
        return lambda self: operation(_behind(self))

    def binary(operation):
        return lambda self, other: operation(_behind(self), _behind(other))

    def reflected(operation):
        return lambda self, other: operation(_behind(other), _behind(self))

    def in_place(operation, name):
        def method(self, other):
            target, other = _behind(self), _behind(other)
            own = getattr(type(target), name, None)
            result = own(target, other) if own is not None else NotImplemented
            return operation(target, other) if result is NotImplemented else result
        return method

    for name, operation in {"str": str, "bytes": bytes, "int": int, "float": float, "bool": bool, "abs": abs,
                            "len": len, "iter": iter, "reversed": reversed, "index": lambda a: range(a).stop,
                            "neg": lambda a: -a, "pos": lambda a: +a, "invert": lambda a: ~a}.items():
        setattr(ProxyType, f"__{name}__", unary(operation))
    for name, operation in {"lt": lambda a, b: a < b, "le": lambda a, b: a <= b, "eq": lambda a, b: a == b,
                            "ne": lambda a, b: a != b, "gt": lambda a, b: a > b, "ge": lambda a, b: a >= b,
                            "getitem": lambda a, b: a[b], "contains": lambda a, b: b in a}.items():
        setattr(ProxyType, f"__{name}__", binary(operation))
    for name, operation in {"add": lambda a, b: a + b, "sub": lambda a, b: a - b, "mul": lambda a, b: a * b,
                            "truediv": lambda a, b: a / b, "floordiv": lambda a, b: a // b, "mod": lambda a, b: a % b,
                            "pow": lambda a, b: a ** b, "matmul": lambda a, b: a @ b, "divmod": divmod,
                            "lshift": lambda a, b: a << b, "rshift": lambda a, b: a >> b, "and": lambda a, b: a & b,
                            "or": lambda a, b: a | b, "xor": lambda a, b: a ^ b}.items():
        setattr(ProxyType, f"__{name}__", binary(operation))
        setattr(ProxyType, f"__r{name}__", reflected(operation))
        if name != "divmod":
            setattr(ProxyType, f"__i{name}__", in_place(operation, f"__i{name}__"))


_forward_all()
for _type in ProxyTypes:
    _type.__name__ = f"weakref.{_type.__qualname__}"  # as it is in messages
