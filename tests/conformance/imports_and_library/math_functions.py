import math
from math import sqrt, pi as PI
print(sqrt(16), f"{PI:.6f}", math.floor(-1.5), math.ceil(1.2), math.trunc(-1.7), math.gcd(12, 18), math.factorial(20), math.isqrt(10 ** 20))
print(math.inf, math.isnan(math.nan), math.isinf(-math.inf), math.fabs(-2), math.copysign(1, -0.0), math.fmod(-7, 3), math.hypot(3, 4))
print(f"{math.sin(1):.6f} {math.cos(1):.6f} {math.atan2(1, -1):.6f} {math.exp(1):.6f} {math.log(10):.6f} {math.log2(8)} {math.log10(1000)} {math.log(8, 2)}")
for f in (lambda: math.sqrt(-1), lambda: math.log(0), lambda: math.factorial(-1), lambda: math.exp(1000), lambda: math.floor(math.inf), lambda: math.sqrt("a")):
    try:
        f()
    except Exception as e:
        print(type(e).__name__, e)
