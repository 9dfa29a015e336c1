class C:
    def __del__(self): print("deleted")
def f():
    c = C()
    raise SystemExit(7)
f()
