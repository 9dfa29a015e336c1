for call in (lambda: len(5), lambda: len(), lambda: int("x"), lambda: int([]), lambda: int("1", 99), lambda: float("x"), lambda: float([]),
             lambda: chr(-1), lambda: chr("a"), lambda: ord("ab"), lambda: ord(5), lambda: max([]), lambda: max(), lambda: min(1), lambda: sum(["a"]),
             lambda: sum(5), lambda: range(), lambda: range("a"), lambda: range(1, 2, 0), lambda: range(1.5), lambda: list(5), lambda: dict(5),
             lambda: dict([1]), lambda: dict([(1, 2, 3)]), lambda: tuple(1), lambda: set(1), lambda: next(5), lambda: iter(5), lambda: reversed(5),
             lambda: sorted([1, "a"]), lambda: sorted(5), lambda: isinstance(1, 5), lambda: issubclass(1, int), lambda: hash([]), lambda: hash({}),
             lambda: abs(), lambda: round("x"), lambda: map(5), lambda: zip(5), lambda: enumerate(5), lambda: bytes(-1), lambda: next(iter([])),
             lambda: (5)(), lambda: "a"(), lambda: None(), lambda: print.x, lambda: divmod(1), lambda: pow(1), lambda: str(b"a", "bad"), lambda: bin("a")):
    try:
        call()
        print("no error")
    except Exception as e:
        print(type(e).__name__, e)
