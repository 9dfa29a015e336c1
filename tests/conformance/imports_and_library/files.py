with open("_data.txt", "r") as f:
    print(f.read(5), repr(f.readline()), f.readlines(), repr(f.read()))
print(f.closed)
with open("_data.txt") as f:
    for n, line in enumerate(f):
        print(n, line.rstrip())
try:
    f.read()
except ValueError as e:
    print(e)
try:
    open("no/such/file.txt")
except FileNotFoundError as e:
    print(e, e.errno)
with open("_data.txt", "rb") as f:
    print(f.read(7))
