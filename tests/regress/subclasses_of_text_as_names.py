# Where a str, tuple or dict is wanted, an instance of a subclass will do.
class Text(str):
    pass


class Row(tuple):
    pass


class Table(dict):
    pass


class Plain:
    pass


def generate():
    yield 1


error = ValueError(1)
error.add_note(Text("a note"))
print(error.__notes__)
generate.__name__ = Text("other")
generate.__defaults__ = Row()
print(generate.__name__ == "other", generate.__defaults__)
generator = generate()
generator.__qualname__ = Text("one.more")
print(repr(generator).split(" at")[0])
Plain.__name__ = Text("Renamed")
Plain.__qualname__ = Text("Renamed")
print(Plain.__name__ == "Renamed", Plain)
made = type(Text("Made"), Row((Plain,)), Table(x=1))
print(made, made.x, made.__bases__)
with open(Text("/dev/null"), Text("r"), encoding=Text("utf-8")) as file:
    print(file.read() == "")
print("%(a)s" % Table(a=1), "%s-%s" % Row((1, 2)))
print("ab".__rmod__(b"%s"), b"ab".__rmod__("%s"), "a".__eq__(b"a"), [1].__eq__((1,)))
