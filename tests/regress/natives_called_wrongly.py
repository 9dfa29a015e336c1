# What natives say about a wrong number of arguments and about keywords that they do not have.
import math


class Mine(list):
    pass


class Text(str):
    pass


def show(function, *args, **keywords):
    try:
        print(function(*args, **keywords))
    except TypeError as error:
        print(error)


show([].append)
show([].append, 1, 2)
show(Mine().append)
show(list.append, Mine())
show(Mine().clear, 1)
show(Text("a").lower, x=1)
show([].sort, 1)
show([].sort, 1, 2, 3)
show(sorted)
show(sorted, [1], 2)
show(math.sqrt)
show(math.sqrt, 1, 2)
show(math.log)
show(math.log, x=1)
show("a".find)
show("a".find, 1, 2, 3, 4)
show("a".find, x=1)
show("a".expandtabs, 1, x=1)
show({1}.union, x=1)
show(dict.fromkeys)
show(str.maketrans)
show(slice)
show(slice, x=1)
show(range, 1, 2, 3, 4)
show(staticmethod)
show(staticmethod, x=1)
show(super, 1, 2, 3)
show(filter, 1)
show(reversed, x=1)
show(pow, x=1)
show(pow, 1, x=1)
show(round, 1, 2, 3)
show(round, 1, number=2)
show(sum, x=1)
show(min)
show(min, x=1)
show(zip, x=1)
show(enumerate)
show(type, 1, x=1)
show(ValueError, x=1)
show(len)
show(len, 1, 2)
show(int.from_bytes)
show((5).to_bytes, 1, "big", 3)
show(object().__format__, None)
show(slice.start.__get__, 5)
