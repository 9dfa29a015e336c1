# __eq__ and __lt__ change the list that is being searched or compared.
class Evil:
    def __init__(self, act, answer=False):
        self.act = act
        self.answer = answer

    def __eq__(self, other):
        self.act()
        return self.answer

    def __lt__(self, other):
        self.act()
        return self.answer


def clear():
    items.clear()


def shrink():
    del items[1:]


def grow():
    if len(items) < 40:
        items.extend([[], "x"] * 5)


def replace():
    items[:] = [[number] for number in range(len(items))]


SEARCHES = {
    "index": lambda: items.index(wanted),
    "count": lambda: items.count(wanted),
    "remove": lambda: items.remove(wanted),
    "in": lambda: wanted in items,
    "eq": lambda: items == other,
    "ne": lambda: items != other,
    "lt": lambda: items < other,
    "reversed eq": lambda: other == items,
    "max": lambda: max(items),
    "tuple": lambda: (1, wanted) == (1, items),
}
for act in clear, shrink, grow, replace:
    for name, search in SEARCHES.items():
        items = [[number] for number in range(4)]
        items[1] = Evil(act)
        items[2] = Evil(act, True)
        wanted = [9]
        other = [[0], [1], [2], [3], [4]]
        try:
            result = search()
            if type(result) not in (bool, int):
                result = type(result).__name__
        except (ValueError, TypeError) as error:
            result = type(error).__name__
        print(act.__name__, name, result, len(items) if isinstance(items, list) else items)
