print(1, 2, 3, sep="-", end="!\n")
print()
print("a", end="")
print("b", sep="x")
print(*[1, 2], sep="\n")
print("x", None, [1, "a"], sep=None, end=None)
import sys
print("to stdout", file=sys.stdout, flush=True)
for kw in ({"sep": 1}, {"end": 2}, {"bad": 1}):
    try:
        print("x", **kw)
    except TypeError as e:
        print(e)
