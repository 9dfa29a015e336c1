from contextlib import ExitStack, contextmanager, nullcontext, AbstractContextManager


class Manager:
    def __init__(self, name, swallow=False, fail=None):
        self.name, self.swallow, self.fail = name, swallow, fail

    def __enter__(self):
        print("enter", self.name)
        return self.name

    def __exit__(self, kind, value, trace):
        print("exit", self.name, kind and kind.__name__, value)
        if self.fail:
            raise self.fail
        return self.swallow


with ExitStack() as stack:
    print(stack.enter_context(Manager("a")))
    print(stack.push(Manager("b")).name)
    print(stack.callback(print, "callback", sep="-") is print)

    @stack.callback
    def last():
        print("decorated")

    @stack.push
    def function(*details):
        print("pushed", details)
        return True

with ExitStack() as stack:
    stack.enter_context(Manager("outer"))
    stack.enter_context(Manager("swallows", True))
    stack.enter_context(Manager("inner"))
    raise ValueError("body")


def contexts(error):
    while error is not None:
        print("  ", type(error).__name__, error)
        error = error.__context__


def nested(*failures, body=None):
    try:
        try:
            raise LookupError("handled outside")
        except LookupError:
            with ExitStack() as stack:
                for number, failure in enumerate(failures):
                    stack.enter_context(Manager(number, fail=failure))
                if body:
                    raise body
    except Exception as error:
        contexts(error)


nested(KeyError("first"), ValueError("second"), body=TypeError("body"))
nested(KeyError("first"), None, ValueError("second"))
same = ValueError("the same")
nested(same, body=same)
try:
    with ExitStack() as stack:
        stack.enter_context(Manager("s", True))
        stack.enter_context(Manager("f", fail=KeyError("gone")))
    print("swallowed")
except KeyError:
    print("not reached")

stack = ExitStack()
stack.callback(print, "moved")
other = stack.pop_all()
stack.close()
print("closed the empty one")
other.close()
other.close()
for wrong in (3, int):
    try:
        ExitStack().enter_context(wrong)
    except TypeError as error:
        print(error)


class NoExit:
    def __enter__(self):
        pass


try:
    ExitStack().enter_context(NoExit())
except TypeError as error:
    print(error)
try:
    ExitStack().callback()
except TypeError as error:
    print("TypeError")
print(isinstance(ExitStack(), AbstractContextManager))
with nullcontext(5) as five, nullcontext() as none:
    print(five, none)


def early():
    with ExitStack() as stack:
        stack.callback(print, "cleanup at return")
        return "result"


print(early())


class Node:
    def __del__(self):
        print("del node")


with ExitStack() as stack:
    stack.callback(lambda node: print("uses node"), Node())
    print("body")
print("done")
