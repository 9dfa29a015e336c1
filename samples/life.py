# Conway's game of life on an endless board: the state is the set of living cells.


def neighbours(cell):
    x, y = cell
    for dx in (-1, 0, 1):
        for dy in (-1, 0, 1):
            if dx or dy:
                yield x + dx, y + dy


def step(living):
    counts = {}
    for cell in living:
        for other in neighbours(cell):
            counts[other] = counts.get(other, 0) + 1
    return {cell for cell, n in counts.items() if n == 3 or (n == 2 and cell in living)}


def parse(picture):
    return {(x, y) for y, row in enumerate(picture) for x, c in enumerate(row) if c == "#"}


def show(living, width, height):
    for y in range(height):
        print("".join("#" if (x, y) in living else "." for x in range(width)))


print("a glider:")
board = parse([".#.", "..#", "###"])
for generation in range(5):
    print("generation", generation)
    show(board, 6, 5)
    board = step(board)

print("a blinker returns after two steps:", step(step({(1, 0), (1, 1), (1, 2)})) == {(1, 0), (1, 1), (1, 2)})

board = parse([".##", "##.", ".#."])
sizes = []
for generation in range(60):
    sizes.append(len(board))
    board = step(board)
print("the r-pentomino grows:", sizes[::6])
