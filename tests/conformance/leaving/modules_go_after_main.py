import sys

sys.path.insert(0, "modules")
import leaving_helper

mine = leaving_helper.Logged("main's")
late = [leaving_helper.Logged("in a list")]
sys.extra = leaving_helper.Logged("on sys")
ring = leaving_helper.Logged("ring")
ring.me = ring


def generator():
    with open("/dev/null") as f:
        try:
            yield f
        finally:
            print("closing", f.closed, leaving_helper.prefix)


suspended = generator()
next(suspended)
