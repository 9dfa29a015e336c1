import sys


def hook(kind, value, trace):
    print("hook", kind.__name__, value, trace.tb_lineno, trace is value.__traceback__)


sys.excepthook = hook
print(sys.__excepthook__ is not hook)
raise ValueError("uncaught")
