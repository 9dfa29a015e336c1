data = [1, 2, 3, 0, 4]
pop = lambda: data.pop(0)
print(list(iter(pop, 0)), data)
it = iter(range(3))
print(next(it), list(it), next(it, None))
class Old:
    def __getitem__(self, i):
        if i > 2:
            raise IndexError
        return i * 10
print(list(Old()), 20 in Old(), 5 in Old())
z = zip([1, 2, 3], [4])
print(list(z), list(z))
try:
    list(zip([1], [1, 2], strict=True))
except ValueError as e:
    print(e)
