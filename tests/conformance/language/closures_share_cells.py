def counter():
    n = 0
    def up():
        nonlocal n
        n += 1
        return n
    def get():
        return n
    return up, get
up, get = counter()
up(); up()
print(get(), up(), get())
up2, get2 = counter()
print(get2())
def outer():
    x = 1
    def mid():
        def inner():
            nonlocal x
            x *= 2
            return x
        return inner
    f = mid()
    f()
    return x, f()
print(outer())
