# What a generator delegates to dies before the generator goes on, also when throw() ends it.
class Delegate:
    def __iter__(self):
        return self

    def __next__(self):
        return 1

    def throw(self, *arguments):
        raise StopIteration("the end")

    def close(self):
        print("closed")

    def __del__(self):
        print("gone")


def generator():
    result = yield from Delegate()
    print("result", result)
    yield result


running = generator()
next(running)
print(running.throw(ValueError))
running.close()
running = generator()
next(running)
running.close()
print("over")
