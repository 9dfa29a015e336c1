def show(x):
    print("eval", repr(x))
    return x
print(show(0) or show("") or show("last"))
print(show(1) and show([]) and show("never"))
print(not show(0), not not show("x"))
print(show(0) and show(1) or show(2))
print("yes" if show(1) and not show(0) else "no")
