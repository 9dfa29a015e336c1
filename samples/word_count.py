# Counts the words of a file and shows the most frequent ones.


def words(path):
    """The words of a file in lower case, without punctuation, one by one."""
    with open(path, "r") as file:
        for line in file:
            for word in line.split():
                word = word.strip(".,;:!?").lower()
                if word:
                    yield word


def count(items):
    counts = {}
    for item in items:
        counts[item] = counts.get(item, 0) + 1
    return counts


counts = count(words("example.txt"))
print("words:", sum(counts.values()), "different:", len(counts))

# By frequency, then by the alphabet.
ranked = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
width = max(len(word) for word, _ in ranked[:8])
for word, n in ranked[:8]:
    print(f"{word:<{width}} {n:>2} {'#' * n}")

by_length = {}
for word in sorted(counts):
    by_length.setdefault(len(word), []).append(word)
for length in sorted(by_length):
    print(f"{length}: {', '.join(by_length[length])}")
