a, t, d, s = [1], (1,), {}, "s"
def put(x, i, v): x[i] = v
def rem(x, i): del x[i]
for call in (lambda: a[1], lambda: a[-2], lambda: a["x"], lambda: a[1.0], lambda: a[None], lambda: t[5], lambda: t["a"], lambda: s[5],
             lambda: s["a"], lambda: d["k"], lambda: d[1, 2], lambda: d[[]], lambda: {[]: 1}, lambda: {{}}, lambda: None[0], lambda: (5)[0],
             lambda: put(t, 0, 1), lambda: put(s, 0, "x"), lambda: put(a, 5, 1), lambda: put(a, "x", 1), lambda: put(5, 0, 1), lambda: rem(a, 9),
             lambda: rem(t, 0), lambda: rem(d, "q"), lambda: rem(5, 0), lambda: a[::0], lambda: a["a":], lambda: len[0], lambda: range(3)[5],
             lambda: b"a"[3], lambda: set()[0], lambda: a[2 ** 100]):
    try:
        call()
    except Exception as e:
        print(type(e).__name__, e)
