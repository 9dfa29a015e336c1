# Whatever consumes an iterator lets go of an item before it asks for the next one.
class Item:
    def __init__(self, number):
        self.number = number
        print("made", number)

    def __del__(self):
        print("gone", self.number)

    def __bool__(self):
        return False

    def __index__(self):
        return self.number

    def __lt__(self, other):
        return self.number < other.number

    def __gt__(self, other):
        return self.number > other.number


def items():
    return (Item(number) for number in range(3))


print(any(items()))
print(bytes(items()))
print(5 in items())
print({}.keys().isdisjoint(items()), {}.keys() & items())
print(set().issuperset([]), {1, 2}.difference(items()))
print(list(filter(None, items())), list(filter(lambda item: False, items())))
print(min(items()).number)
print(max(items(), key=lambda item: -item.number).number)
print(sum((item.number for item in items()), 10))
