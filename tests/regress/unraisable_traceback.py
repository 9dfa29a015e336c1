# What is reported without a traceback of its own has an entry for where it came up.
import sys
import weakref


def report(args):
    trace = args.exc_traceback
    print(type(args.exc_value).__name__, trace.tb_lineno, trace.tb_frame.f_code.co_name, trace.tb_next)


sys.unraisablehook = report


class A:
    __del__ = 5


class B:
    pass


def by_del():
    a = A()
    del a


def by_call():
    A()


def by_callback():
    b = B()
    r = weakref.ref(b, 7)
    del b


def stubborn():
    while True:
        try:
            yield 1
        except GeneratorExit:
            pass


def by_generator():
    it = stubborn()
    next(it)
    del it


for function in by_del, by_call, by_callback, by_generator:
    function()
A()
sys.unraisablehook = sys.__unraisablehook__
