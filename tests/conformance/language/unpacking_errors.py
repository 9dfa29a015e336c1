def attempt(f):
    try:
        f()
    except Exception as e:
        print(type(e).__name__, e)
def few():
    a, b, c = 1, 2
def many():
    a, b = 1, 2, 3
def star_few():
    a, b, *c = [1]
def not_iterable():
    a, b = 5
def star_call():
    print(*5)
def kw_call():
    print(**5)
def spread():
    return [*None]
for f in (few, many, star_few, not_iterable, star_call, kw_call, spread):
    attempt(f)
