class Trouble(Exception):
    pass
try:
    raise Trouble("with text", 5)
finally:
    print("finally")
