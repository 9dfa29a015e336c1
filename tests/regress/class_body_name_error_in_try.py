# A failing name lookup in a class body inside `try` crashed.
class D:
    try:
        u = 1
        qq
    except NameError as e:
        u = str(e)
print(D.u)
