"""What the commands of the prompt show of the heap."""
import gc
import sys
import _gc

PHASES = ("idle", "prepare", "mark", "weak", "mark what finalisers reach", "callbacks", "gather finalisers", "finalise",
          "examine", "clear", "account")


def size(number):
    """A number of bytes, as people read it."""
    for unit in ("B", "KiB", "MiB"):
        if number < 10240:
            return f"{number} {unit}" if unit == "B" else f"{number:.1f} {unit}"
        number /= 1024
    return f"{number:.1f} GiB"


def name_of(cls):
    """The name of a type, with its module unless that is everybody's."""
    if isinstance(cls, str):
        return f"({cls})"
    module = cls.__module__
    return cls.__qualname__ if module in ("builtins", "__main__") else f"{module}.{cls.__qualname__}"


def heap(limit=20):
    """Live objects and bytes by type, the largest first; parentheses: parts of the interpreter."""
    rows = sorted(_gc._census(), key=lambda row: -row[2])
    print(f"{'objects':>10} {'bytes':>12}  type")
    for cls, count, total in rows[:limit]:
        print(f"{count:>10} {total:>12}  {name_of(cls)}")
    rest = rows[limit:]
    if rest:
        print(f"{sum(row[1] for row in rest):>10} {sum(row[2] for row in rest):>12}  {len(rest)} other types")
    print(f"{sum(row[1] for row in rows):>10} {sum(row[2] for row in rows):>12}  in all; {size(_gc._figures()[6])} of memory")


def short(obj):
    """An object in a few words, without running code of the program."""
    cls = type(obj)
    if cls in (int, float, bool, str, bytes, type(None)):
        text = repr(obj)
        return text if len(text) < 40 else text[:36] + "..."
    name = getattr(obj, "__name__", None) if cls.__module__ == "builtins" else None
    return f"{name_of(cls)} {name!r}" if isinstance(name, str) else f"{name_of(cls)} at {id(obj):#x}"


def where(holder, edge):
    """One reference in words."""
    if type(holder) is dict:
        for module in list(sys.modules.values()):
            if getattr(module, "__dict__", None) is holder:
                return f"global {edge[2:-2]} of {module.__name__}"
    return f"{edge} of {short(holder)}"


def refs(obj):
    """Who holds the object."""
    count = sys.getrefcount(obj) - 2  # ours and getrefcount's own
    print(f"{short(obj)}: {count} reference{'s' if count != 1 else ''}")
    if _gc._is_tracked(obj) or type(obj) not in (int, float, bool):
        shown = 0
        for holder in _gc.get_referrers(obj):
            if type(holder).__name__ == "frame":
                continue
            for edge in _gc._edges(holder, obj):
                shown += 1
                if shown <= 20:
                    print(f"  {where(holder, edge)}")
        if shown > 20:
            print(f"  and {shown - 20} more")
        if shown < count:
            print(f"  {count - shown} held by the interpreter: registers, constants, interned strings")


def state():
    """The collector: state, thresholds, what it has done."""
    (collections, collected, finalised, slices, longest, total, charged, peak, live, phase, last) = _gc._figures()
    print(f"automatic collection is {'on' if gc.isenabled() else 'off'}, thresholds {gc.get_threshold()}, phase: {PHASES[phase]}")
    print(f"{collections} collections, {collected} objects collected, {finalised} finalised")
    print(f"{slices} slices, the longest {longest / 1e6:.3f} ms, {total / 1e6:.3f} ms in all")
    print(f"{size(live)} live, {size(charged)} of memory, at most {size(peak)}")
    print(last or "no collection yet\n", end="")


def forget():
    """Drops the last value and the last exception."""
    import builtins
    before = sys.getallocatedblocks(), _gc._figures()[8]
    for names, name in ((builtins, "_"), (sys, "last_exc"), (sys, "last_type"), (sys, "last_value"), (sys, "last_traceback")):
        if name in names.__dict__:
            delattr(names, name)
    after = sys.getallocatedblocks(), _gc._figures()[8]
    print(f"{before[0] - after[0] + 1} objects, {before[1] - after[1]} B freed")
