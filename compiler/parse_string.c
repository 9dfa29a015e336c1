/* String literals: escapes, concatenation of neighbours, f-strings. See parser.h.
 *
 * Python 3.11 reads an f-string as one token, finds its replacement fields with a scanner of its own and parses each
 * field separately; positions and messages follow from that. A field holds no backslash, so its text in the source is
 * its text: it is lexed in place. */
#include "compiler/parser.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

typedef struct StringJoin {
    OuPosition at;       /* all neighbours */
    OuPosition field_at; /* the current literal: where CPython places format specs */
    OuArenaVec values;   /* of the JoinedStr */
    char *text; /* literal text not yet in values; there is room for all that can come: see ou_parse_strings() */
    size_t len;
    bool has_surrogates;
    bool is_fstring;
    bool is_bytes;
} StringJoin;

typedef struct Literal {
    uint32_t start; /* inside the quotes */
    uint32_t at;    /* what is read next */
    uint32_t end;
    uint32_t line;
    uint32_t line_start;
    bool raw;
} Literal;

static void append(StringJoin *join, const char *bytes, size_t len) {
    memcpy(join->text + join->len, bytes, len);
    join->len += len;
}

/* Code points up to 255 are bytes in a bytes literal. Surrogates are encoded like any other. */
static void append_code(StringJoin *join, uint32_t code) {
    char *out = join->text + join->len;
    size_t n = join->is_bytes || code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    static const uint8_t lead[] = {0, 0, 0xc0, 0xe0, 0xf0};
    for (size_t i = n; i-- > 1; code >>= 6) { out[i] = (char)(0x80 | (code & 0x3f)); }
    out[0] = (char)(lead[n] | code);
    join->len += n;
}

/* Up to `limit` digits of the base at `*at`, which is moved past them. */
static uint32_t take_digits(const char *text, size_t len, size_t *at, size_t limit, int base) {
    static const char digits[] = "0123456789abcdef";
    uint32_t code = 0;
    for (size_t end = *at + limit; *at < len && *at < end && text[*at] != '\0'; ++*at) {
        const char *digit = strchr(digits, tolower((unsigned char)text[*at]));
        if (digit == NULL || digit - digits >= base) { break; }
        code = code * (uint32_t)base + (uint32_t)(digit - digits);
    }
    return code;
}

/* What `c` behind a backslash stands for, or 0. */
static char simple_escape(char c) {
    static const char letters[] = "\\'\"abfnrtv";
    static const char meanings[] = "\\'\"\a\b\f\n\r\t\v";
    const char *found = c != '\0' ? strchr(letters, c) : NULL;
    return found != NULL ? meanings[found - letters] : '\0';
}

/* CPython decodes escapes from a text in which each non-ASCII character takes ten bytes, unless the literal is pure
 * ASCII; positions in its messages count those. */
static size_t decoder_position(const char *text, size_t len) {
    size_t position = 0;
    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)text[i];
        position += c < 0x80 ? 1 : c >= 0xc0 ? 10 : 0;
    }
    return position;
}

static bool fail_escape(OuParser *p, const char *text, size_t at, size_t end, const char *why) {
    size_t from = decoder_position(text, at);
    size_t to = decoder_position(text, end) - 1;
    char place[64];
    if (from == to) {
        snprintf(place, sizeof place, "byte 0x5c in position %zu", from);
    } else {
        snprintf(place, sizeof place, "bytes in position %zu-%zu", from, to);
    }
    return ou_parser_raise_last(p, OU_ERR_SYNTAX, "(unicode error) 'unicodeescape' codec can't decode %s: %s", place,
                                why);
}

static bool decode_hex(OuParser *p, StringJoin *join, const char *text, size_t len, size_t *at) {
    size_t start = *at;
    char kind = text[start + 1];
    size_t want = kind == 'x' ? 2 : kind == 'u' ? 4 : 8;
    *at += 2;
    uint32_t code = take_digits(text, len, at, want, 16);
    bool complete = *at == start + 2 + want;
    if (complete && code <= 0x10ffff) {
        join->has_surrogates = join->has_surrogates || (code >= 0xd800 && code < 0xe000);
        append_code(join, code);
        return true;
    }
    if (join->is_bytes) {
        return ou_parser_raise_last(p, OU_ERR_SYNTAX, "(value error) invalid \\x escape at position %zu", start);
    }
    const char *why = complete      ? "illegal Unicode character"
                      : kind == 'x' ? "truncated \\xXX escape"
                      : kind == 'u' ? "truncated \\uXXXX escape"
                                    : "truncated \\UXXXXXXXX escape";
    return fail_escape(p, text, start, *at, why);
}

static bool decode_escape(OuParser *p, StringJoin *join, const char *text, size_t len, size_t *at) {
    char c = *at + 1 < len ? text[*at + 1] : '\0';
    char simple = simple_escape(c);
    if (c == 'x' || (!join->is_bytes && (c == 'u' || c == 'U'))) { return decode_hex(p, join, text, len, at); }
    if (c == 'N' && !join->is_bytes) {
        return ou_parser_raise_last(p, OU_ERR_SYNTAX, "Ouro does not support \\N{...} escapes");
    }
    *at += 1;
    if (c >= '0' && c <= '7') {
        append_code(join, take_digits(text, len, at, 3, 8));
    } else if (c == '\n' || simple != '\0') {
        *at += 1;
        append(join, &simple, simple != '\0');
    } else {
        append(join, "\\", 1); /* an unknown escape keeps its backslash */
    }
    return true;
}

static bool add_text(OuParser *p, StringJoin *join, const char *text, size_t len, bool raw) {
    for (size_t i = 0; i < len;) {
        const char *backslash = raw ? NULL : memchr(text + i, '\\', len - i);
        size_t plain = backslash == NULL ? len - i : (size_t)(backslash - text) - i;
        append(join, text + i, plain);
        i += plain;
        if (backslash != NULL && !decode_escape(p, join, text, len, &i)) { return false; }
    }
    return true;
}

static OuExpr *make_text(OuParser *p, StringJoin *join) {
    join->text[join->len] = '\0';
    OuUnitConst value = {.kind = join->is_bytes ? OU_UNIT_BYTES : OU_UNIT_STR,
                         .as.text = {join->text, (uint32_t)join->len}};
    OuExpr *self = OU_EXPR(p, Constant, join->at, .value = value, .has_surrogates = join->has_surrogates);
    join->text += join->len + 1;
    join->len = 0;
    join->has_surrogates = false;
    return ou_expr_at(self, join->at);
}

static bool flush_text(OuParser *p, StringJoin *join) {
    return join->len == 0 || ou_parser_push_to(p, &join->values, make_text(p, join));
}

static OuExpr *make_joined(OuParser *p, StringJoin *join) {
    if (!flush_text(p, join)) { return NULL; }
    return ou_expr_at(OU_EXPR(p, JoinedStr, join->at, .values = OU_SEQ_OF(OuExprSeq, join->values)), join->at);
}

static bool parse_fields(OuParser *p, StringJoin *join, Literal *literal, int level);

/* At the last token read, as CPython has it for everything its scanner finds. */
static void *fail_field(OuParser *p, const char *format, ...) {
    char text[128];
    bool in_field = p->in_field;
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    p->in_field = false; /* the prefix is in the text, and the column counts from the line */
    ou_parser_raise_last(p, OU_ERR_SYNTAX, "f-string%s", text);
    p->in_field = in_field;
    p->err->incomplete = false;
    return NULL;
}

typedef struct FieldScan {
    char stack[OU_LEXER_MAX_PARENS];
    int depth;
    char quote;
    bool triple;
} FieldScan;

static bool scan_bracket(OuParser *p, FieldScan *scan, char c) {
    if (c == '(' || c == '[' || c == '{') {
        if (scan->depth >= OU_LEXER_MAX_PARENS) { return fail_field(p, ": too many nested parenthesis"); }
        scan->stack[scan->depth++] = c;
        return true;
    }
    if (scan->depth == 0) { return fail_field(p, ": unmatched '%c'", c); }
    char open = scan->stack[--scan->depth];
    return c == ou_lexer_closing(open) ||
           fail_field(p, ": closing parenthesis '%c' does not match opening parenthesis '%c'", c, open);
}

static void scan_quote(FieldScan *scan, const char *text, uint32_t *at, uint32_t end) {
    char c = text[*at];
    bool three = *at + 2 < end && text[*at + 1] == c && text[*at + 2] == c;
    if (scan->quote == '\0') {
        scan->quote = c;
        scan->triple = three;
        *at += three ? 2 : 0;
    } else if (c == scan->quote && (!scan->triple || three)) {
        scan->quote = '\0';
        *at += scan->triple ? 2 : 0;
    }
}

/* Where the expression that begins at `from` ends; false when it does not. */
static bool scan_expression(OuParser *p, FieldScan *scan, uint32_t from, uint32_t end, uint32_t *stop) {
    const char *text = p->source->text;
    memset(scan, 0, sizeof *scan);
    uint32_t at = from;
    for (; at < end; at++) {
        char c = text[at];
        char next = at + 1 < end ? text[at + 1] : '\0';
        if (c == '\\') { return fail_field(p, " expression part cannot include a backslash"); }
        if (c == '\'' || c == '"') {
            scan_quote(scan, text, &at, end);
        } else if (scan->quote != '\0') {
            continue;
        } else if (c == '#') {
            return fail_field(p, " expression part cannot include '#'");
        } else if (scan->depth == 0 && strchr("!:}=<>", c) != NULL && c != '\0') {
            if (next == '=' && c != ':' && c != '}') {
                at++;
            } else if (c != '<' && c != '>') {
                break;
            }
        } else if (c != '\0' && strchr("()[]{}", c) != NULL && !scan_bracket(p, scan, c)) {
            return false;
        }
    }
    *stop = at;
    if (scan->quote != '\0') { return fail_field(p, ": unterminated string"); }
    if (scan->depth > 0) { return fail_field(p, ": unmatched '%c'", scan->stack[scan->depth - 1]); }
    return at < end || fail_field(p, ": expecting '}'");
}

/* Place of byte `pos` of the literal. */
static OuPosition place_of(const OuParser *p, const Literal *literal, uint32_t pos) {
    OuPosition at = {literal->line, 0, literal->line, 0};
    uint32_t line_start = literal->line_start;
    for (uint32_t i = literal->start; i < pos; i++) {
        if (p->source->text[i] == '\n') {
            at.line++;
            line_start = i + 1;
        }
    }
    at.column = pos - line_start;
    at.end_line = at.line;
    at.end_column = at.column + 1;
    return at;
}

/* Parses [from, to) by a token stream of its own; `from` is behind the '{'. */
static OuExpr *parse_field_expression(OuParser *p, const Literal *literal, uint32_t from, uint32_t to) {
    OuParser saved = *p;
    OuPosition brace = place_of(p, literal, from - 1);
    OuLexer *lexer = ou_parser_new(p, sizeof *lexer);
    if (lexer == NULL || !ou_parser_enter(p)) { return ou_parser_nomatch(p); }
    uint32_t line_start = from - 1 - brace.column;
    if (!ou_lexer_init_field(lexer, p->arena, p->idents, p->source, from, to, brace.line, line_start)) {
        return ou_parser_nomatch(p);
    }
    size_t first = from + strspn(p->source->text + from, " \t\f");
    bool newline_first = first < to && p->source->text[first] == '\n';
    p->lexer = lexer;
    p->chunks = (OuArenaVec){0};
    p->fill = 0;
    p->pos = 0;
    p->in_field = true;
    p->field_col = newline_first ? 0 : brace.column;
    p->diagnose = false;
    ou_parser_seek(p, 0);
    OuExpr *self = p->failed ? NULL : ou_parse_parenthesized(p, brace, OU_TOK_END);
    if (self == NULL && p->err->kind == OU_ERR_NONE && !p->arena->failed) {
        uint32_t last = p->fill - 1;
        p->diagnose = true;
        p->failed = false;
        ou_parser_seek(p, 0);
        ou_parse_parenthesized(p, brace, OU_TOK_END);
        if (p->err->kind == OU_ERR_NONE) { ou_parser_raise_token(p, ou_parser_token(p, last), "invalid syntax"); }
    }
    if (p->err->kind != OU_ERR_NONE) { p->err->incomplete = false; }
    bool failed = self == NULL || p->failed;
    saved.scratch.items = p->scratch.items; /* it may have moved */
    saved.scratch.capacity = p->scratch.capacity;
    *p = saved;
    p->failed = failed;
    return failed ? NULL : self;
}

static OuExpr *parse_format_spec(OuParser *p, StringJoin *join, Literal *literal, int level) {
    StringJoin spec = {.at = join->field_at, .field_at = join->field_at, .text = join->text};
    OuExpr *self = parse_fields(p, &spec, literal, level + 1) ? make_joined(p, &spec) : NULL;
    join->text = spec.text;
    return self;
}

/* The character at which the literal is read, NUL behind its end. */
static char peek(const OuParser *p, const Literal *literal) {
    return literal->at < literal->end ? p->source->text[literal->at] : '\0';
}

/* `=` behind the expression: its text, up to what follows the blanks, becomes literal text. */
static bool take_debug_text(OuParser *p, StringJoin *join, Literal *literal, uint32_t from) {
    const char *text = p->source->text;
    literal->at++;
    while (peek(p, literal) != '\0' && strchr(" \t\n\f\r\v", peek(p, literal)) != NULL) { literal->at++; }
    if (literal->at >= literal->end) { return fail_field(p, ": expecting '}'"); }
    return add_text(p, join, text + from, literal->at - from, true);
}

/* `!r` */
static bool take_conversion(OuParser *p, Literal *literal, int *conversion) {
    literal->at++;
    *conversion = (unsigned char)peek(p, literal);
    if (*conversion == '\0') { return fail_field(p, ": expecting '}'"); }
    literal->at++;
    return strchr("sra", *conversion) != NULL ||
           fail_field(p, ": invalid conversion character: expected 's', 'r', or 'a'");
}

/* From the '{' to behind the '}'. */
static bool parse_field(OuParser *p, StringJoin *join, Literal *literal, int level) {
    const char *text = p->source->text;
    uint32_t from = literal->at + 1, stop = 0;
    int conversion = -1;
    OuExpr *spec = NULL;
    if (level >= 2) { return fail_field(p, ": expressions nested too deeply"); }
    FieldScan *scan = ou_parser_new(p, sizeof *scan);
    if (scan == NULL || !scan_expression(p, scan, from, literal->end, &stop)) { return false; }
    if (from + strspn(text + from, " \t\n\f\r") >= stop) {
        return strchr("!:=", text[stop]) != NULL ? fail_field(p, ": expression required before '%c'", text[stop])
                                                 : fail_field(p, ": empty expression not allowed");
    }
    OuExpr *value = parse_field_expression(p, literal, from, stop);
    if (value == NULL) { return false; }
    literal->at = stop;
    bool is_debug = text[stop] == '=';
    if (is_debug && !take_debug_text(p, join, literal, from)) { return false; }
    if (!flush_text(p, join)) { return false; }
    if (peek(p, literal) == '!' && !take_conversion(p, literal, &conversion)) { return false; }
    if (peek(p, literal) == ':') {
        literal->at++;
        spec = peek(p, literal) != '\0' ? parse_format_spec(p, join, literal, level) : NULL;
        if (p->failed) { return false; }
    }
    if (peek(p, literal) != '}') { return fail_field(p, ": expecting '}'"); }
    literal->at++;
    if (is_debug && conversion == -1 && spec == NULL) { conversion = 'r'; }
    OuExpr *self = OU_EXPR(p, FormattedValue, join->at, .value = value, .conversion = conversion, .format_spec = spec);
    return ou_expr_at(self, join->at) != NULL && ou_parser_push_to(p, &join->values, self);
}

/* End of the literal text that begins at `from`: a brace, or the end. */
static uint32_t find_brace(const char *text, uint32_t from, uint32_t end, bool raw) {
    uint32_t at = from;
    for (; at < end && text[at] != '{' && text[at] != '}'; at++) {
        if (raw || text[at] != '\\' || at + 1 >= end) { continue; }
        if (text[at + 1] == 'N' && at + 2 < end && text[at + 2] == '{') {
            at += 2;
            while (at < end && text[at] != '}') { at++; }
        } else if (text[at + 1] != '{' && text[at + 1] != '}') {
            at++;
        }
    }
    return at < end ? at : end;
}

/* Literal text and fields; inside a format spec up to the '}' of the field. */
static bool parse_fields(OuParser *p, StringJoin *join, Literal *literal, int level) {
    const char *text = p->source->text;
    while (literal->at < literal->end) {
        uint32_t from = literal->at;
        uint32_t brace = find_brace(text, from, literal->end, literal->raw);
        bool doubled = level == 0 && brace + 1 < literal->end && text[brace + 1] == text[brace];
        if (!add_text(p, join, text + from, brace - from + doubled, literal->raw)) { return false; }
        literal->at = brace + (doubled ? 2 : 0);
        if (doubled || brace >= literal->end) { continue; }
        if (text[brace] == '}') { return level > 0 || fail_field(p, ": single '}' is not allowed"); }
        if (!parse_field(p, join, literal, level)) { return false; }
    }
    return true;
}

static bool add_literal(OuParser *p, StringJoin *join, const OuToken *token, bool is_first) {
    const char *text = p->source->text + token->start;
    Literal literal = {.line = token->at.line, .line_start = token->start - token->at.column};
    bool is_bytes = false, is_f = false;
    uint32_t n = 0;
    for (; text[n] != '\'' && text[n] != '"'; n++) {
        char c = (char)(text[n] | 0x20);
        is_bytes = is_bytes || c == 'b';
        is_f = is_f || c == 'f';
        literal.raw = literal.raw || c == 'r';
    }
    uint32_t size = token->end - token->start;
    uint32_t quotes = size >= n + 6 && text[n + 1] == text[n] && text[n + 2] == text[n] ? 3 : 1;
    literal.start = literal.at = token->start + n + quotes;
    literal.end = token->end - quotes;
    if (!is_first && is_bytes != join->is_bytes) {
        return ou_parser_raise_last(p, OU_ERR_SYNTAX, "cannot mix bytes and nonbytes literals");
    }
    join->is_bytes = is_bytes;
    join->is_fstring = join->is_fstring || is_f;
    const char *body = p->source->text + literal.start;
    size_t len = literal.end - literal.start;
    for (size_t i = 0; is_bytes && i < len; i++) {
        if ((unsigned char)body[i] >= 0x80) {
            return ou_parser_raise_token(p, token, "bytes can only contain ASCII literal characters");
        }
    }
    join->field_at = token->at;
    return is_f ? parse_fields(p, join, &literal, 0) : add_text(p, join, body, len, literal.raw);
}

OuExpr *ou_parse_strings(OuParser *p) {
    StringJoin join = {.at = p->tok->at};
    uint32_t first = p->pos;
    size_t size = 0;
    while (p->tok->kind == OU_TOK_STRING) {
        size += p->tok->end - p->tok->start;
        ou_parser_advance(p);
    }
    /* no escape is shorter than what it stands for, and the braces of a field leave room for a NUL behind each text */
    join.text = p->failed ? NULL : ou_parser_new(p, size);
    if (join.text == NULL) { return NULL; }
    uint32_t end = p->pos;
    join.at = ou_parser_span_from(p, join.at);
    for (uint32_t i = first; i < end; i++) {
        if (!add_literal(p, &join, ou_parser_token(p, i), i == first)) { return ou_parser_nomatch(p); }
    }
    return join.is_fstring ? make_joined(p, &join) : make_text(p, &join);
}
