"""The weak dictionaries of weakref."""
from _weakref import ref
from _weakrefset import _Container


class KeyedRef(ref):
    """A reference that knows the key under which a WeakValueDictionary has it."""

    __slots__ = ("key",)

    def __new__(cls, ob, callback, key):
        self = ref.__new__(cls, ob, callback)
        self.key = key
        return self

    def __init__(self, ob, callback, key):
        super().__init__(ob, callback)


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

    __module__ = "weakref"

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

    __module__ = "weakref"

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
