class T:
    def __init__(self, n): self.n = n
    def __del__(self): print("del", self.n)
def inner():
    a = T("inner")
    1 / 0
def outer():
    b = T("outer")
    try:
        inner()
    finally:
        print("finally")
try:
    outer()
except ZeroDivisionError:
    print("handler")
print("done")
class E(Exception):
    def __del__(self): print("del E")
try:
    raise E
except E:
    print("caught")
print("end")
