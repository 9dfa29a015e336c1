# A container that is its own operand.
def fresh():
    return [[1], [2], [3]], {1: [1], 2: [2]}, {1, 2, 3}, (1, [2])


for use in (
    lambda: items.extend(items), lambda: items.__iadd__(items), lambda: items.__setitem__(slice(None), items),
    lambda: items.__setitem__(slice(1, 2), items), lambda: items.__setitem__(slice(None, None, -1), items),
    lambda: items.__setitem__(slice(0, 0), items), lambda: items.__setitem__(slice(None), reversed(items)),
    lambda: items.__setitem__(slice(None, None, 2), items[:2]), lambda: items.insert(1, items),
    lambda: items.extend(iter(items[:2])), lambda: items.__imul__(3), lambda: items.append(items),
    lambda: items.__setitem__(slice(1, None), (x for x in items)), lambda: items.sort(key=lambda x: -items.count(x)),
    lambda: table.update(table), lambda: table.__ior__(table), lambda: table.update(table.items()),
    lambda: table.__setitem__(1, table), lambda: dict(table, **{"x": table}),
    lambda: members.update(members), lambda: members.difference_update(members), lambda: members.__ixor__(members),
    lambda: members.__iand__(members), lambda: members.symmetric_difference_update(members), lambda: members.__isub__(members),
    lambda: members.update(members, members), lambda: members.intersection_update(members, members),
    lambda: pair.__add__(pair), lambda: pair[1].extend(pair), lambda: pair[1].append(pair),
    lambda: list.__init__(items, items), lambda: dict.__init__(table, table), lambda: set.__init__(members, members),
    lambda: items.__init__(x for x in items), lambda: items.remove(items[-1]),
):
    items, table, members, pair = fresh()
    try:
        use()
    except (ValueError, TypeError, RuntimeError) as error:
        print(error)
    print(items, table, members, pair)
items = [1, 2, 3]
items[0], items[1], items = items, items[0], items[2]
print(items)
items = items_too = [1, 2]
items += items_too
items *= 2
print(items is items_too, items)
items[:], items_too = items_too[:2], items
print(items, items_too)
