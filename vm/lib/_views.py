"""The keys and the items of a dict as sets. Where an order of items shows, it is the reference's."""

VIEWS = type({}.keys()), type({}.items())


def compare(a, b, op):
    """By the number of the operator: < <= == != > >=."""
    if op > 3:
        a, b, op = b, a, op - 4
    n, m = len(a), len(b)
    fits = n < m if op == 0 else n <= m if op == 1 else n == m
    return (fits and contains_all(b, a)) != (op == 3)


def contains_all(container, items):
    for item in items:
        if item not in container:
            return False
    return True


def combined(update):
    def combine(a, b):
        result = set(a)
        update(result, b)
        return result

    return combine


difference = combined(set.difference_update)
union = combined(set.update)
symmetric_difference = combined(set.symmetric_difference_update)


def intersection(a, b):
    if type(a) not in VIEWS:
        a, b = b, a
    if type(b) is set and len(a) <= len(b):
        return b.intersection(a)
    if type(b) in VIEWS and len(b) > len(a):
        a, b = b, a
    result = set()
    for item in b:
        if item in a:
            result.add(item)
        del item  # before the next one comes
    return result


def isdisjoint(a, b):
    if a is b:
        return not a
    if type(b) in (*VIEWS, set, frozenset) and len(b) > len(a):
        a, b = b, a
    for item in b:
        if item in a:
            return False
        del item
    return True
