# A failing attribute store inside `try` lost the exception on the way to the handler.
class P:
    __slots__ = ("x",)
try:
    P().z = 1
except AttributeError as e:
    print(e)
