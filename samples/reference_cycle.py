# Two objects that refer to each other outlive their last outside reference,
# until the cycle collector finds them.
import gc

gc.collect()
gc.disable()  # so that only the explicit collections below happen

alive = 0


class Person:
    def __init__(self, name):
        global alive
        alive += 1
        self.name = name
        self.friend = None

    def __del__(self):
        global alive
        alive -= 1
        print("  goodbye,", self.name)


def make_pair():
    ann = Person("Ann")
    bob = Person("Bob")
    ann.friend = bob
    bob.friend = ann
    return None


print("without a cycle:")
Person("Zoe")
print("  alive:", alive)

print("a cycle, before gc.collect():")
make_pair()
print("  alive:", alive)

print("a cycle, after gc.collect():")
gc.collect()
print("  alive:", alive)

print("a cycle cut by hand needs no collection:")
first = Person("Cid")
second = Person("Dee")
first.friend = second
second.friend = first
first.friend = None
del second
print("  Dee's only reference was Cid's: alive", alive)
del first
print("  alive:", alive)
gc.enable()
