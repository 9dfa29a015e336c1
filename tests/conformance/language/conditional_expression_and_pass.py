for i in range(4):
    print("even" if i % 2 == 0 else "odd", 1 if i else 2 if i > 2 else 3)
if 0: pass
elif "": pass
elif []: pass
else: print("falsy all")
print([bool(x) for x in (0, 0.0, "", b"", (), [], {}, set(), None, False, range(0), 1, "0", [0], -1, float("nan"))])
