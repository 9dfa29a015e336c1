#!/bin/sh
# Runs every conformance case and sample under the reference and compares with Ouro: stdout and status.
PYTHON=${PYTHON:-/usr/bin/python3.11}
"$PYTHON" -VV
root=$(pwd) passed=0 failed=0
# The order at exit is Ouro's own (see README): tests/conformance/leaving is not compared.
for expected in $(find tests/conformance tests/regress samples -name "*.out" -not -path "*/leaving/*" | sort); do
    case=${expected%.out}.py
    cd "$(dirname "$case")" || exit 1
    input=/dev/null; [ -f "$root/${expected%.out}.in" ] && input=$root/${expected%.out}.in
    PYTHONDONTWRITEBYTECODE=1 timeout 60 "$PYTHON" "$(basename "$case")" <"$input" >/tmp/oracle.$$.1 2>/dev/null; one=$?
    timeout 60 "$root/build/ouro" "$(basename "$case")" <"$input" >/tmp/oracle.$$.2 2>/dev/null; two=$?
    cd "$root" || exit 1
    if [ $one = $two ] && cmp -s /tmp/oracle.$$.1 /tmp/oracle.$$.2; then passed=$((passed + 1)); else failed=$((failed + 1)); echo "FAIL $case ($one, $two)"; fi
done
rm -f /tmp/oracle.$$.*
echo "$passed passed, $failed failed"
[ $failed = 0 ]
