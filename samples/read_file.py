# Reads a file inside a `with` block, which closes it on every way out.

with open("example.txt", "r") as file:
    content = file.read()
    print("inside the block, closed:", file.closed)

print("after the block, closed:", file.closed)
print(content)

# Line by line, with numbers; empty lines are left out.
with open("example.txt", "r") as file:
    for number, line in enumerate(file, 1):
        line = line.rstrip("\n")
        if line:
            print(f"{number:3}: {line}")

# The block closes the file even when an exception leaves it.
try:
    with open("example.txt", "r") as file:
        first = file.readline()
        raise ValueError("stopped after: " + first.strip())
except ValueError as error:
    print(error)
print("closed after the exception:", file.closed)

# A file that is not there is an error to handle.
try:
    open("missing.txt", "r")
except FileNotFoundError as error:
    print("cannot open:", error)
