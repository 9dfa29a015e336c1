# str.translate with tables of every kind.
class Upper(dict):
    def __missing__(self, point):
        return chr(point).upper()


class Table:
    def __getitem__(self, point):
        if point == 97:
            raise KeyError(point)
        if point == 98:
            return None
        return inner(point)


def inner(point):
    return [point + 1, "<>"][1 // (point - 99)] if point else b""


def show(text, table):
    try:
        print(ascii(text.translate(table)))
    except Exception as error:
        print(type(error).__name__, error)


for table in ({}, {97: "x", 98: None, 99: 100}, {97: 0x1f600}, {97: 1.5}, {97: -1}, {98: 0x110000}, {97: True}, Upper({97: "-"}),
              Table(), "zyx" * 40, [65] * 98, 5, str.maketrans("abc", "xyz"), str.maketrans({"a": "1", 98: "2"})):
    show("abacd", table)
show("", 5)
show("caf\xe9 \u20ac", {0xe9: "e", 0x20ac: "EUR"})

# The traceback of an error in the table leads to the code of the table.
try:
    "cc".translate(Table())
except ZeroDivisionError as error:
    trace = error.__traceback__
    while trace:
        print(trace.tb_frame.f_code.co_name)
        trace = trace.tb_next
