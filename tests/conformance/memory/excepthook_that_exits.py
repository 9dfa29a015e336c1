import sys


def hook(kind, value, trace):
    print("bye")
    sys.exit(5)


sys.excepthook = hook
raise ValueError("uncaught")
