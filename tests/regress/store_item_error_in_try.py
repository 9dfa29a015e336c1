# A failing item store inside `try` lost the exception on the way to the handler.
t = (1,)
try:
    t[0] = 1
except TypeError as e:
    print(e)
