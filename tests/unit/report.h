/* The end of every unit test program: runs the suite and writes the line that tests/run.sh adds up. */
#ifndef OU_TESTS_REPORT_H
#define OU_TESTS_REPORT_H

#include <check.h>
#include <stdio.h>

static inline int unit_report(const char *name, Suite *suite) {
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner), ran = srunner_ntests_run(runner);
    srunner_free(runner);
    printf("%s: %d passed, %d failed\n", name, ran - failed, failed);
    return failed != 0;
}

#endif
