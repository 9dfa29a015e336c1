"""Mathematical functions."""
import _math
from _math import isfinite, isinf, ldexp

# As `import *` would do, only faster.
globals().update(vars(_math) | globals())
del _math

pi = 3.141592653589793
e = 2.718281828459045
tau = 6.283185307179586
inf = float("inf")
nan = float("nan")


def _index(number):
    return range(number).stop


def gcd(*integers):
    """The greatest common divisor."""
    result = 0
    for number in integers:
        number = _index(number)
        while number:
            result, number = number, result % number
    return abs(result)


def factorial(n, /):
    """n!"""
    n = _index(n)
    if n < 0:
        raise ValueError("factorial() not defined for negative values")
    if n > 9223372036854775807:
        raise OverflowError("factorial() argument should not exceed 9223372036854775807")
    return _product(1, n)


def _product(low, high):
    """low * ... * high, by halves: the factors stay of one size."""
    if high - low < 16:
        result = 1
        for factor in range(low, high + 1):
            result *= factor
        return result
    middle = (low + high) // 2
    return _product(low, middle) * _product(middle + 1, high)


def isqrt(n, /):
    """The integer square root."""
    n = _index(n)
    if n < 0:
        raise ValueError("isqrt() argument must be nonnegative")
    # Newton's method from above; exact.
    root = 1 << (n.bit_length() + 1) // 2
    while n:
        better = root + n // root >> 1
        if better >= root:
            return root
        root = better
    return 0


def comb(n, k, /):
    """The ways to choose k of n."""
    n, k = _index(n), _index(k)
    if n < 0:
        raise ValueError("n must be a non-negative integer")
    if k < 0:
        raise ValueError("k must be a non-negative integer")
    if k > n:
        return 0
    result = 1
    for at in range(1, min(k, n - k) + 1):
        result = result * (n - min(k, n - k) + at) // at
    return result


def lcm(*integers):
    """The least common multiple."""
    result = 1
    for number in integers:
        number = _index(number)
        result = abs(result * (number // gcd(result, number))) if result and number else 0
    return result


def isclose(a, b, /, *, rel_tol=1e-09, abs_tol=0.0):
    """Are two numbers nearly equal?"""
    a, b, rel_tol, abs_tol = ldexp(a, 0), ldexp(b, 0), ldexp(rel_tol, 0), ldexp(abs_tol, 0)
    if rel_tol < 0 or abs_tol < 0:
        raise ValueError("tolerances must be non-negative")
    if a == b or isinf(a) or isinf(b):
        return a == b
    distance = abs(a - b)
    return distance <= abs(rel_tol * b) or distance <= abs(rel_tol * a) or distance <= abs_tol


def fsum(seq, /):
    """The exact sum of floats, rounded once: by partial sums that do not overlap (Shewchuk 1997)."""
    partials = []
    special = 0.0
    for x in seq:
        x = ldexp(x, 0)
        if not isfinite(x):
            special += x
            continue
        kept = 0
        for y in partials:
            if abs(x) < abs(y):
                x, y = y, x
            high = x + y
            low = y - (high - x)
            if low:
                partials[kept] = low
                kept += 1
            x = high
        if not isfinite(x):
            raise OverflowError("intermediate overflow in fsum")
        partials[kept:] = [x]
    if special or special != special:
        return special
    total = low = 0.0
    while partials and not low:
        x, y = total, partials.pop()
        total = x + y
        low = y - (total - x)
    if partials and low and (low < 0) == (partials[-1] < 0):
        # Half way: the parts below decide the rounding.
        y = low * 2
        x = total + y
        if y == x - total:
            total = x
    return total
