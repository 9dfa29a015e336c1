# Every codec with every error handler, in both directions.
def show(function, *args):
    try:
        return function(*args)
    except (UnicodeError, LookupError, TypeError, ValueError) as error:
        return f"{type(error).__name__}: {error}"


CODECS = ("utf-8", "ascii", "latin-1", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-be")
HANDLERS = ("strict", "ignore", "replace", "backslashreplace", "xmlcharrefreplace", "surrogateescape", "surrogatepass")
for text in ("", "plain", "caf\xe9 \u20ac \U0001f600", "x\ud800y", "\udc80\udcff!"):
    for codec in CODECS:
        print(ascii(text), codec, [show(text.encode, codec, handler) for handler in HANDLERS])
for data in (b"plain", b"caf\xc3\xa9", b"\xff\xfea\x00\x3d\xd8", b"\xfe\xff\xd8\x00\xdc\x00", b"\xed\xa0\x80\x80\xe2\x82", b"\x00\x00\xd8\x00\x00\x11\x00\x00"):
    for codec in CODECS:
        print(data, codec, [ascii(show(data.decode, codec, handler)) for handler in HANDLERS if handler[0] != "x"])

# Long texts are worked on in parts.
long = "a" * 4095 + "\u20ac\udc80" + "b" * 5000
data = long.encode("utf-8", "surrogateescape")
print(len(data), data.decode("utf-8", "surrogateescape") == long, data.decode("utf-8", "replace").count("\ufffd"))
print(show(data.decode, "UTF_8"), show(data[:4096].decode), show(long.encode, "L1"))

# Names, and the constructors.
for encoding in ("UTF 8", "u16", "ISO-8859-1", "bogus", "utf-8\0", 5, None):
    print(repr(encoding), show("\xe9".encode, encoding), show(b"e".decode, encoding), show(b"".decode, encoding))
print(show("a\xe9".encode, "ascii", "bogus"), show("a".encode, "ascii", "bogus"), show("a".encode, "ascii", 1))
print(show(str, b"a\xff", "utf-8", "replace").encode("ascii", "backslashreplace"), show(bytes, "a\xe9", "latin-1"))
for make in (str, bytes):
    for value in ("a", b"a", 5, None):
        print(make.__name__, value, show(make, value, "ascii"), show(lambda: make(value, errors="strict")))
