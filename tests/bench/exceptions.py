class Trouble(Exception):
    pass
def risky(i):
    if i % 3 == 0:
        raise Trouble(i)
    return i
def middle(i):
    try:
        return risky(i)
    finally:
        global passed
        passed += 1
passed = caught = total = 0
for i in range(2500000):
    try:
        total += middle(i)
    except Trouble as e:
        caught += e.args[0] % 7
print(passed, caught, total)
