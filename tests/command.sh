#!/bin/sh
# The options of the command that no single program can show: limits, faults, interrupts, logs.
# usage: tests/command.sh OURO; ends with `N passed, M failed`.
ouro=$1
passed=0 failed=0
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# title, wanted status, pattern that the whole output has to match (grep -E, lines joined by blanks), command
check() {
    title=$1 status=$2 pattern=$3
    shift 3
    "$@" >"$work/out" 2>&1 </dev/null
    got=$?
    if [ "$got" = "$status" ] && { tr '\n' ' ' <"$work/out"; echo; } | grep -qE -- "$pattern"; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "FAIL $title: status $got (not $status), output: $(head -c 400 "$work/out")"
    fi
}
stopped='^ouro: stopped: the step budget is used up $'

# -X steps: deterministic, uncatchable, charged by built-ins for their work.
check "steps: enough" 0 '^45 $' "$ouro" -X steps=10000 -c 'print(sum(range(10)))'
check "steps: a loop" 4 "$stopped" "$ouro" -X steps=1000 -c 'while True: pass'
check "steps: no handler runs" 4 "$stopped" "$ouro" -X steps=5000 -c '
class C:
    def __enter__(self): return self
    def __exit__(self, *a): print("exit"); return True
    def __del__(self): print("del")
while True:
    try:
        with C():
            while True: pass
    except BaseException: print("caught")
    finally: print("finally")'
check "steps: finalisers and generators" 4 "$stopped" "$ouro" -X steps=5000 -X leaks=error -c '
def g():
    try:
        while True: yield 1
    finally: print("closed")
kept = g()
for i in kept: pass'
for work_of in 'sorted(range(10**6))' '"x" * 10**9' 'list(range(10**8))' 'sum(range(10**10))' '[0] * 10**8' \
    'x = 3**(10**6); [x * x for i in range(99)]' 'set(range(10**6))' 'dict.fromkeys(range(10**6))' \
    'x = list(range(10**5)); [-1 in x for i in range(999)]' 'x = "a" * 10**6; ["b" in x for i in range(999)]' \
    'max(iter(int, 1))' 'tuple(range(10**8))' 'x = [1.5] * 10**5; [x.count(2) for i in range(99)]'; do
    check "steps: $work_of" 4 "$stopped" "$ouro" -X steps=500000 -c "$work_of"
done
first=$("$ouro" -X steps=200000 -c 'for i in range(10**9): print(i)' 2>/dev/null | tail -1)
check "steps: the same each time" 4 "^(0 .*)?$first ouro" "$ouro" -X steps=200000 -c 'for i in range(10**9): print(i)'

# Deep structures are freed and collected in a small C stack.
check "a small stack" 0 '^freed 0 collected [0-9]+ $' sh -c 'ulimit -s 256; exec "$0" -X leaks=error -c "
import gc
def deep(wrap):
    value = None
    for i in range(300000): value = wrap(value)
    return value
WRAPS = (lambda x: [x], lambda x: (x,), lambda x: {1: x}, lambda x: lambda: x)
gc.disable()
for wrap in WRAPS: deep(wrap)
print(\"freed\", gc.collect())
for wrap in WRAPS:
    ring = [deep(wrap)]
    ring.append(ring)
del ring
print(\"collected\", gc.collect())"' "$ouro"

# -X failalloc=sweep
check "sweep: clean" 0 'sweep: [0-9]+ allocations failed one by one, 0 faults $' "$ouro" -X failalloc=sweep -c '
class C:
    def __enter__(self): return self
    def __exit__(self, *a): return False
def g():
    with C(): yield [1, 2]
for i in range(3):
    with C() as c:
        for x in g(): break
        c.text = str(i) * 3'
check "sweep: finds a wrong status" 1 'ended with status 7, neither success nor MemoryError.* [1-9][0-9]* faults $' \
    "$ouro" -X failalloc=sweep -c '
import sys
try: [str(i) for i in range(5)]
except MemoryError: sys.exit(7)'

# -X heap
check "heap: an empty script under 1 MiB" 0 '^$' "$ouro" -X heap=1M -c ''
check "heap: caught, and the program goes on" 0 '^finally MemoryError 3 $' "$ouro" -X heap=4M -c '
try:
    try: x = [0] * 10**7
    finally: print("finally")
except MemoryError as e: print(type(e).__name__)
print(len([1, 2, 3]))'
check "heap: uncaught" 1 'MemoryError $' "$ouro" -X heap=2M -c 'x = list(range(10**7))'
check "heap: garbage makes room" 0 '^done $' "$ouro" -X heap=2M -c '
for i in range(300000):
    x = []; x.append(x)
print("done")'
check "heap: too small" 1 '^ouro: not enough memory to start $' "$ouro" -X heap=100K -c ''

# -X gclog
check "gclog: cycles and sums" 0 \
    'gc [0-9]+: growth, .*slices, longest .* marked, .* freed, .* finalised, heap .*gc [0-9]+: young, .*gc: [0-9]+ collections, .* peak heap' \
    "$ouro" -X gclog -c '
for i in range(200000):
    x = []; x.append(x)'
"$ouro" -X gclog="$work/log" -c 'import gc; gc.collect()'
check "gclog: in a file" 0 'asked' cat "$work/log"

# Interrupts reach long built-ins.
for work_of in 'sum(range(10**12))' 'max(iter(int, 1))' 'while True: pass' 'x = [0] * 10**6; [x == x for i in range(10**9)]' \
    'x = 3**10**6; pow(3, x, x)' 'import time; time.sleep(60)' 'sorted(iter(int, 1))'; do
    check "interrupt: $work_of" 124 'KeyboardInterrupt $' timeout -s INT 0.3 "$ouro" -c "$work_of"
done

# An interrupt at any safepoint: each block that was entered is left, each finally runs.
cat >"$work/with.py" <<'PROGRAM'
class Manager:
    def __enter__(self):
        self.name = "entered"
        return self

    def __exit__(self, *args):
        entered.remove(self)


entered = []


class Noted(Manager):
    def __enter__(self):
        entered.append(self)
        return self


def generator():
    with Noted():
        yield 1


def work(n):
    with Noted() as a, Noted() as b:
        for i in range(n):
            with Noted():
                if i == 1:
                    continue
                for x in generator():
                    break
    tries.append("try")
    try:
        return sum(i for i in range(n))
    finally:
        tries.pop()


tries = []
try:
    work(3)
except KeyboardInterrupt:
    print("interrupted")
print(len(entered), len(tries))
PROGRAM
seen=0 wrong=
n=1
while [ $n -le 60 ]; do
    "$ouro" -X interrupt=$n -X leaks=error "$work/with.py" >"$work/out" 2>/dev/null
    if grep -q interrupted "$work/out"; then # inside the try
        seen=$((seen + 1))
        # One may be left: the interrupt came inside __enter__ or __exit__, or between append and try.
        grep -qE '^[01] [01]$' "$work/out" || wrong="$wrong $n"
    fi
    n=$((n + 1))
done
check "interrupt at each safepoint ($seen seen, wrong:$wrong)" 0 '^ *$' test $seen -gt 20 -a -z "$wrong"

# The command line.
mkdir -p "$work/package/inner"
echo 'import sys; print(__name__, __package__, len(sys.argv), sys.path[0] != "")' >"$work/package/__main__.py"
echo 'print("init", __name__)' >"$work/package/__init__.py"
echo '' >"$work/package/inner/__init__.py"
echo 'import sys; print(__name__, sys.argv[1:], sys._xoptions)' >"$work/module.py"
cd "$work" || exit 1
case $ouro in /*) ;; *) ouro=$OLDPWD/$ouro ;; esac
check "-m module" 0 "^__main__ \['-x', 'b'\] \{\} \$" "$ouro" -m module -x b
check "-m package" 0 '^init package __main__ package 2 True $' "$ouro" -m package a
check "-m package without __main__" 1 "^ouro: No module named package.inner.__main__; 'package.inner' is a package" "$ouro" -m package.inner
check "-m nothing" 1 '^ouro: No module named nosuch $' "$ouro" -m nosuch
check "-m library" 0 '^$' "$ouro" -m contextlib
check "options of the script stay its own" 0 "\['-i', '-c', '--', '-X'\]" "$ouro" module.py -i -c -- -X
check "-X unknown" 0 "warning: unknown option: -X some=thing .*'some': 'thing'" "$ouro" -X some=thing module.py
check "-X malformed" 2 'malformed option: -X heap=many' "$ouro" -X heap=many -c 1
check "letters in one word" 0 '^OuroUp $' "$ouro" -EPBqsSuv -c 'print("OuroUp")'
mkdir größe && echo 'print(__name__)' >größe/grün.py
check "modules in directories of any name, by absolute paths" 0 "^grün <module 'grün' from '/.*/größe/grün.py'> \$" \
    "$ouro" -c 'import sys; sys.path.append("größe"); import grün; print(grün)'
check "status: code of a subclass" 7 '^$' "$ouro" -c 'class A(SystemExit): code = 7
raise A'
check "status: code that fails" 1 '^text $' "$ouro" -c 'class A(SystemExit):
    @property
    def code(self): 1 / 0
raise A("text")'
check "closed streams: stdout" 0 '^$' sh -c '"$0" -c "print(1)" >&-' "$ouro"
check "closed streams: stdin" 1 'input\(\): lost sys.stdin $' sh -c '"$0" -c "input()" <&-' "$ouro"
check "closed streams: stderr" 1 '^$' sh -c '"$0" -c "1 / 0" 2>&-' "$ouro"
check "-v" 0 "^import 'weakref' # <frozen weakref> import 'inner' # /.*inner/__init__.py \$" sh -c 'cd package && exec "$0" -v -c "import weakref, inner"' "$ouro"
check "-c with its argument attached" 0 '^5 $' "$ouro" -cprint\(5\)
check "-O" 0 '^fine False $' "$ouro" -O -c 'assert 0; print("fine", __debug__)'
check "-V" 0 '^Ouro [0-9.]+ $' "$ouro" -V
check "-VV" 0 '^Ouro [0-9.]+ .*built' "$ouro" -VV
check "--version" 0 '^Ouro [0-9.]+ $' "$ouro" --version
check "--help" 0 '^usage: ouro .* -c cmd .* -X opt .* arg' "$ouro" --help
check "--help-xoptions" 0 '-X heap=SIZE .*-X steps=N' "$ouro" --help-xoptions
check "--help-env" 0 'OUROPATH.*OUROSTARTUP' "$ouro" --help-env
check "man page" 0 '^.TH OURO 1 .*SH OPTIONS.*heap=SIZE.*OUROPATH' sh "$OLDPWD/repl/man.sh" "$ouro"
check "unknown letter" 2 '^Unknown option: -Z usage: ouro' "$ouro" -Z
check "unknown name" 2 '^unknown option --zzz usage: ouro' "$ouro" --zzz
check "missing argument" 2 '^Argument expected for the -c option' "$ouro" -c
check "no such file" 2 "can't open file '.*/nosuch.py': \[Errno 2\] No such file" "$ouro" nosuch.py
check "a directory" 0 '^__main__  2 True $' "$ouro" package a
check "a directory without __main__" 1 "can't find '__main__' module in '/.*/package/inner/'" "$ouro" package/inner/
check "status of sys.exit" 44 '^$' "$ouro" -c 'import sys; sys.exit(300)'
check "sys.exit with a text" 1 '^bye $' "$ouro" -c 'import sys; sys.exit("bye")'
echo 'print("from path")' >"$work/package/onpath.py"
check "OUROPATH" 0 '^from path $' env OUROPATH=/nowhere:package "$ouro" -c 'import onpath'
check "-E ignores it" 1 'ModuleNotFoundError' env OUROPATH=package "$ouro" -E -c 'import onpath'
check "-I has no directory" 1 'ModuleNotFoundError' "$ouro" -I -c 'import module'
check "OUROWARNINGS and -W" 0 "^\['error', 'ignore', 'default'\] $" env OUROWARNINGS=error,ignore "$ouro" -W default -c 'import sys; print(sys.warnoptions)'
check "OUROHASHSEED" 1 'must be "random" or an integer' env OUROHASHSEED=x "$ouro" -c 1
check "-u writes at once" 0 '^out err out $' "$ouro" -u -c 'import sys
print("out"); print("err", file=sys.stderr); print("out")'
check "a program on standard input" 1 'File "<stdin>", line 2' sh -c "printf 'x = 1\n1 / 0\n' | $ouro"
check "a reader that leaves" 0 '^0 $' sh -c "$ouro -c 'for i in range(10**6): print(i)' 2>/dev/null | head -1"
check "a full disk" 120 'No space left on device' sh -c "$ouro -c 'print(1)' >/dev/full"
cd "$OLDPWD" || exit 1

# What is installed works, and goes again.
if [ -n "$INSTALL" ]; then
    make -s install DESTDIR="$work/root" PREFIX=/usr >"$work/out" 2>&1
    sed -i "s|^prefix=.*|prefix=$work/root/usr|" "$work/root/usr/lib/pkgconfig/ouro.pc"
    cat >"$work/embed.c" <<'PROGRAM'
#include <ouro.h>
#include <string.h>
int main(void) {
    const char *text = "print('embedded', sum(range(5)))\n";
    OuVM *vm = ou_vm_new(NULL);
    int status = ou_vm_run(vm, "text", text, strlen(text), false);
    return status + (int)ou_vm_free(vm);
}
PROGRAM
    # shellcheck disable=SC2046
    check "embedding with what is installed" 0 '^$' cc "$work/embed.c" -o "$work/embed" \
        $(PKG_CONFIG_PATH="$work/root/usr/lib/pkgconfig" pkg-config --cflags --libs ouro)
    check "the embedded program" 0 '^embedded 10 $' "$work/embed"
    check "the installed command" 0 '^Ouro' "$work/root/usr/bin/ouro" -V
    make -s uninstall DESTDIR="$work/root" PREFIX=/usr
    check "uninstalled" 0 '^$' find "$work/root" -type f
    make -s dist
    mkdir "$work/source" && tar -xzf build/ouro-*.tar.gz -C "$work/source" --strip-components=1
    check "the archive holds what builds" 0 "build.release.gc.heap.o" make -n -C "$work/source"
fi

# -i without a terminal: prompts on stderr, values shown, errors survived, status 0; a pipe without -i is a program.
piped() { # title, status, pattern, input (printf), options
    title=$1 status=$2 pattern=$3 input=$4
    shift 4
    check "$title" "$status" "$pattern" sh -c 'input=$1; shift; printf "$input" | "$@"' sh "$input" "$ouro" "$@"
}
piped "-i: prompts and values" 0 '^Ouro .*license" for more information. >>> >>> 3 >>> +$' 'x = 3\nx\n' -i
piped "-i: blocks end with an empty line" 0 '^>>> \.\.\. \.\.\. 1 >>> 2 >>> +$' 'if 1:\n  1\n\n2' -i -q
piped "-i: input ends inside a block" 0 '^>>> \.\.\. \.\.\. \.\.\. 5 >>> +$' 'if 1:\n  x = 5\n  print(x)' -i -q
piped "-i: blanks do not end one" 0 '^>>> (\.\.\. ){4}>>> 5 >>> +$' 'def f():\n  x = 5\n  \n  return x\n\nf()\n' -i -q
piped "-i: errors are survived" 0 'ZeroDivisionError.*>>> SyntaxError|ZeroDivisionError.*SyntaxError.*>>> 4 >>> +$' '1/0\n1 +\n4\n' -i -q
piped "-i: a block wants its empty line" 0 'SyntaxError' 'if 1:\n  1\n2\n\n' -i -q
piped "-i: exit" 7 '^>>> +$' 'import sys; sys.exit(7)\n' -i -q
piped "-i: input() goes on behind the line" 0 "'name'" 'input()\nname\n' -i -q
piped "-i: after a program" 0 "ZeroDivisionError.*>>> 'ZeroDivisionError' >>> 8" 'import sys; sys.last_type.__name__\nx\n' -i -c 'x = 8; 1/0'
piped "-i: after SystemExit" 0 'SystemExit: 3.*>>> 8 >>> +$' 'x\n' -i -c 'x = 8; raise SystemExit(3)'
piped "-i: _ and displayhook" 0 '^>>> 1 >>> \(1, 2\) >>> >>> hook 5' '1\n(_, 2)\nimport sys; sys.displayhook = lambda v: print("hook", v)\n5\n' -i -q
piped "-i: nothing is left" 0 '>>> +$' 'class A: pass\n\na = A(); a.a = a\n1/0\ndef f(): raise ValueError\n\nf()\n' -i -q -X leaks=error
piped "-i: a full heap can be emptied" 0 'MemoryError >>> ok >>> +$' 'x = []\nwhile True: x.append([])\n\ndel x; print("ok")\n' -i -q -X heap=1M -X leaks=error
piped "no -i: a program, no echo" 1 'File "<stdin>", line 2' '1\n1/0\n3\n' -q
export OUROSTARTUP="$work/startup.py"
echo 'begun = 6' >"$OUROSTARTUP"
piped "OUROSTARTUP" 0 '^>>> 6 >>> +$' 'begun\n' -i -q
piped "OUROSTARTUP: -E" 0 'NameError' 'begun\n' -i -q -E
piped "OUROSTARTUP: not after a program" 0 'NameError' 'begun\n' -i -q -c 0
unset OUROSTARTUP

echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
