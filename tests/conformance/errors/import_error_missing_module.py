try:
    import no_such_module_here
except ImportError as e:
    print(type(e).__name__, e)
try:
    from math import nothing_like_it
except ImportError as e:
    print(str(e).split(" (")[0])
import also_missing
