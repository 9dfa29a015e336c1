class R:
    def __repr__(self): return "<R>"
class S:
    def __str__(self): return "S!"
    def __repr__(self): return "repr S"
class Bad:
    def __str__(self): return 5
    def __repr__(self): return None
print(R(), [R()], str(R()), f"{R()} {R()!r}", "%s %r" % (S(), S()), {1: S()}, (S(),))
for f in (str, repr):
    try:
        f(Bad())
    except TypeError as e:
        print(e)
class E(Exception):
    pass
print(E, R, type(R), int, type(None), [int, str])
