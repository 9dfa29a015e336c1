class Tree:
    def __init__(self, v, l=None, r=None): self.v, self.l, self.r = v, l, r
    def __iter__(self):
        if self.l: yield from self.l
        yield self.v
        if self.r: yield from self.r
print(list(Tree(2, Tree(1), Tree(4, Tree(3)))))
def outer():
    seen = []
    def gen():
        nonlocal seen
        for i in range(3):
            seen = seen + [i]
            yield lambda: (i, seen)
    fs = list(gen())
    return [f() for f in fs]
print(outer())
def exc():
    try:
        1 / 0
    except ZeroDivisionError as e:
        yield str(e)
        try:
            raise
        except ZeroDivisionError:
            yield "reraised"
print(list(exc()))
