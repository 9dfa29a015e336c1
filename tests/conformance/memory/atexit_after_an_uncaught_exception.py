import atexit

atexit.register(print, "at exit")


def function():
    local = "held by the traceback"
    raise ValueError("uncaught")


class Fails:
    def __repr__(self):
        return "my callback"

    def __call__(self):
        raise KeyError("in a callback")


atexit.register(Fails())
function()
