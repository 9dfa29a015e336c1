# What would need more memory than there is raises MemoryError or OverflowError and leaves everything as it was; the program
# goes on, its blocks are left and its finalisers run.
class Block:
    def __enter__(self):
        return self

    def __exit__(self, kind, value, traceback):
        print("exit", kind.__name__)


class Final:
    def __del__(self):
        print("del")


class Liar:
    def __init__(self, length):
        self.length = length

    def __length_hint__(self):
        return self.length

    def __iter__(self):
        return iter([7, 8])


items, pair, text, data = [1, [2], "three"], (1, [2]), "text", b"data"
huge = 1 << 61


def multiply():
    global items
    items *= huge


for name, use in {
    "list *": lambda: items * huge,
    "list *=": multiply,
    "tuple *": lambda: pair * huge,
    "str *": lambda: text * huge,
    "bytes *": lambda: data * huge,
    "bytes": lambda: bytes(huge),
    "list of None": lambda: [None] * huge,
    "rjust": lambda: text.rjust(huge),
    "format": lambda: f"{text:>{huge}}",
    "shift": lambda: 1 << huge,
}.items():
    final = []
    try:
        with Block():
            final = [Final()]
            use()
    except (MemoryError, OverflowError) as error:
        print(name, type(error).__name__, items, pair, text, data)
    del final[:]
items.append(4)
items.extend(Liar(5))
print(items)
