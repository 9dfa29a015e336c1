saved = []
class P:
    def __del__(self):
        print("del")
        saved.append(self)
p = P()
p.v = 7
del p
print(len(saved), saved[0].v)
saved.clear()
print("gone without a second del", len(saved))
