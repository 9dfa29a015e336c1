for call in (lambda: [].pop(), lambda: [1].pop(5), lambda: [1].remove(2), lambda: [1].index(2), lambda: [].append(), lambda: [].append(1, 2),
             lambda: {}.pop("k"), lambda: {}.popitem(), lambda: {}.pop(), lambda: set().pop(), lambda: {1}.remove(2), lambda: (1,).index(5),
             lambda: "a".index("b"), lambda: "a".join([1]), lambda: "a".join(5), lambda: "a".split(""), lambda: "a".replace(1, 2),
             lambda: "a".startswith(1), lambda: "a".center("x"), lambda: "a".ljust(5, "ab"), lambda: "é".encode("ascii"), lambda: b"\xff".decode(),
             lambda: "a".count(1), lambda: [].extend(5), lambda: [3, "a"].sort(), lambda: [].sort(5), lambda: {}.update(5), lambda: "a".partition(""),
             lambda: [].insert("a", 1), lambda: str.upper(5), lambda: list.append(5, 1), lambda: "abc".strip(5), lambda: {}.fromkeys(5)):
    try:
        call()
        print("no error")
    except Exception as e:
        print(type(e).__name__, e)
