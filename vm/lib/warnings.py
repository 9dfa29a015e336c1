"""Warnings: filters decide which are shown, raised or ignored."""
import sys

__all__ = ["warn", "warn_explicit", "showwarning", "formatwarning", "filterwarnings", "simplefilter", "resetwarnings",
           "catch_warnings"]

_ACTIONS = ("error", "ignore", "always", "default", "module", "once")
# (action, message, category, module, line), looked through from the front. Ouro shows each ResourceWarning.
filters = []
defaultaction = "default"
onceregistry = {}
_version = 1


class WarningMessage:
    """A warning that was issued."""

    def __init__(self, message, category, filename, lineno, file=None, line=None, source=None):
        self.message, self.category, self.filename, self.lineno = message, category, filename, lineno
        self.file, self.line, self.source = file, line, source
        self._category_name = category.__name__ if category else None

    def __str__(self):
        return (f"{{message : {self.message!r}, category : {self._category_name!r}, filename : {self.filename!r}, "
                f"lineno : {self.lineno}, line : {self.line!r}}}")


def formatwarning(message, category, filename, lineno, line=None):
    """The text of a warning."""
    text = f"{filename}:{lineno}: {category.__name__}: {message}\n"
    line = _source_line(filename, lineno) if line is None else line
    return f"{text}  {line.strip()}\n" if line and line.strip() else text


def _source_line(filename, lineno):
    if filename[:1] == "<":
        return ""
    try:
        with open(filename) as file:
            for number, line in enumerate(file, 1):
                if number == lineno:
                    return line
    except (OSError, ValueError):
        pass
    return ""


def showwarning(message, category, filename, lineno, file=None, line=None):
    """Writes a warning to a file, sys.stderr without one."""
    file = sys.stderr if file is None else file
    if file is not None:
        try:
            file.write(formatwarning(message, category, filename, lineno, line))
        except OSError:
            pass


_own_showwarning = showwarning


def _show(message):
    if showwarning is not _own_showwarning and not callable(showwarning):
        raise TypeError("warnings.showwarning() must be set to a function or method")
    showwarning(message.message, message.category, message.filename, message.lineno, message.file, message.line)


def _matcher(pattern):
    """The pieces of a pattern: plain text, with .* for anything. There are no other regular expressions here."""
    pieces = pattern.split(".*")
    for piece in pieces:
        if any(mark in piece.replace("\\.", "") for mark in "*+?[](){}|^$\\"):
            raise ValueError(f"Ouro does not support the regular expression {pattern!r}")
    return [piece.replace("\\.", ".") for piece in pieces]


def _matches(pieces, text, whole=False):
    at = 0
    for number, piece in enumerate(pieces):
        found = text.find(piece, at)
        if found < 0 or (number == 0 and found > 0):
            return False
        at = found + len(piece)
    return not whole or pieces[-1] == "" or text.endswith(pieces[-1]) and at <= len(text)


def filterwarnings(action, message="", category=Warning, module="", lineno=0, append=False):
    """Adds a filter in front of the others, or behind them."""
    assert action in _ACTIONS, f"invalid action: {action!r}"
    assert isinstance(message, str), "message must be a string"
    assert isinstance(category, type), "category must be a class"
    assert issubclass(category, Warning), "category must be a Warning subclass"
    assert isinstance(module, str), "module must be a string"
    assert isinstance(lineno, int) and lineno >= 0, "lineno must be an int >= 0"
    _add((action, _matcher(message.lower()) if message else None, category, _matcher(module) if module else None,
          lineno), append)


def simplefilter(action, category=Warning, lineno=0, append=False):
    """Adds a filter for all messages and modules."""
    assert action in _ACTIONS, f"invalid action: {action!r}"
    assert isinstance(lineno, int) and lineno >= 0, "lineno must be an int >= 0"
    _add((action, None, category, None, lineno), append)


def _add(item, append):
    global _version
    if append:
        if item not in filters:
            filters.append(item)
    else:
        if item in filters:
            filters.remove(item)
        filters.insert(0, item)
    _version += 1


def resetwarnings():
    """Removes all filters."""
    global _version
    filters[:] = []
    _version += 1


def warn(message, category=None, stacklevel=1, source=None):
    """Issues a warning about the caller (stacklevel 2: the caller's caller, and so on)."""
    if isinstance(message, Warning):
        category = message.__class__
    if category is None:
        category = UserWarning
    if not (isinstance(category, type) and issubclass(category, Warning)):
        raise TypeError(f"category must be a Warning subclass, not '{type(category).__name__}'")
    try:
        frame = sys._getframe(max(stacklevel, 1))
    except ValueError:
        names, filename, lineno = sys.__dict__, "sys", 1
    else:
        names, filename, lineno = frame.f_globals, frame.f_code.co_filename, frame.f_lineno
    registry = names.setdefault("__warningregistry__", {})
    _issue(message, category, filename, lineno, names.get("__name__", "<string>"), registry, source)


def warn_explicit(message, category, filename, lineno, module=None, registry=None, module_globals=None, source=None):
    """Issues a warning about the given place."""
    if module is None:
        module = filename[:-3] if filename[-3:].lower() == ".py" else filename or "<unknown>"
    _issue(message, category, filename, int(lineno), module, {} if registry is None else registry, source)


def _issue(message, category, filename, lineno, module, registry, source):
    if registry.get("version", 0) != _version:
        registry.clear()
        registry["version"] = _version
    if isinstance(message, Warning):
        text, category = str(message), message.__class__
    else:
        text = message
        message = category(message)
    key = (text, category, lineno)
    if registry.get(key):
        return
    for action, pattern, kind, where, line in filters:
        if ((pattern is None or _matches(pattern, text.lower())) and issubclass(category, kind)
                and (where is None or _matches(where, module)) and line in (0, lineno)):
            break
    else:
        action = defaultaction
    if action == "ignore":
        return
    if action == "error":
        raise message
    if action == "once":
        registry[key] = 1
        if onceregistry.get((text, category)):
            return
        onceregistry[text, category] = 1
    elif action == "module":
        registry[key] = 1
        if registry.get((text, category, 0)):
            return
        registry[text, category, 0] = 1
    elif action == "default":
        registry[key] = 1
    elif action != "always":
        raise RuntimeError(f"Unrecognized action ({action!r}) in warnings.filters:\n {action}")
    _show(WarningMessage(message, category, filename, lineno, source=source))


class catch_warnings:
    """Puts filters and showwarning back at the end of the block; with record=True it gives the list of warnings."""

    def __init__(self, *, record=False, module=None, action=None, category=Warning, lineno=0, append=False):
        self._record = record
        self._module = sys.modules["warnings"] if module is None else module
        self._entered = False
        self._filter = None if action is None else (action, category, lineno, append)

    def __repr__(self):
        args = ["record=True"] if self._record else []
        if self._module is not sys.modules["warnings"]:
            args.append(f"module={self._module!r}")
        return f"{type(self).__name__}({', '.join(args)})"

    def __enter__(self):
        global filters, showwarning, _show, _version
        if self._entered:
            raise RuntimeError(f"Cannot enter {self!r} twice")
        self._entered = True
        self._saved = filters, showwarning, _show
        filters = filters[:]
        _version += 1
        log = None
        if self._record:
            log = []
            _show = log.append
            showwarning = _own_showwarning
        if self._filter is not None:
            simplefilter(*self._filter)
        return log

    def __exit__(self, *exc_info):
        global filters, showwarning, _show, _version
        if not self._entered:
            raise RuntimeError(f"Cannot exit {self!r} without entering first")
        filters, showwarning, _show = self._saved
        _version += 1


def _category(name):
    if not name:
        return Warning
    module, _, last = name.rpartition(".")
    import builtins
    space = builtins if not module else sys.modules.get(module) or __import__(module)
    category = getattr(space, last, None)
    if category is None:
        raise ValueError(f"unknown warning category: {name!r}")
    if not (isinstance(category, type) and issubclass(category, Warning)):
        raise ValueError(f"invalid warning category: {name!r}")
    return category


def _option(text):
    """One -W option: action:message:category:module:line."""
    parts = [part.strip() for part in text.split(":")]
    if len(parts) > 5:
        raise ValueError(f"too many fields (max 5): {text!r}")
    action, message, category, module, lineno = parts + [""] * (5 - len(parts))
    if action == "all":
        action = "always"
    found = [known for known in _ACTIONS if known.startswith(action or "default")]
    if not found:
        raise ValueError(f"invalid action: {action!r}")
    if lineno and not lineno.isdigit():
        raise ValueError(f"invalid lineno {lineno!r}")
    _add((found[0], [message.lower()] if message else None, _category(category), [module] if module else None,
          int(lineno or 0)), False)


filters[:] = [("default", None, DeprecationWarning, ["__main__"], 0), ("ignore", None, DeprecationWarning, None, 0),
              ("ignore", None, PendingDeprecationWarning, None, 0), ("ignore", None, ImportWarning, None, 0),
              ("always", None, ResourceWarning, None, 0)]
for _text in sys.warnoptions:
    try:
        _option(_text)
    except ValueError as _error:
        print("Invalid -W option ignored:", _error, file=sys.stderr)
