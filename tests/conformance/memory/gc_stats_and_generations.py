import gc


def cycle():
    node = []
    node.append(node)


gc.disable()
gc.collect()
before = gc.get_stats()
print(len(before), sorted(before[0]))
cycle()
print(gc.collect())
cycle()
cycle()
gc.collect(0)
gc.collect(generation=1)
after = gc.get_stats()
print([b["collections"] - a["collections"] for a, b in zip(before, after)])
print(sum(b["collected"] - a["collected"] for a, b in zip(before, after)))
print([b["uncollectable"] for b in after], gc.collect())
