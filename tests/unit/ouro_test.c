/*
 * The public header alone: VMs side by side, many in a row, entries, limits.
 */
#include "tests/unit/report.h"
#include "vm/ouro.h"

#include <check.h>
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Standard output goes to a file while a test runs; the text so far is read back from there. */
static FILE *captured;
static int kept_stdout;

static void setup(void) {
    fflush(stdout);
    captured = tmpfile();
    ck_assert_ptr_nonnull(captured);
    kept_stdout = dup(1);
    dup2(fileno(captured), 1);
}

static void teardown(void) {
    fflush(stdout);
    dup2(kept_stdout, 1);
    close(kept_stdout);
    fclose(captured);
}

static const char *output(void) {
    static char text[4096];
    fflush(stdout);
    ssize_t size = pread(fileno(captured), text, sizeof text - 1, 0);
    text[size > 0 ? size : 0] = '\0';
    return text;
}

static long mapped_pages(void) {
    long pages = -1;
    FILE *file = fopen("/proc/self/statm", "r");
    ck_assert(file != NULL && fscanf(file, "%ld", &pages) == 1);
    fclose(file);
    return pages;
}

static int run(OuVM *vm, const char *text) { return ou_vm_run(vm, "<test>", text, strlen(text), false); }

/* Finishes, so that buffered output is there, and frees; nothing may be left over. */
static void end(OuVM *vm) {
    ck_assert_int_eq(ou_vm_finish(vm, 0), 0);
    ck_assert_uint_eq(ou_vm_free(vm), 0);
}

static const char program[] = "class A:\n"
                              "    def __init__(self, n): self.n = n; self.me = self\n"
                              "    def __del__(self): global dead; dead += 1\n"
                              "dead = 0\n"
                              "def make(n): return [A(i) for i in range(n)]\n"
                              "for i in range(5): make(20)\n"
                              "import gc, math, sys\n"
                              "gc.collect()\n"
                              "assert dead == 100\n"
                              "try: {}[1]\n"
                              "except KeyError as e: kept = e\n"
                              "def g():\n"
                              "    try: yield 1\n"
                              "    finally: pass\n"
                              "it = g(); next(it)\n";

START_TEST(two_side_by_side) {
    OuVM *a = ou_vm_new(NULL), *b = ou_vm_new(&(OuOptions){.boxed = true, .caches_off = true});
    ck_assert_ptr_nonnull(a);
    ck_assert_ptr_nonnull(b);
    int status;
    const char *first = "x = 'a'; print(x)\n", *other = "x = 'b'; print(x)\n", *again = "print(x, dead)\n";
    ck_assert_int_eq(ou_vm_interact(a, OU_ENTRY_LINES, "<stdin>", first, strlen(first), &status), 0);
    ck_assert_int_eq(ou_vm_interact(b, OU_ENTRY_LINES, "<stdin>", other, strlen(other), &status), 0);
    ck_assert_int_eq(run(a, program), 0);
    ck_assert_int_eq(run(b, program), 0);
    ck_assert_int_eq(ou_vm_interact(a, OU_ENTRY_LINES, "<stdin>", again, strlen(again), &status), 0);
    ck_assert_int_eq(ou_vm_interact(b, OU_ENTRY_LINES, "<stdin>", again, strlen(again), &status), 0);
    end(a);
    const char *last = "print(x, 'is alone')\n";
    ck_assert_int_eq(ou_vm_interact(b, OU_ENTRY_LINES, "<stdin>", last, strlen(last), &status), 0);
    end(b);
    const char *text = output();
    ck_assert_msg(strstr(text, "a 100\n") && strstr(text, "b 100\n") && strstr(text, "b is alone\n"), "%s", text);
}
END_TEST

START_TEST(a_thousand_in_a_row) {
    size_t early = 0;
    long early_pages = 0;
    for (int i = 0; i < 1000; i++) {
        OuVM *vm = ou_vm_new(NULL);
        ck_assert_ptr_nonnull(vm);
        ck_assert_int_eq(run(vm, program), 0);
        end(vm);
        if (i == 20) {
            early_pages = mapped_pages();
            early = mallinfo2().uordblks;
        }
    }
#ifdef __SANITIZE_ADDRESS__
    (void)early, (void)early_pages; /* freed memory stays in quarantine */
#else
    ck_assert_uint_le(mallinfo2().uordblks, early);
    ck_assert_int_le(mapped_pages(), early_pages);
#endif
}
END_TEST

START_TEST(statuses) {
    OuVM *vm = ou_vm_new(NULL);
    int status = 0;
    ck_assert_int_eq(run(vm, "pass\n"), 0);
    ck_assert_int_eq(run(vm, "raise SystemExit(7)\n"), 7);
    ck_assert_int_eq(run(vm, "import sys\nsys.exit(259)\n"), 3);
    static const struct {
        const char *text;
        OuEntry line, session; /* OU_ENTRY_LINES, OU_ENTRY_SESSION */
    } entries[] = {{"1\n", OU_ENTRY_COMPLETE, OU_ENTRY_COMPLETE},
                   {"# c\n", OU_ENTRY_EMPTY, OU_ENTRY_EMPTY},
                   {"if x:\n", OU_ENTRY_BLOCK, OU_ENTRY_WRONG},
                   {"if x:", OU_ENTRY_BLOCK, OU_ENTRY_BLOCK},
                   {"if x:\n 1", OU_ENTRY_BLOCK, OU_ENTRY_BLOCK},
                   {"if x:\n 1\n\n", OU_ENTRY_COMPLETE, OU_ENTRY_COMPLETE},
                   {"if x:\n 1\n ", OU_ENTRY_BLOCK, OU_ENTRY_COMPLETE},
                   {"if x: 1\n2\n", OU_ENTRY_WRONG, OU_ENTRY_COMPLETE},
                   {"(1,\n\n", OU_ENTRY_OPEN, OU_ENTRY_OPEN},
                   {"'''a\n\n", OU_ENTRY_OPEN, OU_ENTRY_OPEN},
                   {"1 + \\\n", OU_ENTRY_OPEN, OU_ENTRY_OPEN},
                   {"1 +\n", OU_ENTRY_WRONG, OU_ENTRY_WRONG},
                   {"@f", OU_ENTRY_BLOCK, OU_ENTRY_BLOCK},
                   {"'a", OU_ENTRY_WRONG, OU_ENTRY_WRONG}};
    for (size_t i = 0; i < sizeof entries / sizeof *entries; i++) {
        const char *text = entries[i].text;
        ck_assert_msg(ou_vm_check(vm, OU_ENTRY_LINES, text, strlen(text)) == entries[i].line, "line: %s", text);
        ck_assert_msg(ou_vm_check(vm, OU_ENTRY_SESSION, text, strlen(text)) == entries[i].session, "session: %s", text);
    }
    ck_assert_int_eq(ou_vm_interact(vm, OU_ENTRY_LINES, "<stdin>", "raise SystemExit(4)\n", 20, &status), 3);
    ck_assert_int_eq(status, 4);
    ck_assert_int_eq(ou_vm_interact(vm, OU_ENTRY_LINES, "<stdin>", "6 * 7\n", 6, &status), 0);
    end(vm);
    ck_assert_str_eq(output(), "42\n");
}
END_TEST

START_TEST(usage_and_limits) {
    OuUsage usage;
    OuVM *vm = ou_vm_new(&(OuOptions){.heap_cap = 8 << 20});
    ck_assert_int_eq(run(vm, "x = []\n"
                             "try:\n"
                             "    while True: x.append([0] * 100)\n"
                             "except MemoryError: full = len(x); x = None\n"
                             "print(full > 1000)\n"),
                     0);
    ou_vm_usage(vm, &usage);
    ck_assert_uint_le(usage.peak_charged, 8 << 20);
    ck_assert_uint_lt(usage.live_bytes, 4 << 20);
    ck_assert_uint_gt(usage.live_cells, 0);
    ck_assert_uint_gt(usage.allocations, 1000);
    end(vm);
    ck_assert_str_eq(output(), "True\n");
    ck_assert_ptr_null(ou_vm_new(&(OuOptions){.heap_cap = 4096}));
}
END_TEST

/* Whichever allocation of the start fails: no VM, nothing left behind. */
START_TEST(failed_starts) {
    uint64_t n = 1;
    for (OuVM *vm = NULL; vm == NULL; n += 13) {
        vm = ou_vm_new(&(OuOptions){.fail_at = n});
        if (vm != NULL) { ou_vm_free(vm); }
    }
    ck_assert_uint_gt(n, 1000);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("ouro");
    TCase *tcase = tcase_create("ouro");
    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_set_timeout(tcase, 120);
    tcase_add_test(tcase, two_side_by_side);
    tcase_add_test(tcase, a_thousand_in_a_row);
    tcase_add_test(tcase, statuses);
    tcase_add_test(tcase, usage_and_limits);
    tcase_add_test(tcase, failed_starts);
    suite_add_tcase(suite, tcase);
    return unit_report("ouro", suite);
}
