import atexit
import sys


@atexit.register
def first():
    print("first registered, last called", name)


def failing(*args, **kwargs):
    print("failing", args, kwargs)
    raise ValueError("at exit")


def unregistered():
    print("never")


print(atexit.register(failing, 1, x=2) is failing, first.__name__)
atexit.register(unregistered)
atexit.register(unregistered)
atexit.unregister(unregistered)
atexit.register(lambda: atexit.register(print, "too late"))
atexit.register(sys.exit, 3)
for wrong in (lambda: atexit.register(), lambda: atexit.register(3)):
    try:
        wrong()
    except TypeError as error:
        print("TypeError", "callable" in str(error) or "at least 1 argument" in str(error) or "missing" in str(error))


name = "globals are there"
sys.unraisablehook = lambda args: print("unraisable", args.exc_type.__name__, args.exc_value, args.err_msg)
print("end of main")
