"""Methods of built-in types that are seldom in a hurry. An argument that was not given is NotImplemented."""
from _math import frexp, ldexp

DIGITS = "0123456789abcdef"


def float_hex(self):
    self = float(self)
    text = repr(self)
    if text[-1] in "fn":
        return text
    sign = "-" if text[0] == "-" else ""
    if self == 0:
        return f"{sign}0x0.0p+0"
    fraction, exponent = frexp(abs(self))
    shift = 1 - max(-1021 - exponent, 0)
    bits = int(ldexp(fraction, shift + 52))
    return f"{sign}0x{bits >> 52}.{bits & (1 << 52) - 1:013x}p{exponent - shift:+d}"


def float_fromhex(cls, text):
    if not isinstance(text, str):
        raise TypeError("bad argument type for built-in operation")
    number = read_hex(text.strip(" \t\n\v\f\r").lower())
    return number if cls is float else cls(number)


def read_hex(text):
    wrong = ValueError("invalid hexadecimal floating-point string")
    negative = text[:1] == "-"
    if text[:1] in ("-", "+"):
        text = text[1:]
    if text in ("inf", "infinity", "nan"):
        number = float(text)
        return -number if negative else number
    text, mark, exponent = text.removeprefix("0x").partition("p")
    whole, point, fraction = text.partition(".")
    digits = whole + fraction
    # What is behind the number is looked at last.
    start = 1 if exponent[:1] in ("-", "+") else 0
    end = start
    while end < len(exponent) and exponent[end] in "0123456789":
        end += 1
    junk = exponent[end:]
    if not digits or digits.strip(DIGITS) or any(d not in DIGITS for d in digits):
        raise wrong
    if mark and end == start:
        raise wrong
    bits = int(digits, 16)
    exponent = int(exponent[:end] or 0) - 4 * len(fraction)
    high = bits.bit_length() + exponent
    if bits == 0 or high < -1100:
        number = 0.0
    elif high > 1024:
        raise OverflowError("hexadecimal value too large to represent as a float")
    else:
        try:
            number = float(bits << exponent) if exponent >= 0 else bits / (1 << -exponent)
        except OverflowError:
            raise OverflowError("hexadecimal value too large to represent as a float") from None
    if junk:
        raise wrong
    return -number if negative else number


def float_as_integer_ratio(self):
    self = float(self)
    text = repr(self)
    if text == "nan":
        raise ValueError("cannot convert NaN to integer ratio")
    if text[-1] == "f":
        raise OverflowError("cannot convert Infinity to integer ratio")
    fraction, exponent = frexp(self)
    bits = int(ldexp(fraction, 53))
    exponent -= 53
    while bits and bits % 2 == 0 and exponent < 0:
        bits //= 2
        exponent += 1
    if not bits or exponent >= 0:
        return int(self), 1
    return bits, 1 << -exponent


def byte_order(value, function):
    """Is it the big end first?"""
    if value is NotImplemented:
        return True
    if not isinstance(value, str):
        shown = "None" if value is None else type(value).__name__
        raise TypeError(f"{function}() argument 'byteorder' must be str, not {shown}")
    if value not in ("little", "big"):
        raise ValueError("byteorder must be either 'little' or 'big'")
    return value == "big"


def int_to_bytes(self, length, order, signed):
    length = 1 if length is NotImplemented else range(length).stop  # as an index
    big = byte_order(order, "to_bytes")
    signed = signed is not NotImplemented and bool(signed)
    self = int(self)
    if length < 0:
        raise ValueError("length argument must be non-negative")
    if self < 0 and not signed:
        raise OverflowError("can't convert negative int to unsigned")
    bits = 8 * length - signed
    # One that does not fit: not even asked whether the power can be had.
    if (self if self >= 0 else ~self).bit_length() > max(bits, 0) and not (length == 0 and self == 0):
        raise OverflowError("int too big to convert")
    if self < 0:
        self += 1 << 8 * length
    text = f"{self:0{2 * length}x}" if length else ""
    octets = [int(text[i:i + 2], 16) for i in range(0, 2 * length, 2)]
    return bytes(octets if big else octets[::-1])


def int_from_bytes(cls, source, order, signed):
    big = byte_order(order, "from_bytes")
    signed = signed is not NotImplemented and bool(signed)
    if not isinstance(source, bytes):
        if isinstance(source, (int, str)):
            raise TypeError(f"cannot convert '{type(source).__name__}' object to bytes")
        source = bytes(source)
    number = int(hex_of(source if big else source[::-1]) or "0", 16)
    if signed and source and number >> 8 * len(source) - 1:
        number -= 1 << 8 * len(source)
    return number if cls is int else cls(number)


def hex_of(octets):
    return "".join([f"{octet:02x}" for octet in octets])


def bytes_hex(self, sep, every):
    every = 1 if every is NotImplemented else range(every).stop
    if sep is NotImplemented:
        return hex_of(self)
    if len(sep) != 1:
        raise ValueError("sep must be length 1.")
    if not isinstance(sep, (str, bytes)):
        raise TypeError("sep must be str or bytes.")
    if not sep.isascii():
        raise ValueError("sep must be ASCII.")
    if isinstance(sep, bytes):
        sep = sep.decode("ascii")
    if every == 0:
        return hex_of(self)
    first = len(self) % every if every > 0 else 0
    size = abs(every)
    groups = [self[:first]] if first else []
    groups += [self[i:i + size] for i in range(first, len(self), size)]
    return sep.join([hex_of(group) for group in groups])


def bytes_fromhex(cls, text):
    if not isinstance(text, str):
        shown = "None" if text is None else type(text).__name__
        raise TypeError(f"fromhex() argument must be str, not {shown}")
    for at, point in enumerate(text if not text.isascii() else ""):
        if not point.isascii():  # looked for first, whatever else is wrong
            raise ValueError(f"non-hexadecimal number found in fromhex() arg at position {at}")
    octets = []
    at = 0
    lower = text.lower()
    while at < len(lower):
        if lower[at] in " \t\n\v\f\r":
            at += 1
            continue
        for place in (at, at + 1):
            if place >= len(lower) or lower[place] not in DIGITS:
                raise ValueError(f"non-hexadecimal number found in fromhex() arg at position {place}")
        octets.append(int(lower[at:at + 2], 16))
        at += 2
    result = bytes(octets)
    return result if cls is bytes else cls(result)


def octets_of(value):
    if not isinstance(value, bytes):
        raise TypeError(f"a bytes-like object is required, not '{type(value).__name__}'")
    return value


def bytes_translate(self, table, delete):
    if table is not None and len(octets_of(table)) != 256:
        raise ValueError("translation table must be 256 characters long")
    gone = b"" if delete is NotImplemented else octets_of(delete)
    return bytes([octet if table is None else table[octet] for octet in self if octet not in gone])


def bytes_maketrans(source, target):
    octets_of(source)
    octets_of(target)
    if len(source) != len(target):
        raise ValueError("maketrans arguments must have same length")
    table = list(range(256))
    for octet, to in zip(source, target):
        table[octet] = to
    return bytes(table)


def str_maketrans(source, *more):
    table = {}
    if not more:
        if not isinstance(source, dict):
            raise TypeError("if you give only one argument to maketrans it must be a dict")
        for key in source:
            value = dict.__getitem__(source, key)
            if isinstance(key, str):
                if len(key) != 1:
                    raise ValueError("string keys in translate table must be of length 1")
                key = ord(key)
            elif not isinstance(key, int):
                raise TypeError("keys in translate table must be strings or integers")
            table[key] = value
        return table
    for number, value in enumerate(more, 2):
        if not isinstance(value, str):
            shown = "None" if value is None else type(value).__name__
            raise TypeError(f"maketrans() argument {number} must be str, not {shown}")
    if not isinstance(source, str):
        raise TypeError("first maketrans argument must be a string if there is a second argument")
    if len(source) != len(more[0]):
        raise ValueError("the first two maketrans arguments must have equal length")
    for point, to in zip(source, more[0]):
        table[ord(point)] = ord(to)
    for point in more[1] if len(more) > 1 else "":
        table[ord(point)] = None
    return table


def str_translate(self, table):
    if type(table) is not dict:
        return "".join([mapped(table, char) for char in self])
    found = {}
    for char in self:
        if char not in found:
            found[char] = written(table.get(ord(char), char))
    return "".join([found[char] for char in self])


def mapped(table, char):
    try:
        value = table[ord(char)]
    except LookupError:
        return char
    return written(value)


def written(value):
    if value is None:
        return ""
    if issubclass(type(value), str):
        return value
    if not issubclass(type(value), int):
        raise TypeError("character mapping must return integer, None or str")
    value = range(value).stop
    if not 0 <= value <= 0x10ffff:
        raise ValueError("character mapping must be in range(0x110000)")
    return chr(value)


def int_pow(base, exponent, modulus):
    """pow() with three arguments, which are plain ints."""
    if modulus == 0:
        raise ValueError("pow() 3rd argument cannot be 0")
    size = abs(modulus)
    base %= size
    if exponent < 0:  # the inverse, by Euclid's extended algorithm
        r0, r1, s0, s1 = size, base, 0, 1
        while r1:
            quotient = r0 // r1
            r0, r1, s0, s1 = r1, r0 - quotient * r1, s1, s0 - quotient * s1
        if r0 != 1:
            raise ValueError("base is not invertible for the given modulus")
        base, exponent = s0 % size, -exponent
    result = 1
    for bit in f"{exponent:b}":
        result = result * result % size
        if bit == "1":
            result = result * base % size
    return result % modulus  # of its sign


def int_divide(a, b):
    """a / b, at least one of them too large for a double: an integer quotient of 55 or more bits, then one rounding to the 53
    (fewer for subnormal results) that the double has."""
    sign = -1.0 if (a < 0) != (b < 0) else 1.0
    a, b = abs(a), abs(b)
    difference = a.bit_length() - b.bit_length()
    if not a or difference < -1076:
        return 0.0 * sign
    if difference > 1024:
        raise OverflowError("integer division result too large for a float")
    scale = max(difference, -1021) - 55
    quotient, rest = divmod(a << max(-scale, 0), b << max(scale, 0))
    unit = 1 << max(quotient.bit_length(), -1021 - scale) - 53
    low = quotient % unit
    quotient -= low
    if low * 2 > unit or low * 2 == unit and (rest or quotient & unit):
        quotient += unit
    if quotient.bit_length() + scale > 1024:
        raise OverflowError("integer division result too large for a float")
    return sign * ldexp(quotient, scale)


def int_round(self, *digits):
    # None is refused here although round(x, None) is fine: builtins.round leaves it out.
    places = -range(digits[0]).stop if digits else 0
    self = int(self)
    if places <= 0:
        return self
    if places > self.bit_length() // 3 + 2:
        return 0
    unit = 10 ** places
    low = self // unit * unit
    rest = (self - low) * 2
    return low + unit if rest > unit or rest == unit and self // unit % 2 else low


def text_expandtabs(self, size):
    size = 8 if size is NotImplemented else range(size).stop
    if not -2147483648 <= size <= 2147483647:
        raise OverflowError("Python int too large to convert to C int")
    empty, tab, blank, ends = ("", "\t", " ", "\n\r") if isinstance(self, str) else (b"", b"\t", b" ", b"\n\r")
    column, pieces = 0, []
    for piece in self.split(tab):
        if pieces:
            step = size - column % size if size > 0 else 0
            pieces.append(blank * step)
            column += step
        pieces.append(piece)
        last = max(piece.rfind(ends[:1]), piece.rfind(ends[1:]))
        column = len(piece) - last - 1 if last >= 0 else column + len(piece)
    return empty.join(pieces)


def slice_indices(self, length):
    length = range(length).stop
    if length < 0:
        raise ValueError("length should not be negative")
    return bounds_of(self, length)


def bounds_of(bounds, length):
    step = 1 if bounds.step is None else bound(bounds.step)
    if step == 0:
        raise ValueError("slice step cannot be zero")
    low, high = (0, length) if step > 0 else (-1, length - 1)
    start, stop = (low, high) if step > 0 else (high, low)
    if bounds.start is not None:
        start = reach(bound(bounds.start), length, low, high)
    if bounds.stop is not None:
        stop = reach(bound(bounds.stop), length, low, high)
    return start, stop, step


def bound(value):
    if not hasattr(type(value), "__index__"):
        raise TypeError("slice indices must be integers or None or have an __index__ method")
    return range(value).stop


def reach(place, length, low, high):
    return max(place + length, low) if place < 0 else min(place, high)


def range_slice(self, bounds, length):
    start, stop, step = bounds_of(bounds, length)
    return range(self.start + start * self.step, self.start + stop * self.step, step * self.step)


def range_index(self, value):
    if type(value) is int or type(value) is bool:
        if value not in self:
            raise ValueError(f"{value!r} is not in range")
        return (value - self.start) // self.step
    for at, item in enumerate(self):
        if value == item:
            return at
    raise ValueError("sequence.index(x): x not in sequence")


def range_count(self, value):
    if type(value) is int or type(value) is bool:
        return int(value in self)
    count = 0
    for item in self:
        if value == item:
            count += 1
    return count


def int_bit_count(self):
    return f"{abs(int(self)):b}".count("1")


def int_as_integer_ratio(self):
    return int(self), 1


def dict_fromkeys(cls, iterable, value=None):
    made = cls()
    for key in iterable:
        made[key] = value
    return made


def base_add_note(self, note):
    if not isinstance(note, str):
        raise TypeError(f"note must be a str, not '{type(note).__name__}'")
    notes = getattr(self, "__notes__", NotImplemented)
    if notes is NotImplemented:
        self.__notes__ = notes = []
    if type(notes) is not list:
        raise TypeError("Cannot add note: __notes__ is not a list")
    notes.append(note)


def syntax_str(self):
    file, line = self.filename, self.lineno
    if not isinstance(file, str):
        return f"{self.msg!s} (line {line})" if type(line) is int else str(self.msg)
    if type(line) is int:
        return f"{self.msg!s} ({file.rpartition('/')[2]}, line {line})"
    return f"{self.msg!s} ({file})"


def unicode_str(self):
    start, end = self.start, self.end
    if type(start) is not int or type(end) is not int:
        return BaseException.__str__(self)
    decode = isinstance(self, UnicodeDecodeError)
    verb = "decode" if decode else "encode"
    if end != start + 1 or start >= len(self.object):
        what = f"{'bytes' if decode else 'characters'} in position {start}-{end - 1}"
    elif decode:
        what = f"byte 0x{self.object[start]:02x} in position {start}"
    else:
        point = ord(self.object[start])
        shown = f"\\x{point:02x}" if point < 256 else f"\\u{point:04x}" if point < 65536 else f"\\U{point:08x}"
        what = f"character '{shown}' in position {start}"
    return f"'{self.encoding!s}' codec can't {verb} {what}: {self.reason!s}"
