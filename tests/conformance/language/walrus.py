if (n := 10) > 5:
    print(n)
data = [1, 2, 3, 4]
print([y for x in data if (y := x * 2) > 4], y)
while (item := data.pop()) > 2:
    print("item", item)
def f():
    def g(): return total
    total = 0
    print([total := total + i for i in range(5)], g())
f()
print((a := 1, b := 2), a, b, f"{(c := 3)}", c)
