class T:
    def __bool__(self):
        print("bool")
        return False
class L:
    def __len__(self):
        print("len")
        return 0
class Bad:
    def __bool__(self): return 1
print(not T(), not L(), 1 if L() else 2)
while T():
    pass
print(type(T() and 1).__name__, type(L() or T()).__name__)
try:
    bool(Bad())
except TypeError as e:
    print(e)
