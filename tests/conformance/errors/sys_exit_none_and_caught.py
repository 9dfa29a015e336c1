import sys
try:
    sys.exit(5)
except SystemExit as e:
    print(e.code, repr(e))
try:
    try:
        sys.exit()
    except Exception as e:
        print("wrong", type(e).__name__)
except BaseException as e:
    print(type(e).__name__, e.code)
sys.exit(None)
