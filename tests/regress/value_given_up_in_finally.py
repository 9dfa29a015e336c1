# A value on its way out of a function dies when a finally body goes another way.
class Noisy:
    def __init__(self, name):
        self.name = name
        print("born", name)

    def __del__(self):
        print("dead", self.name)


def go_on():
    for i in range(2):
        try:
            return Noisy("returned " + str(i))
        finally:
            print("continue")
            continue
    print("after the loop")


def leave():
    for i in range(2):
        try:
            try:
                return Noisy("returned")
            finally:
                print("inner")
        finally:
            print("break")
            break
    print("after the loop")


def replace():
    try:
        return Noisy("first")
    finally:
        return Noisy("second")


def nested():
    while True:
        try:
            return Noisy("outer")
        finally:
            try:
                return Noisy("inner")
            finally:
                break
    print("after the loop")


def raised():
    try:
        return Noisy("returned")
    finally:
        raise ValueError


go_on()
leave()
replace()
nested()
try:
    raised()
except ValueError:
    print("caught")
