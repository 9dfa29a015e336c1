ops = (lambda: 1 + "a", lambda: "a" + 1, lambda: [] + (), lambda: None + 1, lambda: "a" - "b", lambda: {} * 2,
       lambda: "a" * 1.5, lambda: [1] * "a", lambda: 1 % "a", lambda: 2 ** "a", lambda: 1 << -1, lambda: 1 << 1.5,
       lambda: 1 @ 2, lambda: 1 & 1.0, lambda: -"a", lambda: 1 // 0, lambda: 1 % 0, lambda: 1.0 // 0, lambda: 0 ** -1,
       lambda: 0.0 ** -1, lambda: pow(2, -1, 4), lambda: pow(1, 2, 0), lambda: divmod(1, 0), lambda: b"a" + "a",
       lambda: (1,) + [1], lambda: set() + set(), lambda: 5 in 5, lambda: 5 in "abc", lambda: abs("x"), lambda: 1.5 >> 1)
for call in ops:
    try:
        print(call())
    except Exception as e:
        print(type(e).__name__, e)
