a = [3, 1, 2]
a.append(5); a.extend("xy"); a.insert(0, "first"); a.insert(-1, "near end"); a.insert(100, "last")
print(a, len(a), a.count(1), a.index(2), a.index("x", 2, -1))
print(a.pop(), a.pop(0), a.pop(-2), a)
a.remove("x"); a.reverse()
print(a, a.copy() == a, a.copy() is a, a * 2, a + [0], a.clear(), a)
a.extend(i for i in range(3)); a.extend(a); a += a[:1]
print(a, [] * 5, [1] * -1, list(), [[]] * 2)
try:
    a.index(0, 50)
except ValueError as e:
    print(e)
