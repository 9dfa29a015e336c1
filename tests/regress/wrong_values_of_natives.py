# Values that sum, float.fromhex, dict.pop and generator.throw refuse, or do not even look at.
def show(function, *args):
    try:
        print(function(*args))
    except Exception as error:
        print(type(error).__name__, error)


class Bytes(bytes):
    pass


show(sum, [], b"")
show(sum, [], Bytes())
show(sum, [], "")
for text in ["5p4514o", "0x1p", "1p5 ", "1p-99999999999999999999x", "infx", "1p5_0", "0x1p99999"]:
    show(float.fromhex, text)
show({}.pop, [])
show({1: 2}.pop, [])


def generate():
    yield 1


show(generate().throw, ValueError, None, 3)
