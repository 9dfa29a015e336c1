# What was read from a file that can be written, too, is not written back to it.
name = "/tmp/ouro_read_and_write_one_file"


def content():
    with open(name, "rb") as file:
        return file.read()


with open(name, "wb") as file:
    file.write(b"ab\ncd\n")
with open(name, "r+b") as file:
    print(file.read(), file.tell())
    file.write(b"ef\n")
    print(file.read(), file.tell())
print(content())
with open(name, "r+b") as file:
    print(file.readline(), file.tell())
    file.write(b"XY")
    print(file.tell(), file.readlines(), file.tell())
    file.seek(1)
    file.write(b"-")
    file.flush()
    print(file.read())
print(content())
with open(name, "r+") as file:
    print(list(file))
    file.write("more\n")
print(content())
with open(name, "w+") as file:
    file.write("new")
    file.seek(0)
    print(file.read())
print(content())
