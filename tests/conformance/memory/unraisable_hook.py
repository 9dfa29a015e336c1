import sys


class Node:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        raise ValueError("in del", self.name)


def hook(args):
    print(type(args).__name__, args.exc_type.__name__, args.exc_value.args, args.exc_traceback is args.exc_value.__traceback__,
          args.err_msg, args.object.__qualname__)
    print(tuple(args)[0] is ValueError, len(args), repr(args).startswith("UnraisableHookArgs(exc_type=<class 'ValueError'>, exc_value="))


sys.unraisablehook = hook
node = Node("a")
del node


def generator():
    try:
        yield
    finally:
        raise KeyError("cleanup")


sys.unraisablehook = lambda args: print(args.exc_type.__name__, args.err_msg, type(args.object).__name__)
g = generator()
next(g)
del g
try:
    try:
        raise RuntimeError("pending")
    finally:
        Node("b")
except RuntimeError as error:
    print("still", error, error.__context__)
print(sys.unraisablehook is sys.__unraisablehook__)
sys.unraisablehook = sys.__unraisablehook__
