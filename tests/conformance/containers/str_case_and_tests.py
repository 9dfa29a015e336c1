print("Hello World".upper(), "ÀÉ".lower(), "hello wORLD".title(), "hELLO".capitalize(), "aBc".swapcase(), "Straße".casefold(), "ß".upper())
for s in ("abc", "ABC", "Abc", "a1", "12", "", " ", "½", "é", "_x", "1a", "\t\n"):
    print(repr(s), s.isalpha(), s.isdigit(), s.isalnum(), s.isspace(), s.isupper(), s.islower(), s.isidentifier(), s.isnumeric(), s.isdecimal(), s.istitle(), s.isascii(), s.isprintable())
