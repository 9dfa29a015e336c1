/*
 * Trees, positions, error messages, completeness, depth, folding.
 */
#include "tests/unit/front_end.h"

static OuExpr *parse_expr_text(const char *text) {
    bool ok = front_run(text, OU_COMPILE_EVAL);
    ck_assert_msg(ok, "%s: %s", text, front.err.message);
    return front.module->expression;
}

START_TEST(parse_operators_bind_as_in_the_grammar) {
    OuExpr *sum = parse_expr_text("a + b * -c ** d");
    ck_assert_int_eq(sum->kind, OU_EXPR_BinOp);
    ck_assert_int_eq(sum->as.BinOp.op, OU_OP_Add);
    OuExpr *product = sum->as.BinOp.right;
    ck_assert_int_eq(product->as.BinOp.op, OU_OP_Mult);
    ck_assert_int_eq(product->as.BinOp.right->kind, OU_EXPR_UnaryOp);
    OuExpr *negation = parse_expr_text("not a == b");
    ck_assert_int_eq(negation->as.UnaryOp.op, OU_UNARY_Not);
    ck_assert_int_eq(negation->as.UnaryOp.operand->kind, OU_EXPR_Compare);
}
END_TEST

START_TEST(parse_positions_are_byte_offsets) {
    OuExpr *call = parse_expr_text("\xc3\xa9(a, b)");
    ck_assert_uint_eq(call->at.end_column, 8);
    ck_assert_uint_eq(call->as.Call.args.items[1]->at.column, 6);
}
END_TEST

START_TEST(parse_constants_are_classified) {
    ck_assert_int_eq(parse_expr_text("9223372036854775807")->as.Constant.value.kind, OU_UNIT_INT);
    const OuUnitConst *big = &parse_expr_text("0xFFFF_FFFF_FFFF_FFFF_F")->as.Constant.value;
    ck_assert_int_eq(big->kind, OU_UNIT_BIGINT);
    ck_assert_int_eq(big->as.big.base, 16);
    ck_assert_str_eq(big->as.big.digits, "FFFFFFFFFFFFFFFFF");
    const OuUnitConst *text = &parse_expr_text("'a\\x41' r'\\n' \"\\u20ac\"")->as.Constant.value;
    ck_assert_str_eq(text->as.text.bytes, "aA\\n\xe2\x82\xac");
    ck_assert(parse_expr_text("'\\ud800'")->as.Constant.has_surrogates);
    ck_assert_double_eq(parse_expr_text("1_0.5e1")->as.Constant.value.as.number, 105.0);
}
END_TEST

START_TEST(parse_fstring_parts_are_complete) {
    OuExpr *joined = parse_expr_text("f'{{a}} {x!r:>{w}} {y = }' 'z'");
    const OuExprSeq *values = &joined->as.JoinedStr.values;
    ck_assert_uint_eq(values->count, 5);
    ck_assert_str_eq(values->items[0]->as.Constant.value.as.text.bytes, "{a} ");
    ck_assert_int_eq(values->items[1]->as.FormattedValue.conversion, 'r');
    ck_assert_int_eq(values->items[1]->as.FormattedValue.format_spec->kind, OU_EXPR_JoinedStr);
    ck_assert_str_eq(values->items[2]->as.Constant.value.as.text.bytes, " y = ");
    ck_assert_int_eq(values->items[3]->as.FormattedValue.conversion, 'r');
}
END_TEST

START_TEST(parse_binds_is_set_bottom_up) {
    ck_assert(ou_expr_binds(parse_expr_text("f(a, [1, (x := 2)])")));
    ck_assert(!ou_expr_binds(parse_expr_text("f(a, [1, 2], lambda: (x := 1))")));
}
END_TEST

#define BROKEN_ROW           \
    struct {                 \
        const char *text;    \
        OuErrorKind kind;    \
        const char *message; \
        int line;            \
        int col;             \
    }

static const BROKEN_ROW broken[] = {
#include "tests/unit/parse_errors.inc"
};

START_TEST(parse_error_is_worded_and_placed_as_in_cpython) {
    front_error(broken[_i].text, broken[_i].kind, broken[_i].message, broken[_i].line, broken[_i].col);
}
END_TEST

START_TEST(parse_text_that_ends_too_early_is_incomplete) {
    static const char *const texts[] = {"(",           "x = [1,\n",   "'''abc\n",   "if x:\n",
                                        "x = \\\n",    "@a\n",        "def f(a,\n", "class A:\n  # only\n",
                                        "try:\n  x\n", "for x in y:", "f(1, {2: 3}"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        ck_assert_msg(!front_run(texts[i], OU_COMPILE_SINGLE), "%s", texts[i]);
        ck_assert_msg(front.err.incomplete, "%s", texts[i]);
    }
    static const char *const wrong[] = {"x = 1 +\n", "'abc\n", "1 2\n", ")\n", "if x:\npass\n"};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        ck_assert_msg(!front_run(wrong[i], OU_COMPILE_SINGLE), "%s", wrong[i]);
        ck_assert_msg(!front.err.incomplete, "%s", wrong[i]);
    }
}
END_TEST

static char *put(char *at, const char *text) {
    size_t len = strlen(text);
    memcpy(at, text, len);
    return at + len;
}

/* prefix * n, middle, suffix * n */
static char *repeat(const char *prefix, size_t n, const char *middle, const char *suffix) {
    size_t size = (strlen(prefix) + strlen(suffix)) * n + strlen(middle) + 1;
    char *text = malloc(size);
    char *at = text;
    ck_assert_ptr_nonnull(text);
    for (size_t i = 0; i < n; i++) { at = put(at, prefix); }
    at = put(at, middle);
    for (size_t i = 0; i < n; i++) { at = put(at, suffix); }
    *at = '\0';
    return text;
}

START_TEST(parse_deep_nesting_is_refused_without_a_crash) {
    static const char *const rows[][3] = {{"(", "1", ")"},      {"-", "1", ""},   {"not ", "1", ""},
                                          {"lambda:", "1", ""}, {"a**", "1", ""}, {"1 if 1 else ", "1", ""},
                                          {"f(", "", ")"},      {"{1:", "1", "}"}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char *text = repeat(rows[i][0], 100000, rows[i][1], rows[i][2]);
        ck_assert(!front_run(text, OU_COMPILE_FILE));
        ck_assert_msg(strncmp(front.err.message, "too many nested", 15) == 0, "%s: %s", rows[i][0], front.err.message);
        free(text);
    }
}
END_TEST

START_TEST(parse_long_chains_are_no_problem) {
    static const char *const rows[][2] = {{"1+", "1"}, {"a<", "b"}, {"a or ", "b"}, {"x, ", "y"}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char *text = repeat(rows[i][0], 10000, rows[i][1], "");
        front_ok(text);
        ck_assert(ou_fold_module(&front.arena, front.module));
        free(text);
    }
    char *trailers = repeat("", 10000, "a", ".b[0]()");
    front_ok(trailers);
    free(trailers);
    char *chain = repeat("", 5000, "if a: pass\n", "elif b: pass\n");
    front_ok(chain);
    free(chain);
}
END_TEST

static const OuUnitConst *folded(const char *text) {
    OuExpr *expr = parse_expr_text(text);
    ck_assert(ou_fold_module(&front.arena, front.module));
    return expr->kind == OU_EXPR_Constant ? &expr->as.Constant.value : NULL;
}

START_TEST(fold_exact_results_become_constants) {
    ck_assert_int_eq(folded("-5 + 2 * 3")->as.integer, 1);
    ck_assert_double_eq(folded("1 + 0.5")->as.number, 1.5);
    ck_assert_str_eq(folded("'a' + 'b'")->as.text.bytes, "ab");
    ck_assert_uint_eq(folded("(1, (2, 'x'), None)")->as.tuple.count, 3);
    ck_assert_int_eq(folded("-9223372036854775808 + 1") == NULL, 1);
}
END_TEST

START_TEST(fold_leaves_what_may_raise_or_grow) {
    ck_assert_ptr_null(folded("1 / 0"));
    ck_assert_ptr_null(folded("4611686018427387904 * 4"));
    ck_assert_ptr_null(folded("1 << 100"));
    ck_assert_ptr_null(folded("'a' * 1000000"));
    ck_assert_ptr_null(folded("1e308 * 10"));
    ck_assert_ptr_null(folded("(1, x)"));
}
END_TEST

int main(void) {
    Suite *suite = suite_create("parse");
    TCase *trees = front_case(suite, "trees");
    tcase_add_test(trees, parse_operators_bind_as_in_the_grammar);
    tcase_add_test(trees, parse_positions_are_byte_offsets);
    tcase_add_test(trees, parse_constants_are_classified);
    tcase_add_test(trees, parse_fstring_parts_are_complete);
    tcase_add_test(trees, parse_binds_is_set_bottom_up);
    TCase *wrong = front_case(suite, "errors");
    tcase_add_loop_test(wrong, parse_error_is_worded_and_placed_as_in_cpython, 0,
                        (int)(sizeof broken / sizeof broken[0]));
    tcase_add_test(wrong, parse_text_that_ends_too_early_is_incomplete);
    TCase *depth = front_case(suite, "depth");
    tcase_add_test(depth, parse_deep_nesting_is_refused_without_a_crash);
    tcase_add_test(depth, parse_long_chains_are_no_problem);
    TCase *fold = front_case(suite, "fold");
    tcase_add_test(fold, fold_exact_results_become_constants);
    tcase_add_test(fold, fold_leaves_what_may_raise_or_grow);
    return unit_report("parse", suite);
}
