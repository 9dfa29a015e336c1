"""Functions that run when the program ends."""
import sys

_callbacks = []


def register(func, /, *args, **kwargs):
    """Has func called with these arguments at exit, the last registered first. Returns func."""
    if not callable(func):
        raise TypeError("the first argument must be callable")
    _callbacks.append((func, args, kwargs))
    return func


def unregister(func, /):
    """Forgets a function, however often it was registered."""
    for at in range(len(_callbacks)):
        if _callbacks[at] is not None and _callbacks[at][0] == func:
            _callbacks[at] = None


def _clear():
    _callbacks.clear()


def _ncallbacks():
    return len(_callbacks)


def _run_exitfuncs():
    # What is registered meanwhile is dropped, as in CPython.
    at = len(_callbacks) - 1
    while at >= 0:
        callback = _callbacks[at] if at < len(_callbacks) else None
        if callback is not None:
            func, args, kwargs = callback
            try:
                func(*args, **kwargs)
            except BaseException as error:
                import _ouro
                _ouro.report(error, "Exception ignored in atexit callback", func)
        at -= 1
    func = callback = None
    _callbacks.clear()


sys._at_exit(_run_exitfuncs)
