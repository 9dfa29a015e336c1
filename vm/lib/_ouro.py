"""What the interpreter itself needs that can be Python."""
import sys


class UnraisableHookArgs(tuple):
    """What sys.unraisablehook is called with."""

    __module__ = "sys"
    __slots__ = ()
    exc_type = property(lambda self: self[0])
    exc_value = property(lambda self: self[1])
    exc_traceback = property(lambda self: self[2])
    err_msg = property(lambda self: self[3])
    object = property(lambda self: self[4])

    def __repr__(self):
        names = ("exc_type", "exc_value", "exc_traceback", "err_msg", "object")
        return f"UnraisableHookArgs({', '.join(f'{name}={value!r}' for name, value in zip(names, self))})"


def without_frame(error):
    """Takes the frame of the function that caught the error out of its traceback."""
    trace = error.__traceback__
    return error.with_traceback(trace and trace.tb_next)


def report(error, message, obj):
    """Reports an error that the caller caught and can do nothing about."""
    unraisable(getattr(sys, "unraisablehook", None), without_frame(error), message, obj)


def unraisable(hook, error, message, obj):
    """Calls sys.unraisablehook, which may be anything."""
    hook = print_unraisable if hook is None else hook
    try:
        hook(UnraisableHookArgs((type(error), error, error.__traceback__, message, obj)))
    except BaseException as failure:
        failure = without_frame(failure)
        print_unraisable(UnraisableHookArgs((type(failure), failure, failure.__traceback__, "Exception ignored in sys.unraisablehook",
                                             hook)))


def uncaught(hook, error):
    """Calls the program's sys.excepthook."""
    if hook is None:
        sys.stderr.write("sys.excepthook is missing\n")
    else:
        try:
            return hook(type(error), error, error.__traceback__)
        except SystemExit:
            raise
        except BaseException as failure:
            sys.stderr.write("Error in sys.excepthook:\n")
            sys.__excepthook__(type(failure), without_frame(failure), None)
        sys.stderr.write("\nOriginal exception was:\n")
    sys.__excepthook__(type(error), error, error.__traceback__)


def unclosed(file, opened_in, line):
    """Warns of a file that nobody closed: through the warnings module if the program uses it or there are -W options."""
    message = f"unclosed file {file!r}"
    if "warnings" in sys.modules or sys.warnoptions:
        import warnings
        warnings.warn_explicit(message, ResourceWarning, opened_in or "sys", line)
    elif sys.stderr is not None:
        sys.stderr.write(f"{opened_in or 'sys'}:{line}: ResourceWarning: {message}\n{source_line(opened_in, line)}")


def source_line(name, line):
    """A line of a source file, indented as warnings show it; empty when there is none."""
    if name and name[0] != "<":
        try:
            with open(name) as file:
                for number, text in enumerate(file, 1):
                    if number == line:
                        return f"  {text.strip()}\n" if text.strip() else ""
        except (OSError, ValueError):
            pass
    return ""


def print_unraisable(args):
    """What sys.unraisablehook does at first."""
    message, error = args.err_msg, args.exc_value
    if args.object is not None:
        try:
            shown = repr(args.object)
        except Exception:
            shown = "<object repr() failed>"
        sys.stderr.write(f"{'Exception ignored in' if message is None else message}: {shown}\n")
    elif message is not None:
        sys.stderr.write(f"{message}:\n")
    if error is not None:
        sys.__excepthook__(type(error), error, error.__traceback__)


def names_of(value):
    """What object.__dir__() does, and that of modules and classes."""
    names = {}
    if type(value) is not type:
        own = getattr(value, "__dict__", None)
        if isinstance(own, dict):
            names.update(own)
    if type(value) is not type(sys):
        cls = value if type(value) is type else getattr(value, "__class__", None)
        merge_class(names, cls)
        # `object` lists these here, but only some of what derives from it has them.
        made = any(type(c.__dict__.get("__module__")) is str and "__slots__" not in c.__dict__
                   for c in getattr(cls, "__mro__", ()))
        has_dict = hasattr(value, "__dict__") if cls is not value else any(
            "__dict__" in c.__dict__ or c is BaseException for c in cls.__mro__ if c is not object)
        for name, has in ("__dict__", made or has_dict), ("__weakref__", made):
            if not has:
                names.pop(name, None)
    return list(names)


def merge_class(names, cls):
    names.update(getattr(cls, "__dict__", ()))
    for base in getattr(cls, "__bases__", ()):
        merge_class(names, base)


def syntax_place(error):
    """What is shown of a SyntaxError before its message: the place, the line and carets; None: it names no place."""
    line, text, offset, end = error.lineno, error.text, error.offset, error.end_offset
    if not isinstance(line, int):
        return None
    shown = f'  File "{"<string>" if error.filename is None else error.filename}", line {line:d}\n'
    if not isinstance(text, str):
        return shown
    text = text.rstrip("\n\r")
    start = len(text) - len(text.lstrip(" \t\f"))
    shown += f"    {text[start:]}\n"
    if isinstance(offset, int) and offset > start:
        if error.end_lineno != line or not isinstance(end, int) or end <= offset:
            end = offset + 1
        shown += " " * (offset + 3 - start) + "^" * min(end - offset, 200) + "\n"
    return shown


def suggest(error):
    """The name that was perhaps meant by an AttributeError or a NameError: a good candidate of the first place that has
    one, or None."""
    name, best = error.name, None
    if not isinstance(name, str) or not name.isascii():
        return None
    if isinstance(error, AttributeError):
        places = [] if error.obj is None else [dir(error.obj)]
    else:
        trace = error.__traceback__
        if trace is None:
            return None
        while trace.tb_next is not None:
            trace = trace.tb_next
        frame = trace.tb_frame
        import builtins
        places = [frame.f_code.co_varnames + frame.f_code.co_freevars, frame.f_globals, builtins.__dict__]
    limit = None
    for place in places:
        if len(place) < 750:
            for candidate in place:
                if isinstance(candidate, str) and candidate != name and candidate.isascii():
                    allowed = (len(name) + len(candidate) + 3) * 2 // 6
                    if limit is not None:
                        allowed = min(allowed, limit - 1)
                    if abs(len(name) - len(candidate)) * 2 > allowed:
                        continue
                    cost = _distance(name, candidate, allowed)
                    if cost <= allowed:
                        best, limit = candidate, cost
        if best is not None:
            break
    return best


def _distance(a, b, limit):
    """Levenshtein's distance where a move costs two and a change of case one (Wagner and Fischer, 1974); beyond the
    limit any number above it."""
    while a and b and a[0] == b[0]:
        a, b = a[1:], b[1:]
    while a and b and a[-1] == b[-1]:
        a, b = a[:-1], b[:-1]
    if not a or not b:
        return len(a + b) * 2
    if len(a) > 40 or len(b) > 40:
        return limit + 1
    row = [2 * at for at in range(1, len(a) + 1)]
    result = 0
    for at, char in enumerate(b):
        corner = result = 2 * at
        for index, other in enumerate(a):
            change = 0 if char == other else 1 if char.lower() == other.lower() else 2
            corner, result = row[index], min(min(result, row[index]) + 2, corner + change)
            row[index] = result
        if min(row) > limit:
            return limit + 1
    return result
