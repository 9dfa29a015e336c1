import sys
first = input()
print("first", first)
print("second", input("prompt> "))
for line in sys.stdin:
    print(repr(line))
try:
    input()
except EOFError as e:
    print(e)
