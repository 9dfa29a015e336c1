t = (1, 2, 3, 2)
print(t[1:], t[::-1], t + (4,), t * 2, t.count(2), t.index(2, 2), len(t), 3 in t, (), (1,), tuple("ab"))
print((1, 2) < (1, 2, 3), hash((1, "a")) == hash((1, "a")), max((1, 5), (2, 0)), tuple([1]), t is tuple(t))
a = 1,
b = 2, 3
print(a, b, (a, b), *b)
t += (9,)
print(t)
try:
    t[0] = 1
except TypeError as e:
    print(e)
try:
    hash(([],))
except TypeError as e:
    print(e)
