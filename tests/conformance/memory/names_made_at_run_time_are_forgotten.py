# Interned strings and the shapes of instances go with their last user.
import gc
import sys


class Node:
    pass


def use(first):
    for number in range(first, first + 300):
        node = Node()
        setattr(node, f"name{number}", number)
        getattr(node, f"name{number}")
        node.__dict__[f"other{number}"] = 1
        sys.intern(f"interned {number}" * 2)
        locals_of = {f"key{number}": number}
        type(f"Class{number}", (Node,), {f"attribute{number}": number})().__dict__


gc.disable()
use(0)
use(1000)
gc.collect()
before = sys.getallocatedblocks()
for round in range(2, 6):
    use(round * 1000)
gc.collect()
print(sys.getallocatedblocks() - before < 1500)
