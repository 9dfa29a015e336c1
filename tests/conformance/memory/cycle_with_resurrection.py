import gc
gc.collect()
kept = []
class N:
    def __del__(self):
        print("del")
        kept.append(self)
n = N()
n.me = n
n.data = [1, 2]
del n
gc.collect()
print(len(kept), kept[0].data, kept[0].me is kept[0])
kept.clear()
gc.collect()
print("second collection", len(kept))
