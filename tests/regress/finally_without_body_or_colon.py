def f():
    try:
        pass
    finally ?
