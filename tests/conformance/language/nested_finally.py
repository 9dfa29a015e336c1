def f():
    try:
        try:
            try:
                raise ValueError("inner")
            finally:
                print("one")
        except TypeError:
            print("wrong")
        finally:
            print("two")
            try:
                raise KeyError("in finally")
            except KeyError as e:
                print("handled", e, type(e.__context__).__name__)
    except ValueError as e:
        print("got", e, e.__context__)
        return "done"
    finally:
        print("three")
print(f())
