from contextlib import AbstractContextManager, ExitStack, closing, contextmanager, nullcontext, suppress


class Own(AbstractContextManager):
    def __exit__(self, *details):
        return None


class Lacking(AbstractContextManager):
    pass


class Duck:
    def __enter__(self):
        return 1

    def __exit__(self, *details):
        return False


class Half:
    def __enter__(self):
        return 1


class Refused(Duck):
    __exit__ = None


class Initialised(Own):
    def __init__(self, a, *, b):
        self.values = a, b


for kind in (AbstractContextManager, Lacking):
    try:
        kind()
    except TypeError as error:
        print(error)
print([isinstance(x, AbstractContextManager) for x in (Own(), Duck(), Half(), 3, nullcontext(), closing(3), Refused())])
print([issubclass(x, AbstractContextManager) for x in (Own, Duck, Half, int, ExitStack, suppress, Lacking, Refused)])
print(isinstance(Duck(), Own), issubclass(Duck, Own), isinstance(Duck(), (int, AbstractContextManager)))
print(Initialised(1, b=2).values, contextmanager(lambda: iter(()))().__class__.__mro__[-1])
try:
    Own(3)
except TypeError as error:
    print(error)
with Own() as own:
    print(type(own).__name__, super(Own, own).__exit__(None, None, None))
