# A running generator is entered again, loses its last reference, and is part of what a collection looks at.
import gc


def enters_itself():
    for use in (lambda: next(me), lambda: me.send(1), lambda: me.throw(KeyError), lambda: me.close(), lambda: list(me)):
        try:
            use()
        except ValueError as error:
            yield str(error)


def drops_itself(how):
    local = [how]
    local.append(local)
    try:
        holder.clear()
        if how == "collect":
            gc.collect()
        if how == "raise":
            raise ValueError("while running")
        yield local[0]
        yield "again"
    finally:
        print("finally", how, local[0])


me = enters_itself()
print(list(me))
holder = []
for how in "yield", "collect", "raise":
    holder.append(drops_itself(how))
    try:
        print(holder[0].__next__())
    except ValueError as error:
        print("caught", error)
    print(len(holder))


def inner():
    yield from outer_holder[0]


def outer():
    try:
        yield "outer"
        yield from inner()
    finally:
        print("outer ends")


outer_holder = [outer()]
print(next(outer_holder[0]))
try:
    next(outer_holder[0])
except ValueError as error:
    print(error)
outer_holder.clear()
gc.collect()
