# The traceback of an exception moves behind a new entry; the collector may not have come to the exception yet.


def fail(number):
    local = [number]
    raise ValueError(local[0])


def failure(number):
    try:
        fail(number)
    except ValueError as error:
        return error


total = 0
for _ in range(6):
    kept = [failure(number) for number in range(300)]
    for error in kept:
        try:
            raise error
        except ValueError:
            pass
    for error in kept:
        entry = error.__traceback__
        while entry.tb_next is not None:
            entry = entry.tb_next
        total += entry.tb_frame.f_locals["local"][0]
print(total)
