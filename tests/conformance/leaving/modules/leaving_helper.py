class Logged:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        note(self.name)


def note(text):
    print("note", text, prefix)


prefix = "from the module"
own = Logged("module's own")
