"""What the codecs of str and bytes leave to Python: utf-16 and utf-32, the error handlers, every name that is not plain.

An argument that was not given is NotImplemented."""

ALIASES = {alias: codec for codec, aliases in (
    ("utf-8", "utf-8 utf8 u8 utf cp65001"),
    ("ascii", "ascii us-ascii 646 iso646-us"),
    ("latin-1", "latin-1 latin1 latin iso-8859-1 iso8859-1 8859 iso8859 cp819 l1"),
    ("utf-16", "utf-16 utf16 u16"),
    ("utf-16-le", "utf-16-le utf-16le"),
    ("utf-16-be", "utf-16-be utf-16be"),
    ("utf-32", "utf-32 utf32 u32"),
    ("utf-32-le", "utf-32-le utf-32le"),
    ("utf-32-be", "utf-32-be utf-32be"),
) for alias in aliases.split()}
NARROW = {"utf-8": "surrogates not allowed", "ascii": "ordinal not in range(128)", "latin-1": "ordinal not in range(256)"}
BLOCK = 4096  # a text with many errors is not copied at each of them


def bytes_decode(data, encoding, errors):
    return decode(data, name_argument(encoding, "decode", "encoding"), name_argument(errors, "decode", "errors"))


def str_make(source, encoding, errors):
    encoding, errors = name_argument(encoding, "str", "encoding"), name_argument(errors, "str", "errors")
    if source is NotImplemented:
        return ""
    if issubclass(type(source), str):
        raise TypeError("decoding str is not supported")
    if not issubclass(type(source), bytes):
        from _functions import type_name
        raise TypeError(f"decoding to str: need a bytes-like object, {type_name(source)} found")
    return decode(source, encoding, errors)


def str_encode(text, encoding, errors):
    return encode(text, name_argument(encoding, "encode", "encoding"), name_argument(errors, "encode", "errors"))


def bytes_make(source, encoding, errors):
    encoding, errors = name_argument(encoding, "bytes", "encoding"), name_argument(errors, "bytes", "errors")
    if not issubclass(type(source), str):
        raise TypeError(f"{'errors' if encoding is None else 'encoding'} without a string argument")
    if encoding is None:
        raise TypeError("string argument without an encoding")
    return encode(source, encoding, errors)


def name_argument(value, function, name):
    if value is NotImplemented:
        return None
    if not issubclass(type(value), str):
        from _functions import type_name
        shown = "None" if value is None else type_name(value)
        raise TypeError(f"{function}() argument '{name}' must be str, not {shown}")
    value = str.encode(value).decode()
    if "\0" in value:
        raise ValueError("embedded null character")
    return value


def codec_of(encoding):
    if encoding is None:
        return "utf-8"
    codec = ALIASES.get(encoding.lower().replace("_", "-").replace(" ", "-"))
    if codec is None:
        raise LookupError(f"unknown encoding: {encoding}")
    return codec


def wide_codec(codec):
    """The bytes of a unit, and whether the big end comes first."""
    return 2 if "16" in codec else 4, codec[-2:] == "be"


def decode(data, encoding, errors):
    if not data:
        return ""  # without a look at the names
    codec = codec_of(encoding)
    return (decode_narrow if codec in NARROW else decode_wide)(data, codec, errors)


def decode_narrow(data, codec, errors):
    pieces, at = [], 0
    while at < len(data):
        block = data[at:at + BLOCK]
        try:
            pieces.append(block.decode(codec))
            at += len(block)
            continue
        except UnicodeDecodeError as error:
            start, end, why = error.start, error.end, error.reason
        if start:
            pieces.append(block[:start].decode(codec))
            at += start
            if end == len(block):
                continue  # once more from there: the block may have ended inside a character
        piece, at = recover(data, codec, errors, at, at + end - start, why)
        pieces.append(piece)
    return "".join(pieces)


def decode_wide(data, codec, errors):
    size, big = wide_codec(codec)
    pieces, at = [], 0
    if codec in ("utf-16", "utf-32"):
        big = data[:size] == octets_of(0xfeff, size, True)
        at = size if big or data[:size] == octets_of(0xfeff, size, False) else 0
        codec += "-be" if big else "-le"
    step = utf16_step if size == 2 else utf32_step
    while at < len(data):
        point, count, why = step(data[at:at + 4], big)
        if why is None:
            piece = chr(point)
            at += count
        else:
            piece, at = recover(data, codec, errors, at, at + count, why)
        pieces.append(piece)
    return "".join(pieces)


def unit(octets, big):
    value = 0
    for octet in octets if big else octets[::-1]:
        value = value << 8 | octet
    return value


def utf16_step(octets, big):
    """A point, how many bytes are its, and what is wrong with them or None."""
    if len(octets) < 2:
        return 0, 1, "truncated data"
    first = unit(octets[:2], big)
    if not 0xd800 <= first < 0xe000:
        return first, 2, None
    if first >= 0xdc00:
        return 0, 2, "illegal encoding"
    if len(octets) < 4:
        return 0, len(octets), "unexpected end of data"
    second = unit(octets[2:], big)
    if not 0xdc00 <= second < 0xe000:
        return 0, 2, "illegal UTF-16 surrogate"
    return 0x10000 + (first - 0xd800 << 10) + second - 0xdc00, 4, None


def utf32_step(octets, big):
    if len(octets) < 4:
        return 0, len(octets), "truncated data"
    point = unit(octets, big)
    if point > 0x10ffff:
        return 0, 4, "code point not in range(0x110000)"
    if 0xd800 <= point < 0xe000:
        return 0, 4, "code point in surrogate code point range(0xd800, 0xe000)"
    return point, 4, None


def recover(data, codec, errors, start, end, why):
    """What stands for the bytes that mean nothing, and where decoding goes on."""
    bad = data[start:end]
    if errors == "ignore":
        return "", end
    if errors == "replace":
        return "\ufffd", end
    if errors == "backslashreplace":
        return "".join([f"\\x{octet:02x}" for octet in bad]), end
    if errors == "xmlcharrefreplace":
        raise TypeError("don't know how to handle UnicodeDecodeError in error callback")
    if errors == "surrogateescape":
        count = 0
        while count < len(bad) and bad[count] >= 0x80:
            count += 1
        if count:
            return "".join([chr(0xdc00 + octet) for octet in bad[:count]]), start + count
    elif errors == "surrogatepass":
        if codec == "utf-8":
            octets = data[start:start + 3]
            if len(octets) == 3 and octets[0] == 0xed and 0xa0 <= octets[1] < 0xc0 and 0x80 <= octets[2] < 0xc0:
                return chr(0xd000 | (octets[1] & 0x3f) << 6 | octets[2] & 0x3f), start + 3
        elif codec not in NARROW:
            size, big = wide_codec(codec)
            octets = data[start:start + size]
            point = unit(octets, big)
            if len(octets) == size and 0xd800 <= point < 0xe000:
                return chr(point), start + size
    elif errors is not None and errors != "strict":
        raise LookupError(f"unknown error handler name '{errors}'")
    raise UnicodeDecodeError(codec, data, start, end, why)


def encode(text, encoding, errors):
    codec = codec_of(encoding)
    return (encode_narrow if codec in NARROW else encode_wide)(text, codec, errors)


def encode_narrow(text, codec, errors):
    pieces, at = [], 0
    while at < len(text):
        block = text[at:at + BLOCK]
        try:
            pieces.append(block.encode(codec))
            at += len(block)
            continue
        except UnicodeEncodeError as error:
            start, end = error.start, error.end
        pieces.append(block[:start].encode(codec))
        for place in range(at + start, at + end):
            piece = replacement(text, codec, errors, place)
            pieces.append(piece.encode() if isinstance(piece, str) else piece)
        at += end
    return b"".join(pieces)


def encode_wide(text, codec, errors):
    size, big = wide_codec(codec)
    pieces = [octets_of(0xfeff, size, big)] if codec in ("utf-16", "utf-32") else []
    for place, char in enumerate(text):
        if "\ud800" <= char < "\ue000":
            char = replacement(text, codec, errors, place)
        for part in char:
            point = ord(part)
            if size == 2 and point >= 0x10000:
                pieces.append(octets_of(0xd7c0 + (point >> 10), size, big))
                point = 0xdc00 | point & 0x3ff
            pieces.append(octets_of(point, size, big))
    return b"".join(pieces)


def octets_of(point, size, big):
    octets = [point >> 8 * shift & 255 for shift in range(size)]
    return bytes(octets[::-1] if big else octets)


def replacement(text, codec, errors, at):
    """What is written for a character that the codec cannot carry."""
    point = ord(text[at])
    if errors == "ignore":
        return ""
    if errors == "replace":
        return "?"
    if errors == "backslashreplace":
        return f"\\x{point:02x}" if point < 0x100 else f"\\u{point:04x}" if point < 0x10000 else f"\\U{point:08x}"
    if errors == "xmlcharrefreplace":
        return f"&#{point};"
    if errors == "surrogateescape":
        if codec in NARROW and 0xdc80 <= point < 0xdd00:
            return bytes([point - 0xdc00])
    elif errors == "surrogatepass":
        if codec == "utf-8":
            return bytes([0xed, 0x80 | point >> 6 & 0x3f, 0x80 | point & 0x3f])
        if codec not in NARROW:
            return text[at]
    elif errors is not None and errors != "strict":
        raise LookupError(f"unknown error handler name '{errors}'")
    end = at + 1
    while codec in NARROW and end < len(text) and not carries(codec, ord(text[end])):
        end += 1
    raise UnicodeEncodeError(codec, text, at, end, NARROW.get(codec, "surrogates not allowed"))


def carries(codec, point):
    return point < 128 if codec == "ascii" else point < 256 if codec == "latin-1" else not 0xd800 <= point < 0xe000
