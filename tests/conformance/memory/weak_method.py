import weakref


class Node:
    def method(self, x=1):
        return ("method", x)

    def other(self):
        pass


node = Node()
print(weakref.ref(node.method)())
r = weakref.WeakMethod(node.method)
print(r()(5), r() == node.method, type(r()).__name__, r == weakref.WeakMethod(node.method), hash(r) == hash(weakref.WeakMethod(node.method)))
print(r == weakref.WeakMethod(node.other), r != weakref.WeakMethod(node.other), r == weakref.ref(node), r == 3)
called = weakref.WeakMethod(node.method, lambda ref: print("callback", ref is called, ref()))
for wrong in (print, 3, Node.method):
    try:
        weakref.WeakMethod(wrong)
    except TypeError as error:
        print(error)
del node
print(r(), called(), r == called, r == r)

node = Node()
node.function = lambda self: "own"


class Bound:
    pass


def function(self):
    return "f"


Bound.function = function
bound = Bound()
r = weakref.WeakMethod(bound.function, lambda ref: print("function gone"))
del function
print(r()())
del Bound.function
print(r())
