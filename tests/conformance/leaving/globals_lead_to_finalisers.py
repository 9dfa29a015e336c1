import sys
log = []
total = 0
def say(text):
    global total
    total += 1
    log.append(text)
    print(text, total, len(log))
class A:
    def __init__(self, n): self.n = n
    def __del__(self): say(f"del {self.n}")
a = A(1)
b = [A(2), A(3)]
c = A("cycle"); c.me = c
d = A(4)
shared = A(5)
e = [shared]
f = [shared]
g = (lambda x: lambda: x)(A("closure"))
def gen():
    try: yield 1
    finally: say("gen closed")
h = gen(); next(h)
class K:
    inst = A("class attribute")
x = A("garbage"); x.me = x; del x
h2 = A("late")
sys.kept = A("sys attr")
