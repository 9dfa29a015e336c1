"""Helpers for with statements."""
import sys
from functools import wraps

__all__ = ["contextmanager", "closing", "nullcontext", "AbstractContextManager", "ContextDecorator", "ExitStack",
           "redirect_stdout", "redirect_stderr", "suppress"]


class AbstractContextManager:
    """A base of context managers: __enter__ returns self, __exit__ lets exceptions pass and has to be replaced."""

    def __new__(cls, *args, **kwargs):
        if cls.__exit__ is AbstractContextManager.__exit__:
            raise TypeError(f"Can't instantiate abstract class {cls.__name__} with abstract method __exit__")
        if (args or kwargs) and cls.__init__ is object.__init__:
            raise TypeError(f"{cls.__name__}() takes no arguments")
        return super().__new__(cls)

    def __virtual_subclass__(cls):
        for name in ("__enter__", "__exit__"):
            for base in cls.__mro__:
                if name in base.__dict__:
                    break
            else:
                return False
            if base.__dict__[name] is None:
                return False
        return True

    def __enter__(self):
        return self

    def __exit__(self, exc_type, exc_value, traceback):
        return None


class ContextDecorator:
    """A base of context managers that can be used as decorators of functions as well."""

    def _recreate_cm(self):
        return self

    def __call__(self, func):
        @wraps(func)
        def inner(*args, **kwds):
            with self._recreate_cm():
                return func(*args, **kwds)
        return inner


class _GeneratorContextManager(ContextDecorator, AbstractContextManager):
    """Runs a generator up to its yield, and from there to its end."""

    __new__ = object.__new__

    def __init__(self, func, args, kwds):
        self.gen = func(*args, **kwds)
        self.func, self.args, self.kwds = func, args, kwds
        doc = getattr(func, "__doc__", None)
        self.__doc__ = type(self).__doc__ if doc is None else doc

    def _recreate_cm(self):
        return self.__class__(self.func, self.args, self.kwds)

    def __enter__(self):
        # Only a decorator needs these: what the caller passed may die now.
        del self.args, self.kwds, self.func
        try:
            return next(self.gen)
        except StopIteration:
            raise RuntimeError("generator didn't yield") from None

    def __exit__(self, typ, value, traceback):
        if typ is None:
            try:
                next(self.gen)
            except StopIteration:
                return False
            raise RuntimeError("generator didn't stop")
        if value is None:
            value = typ()
        try:
            if traceback is value.__traceback__:
                self.gen.throw(value)  # without a detour
            else:
                self.gen.throw(typ, value, traceback)
        except StopIteration as error:
            # The generator ended: the exception is swallowed, unless it is this very one.
            return error is not value
        except BaseException as error:
            if error is not value and not (
                    isinstance(error, RuntimeError) and isinstance(value, StopIteration) and error.__cause__ is value):
                raise
            error.__traceback__ = traceback
            return False
        raise RuntimeError("generator didn't stop after throw()")


def contextmanager(func):
    """Makes a function that returns context managers of a generator function with one yield."""
    @wraps(func)
    def helper(*args, **kwds):
        return _GeneratorContextManager(func, args, kwds)
    return helper


class closing(AbstractContextManager):
    """Closes the thing at the end of the block."""

    def __init__(self, thing):
        self.thing = thing

    def __enter__(self):
        return self.thing

    def __exit__(self, *exc_info):
        self.thing.close()


class _Redirect(AbstractContextManager):
    _stream = None

    def __init__(self, new_target):
        self._new_target = new_target
        self._old_targets = []

    def __enter__(self):
        self._old_targets.append(getattr(sys, self._stream))
        setattr(sys, self._stream, self._new_target)
        return self._new_target

    def __exit__(self, exctype, excinst, exctb):
        setattr(sys, self._stream, self._old_targets.pop())


class redirect_stdout(_Redirect):
    """What is printed in the block goes to another file."""

    _stream = "stdout"


class redirect_stderr(_Redirect):
    """What is written to sys.stderr in the block goes to another file."""

    _stream = "stderr"


class suppress(AbstractContextManager):
    """Ends the block silently when one of these exceptions is raised."""

    def __init__(self, *exceptions):
        self._exceptions = exceptions

    def __enter__(self):
        pass

    def __exit__(self, exctype, excinst, exctb):
        return exctype is not None and issubclass(exctype, self._exceptions)


class nullcontext(AbstractContextManager):
    """Does nothing; `as` gives the value."""

    def __init__(self, enter_result=None):
        self.enter_result = enter_result

    def __enter__(self):
        return self.enter_result

    def __exit__(self, *excinfo):
        pass


class _Bound:
    """A method of a context manager, looked up on its class."""

    __slots__ = ("__self__", "__func__")

    def __init__(self, func, owner):
        self.__func__ = func
        self.__self__ = owner

    def __call__(self, *details):
        return self.__func__(self.__self__, *details)


class ExitStack(AbstractContextManager):
    """A stack of things to do at the end of the block, the last pushed first."""

    def __init__(self):
        self._exit_callbacks = []

    def pop_all(self):
        """Moves everything to a new stack."""
        new = type(self)()
        new._exit_callbacks = self._exit_callbacks
        self._exit_callbacks = []
        return new

    def push(self, exit):
        """Pushes a context manager's __exit__, or a function that is called like one."""
        method = getattr(type(exit), "__exit__", None)
        self._exit_callbacks.append(exit if method is None else _bind(method, exit))
        return exit

    def enter_context(self, cm):
        """Enters a context manager; the stack will exit it."""
        cls = type(cm)
        try:
            enter, leave = cls.__enter__, cls.__exit__
        except AttributeError:
            raise TypeError(f"'{cls.__module__}.{cls.__qualname__}' object does "
                            f"not support the context manager protocol") from None
        result = enter(cm)
        self._exit_callbacks.append(_bind(leave, cm))
        return result

    def callback(self, callback, /, *args, **kwds):
        """Pushes a function that is called with these arguments and swallows nothing."""
        def leave(exc_type, exc, tb):
            callback(*args, **kwds)
        leave.__wrapped__ = callback
        self._exit_callbacks.append(leave)
        return callback

    def close(self):
        """Does it all now."""
        self.__exit__(None, None, None)

    def __exit__(self, *details):
        received = details[0] is not None
        outside = sys.exc_info()[1]
        suppressed = raising = False
        while self._exit_callbacks:
            leave = self._exit_callbacks.pop()
            try:
                if leave(*details):
                    suppressed = True
                    raising = False
                    details = (None, None, None)
            except:
                error = sys.exc_info()
                _chain(error[1], details[1], outside)
                raising = True
                details = error
        if raising:
            # `raise` sets the context to what is handled out there: put back what was found.
            context = details[1].__context__
            try:
                raise details[1]
            except BaseException:
                details[1].__context__ = context
                raise
        return received and suppressed


def _bind(method, owner):
    return _Bound(method, owner)


def _chain(new, old, outside):
    """Makes `old` the context of `new` where nested with statements would: at the end of its chain."""
    while True:
        context = new.__context__
        if context is None or context is old:
            return
        if context is outside:
            break
        new = context
    new.__context__ = old
