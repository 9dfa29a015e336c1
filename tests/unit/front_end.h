/*
 * Shared by the front-end unit tests: one compilation with an arena, torn down by the fixture, and the
 * summary line of a runner. Header only, because each test is a program of its own.
 */
#ifndef OU_TESTS_FRONT_END_H
#define OU_TESTS_FRONT_END_H

#include "compiler/parse.h"
#include "compiler/scope.h"
#include "tests/unit/plain_arena.h"

#include "tests/unit/report.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct FrontEnd {
    OuArena arena;
    OuSource source;
    OuModule *module;
    OuScope *scope;
    OuSyntaxError err;
} FrontEnd;

static FrontEnd front;

static void front_setup(void) {
    memset(&front, 0, sizeof front);
    plain_arena_init(&front.arena);
}

static void front_teardown(void) { ou_arena_fini(&front.arena); }

static inline bool front_run(const char *text, OuCompileMode mode) {
    ou_arena_fini(&front.arena);
    front_setup();
    return ou_source_init(&front.source, &front.arena, "<test>", text, strlen(text), OU_SOURCE_STRING, &front.err) &&
           ou_parse(&front.arena, &front.source, mode, &front.module, &front.err) &&
           ou_scope_analyse(&front.arena, front.module, &front.source, &front.scope, &front.err);
}

static inline void front_ok(const char *text) {
    bool ok = front_run(text, OU_COMPILE_FILE);
    ck_assert_msg(ok, "%s: %s", text, front.err.message);
}

static inline void front_error(const char *text, OuErrorKind kind, const char *message, int line, int col) {
    ck_assert_msg(!front_run(text, OU_COMPILE_FILE), "accepted: %s", text);
    ck_assert_str_eq(front.err.message, message);
    ck_assert_int_eq(front.err.kind, kind);
    ck_assert_int_eq(front.err.line, line);
    ck_assert_int_eq(front.err.col, col);
}

static inline TCase *front_case(Suite *suite, const char *name) {
    TCase *tcase = tcase_create(name);
    tcase_add_checked_fixture(tcase, front_setup, front_teardown);
    suite_add_tcase(suite, tcase);
    return tcase;
}

#endif
