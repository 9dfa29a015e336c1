b = b"hello\x00\xff\n'"
print(b, len(b), b[0], b[1:3], b[-1], b + b"x", b"ab" * 2, 104 in b, b"ell" in b, list(b[:3]))
print(bytes(3), bytes([1, 2, 255]), bytes("é", "utf-8"), bytes.fromhex("00ff 10"), b"\x01\xab".hex(), b"abc".decode(), b"\xc3\xa9".decode("utf-8"))
print(b"a,b".split(b","), b"-".join([b"a", b"b"]), b"abc".replace(b"b", b"X"), b"abc".find(b"c"), b"ABC".lower(), b" x ".strip(), b"abc".startswith(b"ab"))
print(b"a" < b"b", b"a" == "a", hash(b"a") == hash(b"a"), {b"k": 1}[b"k"], b"\xff".decode("latin-1"), b"\xff".decode("utf-8", "replace"), repr(b'"'), repr(b"'\""))
for f in (lambda: bytes([256]), lambda: b"\xff".decode(), lambda: bytes("é"), lambda: b"a"[5]):
    try:
        f()
    except Exception as e:
        print(type(e).__name__, e)
