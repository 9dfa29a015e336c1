import sys
print(len(sys.argv), sys.argv[0].endswith("sys_basics.py"), sys.maxsize, "sys" in sys.modules, sys.version_info[:2] >= (3, 11))
sys.stdout.write("written\n")
try:
    1 / 0
except ZeroDivisionError:
    print(sys.exc_info()[0].__name__)
print(sys.exc_info())
print(sys.getrecursionlimit() > 100)
