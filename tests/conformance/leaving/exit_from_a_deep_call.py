# Locals die on the way out, then exit handlers run, last registered first, then the globals go.
import atexit
import sys


class Named:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("del", self.name, title)


title = "still here"
kept = Named("global")
ring = Named("ring")
ring.me = ring
atexit.register(print, "handler 1")


@atexit.register
def second():
    print("handler 2", kept.name)


def deep(n):
    local = Named(f"local {n}")
    if n == 0:
        sys.exit(5)
    try:
        deep(n - 1)
    finally:
        print("finally", n)


deep(2)
