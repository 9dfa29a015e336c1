# Runs a program under the reference and writes what its collector did to a file.
# usage: reference.py FILE PROGRAM ARGUMENTS...; FILE gets: longest pause ms, collector share, CPU s, peak MiB, bytes
import gc
import resource
import sys
import time

out = sys.argv[1]
sys.argv = sys.argv[2:]
trace = sys.argv[0].endswith("panel.py")
started = longest = total = 0.0


def watch(phase, info):
    global started, longest, total
    now = time.process_time()
    if phase == "start":
        started = now
    else:
        longest = max(longest, now - started)
        total += now - started


gc.callbacks.append(watch)
if trace:
    import tracemalloc

    tracemalloc.start()
base = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
names = {"__name__": "__main__"}
exec(compile(open(sys.argv[0]).read(), sys.argv[0], "exec"), names)
size = tracemalloc.get_traced_memory()[0] if trace else 0
cpu = time.process_time()
gc.callbacks.remove(watch)
with open(out, "w") as f:
    peak = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - base) / 1024
    f.write(f"{longest * 1e3:.3f} {total / cpu:.4f} {cpu:.3f} {peak:.1f} {size}\n")
