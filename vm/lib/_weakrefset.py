"""What the weak containers have in common, and WeakSet."""
from _weakref import ref


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
