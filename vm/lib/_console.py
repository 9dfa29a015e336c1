"""What the prompt needs that can be Python: its texts, completion, help()."""
import builtins
import sys
from _prompt import _names, _page

_commands = []
_main = sys.modules["__main__"].__dict__
_KEYWORDS = ("False None True and as assert async await break class continue def del elif else except finally for from "
             "global if import in is lambda nonlocal not or pass raise return try while with yield").split()


def start(text, number):
    """Before the first prompt; the text is the names of its commands."""
    import _sitebuiltins
    _commands.extend(text.split())
    _sitebuiltins.install()
    for name, first in (("ps1", ">>> "), ("ps2", "... ")):
        if not hasattr(sys, name):
            setattr(sys, name, first)
    return ""


def prompt(name, number):
    """What is shown before a line: str() of sys.ps1 or sys.ps2, nothing when they are gone or refuse."""
    try:
        return str(getattr(sys, name, ""))
    except Exception:
        return ""


def command(text, number):
    """exit and quit do without their brackets."""
    word = text.strip()
    return word + "()" if word in ("exit", "quit") and word not in _main else text


def indent(text, inside):
    """What begins a line behind the text: indented as its last line, one level more behind a colon, one less behind what
    ends a block; inside of brackets or a string just the same."""
    line = text[text.rfind("\n") + 1:]
    code = line.lstrip(" ")
    level = len(line) - len(code)
    if not inside:
        code = code.partition("#")[0].rstrip()
        if code.endswith(":"):
            level += 4
        elif code.partition(" ")[0].partition("(")[0].rstrip(";") in ("return", "pass", "break", "continue", "raise"):
            level = max(0, level - 4)
    return "\n" + " " * level


# --- completion ---------------------------------------------------------------------------------------------------

def complete(text, cursor):
    """The text to insert at the cursor, and behind it, a line each, the words that are possible there."""
    before = text[:cursor]
    start = cursor
    while start > 0 and (before[start - 1] in "_." or before[start - 1].isalnum()):
        start -= 1
    word = before[start:]
    owner, dot, prefix = word.rpartition(".")
    line = before[before.rfind("\n") + 1:start].lstrip()
    found = _commands if line == ":" else _imports(line, owner, dot)
    if found is None:
        found = _attributes(owner) if dot else [*_KEYWORDS, *_main, *builtins.__dict__]
    found = sorted({name for name in found if isinstance(name, str) and name.startswith(prefix) and
                    (prefix or name[0] != "_")})
    common = found[0] if found else prefix
    for name in found:
        while not name.startswith(common):
            common = common[:-1]
    return "\n".join([common[len(prefix):], *found])


def _imports(line, owner, dot):
    """Names that may follow in an import statement; None: it is no such place."""
    words = line.replace(",", " , ").replace("(", " ").split()
    if not words or words[0] not in ("import", "from"):
        return None
    if words[0] == "from" and len(words) > 1:
        if "import" not in words:
            return ["import"]
        module = sys.modules.get(words[1])
        return [] if module is None else [*_namespace(module), *_submodules(words[1])]
    if len(words) > 1 and words[-1] != ",":
        return ["as"]
    return _submodules(owner) if dot else [name for name in [*_names(None), *sys.modules] if name[0] != "_"] + _files(sys.path)


def _submodules(package):
    """Modules in a package that is loaded or lies on the path as a directory."""
    module = sys.modules.get(package)
    paths = _namespace(module).get("__path__") if module is not None else None
    return _files(paths or [f"{directory or '.'}/{package.replace('.', '/')}" for directory in sys.path])


def _files(directories):
    found = []
    for directory in directories:
        for name in _names(directory):
            if name.endswith(".py"):
                name = name[:-3]
            elif "__init__.py" not in _names(f"{directory or '.'}/{name}"):
                continue
            if name.isidentifier() and name != "__init__":
                found.append(name)
    return found


_absent = object()


def _namespace(module):
    return module.__dict__ if type(module) is type(sys) else {}


def _class_entry(cls, name):
    for base in cls.__mro__:
        if name in base.__dict__:
            return base.__dict__[name]
    return _absent


def _value(obj, name):
    """An attribute as far as it can be had without running a line of the program's."""
    cls = type(obj)
    if cls is type(sys):
        return obj.__dict__.get(name, _absent)
    entry = _class_entry(obj if issubclass(cls, type) else cls, name)
    # A property, or any other descriptor that is written in Python, would run. What C has for its own is harmless.
    if entry is not _absent and (type(entry) is property or "__get__" in vars(type(entry)) and
                                 type(entry).__module__ != "builtins" or
                                 type(_class_entry(type(entry), "__get__")) is type(_value)):
        return _absent
    try:
        return (type if issubclass(cls, type) else object).__getattribute__(obj, name)
    except AttributeError:
        return _absent


def _attributes(owner):
    first, *names = owner.split(".")
    obj = _main.get(first, builtins.__dict__.get(first, _absent))
    if obj is _absent and first.isdigit():
        return []
    for name in names:
        obj = _value(obj, name) if obj is not _absent else obj
    if obj is _absent:
        return []
    if type(obj) is type(sys):
        return [*obj.__dict__]
    return type.__dir__(obj) if issubclass(type(obj), type) else object.__dir__(obj)


# --- help ----------------------------------------------------------------------------------------------------------

_INTRODUCTION = """Welcome to the help of Ouro, a strict subset of Python 3.11.

help(object) tells what is known of an object: its signature, its documentation, the methods of a class. Here a name or
a dotted name will do: a built-in function or type, a module, or something of yours. "keywords", "builtins" and
"modules" are lists; an empty line, "quit" or Ctrl-D leads back to the prompt."""


def help(*args, **kwds):
    """help() asks what to look up; help(object) tells of the object, help("name") of what has the name."""
    if args or kwds:
        return _tell(*args, **kwds)
    print(_INTRODUCTION)
    while True:
        try:
            name = input("help> ").strip()
        except (EOFError, KeyboardInterrupt):
            print()
            break
        if name in ("", "q", "quit", "exit"):
            break
        _tell(name)


def _tell(request):
    text = _describe(request)
    if text.count("\n") < 24 or not _page(text):
        sys.stdout.write(text)


def table(text, width):
    """Words, a line each, in columns."""
    return _columns(text.split("\n"), width)


def _columns(names, space=80):
    names = sorted(names)
    width = max(map(len, names)) + 2
    count = max(1, (space - 2) // width)
    rows = (len(names) + count - 1) // count
    return "".join("".join(name.ljust(width) for name in names[row::rows]).rstrip() + "\n" for row in range(rows))


def _describe(request):
    title = None
    if isinstance(request, str):
        if request == "keywords":
            return _columns(_KEYWORDS)
        if request == "builtins":
            return _columns(name for name in builtins.__dict__ if name[0] != "_")
        if request == "modules":
            return _columns({name for name in [*_names(None), *sys.modules] if name[0] != "_"})
        if request in _KEYWORDS and request not in builtins.__dict__:
            return f"{request!r} is a keyword of the language: see https://docs.python.org/3.11/reference/\n"
        obj = _lookup(request)
        if obj is _absent:
            return (f"No documentation found for {request!r}.\n"
                    "Use help() to get the interactive help utility, or help(object) with the object itself.\n")
        title, request = request, obj
    kind = _kind(request)
    if kind is None:
        request, kind = type(request), "class"
        title = None
        of = f"{request.__name__} object"
    else:
        name = title or getattr(request, "__qualname__", None) or getattr(request, "__name__", None)
        of = f"{kind} {name}" if name else kind
    module = None if kind == "module" else getattr(request, "__module__", None)
    where = f" in module {module}" if module else ""
    body = (_module if kind == "module" else _class if kind == "class" else _function)(request)
    return f"Help on {of}{where}:\n\n{body}"


def _lookup(name):
    first, *rest = name.split(".")
    obj = _main.get(first, builtins.__dict__.get(first, sys.modules.get(first, _absent)))
    if obj is _absent and first in _names(None):
        obj = __import__(first)
    for part in rest:
        obj = getattr(obj, part, _absent)
    return obj


def _kind(obj):
    name = type(obj).__name__
    if isinstance(obj, type):
        return "class"
    return {"module": "module", "function": "function", "method": "method", "property": "property",
            "builtin_function_or_method": "built-in function", "method_descriptor": "method_descriptor",
            "wrapper_descriptor": "wrapper_descriptor", "method-wrapper": "method-wrapper",
            "member_descriptor": "member_descriptor", "getset_descriptor": "getset_descriptor"}.get(name)


def _doc(obj):
    """The docstring without the indentation of its source."""
    try:
        doc = obj.__doc__
    except Exception:
        doc = None
    if not isinstance(doc, str):
        return ""
    lines = doc.expandtabs().split("\n")
    indent = min((len(line) - len(line.lstrip()) for line in lines[1:] if line.strip()), default=0)
    return "\n".join([lines[0].lstrip(), *(line[indent:] for line in lines[1:])]).strip("\n").rstrip()


def _indent(text, by="    "):
    return "".join(f"{by}{line}".rstrip() + "\n" for line in text.split("\n")) if text else ""


def _signature(function):
    """(a, b=1, *args, key=2): "(...)" for what is written in C."""
    bound = type(function).__name__ == "method"
    function = getattr(function, "__func__", function)
    code = getattr(function, "__code__", None)
    if code is None:
        return "(...)"
    count, keywords, flags = code.co_argcount, code.co_kwonlyargcount, code.co_flags
    names = [*code.co_varnames]
    defaults = function.__defaults__ or ()
    notes = function.__annotations__
    note = lambda name: f"{name}: {_annotation(notes[name])}" if name in notes else name
    equals = lambda name, value: f"{note(name)}{' = ' if name in notes else '='}{value!r}"
    parts = []
    for at, name in enumerate(names[:count]):
        default = at - count + len(defaults)
        parts.append(equals(name, defaults[default]) if default >= 0 else note(name))
        if at + 1 == code.co_posonlyargcount:
            parts.append("/")
    rest = names[count + keywords:]
    if flags & 4:
        parts.append("*" + note(rest.pop(0)))
    elif keywords:
        parts.append("*")
    for name in names[count:count + keywords]:
        given = function.__kwdefaults__ or {}
        parts.append(equals(name, given[name]) if name in given else note(name))
    if flags & 8:
        parts.append("**" + note(rest[0]))
    result = f" -> {_annotation(notes['return'])}" if "return" in notes else ""
    return f"({', '.join(parts[1:] if bound and count else parts)}){result}"


def _annotation(value):
    return value.__name__ if isinstance(value, type) else repr(value)


def _function(obj):
    if type(obj) is property or type(obj).__name__ in ("member_descriptor", "getset_descriptor"):
        return _indent(_doc(obj)) or "\n"
    return f"{obj.__name__}{_signature(obj)}\n{_indent(_doc(obj))}"


def _class(cls, name=None):
    bases = ", ".join(base.__name__ if base.__module__ in ("builtins", cls.__module__)
                      else f"{base.__module__}.{base.__name__}" for base in cls.__bases__ if base is not object)
    init = _class_entry(cls, "__init__")
    own = init is not _absent and type(init) is type(_class)
    lines = []
    if own:
        shown = _signature(init)
        parts = shown[1:].partition(", ")
        lines.append(f"{cls.__name__}({parts[2] if parts[1] else ')'}\n")
    lines.append(_doc(cls) + "\n" if _doc(cls) else "")
    if len(cls.__mro__) > 2:
        lines.append("Method resolution order:\n" + _indent("\n".join(base.__name__ for base in cls.__mro__)))
    groups = [("Methods", lambda value: type(value) is type(_class) or type(value).__name__ == "method_descriptor"),
              ("Class methods", lambda value: type(value) is classmethod),
              ("Static methods", lambda value: type(value) is staticmethod),
              ("Properties", lambda value: type(value) is property),
              ("Data and other attributes", None)]
    for base in cls.__mro__:
        where = "defined here" if base is cls else f"inherited from {base.__name__}"
        if base is object and cls is not object:
            continue
        left = {name: value for name, value in base.__dict__.items()
                if name not in ("__module__", "__doc__", "__dict__", "__weakref__", "__slots__", "__qualname__")}
        for title, belongs in groups:
            texts = []
            for name, value in [*left.items()]:
                if belongs is None:
                    if name[:2] != "__" and type(value).__name__ not in ("wrapper_descriptor", "getset_descriptor"):
                        texts.append(f"{name} = {_short(value)}\n" if type(value).__name__ != "member_descriptor"
                                     else f"{name}\n")
                elif belongs(value):
                    del left[name]
                    inner = value.__func__ if type(value) in (classmethod, staticmethod) else value
                    head = name if type(value) is property else name + _signature(inner)
                    texts.append(f"{head}\n{_indent(_doc(inner))}")
            if texts:
                lines.append(f"{title} {where}:\n\n" + "\n".join(texts))
    body = "\n".join(text for text in lines if text)
    return f"class {cls.__name__}({bases})\n" .replace("()", "") + _indent(body.rstrip("\n"), " |  ")


def _short(value):
    try:
        text = repr(value)
    except Exception:
        text = f"<{type(value).__name__}>"
    return text if len(text) < 70 else text[:67] + "..."


def _module(module):
    names = {name: value for name, value in module.__dict__.items() if name[:1] != "_"}
    exported = module.__dict__.get("__all__")
    if exported is not None:
        names = {name: module.__dict__[name] for name in exported if name in module.__dict__}
    doc = _doc(module)
    text = f"NAME\n    {module.__name__}{' - ' + doc.split(chr(10))[0] if doc else ''}\n"
    if "\n" in doc:
        text += "\nDESCRIPTION\n" + _indent(doc.partition("\n")[2].strip("\n"))
    here = lambda value: getattr(value, "__module__", None) == module.__name__
    classes = [value for value in names.values() if isinstance(value, type) and here(value)]
    functions = [value for value in names.values() if _kind(value) in ("function", "built-in function") and here(value)]
    data = {name: value for name, value in names.items() if _kind(value) is None}
    if classes:
        text += "\nCLASSES\n" + "\n".join(_indent(_class(cls).rstrip("\n")) for cls in classes)
    if functions:
        text += "\nFUNCTIONS\n" + "\n".join(_indent(_function(function).rstrip("\n")) for function in functions)
    if data:
        text += "\nDATA\n" + "".join(f"    {name} = {_short(value)}\n" for name, value in data.items())
    file = module.__dict__.get("__file__")
    return text + f"\nFILE\n    {file or '(built-in)'}\n"
