class S:
    def __getitem__(self, k): return k
s = S()
print(s[1:2], s[:], s[::2], s[1:2, ::3], s[...], slice(1, 5, 2).indices(4), slice(None, None, -1).indices(5), slice(3))
x = slice(1, 3)
print([0, 1, 2, 3][x], "abcd"[x], (1, 2, 3, 4)[x], x.start, x.stop, x.step, x == slice(1, 3))
class I:
    def __index__(self): return 2
print([1, 2, 3, 4][I():], "abc"[I()], list(range(10))[-3:10 ** 30])
