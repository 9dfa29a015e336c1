# Deleting what can only be set is an error, not a crash.
def function():
    pass


class Plain:
    pass


def delete(what, *names):
    for name in names:
        try:
            delattr(what, name)
            print("deleted", name)
        except Exception as error:
            print(type(error).__name__, error)


delete(function, "__name__", "__qualname__", "__dict__", "__defaults__", "__kwdefaults__", "__annotations__")
delete(ValueError(), "args", "__traceback__", "__cause__", "__context__", "__suppress_context__")
