import gc
gc.collect()
gc.disable()
class N: pass
a = N(); a.me = a
del a
print(gc.collect() > 0, gc.collect(), gc.isenabled())
gc.disable()
print(gc.isenabled())
gc.enable()
print(gc.isenabled())
