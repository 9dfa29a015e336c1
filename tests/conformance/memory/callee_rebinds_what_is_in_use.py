# What a call or operator works on is rebound by the call itself; the last reference is the operand.
class Node:
    def __init__(self, name):
        self.name = name

    def method(self):
        global shared
        shared = None
        holder.item = None
        cell_set()
        return self.name

    def __add__(self, other):
        self.method()
        return self.name + other.name

    def __getitem__(self, key):
        self.method()
        return self.name + key.name

    def __call__(self, *args):
        self.method()
        return self.name, args[0].name

    def __getattr__(self, name):
        self.method()
        return self.name + name

    def __iter__(self):
        self.method()
        yield self.name
        yield self.name

    def __eq__(self, other):
        self.method()
        return self.name == other.name

    def __contains__(self, item):
        self.method()
        return self.name == item.name

    def __bool__(self):
        self.method()
        return self.name == "node"

    def __enter__(self):
        self.method()
        return self.name

    def __exit__(self, *details):
        self.method()

    def __del__(self):
        deaths.append(self.name)


class Holder:
    pass


def make():
    global shared
    cell = Node("cell")
    shared = Node("node")
    holder.item = Node("item")

    def cell_set():
        nonlocal cell
        cell = None

    return cell_set, lambda use: use(cell)


holder, deaths = Holder(), []
USES = [
    lambda node: node.method(),
    lambda node: node + Node("right"),
    lambda node: node[Node("key")],
    lambda node: node(Node("argument")),
    lambda node: node.missing,
    lambda node: list(node),
    lambda node: node == Node("node"),
    lambda node: Node("x") in node,
    lambda node: bool(node),
    lambda node: f"{node.name}",
    lambda node: (node.method(), node.name),
]
for use in USES:
    cell_set, with_cell = make()
    print(use(shared), use(holder.item) if holder.item else None, sorted(deaths))
    deaths.clear()
    cell_set, with_cell = make()
    print(with_cell(use), sorted(deaths))
    deaths.clear()
cell_set, with_cell = make()
with shared as name:
    print(name, shared)
cell_set, with_cell = make()
print(shared.name + holder.item.method() + str(shared))
cell_set, with_cell = make()
for name in shared:
    print(name, shared)
