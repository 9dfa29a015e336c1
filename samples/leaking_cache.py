# A leak that no collector can mend: a cache that keeps everything it ever made.
# The mend is a bound and explicit eviction.


class Page:
    alive = 0

    def __init__(self, number):
        self.number = number
        self.text = "page " + str(number)
        Page.alive += 1

    def __del__(self):
        Page.alive -= 1


class LeakingCache:
    """Every page stays reachable from `pages`, so none is ever freed."""

    def __init__(self):
        self.pages = {}

    def get(self, number):
        if number not in self.pages:
            self.pages[number] = Page(number)
        return self.pages[number]


class BoundedCache(LeakingCache):
    """Keeps the pages used last; a dict remembers the order of insertion."""

    def __init__(self, limit):
        super().__init__()
        self.limit = limit
        self.evicted = 0

    def get(self, number):
        page = super().get(number)
        del self.pages[number]  # move it to the end: used last
        self.pages[number] = page
        while len(self.pages) > self.limit:
            self.evict(next(iter(self.pages)))
        return page

    def evict(self, number):
        del self.pages[number]
        self.evicted += 1


def work(cache):
    total = 0
    for i in range(1000):
        total += len(cache.get(i * i % 337).text)
    return total


leaking = LeakingCache()
print("leaking: ", work(leaking), "pages alive:", Page.alive)
leaking.pages.clear()
print("cleared, pages alive:", Page.alive)

bounded = BoundedCache(16)
print("bounded: ", work(bounded), "pages alive:", Page.alive, "evicted:", bounded.evicted)
del bounded
print("dropped, pages alive:", Page.alive)
