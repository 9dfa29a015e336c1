class U:
    def __neg__(self): return "neg"
    def __pos__(self): return "pos"
    def __invert__(self): return "inv"
    def __abs__(self): return "abs"
    def __int__(self): return 7
    def __float__(self): return 7.5
    def __index__(self): return 2
    def __round__(self, n=None): return ("round", n)
    def __bool__(self): return False
    def __format__(self, spec): return f"<{spec}>"
    def __str__(self): return "str"
    def __hash__(self): return 99
u = U()
print(-u, +u, ~u, abs(u), int(u), float(u), [1, 2, 3][u], round(u), round(u, 2), bool(u), f"{u:abc}", str(u), hash(u), hex(u), "x" * u, range(u))
for f in (lambda: -object(), lambda: ~"a", lambda: +[], lambda: -None):
    try:
        f()
    except TypeError as e:
        print(e)
