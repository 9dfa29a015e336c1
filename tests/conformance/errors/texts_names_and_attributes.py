class A:
    def m(self): pass
def f(): pass
def nonlocal_use():
    print(zzz)
    zzz = 1
for call in (lambda: undefined, nonlocal_use, lambda: A().x, lambda: A.x, lambda: None.x, lambda: (5).x, lambda: "s".x,
             lambda: [].x, lambda: {}.x, lambda: f.x, lambda: A().m.x, lambda: len.x, lambda: setattr(5, "x", 1),
             lambda: setattr(object(), "x", 1), lambda: delattr(A(), "x"), lambda: setattr(int, "x", 1), lambda: getattr(1, 2)):
    try:
        call()
    except Exception as e:
        print(type(e).__name__, e)
