"""Weak references and containers that hold their members weakly."""
import _weakref
from _weakref import ReferenceType, getweakrefcount, ref, _target

__all__ = ["ref", "proxy", "getweakrefcount", "getweakrefs", "WeakKeyDictionary", "ReferenceType", "ProxyType",
           "CallableProxyType", "ProxyTypes", "WeakValueDictionary", "WeakSet", "WeakMethod", "finalize"]


def _behind(value):
    """What a proxy stands for; any other value is what it is."""
    if type(value) not in ProxyTypes:
        return value
    target = _target(value)
    if target is None:
        raise ReferenceError("weakly-referenced object no longer exists")
    return target


class ProxyType(_weakref.ProxyBase):
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
_callback_of = _weakref.ProxyBase.__callback__.__get__


def _rank(reference):
    """0 and 1: the reference and the proxy without callback, which are shared."""
    kind = type(reference)
    if kind is ref:
        return 0 if reference.__callback__ is None else 2
    return 1 if kind in ProxyTypes and _callback_of(reference) is None else 2


def getweakrefs(object, /):
    """The weak references to an object: the shared ones, then the newest first."""
    references = _weakref.getweakrefs(object)
    references.sort(key=_rank)
    return references


def proxy(object, callback=None, /):
    """A weak reference that behaves like the object."""
    if callback is None:
        for shared in getweakrefs(object)[:2]:
            if _rank(shared) == 1:
                return shared
    return _weakref.ProxyBase.__new__(CallableProxyType if callable(object) else ProxyType, object, callback)


class WeakMethod(ref):
    """A weak reference to a bound method: dead when its object or its function is."""

    __slots__ = ("_function", "_kind", "_alive", "__weakref__")

    def __new__(cls, meth, callback=None):
        try:
            owner, function = meth.__self__, meth.__func__
        except AttributeError:
            raise TypeError(f"argument should be a bound method, not {type(meth)}") from None

        def died(_):
            # The method refers to its own callback only weakly: no cycle.
            me = me_ref()
            if me is not None and me._alive:
                me._alive = False
                if callback is not None:
                    callback(me)

        self = ref.__new__(cls, owner, died)
        self._function = ref(function, died)
        self._kind = type(meth)
        self._alive = True
        me_ref = ref(self)
        return self

    def __call__(self):
        owner, function = super().__call__(), self._function()
        if owner is None or function is None:
            return None
        return self._kind(function, owner)

    def _same(self, other):
        if not self._alive or not other._alive:
            return self is other
        return ref.__eq__(self, other) and self._function == other._function

    def __eq__(self, other):
        return self._same(other) if isinstance(other, WeakMethod) else NotImplemented

    def __ne__(self, other):
        return not self._same(other) if isinstance(other, WeakMethod) else NotImplemented

    __hash__ = ref.__hash__


class KeyedRef(ref):
    """A reference that knows the key under which a WeakValueDictionary has it."""

    __slots__ = ("key",)

    def __new__(cls, ob, callback, key):
        self = ref.__new__(cls, ob, callback)
        self.key = key
        return self

    def __init__(self, ob, callback, key):
        super().__init__(ob, callback)


class _Container:
    """What the weak containers share. While one is iterated over, nothing leaves `data`: what dies waits in
    `_pending_removals`."""

    def _prepare(self, data):
        self._pending_removals = []
        self._iterating = 0
        self.data = data
        me = ref(self)

        def remove(dead):
            self = me()
            if self is not None:
                if self._iterating:
                    self._pending_removals.append(dead)
                else:
                    self._discard_dead(dead)

        self._remove = remove

    def _commit_removals(self):
        # As in CPython also in the middle of a loop, which then ends with a RuntimeError.
        pending = self._pending_removals
        while pending:
            self._discard_dead(pending.pop())

    def _leave(self):
        self._iterating -= 1
        if not self._iterating:
            self._commit_removals()

    def __repr__(self):
        return f"<{self.__class__.__name__} at {id(self):#x}>"


class _Dictionary(_Container):
    __reversed__ = None

    def clear(self):
        try:
            while True:
                self.popitem()
        except KeyError:
            pass

    def __iter__(self):
        return self.keys()

    def __eq__(self, other):
        if not isinstance(other, (dict, _Dictionary)):
            return NotImplemented
        return dict(self.items()) == dict(other.items())

    def copy(self):
        new = self._fresh()
        for key, value in self.items():
            new[key] = value
        return new

    __copy__ = copy

    def __or__(self, other):
        if isinstance(other, (dict, _Dictionary)):
            new = self.copy()
            new.update(other)
            return new
        return NotImplemented

    def __ror__(self, other):
        if isinstance(other, (dict, _Dictionary)):
            new = self.__class__()
            new.update(other)
            new.update(self)
            return new
        return NotImplemented

    def __ior__(self, other):
        self.update(other)
        return self


class WeakValueDictionary(_Dictionary):
    """A mapping whose values are held weakly: an entry goes when its value dies."""

    def __init__(self, other=(), /, **kw):
        self._prepare({})
        self.update(other, **kw)

    def _fresh(self):
        return WeakValueDictionary()

    def _discard_dead(self, dead):
        data, key = self.data, dead.key
        found = data.get(key)
        if found is not None and found() is None:  # a new value may be there already
            del data[key]

    def __getitem__(self, key):
        self._commit_removals()
        value = self.data[key]()
        if value is None:
            raise KeyError(key)
        return value

    def __setitem__(self, key, value):
        self._commit_removals()
        self.data[key] = KeyedRef(value, self._remove, key)

    def __delitem__(self, key):
        self._commit_removals()
        del self.data[key]

    def __len__(self):
        self._commit_removals()
        return len(self.data)

    def __contains__(self, key):
        self._commit_removals()
        try:
            value = self.data[key]()
        except KeyError:
            return False
        return value is not None

    def get(self, key, default=None):
        self._commit_removals()
        try:
            reference = self.data[key]
        except KeyError:
            return default
        value = reference()
        return default if value is None else value

    def items(self):
        self._commit_removals()
        self._iterating += 1
        try:
            for key, reference in self.data.items():
                value = reference()
                if value is not None:
                    yield key, value
        finally:
            self._leave()

    def keys(self):
        self._commit_removals()
        self._iterating += 1
        try:
            for key, reference in self.data.items():
                if reference() is not None:
                    yield key
        finally:
            self._leave()

    def values(self):
        self._commit_removals()
        self._iterating += 1
        try:
            for reference in self.data.values():
                value = reference()
                if value is not None:
                    yield value
        finally:
            self._leave()

    def itervaluerefs(self):
        self._commit_removals()
        self._iterating += 1
        try:
            yield from self.data.values()
        finally:
            self._leave()

    def valuerefs(self):
        self._commit_removals()
        return list(self.data.values())

    def pop(self, key, *args):
        self._commit_removals()
        try:
            value = self.data.pop(key)()
        except KeyError:
            value = None
        if value is not None:
            return value
        if args:
            return args[0]
        raise KeyError(key)

    def popitem(self):
        self._commit_removals()
        while True:
            key, reference = self.data.popitem()
            value = reference()
            if value is not None:
                return key, value

    def setdefault(self, key, default=None):
        value = self.get(key)
        if value is None:
            self.data[key] = KeyedRef(default, self._remove, key)
            return default
        return value

    def update(self, other=None, /, **kwargs):
        self._commit_removals()
        if other is not None:
            if not hasattr(other, "items"):
                other = dict(other)
            for key, value in other.items():
                self.data[key] = KeyedRef(value, self._remove, key)
        for key, value in kwargs.items():
            self.data[key] = KeyedRef(value, self._remove, key)


class WeakKeyDictionary(_Dictionary):
    """A mapping whose keys are held weakly: an entry goes when its key dies."""

    def __init__(self, dict=None):
        self._prepare({})
        if dict is not None:
            self.update(dict)

    def _fresh(self):
        return WeakKeyDictionary()

    def _discard_dead(self, dead):
        try:
            del self.data[dead]
        except KeyError:
            pass

    def __getitem__(self, key):
        return self.data[ref(key)]

    def __setitem__(self, key, value):
        self.data[ref(key, self._remove)] = value

    def __delitem__(self, key):
        del self.data[ref(key)]

    def __len__(self):
        return len(self.data) - sum(dead in self.data for dead in self._pending_removals)

    def __contains__(self, key):
        try:
            reference = ref(key)
        except TypeError:
            return False
        return reference in self.data

    def get(self, key, default=None):
        return self.data.get(ref(key), default)

    def items(self):
        self._iterating += 1
        try:
            for reference, value in self.data.items():
                key = reference()
                if key is not None:
                    yield key, value
        finally:
            self._leave()

    def keys(self):
        self._iterating += 1
        try:
            for reference in self.data:
                key = reference()
                if key is not None:
                    yield key
        finally:
            self._leave()

    def values(self):
        self._iterating += 1
        try:
            for reference, value in self.data.items():
                if reference() is not None:
                    yield value
        finally:
            self._leave()

    def keyrefs(self):
        return list(self.data)

    def pop(self, key, *args):
        return self.data.pop(ref(key), *args)

    def popitem(self):
        while True:
            reference, value = self.data.popitem()
            key = reference()
            if key is not None:
                return key, value

    def setdefault(self, key, default=None):
        return self.data.setdefault(ref(key, self._remove), default)

    def update(self, dict=None, /, **kwargs):
        if dict is not None:
            if not hasattr(dict, "items"):
                dict = type({})(dict)
            for key, value in dict.items():
                self.data[ref(key, self._remove)] = value
        if kwargs:
            self.update(kwargs)


class WeakSet(_Container):
    """A set whose members are held weakly."""

    def __init__(self, data=None):
        self._prepare(set())
        if data is not None:
            self.update(data)

    def _discard_dead(self, dead):
        self.data.discard(dead)

    def _refs(self, other):
        return {ref(item) for item in other}

    def __iter__(self):
        self._iterating += 1
        try:
            for reference in self.data:
                item = reference()
                if item is not None:
                    yield item
        finally:
            self._leave()

    def __len__(self):
        return len(self.data) - len(self._pending_removals)

    def __contains__(self, item):
        try:
            reference = ref(item)
        except TypeError:
            return False
        return reference in self.data

    def __repr__(self):
        return repr(self.data)

    def add(self, item):
        self._commit_removals()
        self.data.add(ref(item, self._remove))

    def clear(self):
        self._commit_removals()
        self.data.clear()

    def copy(self):
        return self.__class__(self)

    def pop(self):
        self._commit_removals()
        while True:
            try:
                reference = self.data.pop()
            except KeyError:
                raise KeyError("pop from empty WeakSet") from None
            item = reference()
            if item is not None:
                return item

    def remove(self, item):
        self._commit_removals()
        self.data.remove(ref(item))

    def discard(self, item):
        self._commit_removals()
        self.data.discard(ref(item))

    def update(self, other):
        self._commit_removals()
        for item in other:
            self.add(item)

    def __ior__(self, other):
        self.update(other)
        return self

    def difference(self, other):
        new = self.copy()
        new.difference_update(other)
        return new

    __sub__ = difference

    def difference_update(self, other):
        self.__isub__(other)

    def __isub__(self, other):
        self._commit_removals()
        if self is other:
            self.data.clear()
        else:
            self.data.difference_update(self._refs(other))
        return self

    def intersection(self, other):
        return self.__class__(item for item in other if item in self)

    __and__ = intersection

    def intersection_update(self, other):
        self.__iand__(other)

    def __iand__(self, other):
        self._commit_removals()
        self.data.intersection_update(self._refs(other))
        return self

    def symmetric_difference(self, other):
        new = self.copy()
        new.symmetric_difference_update(other)
        return new

    __xor__ = symmetric_difference

    def symmetric_difference_update(self, other):
        self.__ixor__(other)

    def __ixor__(self, other):
        self._commit_removals()
        if self is other:
            self.data.clear()
        else:
            self.data.symmetric_difference_update({ref(item, self._remove) for item in other})
        return self

    def union(self, other):
        return self.__class__(item for part in (self, other) for item in part)

    __or__ = union

    def issubset(self, other):
        return self.data.issubset(self._refs(other))

    __le__ = issubset

    def __lt__(self, other):
        return self.data < self._refs(other)

    def issuperset(self, other):
        return self.data.issuperset(self._refs(other))

    __ge__ = issuperset

    def __gt__(self, other):
        return self.data > self._refs(other)

    def __eq__(self, other):
        if not isinstance(other, self.__class__):
            return NotImplemented
        return self.data == self._refs(other)

    def isdisjoint(self, other):
        return len(self.intersection(other)) == 0


class finalize:
    """Calls a function when an object dies, or at exit if it still lives."""

    __slots__ = ()
    _registry = {}
    _serial = 0
    _shutdown = False
    _registered = False

    class _Info:
        __slots__ = ("weakref", "func", "args", "kwargs", "atexit", "index")

    def __init__(self, obj, func, /, *args, **kwargs):
        if not finalize._registered:
            import atexit
            atexit.register(finalize._exitfunc)
            finalize._registered = True
        info = finalize._Info()
        info.weakref = ref(obj, self)
        info.func = func
        info.args = args
        info.kwargs = kwargs or None
        info.atexit = True
        info.index = finalize._serial
        finalize._serial += 1
        finalize._registry[self] = info

    def __call__(self, _=None):
        info = finalize._registry.pop(self, None)
        if info and not finalize._shutdown:
            return info.func(*info.args, **(info.kwargs or {}))

    def detach(self):
        info = finalize._registry.get(self)
        obj = info and info.weakref()
        if obj is not None and finalize._registry.pop(self, None):
            return (obj, info.func, info.args, info.kwargs or {})

    def peek(self):
        info = finalize._registry.get(self)
        obj = info and info.weakref()
        if obj is not None:
            return (obj, info.func, info.args, info.kwargs or {})

    @property
    def alive(self):
        return self in finalize._registry

    @property
    def atexit(self):
        info = finalize._registry.get(self)
        return bool(info) and info.atexit

    @atexit.setter
    def atexit(self, value):
        info = finalize._registry.get(self)
        if info:
            info.atexit = bool(value)

    def __repr__(self):
        info = finalize._registry.get(self)
        obj = info and info.weakref()
        name = type(self).__name__
        if obj is None:
            return f"<{name} object at {id(self):#x}; dead>"
        return f"<{name} object at {id(self):#x}; for {type(obj).__name__!r} at {id(obj):#x}>"

    @classmethod
    def _exitfunc(cls):
        import gc, sys
        automatic = gc.isenabled()
        gc.disable()
        try:
            while True:
                waiting = [(info.index, f) for f, info in cls._registry.items() if info.atexit]
                if not waiting:
                    break
                waiting.sort()
                serial = finalize._serial
                for _, f in reversed(waiting):
                    if f in cls._registry:
                        try:
                            f()
                        except Exception:
                            sys.excepthook(*sys.exc_info())
                    if finalize._serial != serial:  # a new one: it goes first
                        break
        finally:
            finalize._shutdown = True
            if automatic:
                gc.enable()
