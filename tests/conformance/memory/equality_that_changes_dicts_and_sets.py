# __eq__ and __hash__ change the dict or set that is being searched.
class Key:
    def __init__(self, name, act=None):
        self.name = name
        self.act = act

    def __hash__(self):
        return 7

    def __eq__(self, other):
        act, self.act = self.act, None
        if act is not None:
            act()
        return self is other


def clear():
    table.clear()
    members.clear()


def grow():
    for number in range(1000):
        table[number] = number
        members.add(number)


def remove():
    for key in list(table):
        if isinstance(key, Key) and key.name == "b":
            del table[key]
    for key in list(members):
        if isinstance(key, Key) and key.name == "b":
            members.discard(key)


def replace():
    clear()
    for name in "bcd":
        table[Key(name)] = name
        members.add(Key(name))


SEARCHES = {
    "get": lambda: table.get(wanted, "none"),
    "in": lambda: (wanted in table, wanted in members),
    "set": lambda: table.__setitem__(wanted, "new"),
    "setdefault": lambda: table.setdefault(wanted, "new"),
    "pop": lambda: table.pop(wanted, "none"),
    "add": lambda: members.add(wanted),
    "discard": lambda: members.discard(wanted),
    "eq": lambda: (table == {wanted: 1, 2: 3, 4: 5}),
    "update": lambda: table.update({wanted: 1}),
    "issubset": lambda: members <= {wanted, 1, 2, 3, 4},
    "union": lambda: len(members | {wanted}),
    "difference": lambda: len({wanted} - members),
    "intersection": lambda: len({wanted} & members),
}
for act in clear, grow, remove, replace:
    for name, search in SEARCHES.items():
        table, members = {}, set()
        for key in (Key("a"), Key("b"), Key("c")):
            table[key] = key.name
            members.add(key)
        for key in list(table):
            if isinstance(key, Key) and key.name == "b":
                key.act = act
        wanted = Key("wanted")
        try:
            result = search()
        except (KeyError, RuntimeError) as error:
            result = type(error).__name__
        print(act.__name__, name, result, len(table), len(members))
