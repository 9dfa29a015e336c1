/*
 * Tokens: indentation, numbers, strings, names, brackets, and their error messages.
 */
#include "compiler/token.h"
#include "tests/unit/front_end.h"

static OuLexer lexer;
static OuIdentTable idents;

static void lex(const char *text) {
    ck_assert(ou_source_init(&front.source, &front.arena, "<test>", text, strlen(text), OU_SOURCE_STRING, &front.err));
    ck_assert(ou_ident_table_init(&idents, &front.arena));
    ck_assert(ou_lexer_add_keywords(&idents));
    ck_assert(ou_lexer_init(&lexer, &front.arena, &idents, &front.source));
}

static void expect_kinds(const char *text, const uint8_t *kinds, size_t count) {
    OuToken token;
    lex(text);
    for (size_t i = 0; i < count; i++) {
        ou_lexer_next(&lexer, &token);
        ck_assert_msg(token.kind == kinds[i], "%s: token %zu is %d, not %d", text, i, token.kind, kinds[i]);
    }
}

#define KINDS(TEXT, ...)                              \
    do {                                              \
        static const uint8_t kinds[] = {__VA_ARGS__}; \
        expect_kinds(TEXT, kinds, sizeof kinds);      \
    } while (0)

START_TEST(lexer_blocks_make_indent_and_dedent) {
    KINDS("if x:\n  y\n\n # no\nz\n", OU_TOK_if, OU_TOK_NAME, OU_TOK_COLON, OU_TOK_NEWLINE, OU_TOK_INDENT, OU_TOK_NAME,
          OU_TOK_NEWLINE, OU_TOK_DEDENT, OU_TOK_NAME, OU_TOK_NEWLINE, OU_TOK_END);
    KINDS("if x:\n\ty", OU_TOK_if, OU_TOK_NAME, OU_TOK_COLON, OU_TOK_NEWLINE, OU_TOK_INDENT, OU_TOK_NAME,
          OU_TOK_NEWLINE, OU_TOK_DEDENT, OU_TOK_END, OU_TOK_END);
}
END_TEST

START_TEST(lexer_brackets_join_lines) {
    KINDS("(\n1,\n)\n", OU_TOK_LPAR, OU_TOK_NUMBER, OU_TOK_COMMA, OU_TOK_RPAR, OU_TOK_NEWLINE, OU_TOK_END);
    KINDS("a \\\n b", OU_TOK_NAME, OU_TOK_NAME, OU_TOK_NEWLINE, OU_TOK_END);
}
END_TEST

START_TEST(lexer_operators_take_the_longest) {
    KINDS("a**=b//c->d...e:=f!=g", OU_TOK_NAME, OU_TOK_DOUBLESTAREQUAL, OU_TOK_NAME, OU_TOK_DOUBLESLASH, OU_TOK_NAME,
          OU_TOK_RARROW, OU_TOK_NAME, OU_TOK_ELLIPSIS, OU_TOK_NAME, OU_TOK_COLONEQUAL, OU_TOK_NAME, OU_TOK_NOTEQUAL,
          OU_TOK_NAME, OU_TOK_NEWLINE);
}
END_TEST

START_TEST(lexer_numbers_may_touch_keywords) {
    KINDS("1if 2else 3", OU_TOK_NUMBER, OU_TOK_if, OU_TOK_NUMBER, OU_TOK_else, OU_TOK_NUMBER);
    KINDS("1_0.5e-3j .5 0xFF_f 0b1 0o7 00", OU_TOK_NUMBER, OU_TOK_NUMBER, OU_TOK_NUMBER, OU_TOK_NUMBER, OU_TOK_NUMBER,
          OU_TOK_NUMBER, OU_TOK_NEWLINE);
}
END_TEST

START_TEST(lexer_names_are_normalised) {
    OuToken token;
    lex("\xef\xac\x81 = fi"); /* the ligature fi */
    ou_lexer_next(&lexer, &token);
    ck_assert_str_eq(token.ident->text, "fi");
    const OuIdent *first = token.ident;
    ou_lexer_next(&lexer, &token);
    ou_lexer_next(&lexer, &token);
    ck_assert_ptr_eq(token.ident, first);
}
END_TEST

START_TEST(lexer_line_ends_are_unified) {
    KINDS("a\r\nb\rc", OU_TOK_NAME, OU_TOK_NEWLINE, OU_TOK_NAME, OU_TOK_NEWLINE, OU_TOK_NAME, OU_TOK_NEWLINE,
          OU_TOK_END);
    KINDS("\xef\xbb\xbf"
          "a",
          OU_TOK_NAME, OU_TOK_NEWLINE, OU_TOK_END);
}
END_TEST

static const struct {
    const char *text;
    OuErrorKind kind;
    const char *message;
    int line;
    int col;
} errors[] = {
    {"1a", OU_ERR_SYNTAX, "invalid decimal literal", 1, 1},
    {"0777", OU_ERR_SYNTAX,
     "leading zeros in decimal integer literals are not permitted; use an 0o prefix "
     "for octal integers",
     1, 1},
    {"0b2", OU_ERR_SYNTAX, "invalid digit '2' in binary literal", 1, 3},
    {"0xg", OU_ERR_SYNTAX, "invalid hexadecimal literal", 1, 2},
    {"1__0", OU_ERR_SYNTAX, "invalid decimal literal", 1, 2},
    {"'abc", OU_ERR_SYNTAX, "unterminated string literal (detected at line 1)", 1, 1},
    {"x = '''abc\n\n", OU_ERR_SYNTAX, "unterminated triple-quoted string literal (detected at line 2)", 1, 5},
    {"(\n1\ny = 2\n", OU_ERR_SYNTAX, "'(' was never closed", 1, 1},
    {"(]", OU_ERR_SYNTAX, "closing parenthesis ']' does not match opening parenthesis '('", 1, 2},
    {"(\n\n]", OU_ERR_SYNTAX, "closing parenthesis ']' does not match opening parenthesis '(' on line 1", 3, 1},
    {")", OU_ERR_SYNTAX, "unmatched ')'", 1, 1},
    {"x \\ y", OU_ERR_SYNTAX, "unexpected character after line continuation character", 1, 4},
    {"x = \xc2\xa0 1", OU_ERR_SYNTAX, "invalid non-printable character U+00A0", 1, 5},
    {"x = \xe2\x80\xa6", OU_ERR_SYNTAX, "invalid character '\xe2\x80\xa6' (U+2026)", 1, 5},
    {"if x:\n  a\n b", OU_ERR_INDENTATION, "unindent does not match any outer indentation level", 3, 3},
    {"if x:\n\ta\n        b", OU_ERR_TAB, "inconsistent use of tabs and spaces in indentation", 3, 1},
    {"x = 1\n  y = 2", OU_ERR_INDENTATION, "unexpected indent", 2, 2},
    {"if x:\npass", OU_ERR_INDENTATION, "expected an indented block after 'if' statement on line 1", 2, 1},
};

START_TEST(lexer_error_is_worded_and_placed_as_in_cpython) {
    front_error(errors[_i].text, errors[_i].kind, errors[_i].message, errors[_i].line, errors[_i].col);
}
END_TEST

START_TEST(source_with_null_byte_is_refused) {
    ck_assert(!ou_source_init(&front.source, &front.arena, "f", "a\0b", 3, OU_SOURCE_STRING, &front.err));
    ck_assert_int_eq(front.err.kind, OU_ERR_VALUE);
    ck_assert_str_eq(front.err.message, "source code string cannot contain null bytes");
}
END_TEST

START_TEST(source_file_in_other_encoding_is_refused) {
    ck_assert(!ou_source_init(&front.source, &front.arena, "f.py", "a\n\xe9", 3, OU_SOURCE_FILE, &front.err));
    ck_assert_str_eq(front.err.message, "Non-UTF-8 code starting with '\\xe9' in file f.py on line 2, but no "
                                        "encoding declared; see https://peps.python.org/pep-0263/ for details");
    const char *text = "#!x\n# -*- coding: latin-1 -*-\n";
    ck_assert(!ou_source_init(&front.source, &front.arena, "f.py", text, strlen(text), OU_SOURCE_FILE, &front.err));
    ck_assert_str_eq(front.err.message, "encoding problem: latin-1");
}
END_TEST

START_TEST(source_line_gives_text_without_its_end) {
    size_t len;
    lex("ab\r\ncd");
    ck_assert_mem_eq(ou_source_line(&front.source, 2, &len), "cd", 2);
    ck_assert_uint_eq(len, 2);
    ck_assert_ptr_null(ou_source_line(&front.source, 3, &len));
}
END_TEST

int main(void) {
    Suite *suite = suite_create("lexer");
    TCase *tokens = front_case(suite, "tokens");
    tcase_add_test(tokens, lexer_blocks_make_indent_and_dedent);
    tcase_add_test(tokens, lexer_brackets_join_lines);
    tcase_add_test(tokens, lexer_operators_take_the_longest);
    tcase_add_test(tokens, lexer_numbers_may_touch_keywords);
    tcase_add_test(tokens, lexer_names_are_normalised);
    tcase_add_test(tokens, lexer_line_ends_are_unified);
    TCase *wrong = front_case(suite, "errors");
    tcase_add_loop_test(wrong, lexer_error_is_worded_and_placed_as_in_cpython, 0,
                        (int)(sizeof errors / sizeof errors[0]));
    TCase *source = front_case(suite, "source");
    tcase_add_test(source, source_with_null_byte_is_refused);
    tcase_add_test(source, source_file_in_other_encoding_is_refused);
    tcase_add_test(source, source_line_gives_text_without_its_end);
    return unit_report("lexer", suite);
}
