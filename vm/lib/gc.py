"""The cycle collector. Objects do not move through generations: collect() always looks at all of them."""
import sys
import time
from _gc import (collect, get_referents, get_referrers, is_finalized, _debug, _enabled, _hook, _is_tracked, _live,
                 _objects)

DEBUG_STATS = 1
DEBUG_COLLECTABLE = 2
DEBUG_UNCOLLECTABLE = 4
DEBUG_SAVEALL = 32
DEBUG_LEAK = DEBUG_COLLECTABLE | DEBUG_UNCOLLECTABLE | DEBUG_SAVEALL

callbacks = []
garbage = []
_flags = 0
_on = _enabled(None)
_thresholds = (700, 10, 10)
_frozen = 0
_base = _live()
_started = 0.0
_stats = [[0, 0, 0], [0, 0, 0], [0, 0, 0]]


def enable():
    """Lets automatic collections run."""
    global _on
    _on = True
    _enabled(_thresholds[0] != 0)


def disable():
    """Stops automatic collections."""
    global _on
    _on = False
    _enabled(False)


def isenabled():
    """Do automatic collections run?"""
    return _on


def set_threshold(threshold0, *others):
    """Keeps three numbers; a first one of 0 stops automatic collections."""
    global _thresholds
    if len(others) > 2:
        raise TypeError(f"set_threshold() takes at most 3 arguments ({len(others) + 1} given)")
    numbers = (threshold0, *others)
    for number in numbers:
        if not hasattr(type(number), "__index__"):
            raise TypeError(f"'{type(number).__name__}' object cannot be interpreted as an integer")
    _thresholds = numbers + _thresholds[len(numbers):]
    _enabled(_on and threshold0 != 0)


def get_threshold():
    """These three numbers."""
    return _thresholds


def get_count():
    """How many objects more there are than after the last whole collection, and two zeros."""
    return (max(_live() - _base, 0), 0, 0)


def get_stats():
    """For each generation: how often it was collected and what was found."""
    return [{"collections": a, "collected": b, "uncollectable": c} for a, b, c in _stats]


def set_debug(flags, /):
    """Sets the DEBUG_ flags."""
    global _flags
    if not hasattr(type(flags), "__index__"):
        raise TypeError(f"'{type(flags).__name__}' object cannot be interpreted as an integer")
    _flags = flags
    _debug(bool(flags & DEBUG_COLLECTABLE), garbage if flags & DEBUG_SAVEALL else None)


def get_debug():
    """The DEBUG_ flags."""
    return _flags


def is_tracked(obj, /):
    """Can the object be part of a cycle? As in CPython, a dict of atoms cannot, nor can the empty tuple."""
    if type(obj) is dict:
        return any(map(_is_tracked, get_referents(obj)))
    return obj != () and _is_tracked(obj) if type(obj) is tuple else _is_tracked(obj)


def get_objects(generation=None):
    """All objects that can be part of cycles, whatever the generation."""
    if generation is not None:
        generation = range(generation).stop
        if generation > 2:
            raise ValueError("generation parameter must be less than the number of available generations (3)")
        if generation < -1:
            raise ValueError("generation parameter cannot be negative")
    return _objects()


def freeze():
    """Remembers how many objects there are. They are collected all the same."""
    global _frozen
    _frozen = _live()


def unfreeze():
    """Forgets that."""
    global _frozen
    _frozen = 0


def get_freeze_count():
    """The number that freeze() remembered."""
    return _frozen


def _event(phase, generation, collected):
    global _base, _started
    if phase == 0:
        _started = time.perf_counter()
    else:
        if phase == 1:  # counting takes time with the heap, young cycles should not
            _base = _live()
        _stats[generation][0] += 1
        _stats[generation][1] += collected
        if _flags & DEBUG_STATS:
            sys.stderr.write(f"gc: done, {collected} unreachable, 0 uncollectable, "
                             f"{time.perf_counter() - _started:.4f}s elapsed\n")
    if callbacks:
        info = {"generation": generation, "collected": collected, "uncollectable": 0}
        for callback in callbacks:
            try:
                callback("stop" if phase else "start", info)
            except BaseException as error:
                import _ouro
                _ouro.report(error, None, callback)
    if phase == 0 and _flags & DEBUG_STATS:
        sys.stderr.write(f"gc: collecting generation {generation}...\n"
                         f"gc: objects in each generation: 0 0 {_live()}\n"
                         f"gc: objects in permanent generation: {_frozen}\n")


_hook(_event)
