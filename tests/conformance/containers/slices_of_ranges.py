# Slices of ranges, slice.indices, range.index and range.count.
class Index:
    def __init__(self, value):
        self.value = value

    def __index__(self):
        print("index", self.value)
        return self.value


def show(function, *args):
    try:
        print(function(*args))
    except Exception as error:
        print(type(error).__name__, error)


bounds = (None, 0, 2, -3, 20, -20, 2 ** 70)
for numbers in (range(10), range(50, 5, -7), range(2 ** 70), range(0)):
    for start in bounds:
        print(numbers, [numbers[start:stop:step] for stop in bounds for step in (None, 3, -1, -2 ** 70)])
for start in bounds:
    print([slice(start, stop, step).indices(length) for stop in bounds for step in (1, -2) for length in (0, 9, 2 ** 70)])
show(slice(Index(1), Index(5), Index(2)).indices, Index(9))
show(lambda: range(9)[Index(2):])
for wrong in ("a", 1.5):
    show(slice(wrong).indices, 5)
    show(slice(1).indices, wrong)
    show(lambda: range(5)[::wrong])
show(slice(1).indices, -1)
show(slice(None, None, 0).indices, 3)
for value in (5, 12, 13, -1, True, 5.0, "a", 2 ** 70):
    show(range(5, 50, 7).index, value)
    show(range(5, 50, 7).count, value)
    show(range(2 ** 70 - 70, 2 ** 70 + 7, 7).__contains__, value)
