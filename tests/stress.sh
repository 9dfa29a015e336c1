#!/bin/sh
# The slow passes: sanitizers, a collection at every safepoint, audits, failed allocations.
status=0
export LC_ALL=C.UTF-8 ASAN_OPTIONS=detect_leaks=0
run() {
    title=$1; shift
    if build/harness "$@" >build/stress.log 2>&1; then result=ok; else result=FAILED; status=1; fi
    echo "$title: $result: $(tail -1 build/stress.log)"
    [ "$result" = ok ] || grep -a FAIL build/stress.log | head -20
}
run "sanitizers" -j 2 -t 120 build/asan/ouro tests/conformance tests/regress samples
run "collection at each safepoint" -j 2 -t 120 -o "-X collect=1 -X leaks=error" build/debug/ouro tests/conformance tests/regress
for n in 1 60; do
    run "slices of $n slots at each safepoint" -j 2 -t 120 -o "-X slice=$n -X audit=50 -X leaks=error" build/debug/ouro tests/conformance tests/regress
done
run "slices, sanitizers" -j 2 -t 120 -o "-X slice=25" build/asan/ouro tests/conformance/memory tests/conformance/generators tests/regress
for cap in 1M 1200K 1500K 2M 4M 10M; do
    run "heap of $cap" -j 2 -t 60 -m memory -o "-X heap=$cap -X leaks=error" build/debug/ouro tests/conformance tests/regress samples
done
run "audit at every 50th safepoint" -j 2 -t 120 -o "-X audit=50 -X leaks=error" build/debug/ouro tests/conformance tests/regress
most="tests/conformance/memory tests/conformance/leaving tests/conformance/errors tests/conformance/imports_and_library"
others="tests/conformance/classes tests/conformance/containers tests/conformance/language"
run "each failed allocation" -j 2 -t 20 -f 1 -s -F 4200 -o "-X audit=20" build/debug/ouro tests/conformance/generators
run "every 9th failed allocation" -j 2 -t 60 -f 9 -s -F 4500 build/debug/ouro $most
run "every 23rd failed allocation" -j 2 -t 60 -f 23 -s -F 5000 build/debug/ouro $others
run "every 211th failed allocation" -j 2 -t 60 -f 211 -F 6000 build/debug/ouro tests/conformance/memory
exit $status
