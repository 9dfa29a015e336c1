def run(kind):
    try:
        print("try", kind)
        if kind == "raise":
            raise KeyError(kind)
        if kind == "return":
            return "returned"
    except KeyError as e:
        print("except", repr(e))
        return "handled"
    else:
        print("else")
        if kind == "else":
            raise ValueError("from else")
    finally:
        print("finally")
    return "end"
print(run("raise"), run("return"), run("none"))
try:
    run("else")
except ValueError as e:
    print(e)
