#!/bin/sh
# Runs the unit tests and the conformance cases in their flavours; ends with `N passed, N failed`.
passed=0 failed=0
count() { # reads a log, adds up its "N passed, M failed" lines
    line=$(grep -aE '[0-9]+ passed, [0-9]+ failed' "$1" | tail -1)
    if [ -z "$line" ]; then
        echo "FAILED: $2 printed no result"; tail -5 "$1"; failed=$((failed + 1)); return
    fi
    good=$(echo "$line" | grep -oE '[0-9]+ passed' | grep -oE '[0-9]+')
    bad=$(echo "$line" | grep -oE '[0-9]+ failed' | grep -oE '[0-9]+')
    passed=$((passed + good))
    failed=$((failed + bad))
    [ "$bad" = 0 ] || grep -aE -B2 -A6 'FAIL|:[EF]:' "$1" | head -40
    echo "$2: $line"
}
log=$(mktemp)
export CK_DEFAULT_TIMEOUT=120 CK_FORK=no LC_ALL=C.UTF-8
for flavour in debug asan; do
    for unit in tests/unit/*_test.c; do
        name=$(basename "$unit" .c)
        ASAN_OPTIONS=detect_leaks=0 "build/$flavour/unit/$name" >"$log" 2>&1 || true
        count "$log" "$flavour $name"
    done
done
suite() { # name, harness arguments
    title=$1; shift
    build/harness "$@" >"$log" 2>&1 || true
    grep -a FAIL "$log" | head -20
    count "$log" "$title"
}
suite "conformance" -j 2 build/ouro tests/conformance tests/regress samples
suite "conformance, debug, boxed" -j 2 -o "-X boxed -X leaks=error" build/debug/ouro tests/conformance tests/regress
suite "conformance, debug, leaks" -j 2 -o "-X leaks=error" build/debug/ouro tests/conformance tests/regress samples
suite "conformance, debug, no caches" -j 2 -o "-X nocache -X leaks=error" build/debug/ouro tests/conformance tests/regress
INSTALL=yes sh tests/command.sh build/ouro >"$log" 2>&1 || true
grep -a FAIL "$log" | head -20
count "$log" "command"
build/pty build/ouro tests/repl/*.pty >"$log" 2>&1 || true
grep -a -A40 FAIL "$log" | head -80
count "$log" "prompt"
rm -f "$log"
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
