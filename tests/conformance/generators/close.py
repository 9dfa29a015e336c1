def g():
    try:
        yield 1
        yield 2
    except GeneratorExit:
        print("exit")
        raise
    finally:
        print("cleanup")
it = g()
next(it)
print(it.close(), it.close(), next(it, "done"))
print(g().close())
def stubborn():
    try:
        yield 1
    except GeneratorExit:
        yield 2
it = stubborn()
next(it)
try:
    it.close()
except RuntimeError as e:
    print(e)
def quiet():
    try:
        yield 1
    except GeneratorExit:
        return
it = quiet(); next(it)
print(it.close())
