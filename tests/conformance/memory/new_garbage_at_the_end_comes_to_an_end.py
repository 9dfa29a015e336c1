# A finaliser makes a new object of its class for ever, in a cycle or kept: the end comes all the same.
import gc


class Hydra:
    def __init__(self):
        self.me = self

    def __del__(self):
        Hydra()


class Keeper:
    def __del__(self):
        kept.append(Keeper())


class Riser:
    def __del__(self):
        kept.append(self)


kept = [Keeper(), Riser()]
Hydra()
hydra = Hydra()
for number in range(5):
    gc.collect()
keeper = Keeper()
del keeper
print("end", len(kept))
