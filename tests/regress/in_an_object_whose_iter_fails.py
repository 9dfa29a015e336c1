# `in` says that the object is not iterable, whatever TypeError its __iter__ raised; other errors come through.
class Bad:
    def __init__(self, error):
        self.error = error

    def __iter__(self):
        raise self.error


class Wrong:
    def __iter__(self):
        return 5


for container in (Bad(TypeError("mine")), Bad(ValueError("mine")), Wrong(), 7, Bad):
    try:
        print(1 in container)
    except Exception as error:
        print(type(error).__name__, error, error.__context__)
