# A finaliser reads and changes the very container whose item is being replaced or removed.
log = []


class Node:
    def __init__(self, name, act):
        self.name = name
        self.act = act

    def __del__(self):
        self.act()


def look():
    log.append((len(items), len(table), len(members)))


def grow():
    for number in range(50):
        items.append(number)
        table[number] = number
        members.add(number)


def empty():
    items.clear()
    table.clear()
    members.clear()


def run(title, change, act):
    global items, table, members
    items = [Node("a", act), 1, Node("b", act), 2]
    table = {"x": Node("c", act), "y": 3, "z": Node("d", act)}
    members = {Node("e", act), 4}
    log.clear()
    try:
        change()
    except (IndexError, KeyError) as error:
        log.append(type(error).__name__)
    print(title, act.__name__, log, len(items), len(table), len(members))
    items, table, members = [], {}, set()


def set_item():
    items[0] = 5
    table["x"] = 5


def set_slice():
    items[0:3] = [7, 8]


def set_steps():
    items[::2] = [7, 8]


def delete():
    del items[0]
    del table["x"]


def delete_slice():
    del items[::2]


def clear():
    items.clear()
    table.clear()
    members.clear()


def pop():
    items.pop(0)
    table.pop("x")
    table.popitem()


def update():
    table.update(x=1, z=2)


for change in set_item, set_slice, set_steps, delete, delete_slice, clear, pop, update:
    for act in look, grow, empty:
        run(change.__name__, change, act)


class Holder:
    pass


class Nosy:
    def __del__(self):
        log.append(sorted(holder.__dict__))
        holder.other = 1


holder = Holder()
log.clear()
holder.item = Nosy()
holder.item = 2
holder.item = Nosy()
del holder.item
print(log, sorted(holder.__dict__))
