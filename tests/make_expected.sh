#!/bin/bash
# Writes the expectations (.out; .status and .err when the status is not 0) of the given .py files
# with the reference Python. The tests themselves never need Python.
# usage: tests/make_expected.sh FILE.py...
set -u
PYTHON=${PYTHON:-/usr/bin/python3.11}
export LC_ALL=C.UTF-8 PYTHONDONTWRITEBYTECODE=1 PYTHONHASHSEED=0
unset FORCE_COLOR
err=$(mktemp) || exit 2
trap 'rm -f "$err"' EXIT
for file in "$@"; do
    (
        cd "$(dirname "$file")" || exit 2
        base=$(basename "$file" .py)
        input=/dev/null
        [ -e "$base.in" ] && input=$base.in
        rm -f "$base.status" "$base.err"
        timeout 60 "$PYTHON" "$base.py" <"$input" >"$base.out" 2>"$err"
        status=$?
        if [ $status -ne 0 ]; then
            echo $status >"$base.status"
            [ -s "$err" ] && sed "s|$(pwd -P)/||g" "$err" >"$base.err"
        fi
        exit 0
    )
done
