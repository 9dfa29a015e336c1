# __hash__ and __eq__ insert a thousand keys between the lookup and the insertion.
class Key:
    def __init__(self, number, act):
        self.number = number
        self.act = act

    def __hash__(self):
        if self.act == "hash":
            self.act = None
            grow()
        return self.number % 8

    def __eq__(self, other):
        if self.act == "eq":
            self.act = None
            grow()
        return isinstance(other, Key) and self.number == other.number


def grow():
    for number in range(1000):
        table[number * 8] = number
        members.add(number * 8)


for act in "hash", "eq":
    for size in 0, 1, 3, 5, 8, 30:
        table = {number * 8: number for number in range(size)}
        members = set(table)
        key = Key(size * 8, act)
        table[key] = "value"
        key.act = act
        members.add(key)
        print(act, size, len(table), len(members), table[key], table[Key(size * 8, None)], key in members)

table = {1: 2}
for change in (lambda: table.update({number: number for number in range(100)}), lambda: table.clear()):
    try:
        for key in table:
            change()
    except RuntimeError as error:
        print(error)
try:
    members = {1, 2}
    for key in members:
        members.add(key + 10)
except RuntimeError as error:
    print(error)
