/*
 * The bytecode verifier: each rule is broken once by hand, and what the compiler makes passes.
 */
#include "compiler/compile.h"
#include "compiler/opcode.h"
#include "compiler/verify.h"
#include "tests/unit/front_end.h"

#define OP(op, a, b, c) ((uint32_t)OP_##op | (uint32_t)(a) << 8 | (uint32_t)(b) << 16 | (uint32_t)(c) << 24)
#define OPX(op, a, x) ((uint32_t)OP_##op | (uint32_t)(a) << 8 | (uint32_t)(x) << 16)

static OuHandler handlers[2];
static uint32_t handler_count;

/* A unit with registers 0 named and 1 to 5 temporaries, one constant, one name. */
static const char *verify(uint32_t *code, uint32_t count, uint32_t *at) {
    static OuUnitConst constant = {.kind = OU_UNIT_NONE};
    static OuText name = {"name", 4};
    OuUnit unit = {.code = code,
                   .code_count = count,
                   .constants = &constant,
                   .constant_count = 1,
                   .names = &name,
                   .name_count = 1,
                   .named = 1,
                   .registers = 6,
                   .handlers = handlers,
                   .handler_count = handler_count};
    handler_count = 0;
    return ou_verify_unit(&front.arena, &unit, at);
}

#define WRONG(expected, where, ...)                                        \
    do {                                                                   \
        uint32_t code[] = {__VA_ARGS__}, at = 0;                           \
        const char *wrong = verify(code, sizeof code / sizeof *code, &at); \
        ck_assert_msg(wrong != NULL, "accepted instead of: %s", expected); \
        ck_assert_str_eq(wrong, expected);                                 \
        ck_assert_uint_eq(at, where);                                      \
    } while (0)

#define RIGHT(...)                                                         \
    do {                                                                   \
        uint32_t code[] = {__VA_ARGS__}, at = 0;                           \
        const char *wrong = verify(code, sizeof code / sizeof *code, &at); \
        ck_assert_msg(wrong == NULL, "%s at %u", wrong, at);               \
    } while (0)

START_TEST(verify_encoding) {
    RIGHT(OP(RETURN_NONE, 0, 0, 0));
    WRONG("unknown opcode", 0, 0xff);
    WRONG("instruction cut off", 0, OP(JUMP, 0, 0, 0));
    WRONG("register out of range", 0, OP(MOVE, 6, 0, 0), OP(RETURN_NONE, 0, 0, 0));
    WRONG("constant out of range", 0, OPX(LOADK, 1, 1), OP(RETURN, 1, 0, 0));
    WRONG("name out of range", 0, OPX(LOAD_GLOBAL, 1, 1), 0, 0, 0, OP(RETURN, 1, 0, 0));
    WRONG("captured cell out of range", 0, OPX(LOAD_FREE, 1, 0), OP(RETURN, 1, 0, 0));
    WRONG("nested code out of range", 0, OP(FUNCTION, 1, 0, 2), 0, OP(RETURN, 1, 0, 0));
    WRONG("jump into an instruction", 0, OP(JUMP, 0, 0, 0), 1, OP(JUMP, 0, 0, 0), (uint32_t)-4);
    WRONG("runs off the end", 0, OP(MOVE, 1, 0, 0));
}
END_TEST

START_TEST(verify_handlers) {
    handlers[0] = (OuHandler){0, 1, 2, 1};
    handler_count = 1;
    WRONG("handler range out of step with the instructions", 0, OP(CHECK, 0, 0, 0), OP(RETURN_NONE, 0, 0, 0));
    handlers[0] = (OuHandler){0, 1, 2, 0};
    handler_count = 1;
    WRONG("handler depth out of range", 0, OP(CHECK, 0, 0, 0), OP(RETURN_NONE, 0, 0, 0), OP(RERAISE, 1, 0, 0));
    handlers[0] = (OuHandler){0, 2, 3, 1};
    handlers[1] = (OuHandler){1, 3, 3, 1};
    handler_count = 2;
    WRONG("handler ranges overlap", 1, OP(NOP, 0, 0, 0), OP(NOP, 0, 0, 0), OP(RETURN_NONE, 0, 0, 0),
          OP(RERAISE, 1, 0, 0));
    /* The exception is the only temporary above the depth, whatever the range held. */
    handlers[0] = (OuHandler){1, 2, 3, 1};
    handler_count = 1;
    RIGHT(OP(MOVE, 1, 0, 0), OP(CHECK, 0, 0, 0), OP(RETURN, 1, 0, 0), OP(RERAISE, 1, 0, 0));
    handlers[0] = (OuHandler){1, 2, 3, 2};
    handler_count = 1;
    WRONG("empty temporary read", 3, OP(MOVE, 1, 0, 0), OP(CHECK, 0, 0, 0), OP(RETURN, 1, 0, 0), OP(RERAISE, 3, 0, 0));
}
END_TEST

START_TEST(verify_temporaries) {
    RIGHT(OP(MOVE, 1, 0, 0), OP(MOVE, 2, 0, 0), OP(ADD, 1, 1, 2), OP(RETURN, 1, 0, 0));
    WRONG("empty temporary read", 0, OP(RETURN, 1, 0, 0));
    WRONG("empty temporary read", 2, OP(MOVE, 1, 0, 0), OP(ADD, 2, 1, 0), OP(RETURN, 1, 0, 0));
    RIGHT(OP(MOVE, 1, 0, 0), OP(MOVE, 2, 0, 0), OP(CALL, 1, 1, 3), OP(RETURN, 3, 0, 0));
    WRONG("empty temporary read", 1, OP(MOVE, 1, 0, 0), OP(CALL, 1, 1, 3), OP(RETURN, 3, 0, 0));
    WRONG("named register in a run of temporaries", 0, OP(CALL, 0, 0, 3), OP(RETURN, 3, 0, 0));
    WRONG("run of temporaries out of range", 1, OP(MOVE, 5, 0, 0), OP(CALL, 5, 1, 3), OP(RETURN, 3, 0, 0));
    WRONG("full temporary overrun", 1, OP(MOVE, 2, 0, 0), OP(UNPACK, 1, 0, 2), OP(RETURN_NONE, 0, 0, 0));
}
END_TEST

START_TEST(verify_paths) {
    WRONG("paths disagree about a temporary", 3, OP(JT, 0, 0, 0), 1, OP(MOVE, 1, 0, 0), OP(RETURN_NONE, 0, 0, 0));
    RIGHT(OP(JT, 0, 0, 0), 2, OP(MOVE, 1, 0, 0), OP(DROP, 1, 0, 0), OP(RETURN_NONE, 0, 0, 0));
    /* for: the iterator goes at the end of the loop, the item is there on the way into the body only. */
    RIGHT(OP(GET_ITER, 1, 0, 0), OP(JUMP, 0, 0, 0), 1, OP(DROP, 2, 0, 0), OP(FOR_ITER, 1, 2, 0), (uint32_t)-3,
          OP(RETURN_NONE, 0, 0, 0));
    WRONG("paths disagree about a temporary", 4, OP(GET_ITER, 1, 0, 0), OP(JUMP, 0, 0, 0), 1, OP(DROP, 1, 0, 0),
          OP(FOR_ITER, 1, 2, 0), (uint32_t)-3, OP(RETURN_NONE, 0, 0, 0));
    /* `a or b`: kept when it jumps, dropped when it does not. */
    RIGHT(OP(MOVE, 1, 0, 0), OP(JT_KEEP, 1, 0, 0), 1, OP(MOVE, 1, 0, 0), OP(RETURN, 1, 0, 0));
}
END_TEST

static void compiles(const char *text) {
    OuUnit *unit;
    bool ok = ou_compile(&front.arena, &front.source, "<test>", text, strlen(text), OU_SOURCE_STRING, OU_COMPILE_FILE,
                         false, &unit, &front.err);
    ck_assert_msg(ok, "%s: %s", text, front.err.message);
    uint32_t at;
    const char *wrong = ou_verify_unit(&front.arena, unit, &at);
    ck_assert_msg(wrong == NULL, "%s: %s at %u", text, wrong, at);
    for (uint32_t i = 0; i < unit->child_count; i++) {
        wrong = ou_verify_unit(&front.arena, unit->children[i], &at);
        ck_assert_msg(wrong == NULL, "%s: %s at %u", text, wrong, at);
    }
}

START_TEST(verify_what_the_compiler_makes) {
    compiles("x = [a, *b][c:d] or {1: e, **f}\nf'{x!r:{y}}'\n");
    compiles(
        "def f(a, *b, c=1, **d):\n  with a as x, b:\n    for i in c:\n      try: return i\n      finally: break\n");
    compiles("def g():\n  while a:\n    try: return b\n    finally: continue\n");
    compiles(
        "def h():\n  try: yield from a\n  except b as c: raise d from c\n  else: return (yield)\n  finally: e()\n");
    compiles("class A(b, c=d):\n  x: int = [i for i in y if i if j for k in i]\n  def m(self): return super().m()\n");
    compiles("a, (b, *c), d.e, f[g] = h = i\na < b < c in d\ndel a, b.c, d[e]\nassert f, g\n");
}
END_TEST

/* Tables that grow many times over; under the sanitizers each byte of them is watched. */
START_TEST(verify_long_chains) {
    static const char *const links[] = {" < 1", " and x", "[0]", " + x"};
    for (size_t i = 0; i < sizeof links / sizeof *links; i++) {
        size_t length = strlen(links[i]), count = 5000;
        char *text = malloc(count * length + 3);
        memcpy(text, "x", 2);
        for (size_t at = 1; at <= count * length; at += length) { strcpy(text + at, links[i]); }
        strcat(text, "\n");
        compiles(text);
        free(text);
    }
}
END_TEST

int main(void) {
    Suite *suite = suite_create("verify");
    TCase *tcase = front_case(suite, "verify");
    tcase_add_test(tcase, verify_encoding);
    tcase_add_test(tcase, verify_handlers);
    tcase_add_test(tcase, verify_temporaries);
    tcase_add_test(tcase, verify_paths);
    tcase_add_test(tcase, verify_what_the_compiler_makes);
    tcase_add_test(tcase, verify_long_chains);
    return unit_report("verify", suite);
}
