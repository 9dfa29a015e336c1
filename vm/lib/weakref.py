"""Weak references and containers that hold their members weakly.

What is used less often lies in modules of its own, which are loaded when somebody asks for a name of theirs."""
import _weakref
from _weakref import ReferenceType, getweakrefcount, ref

__all__ = ["ref", "proxy", "getweakrefcount", "getweakrefs", "WeakKeyDictionary", "ReferenceType", "ProxyType",
           "CallableProxyType", "ProxyTypes", "WeakValueDictionary", "WeakSet", "WeakMethod", "finalize"]

_callback_of = _weakref.ProxyBase.__callback__.__get__


def __getattr__(name):
    if name in ("ProxyType", "CallableProxyType", "ProxyTypes"):
        import _weakproxy as module
    elif name in ("WeakValueDictionary", "WeakKeyDictionary", "KeyedRef"):
        import _weakdicts as module
    elif name == "WeakSet":
        import _weakrefset as module
    else:
        raise AttributeError(f"module 'weakref' has no attribute {name!r}")
    value = globals()[name] = getattr(module, name)
    return value


def _rank(reference):
    """0 and 1: the reference and the proxy without callback, which are shared."""
    if type(reference) is ref:
        return 0 if reference.__callback__ is None else 2
    return 1 if issubclass(type(reference), _weakref.ProxyBase) and _callback_of(reference) is None else 2


def getweakrefs(object, /):
    """The weak references to an object: the shared ones, then the newest first."""
    references = _weakref.getweakrefs(object)
    references.sort(key=_rank)
    return references


def proxy(object, callback=None, /):
    """A weak reference that behaves like the object."""
    from _weakproxy import CallableProxyType, ProxyType
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
        info = self._registry.pop(self, None)
        if info and not self._shutdown:
            return info.func(*info.args, **(info.kwargs or {}))

    def detach(self):
        info = self._registry.get(self)
        obj = info and info.weakref()
        if obj is not None and self._registry.pop(self, None):
            return (obj, info.func, info.args, info.kwargs or {})

    def peek(self):
        info = self._registry.get(self)
        obj = info and info.weakref()
        if obj is not None:
            return (obj, info.func, info.args, info.kwargs or {})

    @property
    def alive(self):
        return self in self._registry

    @property
    def atexit(self):
        info = self._registry.get(self)
        return bool(info) and info.atexit

    @atexit.setter
    def atexit(self, value):
        info = self._registry.get(self)
        if info:
            info.atexit = bool(value)

    def __repr__(self):
        info = self._registry.get(self)
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
