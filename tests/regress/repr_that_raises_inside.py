# The text built so far goes when a repr in the middle raises.
class Bad:
    def __repr__(self):
        raise ValueError("no text")


def attempt(make):
    try:
        print(make())
    except ValueError as error:
        print(type(error).__name__, error)


attempt(lambda: repr([1, "long enough to need a text of its own", Bad()]))
attempt(lambda: repr((1, Bad())))
attempt(lambda: repr({"key": Bad()}))
attempt(lambda: repr({Bad(): 1}))
attempt(lambda: repr({"value", Bad()}))
attempt(lambda: repr(ValueError("first", Bad())))
attempt(lambda: str(ValueError(Bad())))
attempt(lambda: repr(slice(1, Bad(), 3)))
attempt(lambda: "%s and then %r" % ("text", Bad()))
attempt(lambda: "{} and then {!r}".format("text", Bad()))
attempt(lambda: f"text {'more'} {Bad()!r}")
attempt(lambda: repr({"key": Bad()}.items()))
attempt(lambda: repr({"key": Bad()}.values()))
attempt(lambda: "".join(map(repr, ["text", Bad()])))
