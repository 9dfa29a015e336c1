import sys
class A(Exception): pass
class B(A): pass
for exc in (A("a"), B("b"), ValueError("v"), KeyError("k"), OSError(2, "none")):
    try:
        raise exc
    except B as e:
        print("B", e)
    except (A, ValueError) as e:
        print("A or ValueError", e)
    except LookupError as e:
        print("lookup", e)
    except:
        print("bare", sys.exc_info()[0].__name__)
try:
    try:
        raise A
    except 5:
        pass
except TypeError as e:
    print(e)
try:
    e
except NameError as x:
    print(x)
