print("{} {} {0!r}".replace("0", "").format(1, 2, "x"))
print("{0} {1} {0}".format("a", "b"), "{x} {y:>5}".format(x=1, y="z"), "{{}}".format())
print("{0[0]} {0[1]} {1[k]}".format([1, 2], {"k": "v"}), "{:{}}".format("a", 5) + "|")
print("{:08.3f}|{:,}|{:^9}|{:<5}|".format(3.14159, 1234567, "mid", "l"))
for text, args in (("{}", ()), ("{a}", ()), ("{", ()), ("}", ()), ("{0} {}", (1, 2))):
    try:
        text.format(*args)
    except Exception as e:
        print(type(e).__name__, e)
