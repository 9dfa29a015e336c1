import sys
import weakref


class Node:
    def __init__(self, name):
        self.name = name


def hook(args):
    print("unraisable:", args.exc_type.__name__, args.exc_value, args.err_msg, args.object.__name__)


sys.unraisablehook = hook
node = Node("a")


def fails(ref):
    raise ValueError("from a callback")


def exits(ref):
    raise SystemExit(3)


refs = [weakref.ref(node, fails), weakref.ref(node, lambda ref: print("goes on")), weakref.ref(node, exits)]
del node
print("after")


# A pending exception survives a callback that raises and catches.
def noisy(ref):
    try:
        raise KeyError("inner")
    except KeyError:
        print("caught inside")


def raises():
    local = Node("b")
    global ref
    ref = weakref.ref(local, noisy)
    del local
    local = Node("c")
    ref = weakref.ref(local, noisy)
    raise RuntimeError("outer")


try:
    raises()
except RuntimeError as error:
    print("handled", error, ref().name)
print(ref())


# A dying object makes new references to a sibling that lives on.
class Owner:
    def __del__(self):
        global late
        late = weakref.ref(self.child, lambda ref: print("late callback"))


owner = Owner()
owner.child = Node("child")
del owner
print(late())
