"""The docstring of a script is its __doc__."""
import _documented

print(__doc__)
print(repr(_documented.__doc__))


class Inner:
    print(__doc__)


def local():
    return __doc__


print(local())
