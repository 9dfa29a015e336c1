def f(n):
    return f(n + 1) + 1
try:
    f(0)
except RecursionError as e:
    print(type(e).__name__, str(e)[:32])
class C:
    def __repr__(self):
        return repr(self)
try:
    repr(C())
except RecursionError:
    print("repr")
def depth(n):
    return 0 if n == 0 else 1 + depth(n - 1)
print(depth(500))
