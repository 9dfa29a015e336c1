"""Of built-in functions and methods, what is seldom in a hurry. An argument that was not given is NotImplemented, or missing."""
import sys


def read_input(*prompt):
    """What input() does."""
    for name in ("stdin", "stdout", "stderr"):
        if getattr(sys, name, None) is None:
            raise RuntimeError(f"input(): lost sys.{name}")
    flush(sys.stderr)
    if prompt:
        sys.stdout.write(str(prompt[0]))
    flush(sys.stdout)
    line = sys.stdin.readline()
    if not isinstance(line, (str, bytes)):
        raise TypeError("object.readline() returned non-string")
    if not line:
        raise EOFError("EOF when reading a line")
    return line[:-1] if line[-1:] in ("\n", b"\n") else line


def flush(stream):
    try:
        stream.flush()
    except Exception:
        pass


def thrown(kind, value=None, trace=None):
    """The exception that the arguments of generator.throw() mean."""
    if trace is not None and type(trace).__name__ != "traceback":
        raise TypeError("throw() third argument must be a traceback object")
    # Asked of the types: an instance may lie about its class.
    if type(kind) is type and issubclass(kind, BaseException):
        if not issubclass(type(value), kind):
            try:
                value = kind() if value is None else kind(*value) if isinstance(value, tuple) else kind(value)
                if not issubclass(type(value), BaseException):
                    raise TypeError(f"calling {kind} should have returned an instance of BaseException, not {type_name(value)}")
            except BaseException as error:
                trace_here = error.__traceback__  # none, when there was no memory for it
                value = error.with_traceback(trace_here and trace_here.tb_next)  # is thrown instead
    elif not issubclass(type(kind), BaseException):
        raise TypeError(f"exceptions must be classes or instances deriving from BaseException, not {type_name(kind)}")
    elif value is not None:
        raise TypeError("instance exception may not have a separate value")
    else:
        value = kind
    return value if trace is None else value.with_traceback(trace)


def type_name(value):
    """The type of a value as messages name it."""
    cls = type(value)
    return f"_io.{cls.__name__}" if cls.__module__ == "_io" else cls.__name__


def check_open(file, mode, buffering, encoding, errors, newline, closefd, opener):
    """Raises what is wrong with the arguments of open(), or not supported of them."""
    for name, value in ("mode", mode), ("encoding", encoding), ("errors", errors), ("newline", newline):
        optional = name != "mode"
        if value is not NotImplemented and not issubclass(type(value), str) and not (optional and value is None):
            wanted = "str or None" if optional else "str"
            raise TypeError(f"open() argument '{name}' must be {wanted}, not {'None' if value is None else type_name(value)}")
        if isinstance(value, str) and "\0" in value:
            raise ValueError("embedded null character")
    buffering = -1 if buffering is NotImplemented else range(buffering).stop
    encoding, errors, newline, opener = (None if value is NotImplemented else value
                                         for value in (encoding, errors, newline, opener))
    if issubclass(type(file), (int, bytes)):
        unsupported(f"open() of {'a file descriptor' if isinstance(file, int) else 'a path in bytes'}")
    if not issubclass(type(file), str):
        raise TypeError(f"expected str, bytes or os.PathLike object, not {type(file).__name__}")
    mode = "r" if mode is NotImplemented else str.__str__(mode)
    letters = set(mode)
    binary, reads = "b" in letters, bool(letters & {"r", "+"})
    if len(letters) < len(mode) or letters - set("rwxabt+"):
        raise ValueError(f"invalid mode: '{mode}'")
    if binary and "t" in letters:
        raise ValueError("can't have text and binary mode at once")
    ways = len(letters & set("rwxa"))
    if ways > 1:
        raise ValueError("must have exactly one of create/read/write/append mode")
    for name, value in ("an encoding", encoding), ("an errors", errors), ("a newline", newline):
        if binary and value is not None:
            raise ValueError(f"binary mode doesn't take {name} argument")
    if ways == 0:
        raise ValueError("Must have exactly one of create/read/write/append mode and at most one plus")
    if not closefd:
        raise ValueError("Cannot use closefd=False with file name")
    if opener is not None:
        unsupported("open() with an opener")
    if buffering == 0 and not binary:
        raise ValueError("can't have unbuffered text I/O")
    if buffering == 0:
        unsupported("open() without a buffer")
    if buffering == 1 and binary:
        import warnings
        warnings.warn("line buffering (buffering=1) isn't supported in binary mode, the default buffer size will be used",
                      RuntimeWarning, stacklevel=2)
    if encoding is not None and encoding.lower() not in ("utf-8", "utf8", "utf_8"):
        " ".encode(encoding)  # is there such a codec?
        unsupported(f"open() with the encoding {encoding!r}")
    if errors not in (None, "strict"):
        unsupported(f"open() with errors={errors!r}")
    if newline not in (None, "", "\n", "\r", "\r\n"):
        raise ValueError(f"illegal newline value: {newline}")
    if newline not in (None, "", "\n") or reads and newline is not None:
        unsupported(f"open() with newline={newline!r}")


def unsupported(what):
    raise NotImplementedError(f"Ouro does not support {what}")


def getsizeof(value, default):
    """What sys.getsizeof() does; without a default that is NotImplemented."""
    try:
        size = type(value).__sizeof__(value)
        if not isinstance(size, int):
            raise TypeError("an integer is required")
    except TypeError:
        if default is NotImplemented:
            raise
        return default
    if not ~sys.maxsize <= size <= sys.maxsize:
        raise OverflowError("Python int too large to convert to C ssize_t")
    if size < 0:
        raise ValueError("__sizeof__() should return >= 0")
    return size


def import_star(module, names):
    """from module import *"""
    listed, place = getattr(module, "__all__", NotImplemented), "Item in {}.__all__"
    hidden = listed is NotImplemented
    if hidden:
        listed, place = getattr(module, "__dict__", None), "Key in {}.__dict__"
        if listed is None:
            raise ImportError("from-import-* object has no __dict__ and no __all__")
    for name in list(listed):
        if not isinstance(name, str):
            raise TypeError(f"{place.format(module.__name__)} must be str, not {type(name).__name__}")
        if not (hidden and name[:1] == "_"):
            names[name] = getattr(module, name)
