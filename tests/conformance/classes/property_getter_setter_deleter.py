class T:
    def __init__(self): self._c = 0
    @property
    def c(self):
        "doc of c"
        return self._c
    @c.setter
    def c(self, v):
        print("set", v)
        self._c = v
    @c.deleter
    def c(self):
        print("del")
        self._c = None
    @property
    def ro(self): return 1
t = T()
t.c = 5
t.c += 1
print(t.c)
del t.c
print(t.c, T.c.__doc__)
for f in (lambda: setattr(t, "ro", 1), lambda: delattr(t, "ro")):
    try:
        f()
    except AttributeError as e:
        print(e)
