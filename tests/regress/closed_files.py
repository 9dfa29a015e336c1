# Text and binary files say in their own words that they are closed.
import sys

for mode in "rb", "r", "wb", "w":
    name = "/dev/null"
    file = open(name, mode)
    file.close()
    item = b"x" if "b" in mode else "x"
    for method, args in [("read", ()), ("readline", ()), ("readlines", ()), ("write", (item,)), ("writelines", ([],)),
                         ("seek", (0,)), ("tell", ()), ("flush", ()), ("fileno", ()), ("isatty", ()), ("readable", ()),
                         ("writable", ()), ("seekable", ()), ("__enter__", ()), ("__next__", ()), ("close", ())]:
        try:
            print(mode, method, getattr(file, method)(*args))
        except ValueError as error:
            print(mode, method, error)
        except OSError as error:
            print(mode, method, error)
