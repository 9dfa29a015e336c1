import time
for x in (1e300, float("nan"), -1, -1e300, float("inf"), "x", 9223372036.9):
    try: time.sleep(x) if x != 9223372036.9 else None
    except Exception as e: print(type(e).__name__, e)
t=time.monotonic(); time.sleep(0.05); print(0.05 <= time.monotonic()-t < 0.2)
t=time.monotonic(); time.sleep(0); print(time.monotonic()-t < 0.05)
time.sleep(True and 0.01)
