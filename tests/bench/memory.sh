#!/bin/bash
# Pauses, collector share, peak heap and bytes per object, beside the reference Python.
# usage: tests/bench/memory.sh [SIZE...]      environment: OURO, PYTHON, PANEL=no, CPYTHON=no (leaves the reference out)
# SIZE: live objects, 100000 and 1000000 by default; 10000000 takes some minutes, most of them CPython's.
# A pause is CPU time inside the collector between two instructions of the program; gc.collect() is not called.
set -u
here=$(cd "$(dirname "$0")" && pwd)/memory
OURO=${OURO:-$here/../../../build/ouro}
PYTHON=${PYTHON:-/usr/bin/python3.11}
export PYTHONDONTWRITEBYTECODE=1
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
[ $# -gt 0 ] || set -- 100000 1000000

# ouro PROGRAM ARGUMENTS...: "longest ms, share, CPU s, peak MiB"
ouro() {
    "$OURO" -X gclog="$work/log" "$@" >/dev/null || return 1
    tail -n 1 "$work/log" | sed -E 's/.*longest ([0-9.]+) ms, total ([0-9.]+) ms \(([0-9.]+) ms asked for\) of ([0-9.]+) ms, peak heap ([0-9]+) K/\1 \2 \3 \4 \5/' |
        awk '{printf "%s %.4f %.3f %.1f\n", $1, ($2 - $3) / $4, $4 / 1000, $5 / 1024}'
}
reference() {
    [ "${CPYTHON:-yes}" = no ] && { echo "- - - - -"; return; }
    "$PYTHON" "$here/reference.py" "$work/ref" "$@" >/dev/null && cat "$work/ref"
}
# title live-MiB program arguments...
row() {
    local title=$1 live=$2 pause share cpu peak rpause rshare rcpu rpeak rest
    shift 2
    read -r pause share cpu peak < <(ouro "$@")
    read -r rpause rshare rcpu rpeak rest < <(reference "$@")
    printf '%-28s %8s %6.1f%% %7s %8s %6s | %9s %6s%% %7s %8s\n' "$title" "$pause" "$(awk "BEGIN {print 100 * $share}")" "$cpu" "$peak" \
        "$(awk "BEGIN {printf \"%.2f\", ($live > 0 ? $peak / $live : 0)}")" "$rpause" "$(awk "BEGIN {print 100 * ($rshare + 0)}")" "$rcpu" "$rpeak"
}
printf '%-28s %8s %7s %7s %8s %6s | %9s %7s %7s %8s\n' '' 'ouro ms' share 'CPU s' 'peak MiB' '/live' 'cpython ms' share 'CPU s' 'peak MiB'
for live in "$@"; do
    [ "$live" = 0 ] && continue
    for kind in instances lists; do
        read -r _ _ _ mib < <(ouro "$here/churn.py" "$live" $kind nothing 0)
        row "$live $kind, building" "$mib" "$here/churn.py" "$live" $kind nothing 0
        modes="acyclic replace pairs"
        [ $kind = lists ] || modes="$modes trees exceptions finalisers linked_lists"
        for mode in $modes; do row "$live $kind, $mode" "$mib" "$here/churn.py" "$live" $kind $mode 6000000; done
    done
    for kind in ring tree; do row "garbage: $kind of $live" 0 "$here/garbage.py" "$live" $kind; done
done
[ "${PANEL:-yes}" = no ] && exit 0

count=100000
printf '\n%-16s %10s %10s %7s\n' 'bytes per' ouro cpython ratio
for kind in $(sed -n 's/^    "\([a-z_0-9]*\)": .*/\1/p' "$here/panel.py"); do
    read -r _ _ _ base < <(ouro "$here/panel.py" "$kind" 0)
    read -r _ _ _ full < <(ouro "$here/panel.py" "$kind" $count)
    read -r _ _ _ _ rbase < <(reference "$here/panel.py" "$kind" 0)
    read -r _ _ _ _ rfull < <(reference "$here/panel.py" "$kind" $count)
    awk -v k="$kind" -v a="$base" -v b="$full" -v c="$rbase" -v d="$rfull" -v n=$count 'BEGIN {
        ouro = (b - a) * 1048576 / n - 8; ref = (d - c) / n - 8
        printf "%-16s %10.1f %10.1f %7.2f\n", k, ouro, ref, (ref > 0 ? ouro / ref : 0)
        if (ref > 1) print ouro / ref >>"'"$work"'/ratios" }'
done
awk '{s += log($1 > 0.01 ? $1 : 0.01); if ($1 > w) w = $1} END {printf "geometric mean %.2f, worst %.2f\n", exp(s / NR), w}' "$work/ratios"
