# A pool that lends a few costly connections; `with` gives them back on every way out.


class Connection:
    def __init__(self, number):
        self.number = number
        print(f"open connection {number}")

    def query(self, text):
        if "bad" in text:
            raise ValueError(f"cannot run {text!r}")
        return f"{text} on {self.number}"

    def __del__(self):
        print(f"close connection {self.number}")


class Lease:
    """The right to use one connection for the length of a `with` block."""

    def __init__(self, pool):
        self.pool = pool
        self.connection = None

    def __enter__(self):
        self.connection = self.pool.take()
        return self.connection

    def __exit__(self, kind, error, traceback):
        self.pool.give_back(self.connection)
        self.connection = None
        return False


class Pool:
    def __init__(self, limit):
        self.limit = limit
        self.made = 0
        self.free = []

    def lease(self):
        return Lease(self)

    def take(self):
        if self.free:
            return self.free.pop()
        if self.made == self.limit:
            raise RuntimeError("the pool is empty")
        self.made += 1
        return Connection(self.made)

    def give_back(self, connection):
        self.free.append(connection)


def early_return(pool):
    with pool.lease() as connection:
        return connection.query("returned early")


pool = Pool(2)
with pool.lease() as one:
    print(one.query("select"))
    with pool.lease() as two:
        print(two.query("nested select"))
        try:
            with pool.lease():
                print("never")
        except RuntimeError as error:
            print("third lease:", error)
print("free:", len(pool.free), "made:", pool.made)

try:
    with pool.lease() as one:
        one.query("bad query")
except ValueError as error:
    print(error, "- free again:", len(pool.free))

print(early_return(pool), "- free:", len(pool.free))
for i in range(3):
    with pool.lease() as one:
        if i == 1:
            continue
        print(one.query(f"loop {i}"))
del one, two
print("the pool ends")
del pool
print("end")
