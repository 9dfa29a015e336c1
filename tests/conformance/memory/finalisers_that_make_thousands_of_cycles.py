# Finalisers and callbacks of one collection add to the heap that the collector goes over.
import gc
import weakref


class Node:
    pass


class Maker:
    def __init__(self, count):
        self.count = count
        self.me = self

    def __del__(self):
        made.append(self.count)
        make(self.count)
        for number in range(self.count % 7):
            Maker(0)


def make(count):
    global kept
    for number in range(count):
        first, second = Node(), [Node()]
        first.other, second[0].other = second, first
    kept = first
    first.gone = False


def called(ref):
    make(50)
    made.append("called")


kept, made, refs = Node(), [], []
gc.disable()
for number in range(20):
    maker = Maker(number * 100 + 1)
    refs.append(weakref.ref(maker, called))
    del maker
for number in range(4):
    gc.collect()
    print(len(made), made.count("called"), made.count(0), kept.gone)
gc.enable()
for number in range(200):
    Maker(20)
gc.collect()
gc.collect()
gc.collect()
print(len(made), kept.other[0].other is kept)
