def run(n):
    parts = []
    s = ""
    for i in range(n):
        parts.append(f"{i:05d}-{i % 7}")
        s += chr(97 + i % 26)
    text = ",".join(parts)
    words = text.split(",")
    return len(text), len(words), s[:5] + s[-5:], text.count("9-3"), len(text.replace("0", "zero")), sum([len(w.upper().strip("0")) for w in words])
for _ in range(6):
    print(run(250000))
