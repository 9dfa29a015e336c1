print("%s %r %d %5d %-5d| %05d %+d %x %X %o %#x" % ("s", "r", 1, 2, 3, 4, 5, 255, 255, 8, 255))
print("%f %.2f %10.3f %e %g %G %%" % (1.5, 2.345, 3.14159, 12345.678, 0.00001, 1e20))
print("%(a)s-%(b)03d" % {"a": "x", "b": 7}, "%c%c" % ("a", 66), "%.2s" % "abc", "%*d" % (5, 3))
print("%s" % (1,), "%s" % [1, 2], "%d" % 3.9, "%s" % None)
for fmt, args in (("%d", "x"), ("%s %s", (1,)), ("%s", (1, 2)), ("%q", 1), ("%(a)s", {}), ("%", 1)):
    try:
        print(fmt % args)
    except Exception as e:
        print(type(e).__name__, e)
