import _helper
import _helper as again
from _helper import value, double as twice
print(_helper.value, again is _helper, value, twice(4), _helper.__name__)
_helper.value = 99
print(value, again.value)
from _helper import *
print(triple(2), "_hidden" in globals())
