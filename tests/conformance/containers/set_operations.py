a, b = {1, 2, 3}, {3, 4}
print(sorted(a | b), sorted(a & b), sorted(a - b), sorted(a ^ b), a <= {1, 2, 3, 4}, a < a, a >= {1}, {1} < a)
a.add(9); a.add(9); a.discard(100); a.remove(1)
print(sorted(a), len(a), 9 in a, a.isdisjoint({0}), a.issubset(range(20)), a.issuperset([2]))
a.update([5], (6,)); a.difference_update({2}); a.intersection_update(range(7))
print(sorted(a), sorted(a.union([0], [1])), sorted(a.symmetric_difference([5, 50])), a.copy() == a)
a |= {0}; a &= {0, 5}; a -= {5}; a ^= {7}
print(sorted(a), set(), frozenset([1]), {frozenset([1]): "k"}[frozenset({1})], {1} == frozenset([1]))
print(a.pop() in (0, 7), a.clear(), a, type({1} | frozenset([2])).__name__, type(frozenset() | {1}).__name__)
try:
    {[1]}
except TypeError as e:
    print(e)
