# What open() says of its arguments, and what the modes allow.
import sys


def show(*args, **keywords):
    try:
        with open(*args, **keywords) as file:
            print(args[1:], keywords, file.readable(), file.writable())
    except Exception as error:
        print(args[1:], keywords, type(error).__name__, error)


path = __file__
for mode in ("r", "rb", "rt", "r+", "+r", "r+b"):
    show(path, mode)
for mode in ("", "b", "+", "rw", "ra", "rr", "rbb", "r++", "rbt", "wax", "q", "U", "r\xe9", "x\0", 5, None):
    show(path, mode)
for encoding in ("utf-8", "UTF8", "ascii", None, 5, b"utf-8"):
    show(path, encoding=encoding)
    show(path, "rb", encoding=encoding)
for name in (None, 1.5, [], object()):
    show(name, 5)
    show(name, encoding=5)
show([])
show(None)

# input() wants three streams and a text.
class Lines:
    def __init__(self, line):
        self.line = line

    def readline(self):
        return self.line


real = sys.stdin
for line in ("text\n", "text", "\n", "", b"bytes\n", 5):
    sys.stdin = Lines(line)
    try:
        print(repr(input("> ")))
    except Exception as error:
        print(type(error).__name__, error)
for name in ("stdin", "stderr"):
    saved = getattr(sys, name)
    setattr(sys, name, None)
    try:
        input()
    except RuntimeError as error:
        print(error)
    setattr(sys, name, saved)
sys.stdin = real
