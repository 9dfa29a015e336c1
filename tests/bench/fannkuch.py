def fannkuch(n):
    count = list(range(1, n + 1))
    perm1 = list(range(n))
    flips_max, checksum, sign, r = 0, 0, 1, n
    m = n - 1
    while True:
        while r != 1:
            count[r - 1] = r
            r -= 1
        if perm1[0] != 0:
            perm = perm1[:]
            flips = 0
            k = perm[0]
            while k:
                perm[: k + 1] = perm[k::-1]
                flips += 1
                k = perm[0]
            if flips > flips_max:
                flips_max = flips
            checksum += flips
        while r != n:
            perm1.insert(r, perm1.pop(0))
            count[r] -= 1
            if count[r] > 0:
                break
            r += 1
        else:
            return checksum, flips_max
        r = r if r != 0 else 1
for _ in range(3):
    print(fannkuch(9))
