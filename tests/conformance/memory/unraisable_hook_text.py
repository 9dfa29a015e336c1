import sys


class Function:
    def __init__(self, name):
        self.name = name

    def __repr__(self):
        if self.name is None:
            raise TypeError
        return self.name

    def __call__(self, *args):
        raise ValueError("called")


class Node:
    __del__ = Function("some function")


Node()
Node.__del__ = Function(None)
Node()


class Hook:
    def __repr__(self):
        return "my hook"

    def __call__(self, args):
        raise KeyError("hook failed")


Node.__del__ = Function("another function")
sys.unraisablehook = Hook()
Node()
sys.unraisablehook = None
Node()
del sys.unraisablehook
Node()
sys.unraisablehook = sys.__unraisablehook__
Node()
print("goes on", file=sys.stderr)
sys.exit(3)
