#!/bin/bash
# Compares build/ouro with the reference Python on the programs of this directory.
# usage: tests/bench/run.sh [NAME...]      environment: OURO, PYTHON, RUNS
# CPU seconds are user + system, the median of RUNS runs taken alternately; the outputs must be the same.
set -u
here=$(cd "$(dirname "$0")" && pwd)
OURO=${OURO:-$here/../../build/ouro}
PYTHON=${PYTHON:-/usr/bin/python3.11}
RUNS=${RUNS:-3}
export LC_ALL=C.UTF-8 PYTHONDONTWRITEBYTECODE=1
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
[ $# -gt 0 ] || set -- $(cd "$here" && ls ./*.py | sed 's|^\./||; s|\.py$||')

# once WHO INTERPRETER FILE: appends "cpu rss" to WHO.times, the output goes to WHO.out
once() {
    if [ -x /usr/bin/time ]; then
        /usr/bin/time -q -o "$work/t" -f '%U %S %M' "$2" "$3" >"$work/$1.out" 2>"$work/$1.err" </dev/null
        local status=$?
        tail -n 1 "$work/t" | awk '{printf "%.2f %d\n", $1 + $2, $3}' >>"$work/$1.times"
    else
        local TIMEFORMAT='%U %S'
        { time "$2" "$3" >"$work/$1.out" 2>"$work/$1.err" </dev/null; } 2>"$work/t"
        local status=$?
        tail -n 1 "$work/t" | awk '{printf "%.3f 0\n", $1 + $2}' >>"$work/$1.times"
    fi
    return $status
}

median() { sort -n "$1" | awk '{v[NR] = $1} END {print v[int((NR + 1) / 2)]}'; }
peak() { awk '$2 > m {m = $2} END {printf "%.1f", m / 1024}' "$1"; }

bad=0
printf '%-20s %9s %9s %7s %10s %10s\n' workload 'ouro s' 'cpython s' ratio 'ouro MB' 'cpython MB'
for name in "$@"; do
    rm -f "$work"/*.times
    fault=
    for ((i = 0; i < RUNS; i++)); do
        once ouro "$OURO" "$here/$name.py" || fault="ouro failed: $(tail -n 1 "$work/ouro.err")"
        once python "$PYTHON" "$here/$name.py" || fault="python failed: $(tail -n 1 "$work/python.err")"
        [ -z "$fault" ] && ! cmp -s "$work/ouro.out" "$work/python.out" && fault="outputs differ"
        [ -n "$fault" ] && break
    done
    if [ -n "$fault" ]; then
        printf '%-20s %s\n' "$name" "$fault"
        bad=1
        continue
    fi
    a=$(median "$work/ouro.times")
    b=$(median "$work/python.times")
    ratio=$(awk -v a="$a" -v b="$b" 'BEGIN {if (a <= 0) a = 0.005; if (b <= 0) b = 0.005; printf "%.2f", a / b}')
    printf '%-20s %9s %9s %7s %10s %10s\n' "$name" "$a" "$b" "$ratio" "$(peak "$work/ouro.times")" "$(peak "$work/python.times")"
    [ "$name" != startup ] && echo "$ratio" >>"$work/ratios"
done
[ -s "$work/ratios" ] &&
    awk '{s += log($1)} END {printf "geometric mean of %d (ouro/cpython, without startup): %.2f\n", NR, exp(s / NR)}' "$work/ratios"
exit $bad
