# When objects end: an object dies at once when its last reference goes away.


class MyResource:
    def __init__(self, name="resource"):
        self.name = name
        print("Resource initialized")

    def __del__(self):
        print("Resource deleted")


def explicit_del():
    """`del` removes the name; with it goes the last reference."""
    print("-- explicit del")
    resource = MyResource()
    del resource
    print("after del")


def scope_exit():
    """A local variable ends with the call of its function."""
    print("-- scope exit")
    resource = MyResource()
    print("using", resource.name)


def rebinding():
    """Giving a name a new value drops the old one."""
    print("-- rebinding")
    resource = MyResource("first")
    resource = MyResource("second")
    print("now", resource.name)


def two_references():
    """With a second reference, `del` of one name ends nothing."""
    print("-- two references")
    one = MyResource()
    two = one
    del one
    print("still alive as", two.name)


explicit_del()
scope_exit()
print("left the function")
rebinding()
two_references()
print("nothing is alive here")
