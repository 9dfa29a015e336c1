import warnings


def deprecated():
    warnings.warn("old", DeprecationWarning, stacklevel=2)


with warnings.catch_warnings(record=True) as log:
    warnings.simplefilter("always")
    warnings.warn("first")
    deprecated()
    warnings.warn(RuntimeWarning("an instance"))
    deprecated()
print([(str(w.message), w.category.__name__, w.lineno) for w in log])
for action in ("default", "once", "module", "ignore", "always"):
    with warnings.catch_warnings(record=True) as log:
        warnings.simplefilter(action)
        for i in range(3):
            warnings.warn("again")
        warnings.warn("again")
    print(action, len(log))
with warnings.catch_warnings():
    warnings.simplefilter("error")
    try:
        warnings.warn("raised", UserWarning)
    except UserWarning as error:
        print("raised", error)
with warnings.catch_warnings(record=True) as log:
    warnings.resetwarnings()
    warnings.filterwarnings("ignore", message="uninteresting", category=UserWarning)
    warnings.filterwarnings("error", message=".*bad", append=True)
    warnings.warn("Uninteresting thing")
    warnings.warn("other")
    try:
        warnings.warn("this is bad")
    except UserWarning as error:
        print("error", error)
print([str(w.message) for w in log], len(warnings.filters) > 0)
print(repr(warnings.formatwarning("text", UserWarning, "nofile.py", 3)), repr(warnings.formatwarning("t", UserWarning, "f", 3, " line ")))
shown = []
original = warnings.showwarning
warnings.showwarning = lambda message, category, filename, lineno, file=None, line=None: shown.append((str(message), lineno))
warnings.warn("through showwarning")
warnings.showwarning = original
print(shown)
for wrong in (lambda: warnings.warn("x", int), lambda: warnings.warn("x", 3), lambda: warnings.simplefilter("nothing")):
    try:
        wrong()
    except (TypeError, AssertionError) as error:
        print(type(error).__name__, error)
with warnings.catch_warnings(record=True) as log:
    warnings.simplefilter("always")
    warnings.warn_explicit("explicit", UserWarning, "somewhere.py", 7)
print(log[0].filename, log[0].lineno, log[0].category.__name__)
manager = warnings.catch_warnings()
print(repr(manager))
for action in (lambda: manager.__exit__(), lambda: manager.__enter__(), lambda: manager.__enter__()):
    try:
        action()
    except RuntimeError as error:
        print(error)
manager.__exit__(None, None, None)
