import sys
try:
    sys.exit(5)
except SystemExit as e:
    print(e.code, repr(e))
try:
    try:
        sys.exit()
    except Exception:
        print("wrong")
except BaseException as e:
    print(type(e).__name__, e.code)
sys.exit(None)
