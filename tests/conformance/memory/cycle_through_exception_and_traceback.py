import gc
gc.collect()
gc.disable()
class T:
    def __del__(self): print("del")
def f():
    t = T()
    try:
        raise ValueError("v")
    except ValueError as e:
        saved = e
    return "out"
print(f())
print("before")
gc.collect()
gc.disable()
print("after")
