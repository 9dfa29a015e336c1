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
for encoding in ("utf-8", "UTF8", None, 5, b"utf-8", "nosuch"):
    show(path, encoding=encoding)
    show(path, "rb", encoding=encoding)
for name in (None, 1.5, [], object()):
    show(name, 5)
    show(name, encoding=5)
show([])
show(None)
for keywords in (dict(mode="rb", errors="strict"), dict(mode="rb", newline=""), dict(mode="r", buffering=0), dict(newline="q"),
                 dict(closefd=False), dict(closefd=0), dict(buffering="a"), dict(buffering=1.5), dict(buffering=None),
                 dict(encoding="utf-8", errors="strict", newline=None, closefd=True, opener=None), dict(errors=5), dict(newline=5),
                 dict(errors="a\0b"), dict(buffering=4096), dict(mode="rb+", buffering=-1)):
    show(path, **keywords)
show("/nonexistent", "r", -1, None, None, None, False)

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
