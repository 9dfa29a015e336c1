# frame.f_locals holds the variables that a function has from the one around it, as locals() does.
def outer():
    free, unused = 1, 2

    def inner(parameter):
        own = free
        later = lambda: own
        try:
            raise ValueError
        except ValueError as error:
            frame = error.__traceback__.tb_frame
        names = frame.f_locals
        return sorted(names), names["free"], names["own"], sorted(locals())

    return inner(3)


print(outer())
