x = 1
def f():
    global x, y
    x += 1
    y = "made"
f()
print(x, y)
def g():
    x = 10
    def h():
        global x
        x = 99
        return x
    return h(), x
print(g(), x)
def d():
    global y
    del y
d()
try:
    y
except NameError as e:
    print(e)
