# Caches at one place of the program meet classes, functions and instances that die and whose places are taken again.
import gc


def make(number):
    class Local:
        kind = number

        def __init__(self, value):
            if number % 2:
                self.first = value
                self.second = number
            else:
                self.second = number
                self.first = value

        if number % 3:
            def method(self):
                return self.first + number
        else:
            @property
            def method(self):
                return lambda: self.first - number

        def __add__(self, other):
            return self.second * 2

        def __len__(self):
            return number % 5

    return Local


def use(local, value):
    thing = local(value)
    total = thing.first + thing.second + thing.method() + (thing + thing) + len(thing) + local.kind
    thing.second = value
    thing.third = value
    local.kind = 1
    return total + thing.second + thing.third + thing.kind


total = 0
kept = []
for number in range(1500):
    total += use(make(number), number)
    if number % 100 == 0:
        kept.append(make(number))
    if number % 50 == 0:
        gc.collect()
    if number % 70 == 0:
        for local in kept:
            local.method = lambda self, number=number: number
            total += use(local, 3)
            local.kind = property(lambda self: 5)
            total += local(4).kind
            local.kind = 7
functions = []
for number in range(300):
    def function(value, number=number):
        return value + number
    total += function(1)
    functions = [function, functions[:3]]
print(total)
