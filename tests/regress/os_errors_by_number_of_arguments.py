# Two to five arguments are error number, text, file, (ignored) and second file; others are just arguments.
for count in range(7):
    error = OSError(*[2, "text", "file", None, "second", "sixth"][:count])
    print(type(error).__name__, error.args, error.errno, error.strerror, error.filename, error.filename2)
    print(str(error), repr(error))
