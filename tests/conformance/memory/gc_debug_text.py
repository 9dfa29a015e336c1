import gc


class Node:
    pass


gc.disable()
gc.collect()
node = Node()
node.me = node
gc.set_debug(gc.DEBUG_STATS)
gc.collect()
print("nothing was found")
gc.set_debug(0)
