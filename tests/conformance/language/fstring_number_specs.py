for spec in ("d", "5d", "05d", "+d", " d", ",", "_", "x", "#x", "X", "#b", "o", "e", ".2f", "%", "n", "c", "<8", "=+8"):
    print(spec, f"[{65:{spec}}] [{format(65, spec)}]")
for spec in ("", "f", ".0f", "10.3e", "g", ".3g", "%", ".1%", "+.2f", "010.2f", ",.2f", "G", "#.3g", "<10", "^12.1f"):
    print(spec, f"[{1234.5678:{spec}}] [{-0.00001234:{spec}}]")
print(f"{2**70:,} {-2**70:_x} {10**20:e} {float('inf'):f} {float('nan'):08.2f}")
for value, spec in ((1, "s"), ("a", "d"), (1.5, "d"), (1, ".2d"), ("a", "+"), ("a", "="), ([], "5")):
    try:
        format(value, spec)
    except Exception as e:
        print(type(e).__name__, e)
