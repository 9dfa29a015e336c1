# The collection that runs goes on to its end all the same.
import gc

log = []


class Node:
    def __init__(self, number):
        self.number = number
        self.me = self

    def __del__(self):
        log.append(self.number)
        if self.number == 3:
            gc.disable()


gc.disable()
for number in range(400):
    Node(number)
gc.enable()
kept = []
while gc.isenabled():
    kept.append([])
print(len(log), log == list(range(400)))
