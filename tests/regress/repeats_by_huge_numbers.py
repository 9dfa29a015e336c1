# A factor beyond what an index holds is an error, whatever its sign.
for sequence in ([1], (1,), "a", b"a", [], (), "", b""):
    for factor in (10**30, -(10**30), -(2**63), -(2**63) - 1, -1):
        try:
            print(repr(sequence * factor))
        except (OverflowError, MemoryError) as error:
            print(type(error).__name__, error)
