"""Functions about functions."""

__all__ = ["update_wrapper", "wraps", "WRAPPER_ASSIGNMENTS", "WRAPPER_UPDATES", "total_ordering", "cmp_to_key",
           "cache", "lru_cache", "reduce", "partial", "singledispatch", "cached_property"]

WRAPPER_ASSIGNMENTS = ("__module__", "__name__", "__qualname__", "__doc__", "__annotations__")
WRAPPER_UPDATES = ("__dict__",)


def update_wrapper(wrapper, wrapped, assigned=WRAPPER_ASSIGNMENTS, updated=WRAPPER_UPDATES):
    """Makes one function look like another."""
    for name in assigned:
        try:
            value = getattr(wrapped, name)
        except AttributeError:
            continue
        setattr(wrapper, name, value)
    for name in updated:
        getattr(wrapper, name).update(getattr(wrapped, name, {}))
    wrapper.__wrapped__ = wrapped
    return wrapper


def wraps(wrapped, assigned=WRAPPER_ASSIGNMENTS, updated=WRAPPER_UPDATES):
    """A decorator that does update_wrapper."""
    def decorate(wrapper):
        return update_wrapper(wrapper, wrapped, assigned, updated)
    return decorate


class partial:
    """A function with some arguments given."""

    __slots__ = ("func", "args", "keywords", "__dict__", "__weakref__")

    def __new__(cls, /, *args, **keywords):
        if not args:
            raise TypeError("type 'partial' takes at least one argument")
        func, args = args[0], args[1:]
        if not callable(func):
            raise TypeError("the first argument must be callable")
        if isinstance(func, partial):
            args = func.args + args
            keywords = {**func.keywords, **keywords}
            func = func.func
        self = super().__new__(cls)
        self.func, self.args, self.keywords = func, args, keywords
        return self

    def __call__(self, /, *args, **keywords):
        return self.func(*self.args, *args, **{**self.keywords, **keywords})

    def __repr__(self):
        cls = type(self)
        name = "functools.partial" if cls is partial else cls.__name__
        parts = [repr(self.func), *map(repr, self.args), *(f"{key}={value!r}" for key, value in self.keywords.items())]
        return f"{name}({', '.join(parts)})"


_missing = object()


def reduce(function, iterable, initial=_missing, /):
    """Folds the items together from the left."""
    try:
        iterator = iter(iterable)
    except TypeError:
        raise TypeError("reduce() arg 2 must support iteration") from None
    value = initial
    if value is _missing:
        try:
            value = next(iterator)
        except StopIteration:
            raise TypeError("reduce() of empty iterable with no initial value") from None
    for item in iterator:
        value = function(value, item)
    return value


def cmp_to_key(mycmp):
    """A key function that orders by an old comparison function."""
    class K:
        __slots__ = ("obj",)

        def __init__(self, obj):
            self.obj = obj

        def __lt__(self, other):
            return mycmp(self.obj, other.obj) < 0

        def __gt__(self, other):
            return mycmp(self.obj, other.obj) > 0

        def __eq__(self, other):
            return mycmp(self.obj, other.obj) == 0

        def __le__(self, other):
            return mycmp(self.obj, other.obj) <= 0

        def __ge__(self, other):
            return mycmp(self.obj, other.obj) >= 0

        __hash__ = None
    return K


def _derived(root, negate, with_equal):
    method = f"__{root}__"

    def compare(self, other):
        result = getattr(type(self), method)(self, other)
        if result is NotImplemented:
            return result
        if negate:
            return not result and self != other if with_equal == "and" else not result
        if with_equal == "or":
            return result or self == other
        return result and self != other
    return compare


# What is derived from the one comparison that a class defines: (name, is the result negated, what equality adds).
_orderings = {
    "lt": (("gt", True, "and"), ("le", False, "or"), ("ge", True, "")),
    "le": (("ge", None, "or"), ("lt", False, "and"), ("gt", True, "")),
    "gt": (("lt", True, "and"), ("ge", False, "or"), ("le", True, "")),
    "ge": (("le", None, "or"), ("gt", False, "and"), ("lt", True, "")),
}


def _not_or_equal(root):
    method = f"__{root}__"

    def compare(self, other):
        result = getattr(type(self), method)(self, other)
        return result if result is NotImplemented else not result or self == other
    return compare


def total_ordering(cls):
    """A class decorator that derives the comparisons from one of them and __eq__."""
    roots = [name for name in _orderings if getattr(cls, f"__{name}__") is not getattr(object, f"__{name}__")]
    if not roots:
        raise ValueError("must define at least one ordering operation: < > <= >=")
    root = "lt" if "lt" in roots else "le" if "le" in roots else "gt" if "gt" in roots else "ge"
    for name, negate, with_equal in _orderings[root]:
        if name not in roots:
            compare = _not_or_equal(root) if negate is None else _derived(root, negate, with_equal)
            compare.__name__ = f"__{name}__"
            setattr(cls, f"__{name}__", compare)
    return cls


class _CacheInfo(tuple):
    __slots__ = ()
    hits = property(lambda self: self[0])
    misses = property(lambda self: self[1])
    maxsize = property(lambda self: self[2])
    currsize = property(lambda self: self[3])

    def __repr__(self):
        return "CacheInfo(hits=%r, misses=%r, maxsize=%r, currsize=%r)" % self


_CacheInfo.__name__ = _CacheInfo.__qualname__ = "CacheInfo"


class _HashedSeq(list):
    """The arguments of a call as a key that computes its hash once."""

    __slots__ = ("hashvalue",)

    def __init__(self, parts):
        self[:] = parts
        self.hashvalue = hash(parts)

    def __hash__(self):
        return self.hashvalue


def _make_key(args, kwds, typed):
    key = args
    if kwds:
        key += (_missing,)
        for item in kwds.items():
            key += item
    if typed:
        key += tuple(type(value) for value in args) + tuple(type(value) for value in kwds.values())
    elif len(key) == 1 and type(key[0]) in (int, str):
        return key[0]
    return _HashedSeq(key)


def lru_cache(maxsize=128, typed=False):
    """A decorator that keeps the results of the latest calls."""
    if isinstance(maxsize, int):
        maxsize = max(maxsize, 0)
    elif callable(maxsize) and isinstance(typed, bool):
        return _cached(maxsize, 128, False)
    elif maxsize is not None:
        raise TypeError("Expected first argument to be an integer, a callable, or None")
    return lambda function: _cached(function, maxsize, typed)


def _cached(function, maxsize, typed):
    results = {}  # the latest used last
    hits = misses = 0

    def wrapper(*args, **kwds):
        nonlocal hits, misses
        key = _make_key(args, kwds, typed)
        value = results.get(key, _missing)
        if value is not _missing:
            hits += 1
            if maxsize is not None and key in results:
                del results[key]
                results[key] = value
            return value
        misses += 1
        value = function(*args, **kwds)
        if maxsize is None:
            results[key] = value
        elif maxsize > 0 and key not in results:
            if len(results) >= maxsize:
                for oldest in results:
                    break
                del results[oldest]
            results[key] = value
        return value

    def cache_info():
        """Hits, misses, greatest and current number of results."""
        return _CacheInfo((hits, misses, maxsize, len(results)))

    def cache_clear():
        """Forgets everything."""
        nonlocal hits, misses
        results.clear()
        hits = misses = 0

    wrapper.cache_info = cache_info
    wrapper.cache_clear = cache_clear
    wrapper.cache_parameters = lambda: {"maxsize": maxsize, "typed": typed}
    return update_wrapper(wrapper, function)


def cache(user_function, /):
    """Keeps the result of every call."""
    return _cached(user_function, None, False)


class cached_property:
    """A property that is computed once and then is an attribute of the instance."""

    def __init__(self, func):
        self.func = func
        self.attrname = None
        self.__doc__ = func.__doc__

    def __set_name__(self, owner, name):
        if self.attrname is None:
            self.attrname = name
        elif name != self.attrname:
            raise TypeError("Cannot assign the same cached_property to two different names "
                            f"({self.attrname!r} and {name!r}).")

    def __get__(self, instance, owner=None):
        if instance is None:
            return self
        if self.attrname is None:
            raise TypeError("Cannot use cached_property instance without calling __set_name__ on it.")
        try:
            names = instance.__dict__
        except AttributeError:
            raise TypeError(f"No '__dict__' attribute on {type(instance).__name__!r} "
                            f"instance to cache {self.attrname!r} property.") from None
        value = names.get(self.attrname, _missing)
        if value is _missing:
            value = self.func(instance)
            names[self.attrname] = value
        return value


def singledispatch(func):
    """Makes a function choose its implementation by the class of its first argument."""
    registry = {object: func}

    def dispatch(cls):
        for base in cls.__mro__:
            if base in registry:
                return registry[base]
        return func

    def register(cls, func=None):
        if func is None:
            if isinstance(cls, type):
                return lambda function: register(cls, function)
            func = cls
            hints = getattr(func, "__annotations__", {})
            if not hints:
                raise TypeError(f"Invalid first argument to `register()`: {cls!r}. Use either `@register(some_class)` "
                                f"or plain `@register` on an annotated function.")
            cls = next(iter(hints.values()))
            if not isinstance(cls, type):
                raise TypeError(f"Invalid annotation for {next(iter(hints))!r}. {cls!r} is not a class.")
        registry[cls] = func
        return func

    name = getattr(func, "__name__", "singledispatch function")

    def wrapper(*args, **kw):
        if not args:
            raise TypeError(f"{name} requires at least 1 positional argument")
        return dispatch(args[0].__class__)(*args, **kw)

    wrapper.register = register
    wrapper.dispatch = dispatch
    wrapper.registry = registry
    return update_wrapper(wrapper, func)
