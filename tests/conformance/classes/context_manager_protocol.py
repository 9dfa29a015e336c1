class CM:
    def __init__(self, swallow): self.swallow = swallow
    def __enter__(self):
        print("enter")
        return "value"
    def __exit__(self, t, v, tb):
        print("exit", t and t.__name__, v, tb is not None)
        return self.swallow
with CM(False) as v:
    print(v)
with CM(True):
    raise ValueError("gone")
try:
    with CM(False):
        raise ValueError("kept")
except ValueError as e:
    print(e)
with CM(0) as a, CM(1) as b:
    print(a, b)
    1 / 0
for bad in (5, object()):
    try:
        with bad:
            pass
    except TypeError as e:
        print(e)
