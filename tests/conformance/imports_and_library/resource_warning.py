def opens():
    return open("_data.txt")


file = opens()
print(file.readline().strip())
del file
held = [open("_data.txt", "rb"), 1]
held.append(held)
del held
closed = open("_data.txt")
closed.close()
with open("_data.txt") as f:
    pass
import gc

gc.collect()
print("end")
