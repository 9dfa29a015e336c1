# An error in the middle of an expression: the temporaries that lie around it die once, each, before the handler.
class Node:
    count = 0

    def __init__(self, name):
        self.name = name
        Node.count += 1

    def __del__(self):
        Node.count -= 1
        deaths.append(self.name)

    def __call__(self, *args, **names):
        return Node(self.name + "c")

    def __add__(self, other):
        return Node(self.name + "+")

    def __iter__(self):
        yield Node(self.name + "i")
        yield Node(self.name + "j")


def n(name):
    return Node(name)


def fail(*args, **names):
    raise ValueError(len(args))


deaths = []
for use in (
    lambda: [n("a"), n("b"), fail(n("c"))],
    lambda: (n("a"), (n("b"), fail())),
    lambda: {n("a").name: n("b"), fail(): n("c")},
    lambda: {"a": n("a"), "b": fail(n("b"))},
    lambda: {1, n("a"), fail()},
    lambda: n("a")(n("b"), fail(n("c")), n("d")),
    lambda: n("a")(n("b"), x=n("c"), y=fail()),
    lambda: n("a")(*[n("b"), n("c")], **{"x": fail()}),
    lambda: n("a")(*n("b"), fail()),
    lambda: n("a") + (n("b") + fail()),
    lambda: n("a") + n("b") + n("c").missing,
    lambda: f"{n('a').name}{n('b').name}{fail()}",
    lambda: [n("a"), *n("b"), *fail()],
    lambda: [fail(x) for x in n("a")],
    lambda: [x + fail(y) for x in n("a") for y in n("b")],
    lambda: n("a")[n("b")],
    lambda: n("a") < n("b") < n("c"),
    lambda: (n("a") if n("b") and fail() else n("c")),
    lambda: fail(n("a"), n("b"), *n("c"), k=n("d")),
    lambda: (lambda x, y=n("a"): fail(x, y))(n("b")),
    lambda: sorted(n("a"), key=lambda x: fail(x)),
    lambda: list(map(fail, n("a"), n("b"))),
    lambda: max(n("a"), n("b"), key=fail),
    lambda: dict([(1, n("a")), (n("b"),)]),
    lambda: (x := n("a")) + fail(x),
    lambda: n("a")[n("b"):fail():n("c")],
    lambda: n("a").name.join([n("b").name, n("c")]),
):
    try:
        use()
    except (ValueError, TypeError, AttributeError) as error:
        error.__traceback__ = None
        print(type(error).__name__, deaths, Node.count)
    deaths.clear()
    print(deaths, Node.count)


def statement(number):
    local = n("local")
    if number == 0:
        local.x, local.y, fail().z = n("a"), n("b"), n("c")
    if number == 1:
        a, b = n("a")
        a, b, c = n("b")
    if number == 2:
        with fail(n("a")) as x:
            pass
    if number == 3:
        for x in n("a"):
            fail(x)
    if number == 4:
        local += fail(n("a"))
    if number == 5:
        class Local(fail(n("a")) or n("b")):
            pass
    if number == 6:
        return n("a"), fail()
    if number == 7:
        raise fail(n("a")) from n("b")
    if number == 8:
        del local.x, local
    if number == 9:
        assert n("a") is None, fail(n("b"))


for number in range(10):
    try:
        statement(number)
    except (ValueError, TypeError, AttributeError, AssertionError) as error:
        print(number, type(error).__name__, deaths, Node.count)
        del error
    print(deaths, Node.count)
    deaths.clear()
