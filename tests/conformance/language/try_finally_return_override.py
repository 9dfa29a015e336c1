def a():
    try:
        return "try"
    finally:
        print("finally a")
def b():
    try:
        return "try"
    finally:
        return "finally"
def c():
    try:
        raise ValueError
    finally:
        return "swallowed"
def d():
    for i in range(3):
        try:
            return i
        finally:
            continue
    return "end"
def e():
    while True:
        try:
            1 / 0
        finally:
            break
    return "broke"
def f():
    x = 1
    try:
        return x
    finally:
        x = 2
print(a(), b(), c(), d(), e(), f())
