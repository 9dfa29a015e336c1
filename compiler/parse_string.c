/*
 * String literals: escapes, concatenation of neighbours, f-strings. See parser.h.
 *
 * Python 3.11 reads an f-string as one token, finds its replacement fields with a scanner of its own
 * and parses each field separately; positions and messages follow from that. A field holds no
 * backslash, so its text in the source is its text: it is lexed in place.
 */
#include "compiler/parser.h"

#include <stdio.h>
#include <string.h>

typedef struct Bytes {
    char *data;
    size_t len;
    size_t capacity;
} Bytes;

typedef struct StringJoin {
    OuSpan at;         /* all neighbours */
    OuSpan field_at;   /* the current literal: where CPython places format specs */
    OuArenaVec values; /* of the JoinedStr */
    Bytes text;        /* literal text not yet in values */
    bool has_surrogates;
    bool is_fstring;
    bool is_bytes;
    bool is_unicode_prefixed;
} StringJoin;

typedef struct Literal {
    uint32_t start; /* inside the quotes */
    uint32_t end;
    uint32_t line;
    uint32_t line_start;
    bool raw;
} Literal;

/* ---- text ------------------------------------------------------------------------------------- */

static bool reserve(OuParser *p, Bytes *self, size_t extra) {
    if (self->len + extra <= self->capacity && self->data != NULL) { return true; }
    size_t capacity = (self->len + extra) * 2 + 8;
    char *data = ou_parser_new(p, capacity);
    if (data == NULL) { return false; }
    if (self->len > 0) { memcpy(data, self->data, self->len); }
    self->data = data;
    self->capacity = capacity;
    return true;
}

static bool append(OuParser *p, Bytes *self, const char *bytes, size_t len) {
    if (!reserve(p, self, len + 1)) { return false; }
    memcpy(self->data + self->len, bytes, len);
    self->len += len;
    return true;
}

static bool append_code(OuParser *p, Bytes *self, uint32_t code) {
    char out[4];
    size_t n = 0;
    if (code < 0x80) {
        out[n++] = (char)code;
    } else if (code < 0x800) {
        out[n++] = (char)(0xc0 | code >> 6);
        out[n++] = (char)(0x80 | (code & 0x3f));
    } else if (code < 0x10000) {
        out[n++] = (char)(0xe0 | code >> 12);
        out[n++] = (char)(0x80 | (code >> 6 & 0x3f));
        out[n++] = (char)(0x80 | (code & 0x3f));
    } else {
        out[n++] = (char)(0xf0 | code >> 18);
        out[n++] = (char)(0x80 | (code >> 12 & 0x3f));
        out[n++] = (char)(0x80 | (code >> 6 & 0x3f));
        out[n++] = (char)(0x80 | (code & 0x3f));
    }
    return append(p, self, out, n);
}

/* ---- escapes ---------------------------------------------------------------------------------- */

static int hex_value(char c) {
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
}

static int simple_escape(char c) {
    switch (c) {
    case '\\': return '\\';
    case '\'': return '\'';
    case '"': return '"';
    case 'a': return '\a';
    case 'b': return '\b';
    case 'f': return '\f';
    case 'n': return '\n';
    case 'r': return '\r';
    case 't': return '\t';
    case 'v': return '\v';
    default: return -1;
    }
}

/* CPython decodes escapes from a text in which each non-ASCII character takes ten bytes, unless the
   literal is pure ASCII; positions in its messages count those. */
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
    if (from == to) {
        ou_parser_raise_last(p, OU_ERR_SYNTAX,
                             "(unicode error) 'unicodeescape' codec can't decode byte "
                             "0x5c in position %zu: %s",
                             from, why);
    } else {
        ou_parser_raise_last(p, OU_ERR_SYNTAX,
                             "(unicode error) 'unicodeescape' codec can't decode bytes "
                             "in position %zu-%zu: %s",
                             from, to, why);
    }
    return false;
}

static bool decode_hex(OuParser *p, StringJoin *join, const char *text, size_t len, size_t *at) {
    size_t start = *at;
    char kind = text[start + 1];
    size_t want = kind == 'x' ? 2 : kind == 'u' ? 4 : 8;
    size_t i = start + 2;
    uint32_t code = 0;
    while (i < len && i < start + 2 + want && hex_value(text[i]) >= 0) {
        code = code << 4 | (uint32_t)hex_value(text[i++]);
    }
    *at = i;
    if (i == start + 2 + want && code <= 0x10ffff) {
        join->has_surrogates = join->has_surrogates || (code >= 0xd800 && code < 0xe000);
        if (join->is_bytes) {
            char byte = (char)code;
            return append(p, &join->text, &byte, 1);
        }
        return append_code(p, &join->text, code);
    }
    if (join->is_bytes) {
        ou_parser_raise_last(p, OU_ERR_SYNTAX, "(value error) invalid \\x escape at position %zu", start);
        return false;
    }
    const char *why = i == start + 2 + want ? "illegal Unicode character"
                      : kind == 'x'         ? "truncated \\xXX escape"
                      : kind == 'u'         ? "truncated \\uXXXX escape"
                                            : "truncated \\UXXXXXXXX escape";
    return fail_escape(p, text, start, i, why);
}

static bool decode_octal(OuParser *p, StringJoin *join, const char *text, size_t len, size_t *at) {
    uint32_t code = 0;
    size_t i = *at + 1;
    for (int n = 0; n < 3 && i < len && text[i] >= '0' && text[i] <= '7'; n++) {
        code = code * 8 + (uint32_t)(text[i++] - '0');
    }
    *at = i;
    char byte = (char)code;
    return join->is_bytes ? append(p, &join->text, &byte, 1) : append_code(p, &join->text, code);
}

static bool decode_escape(OuParser *p, StringJoin *join, const char *text, size_t len, size_t *at) {
    char c = *at + 1 < len ? text[*at + 1] : '\0';
    int simple = simple_escape(c);
    if (c == '\n') {
        *at += 2;
        return true;
    }
    if (simple >= 0) {
        char byte = (char)simple;
        *at += 2;
        return append(p, &join->text, &byte, 1);
    }
    if (c >= '0' && c <= '7') { return decode_octal(p, join, text, len, at); }
    if (c == 'x' || (!join->is_bytes && (c == 'u' || c == 'U'))) { return decode_hex(p, join, text, len, at); }
    if (c == 'N' && !join->is_bytes) {
        ou_parser_raise_last(p, OU_ERR_SYNTAX, "Ouro does not support \\N{...} escapes");
        return false;
    }
    *at += 1; /* an unknown escape keeps its backslash */
    return append(p, &join->text, "\\", 1);
}

static bool add_text(OuParser *p, StringJoin *join, const char *text, size_t len, bool raw) {
    if (!reserve(p, &join->text, len + 1)) { return false; }
    size_t i = 0;
    while (i < len) {
        const char *backslash = raw ? NULL : memchr(text + i, '\\', len - i);
        size_t plain = backslash == NULL ? len - i : (size_t)(backslash - text) - i;
        if (!append(p, &join->text, text + i, plain)) { return false; }
        i += plain;
        if (backslash != NULL && !decode_escape(p, join, text, len, &i)) { return false; }
    }
    return true;
}

/* ---- parts of an f-string ------------------------------------------------------------------------ */

static OuExpr *make_text(OuParser *p, StringJoin *join) {
    OuExpr *self = ou_ast_expr(p->arena, OU_EXPR_Constant, join->at);
    if (self == NULL || !reserve(p, &join->text, 1)) { return ou_parser_nomatch(p); }
    join->text.data[join->text.len] = '\0';
    OuConst *value = &self->as.Constant.value;
    value->kind = join->is_bytes ? OU_CONST_BYTES : OU_CONST_STR;
    value->as.str.bytes = join->text.data;
    value->as.str.len = (uint32_t)join->text.len;
    value->as.str.has_surrogates = join->has_surrogates;
    value->as.str.is_unicode_prefixed = join->is_unicode_prefixed;
    join->text = (Bytes){0};
    join->has_surrogates = false;
    return self;
}

static bool flush_text(OuParser *p, StringJoin *join) {
    if (join->text.len == 0) { return true; }
    OuExpr *text = make_text(p, join);
    if (text == NULL || !ou_arena_push(p->arena, &join->values, text)) {
        p->failed = true;
        return false;
    }
    return true;
}

static OuExpr *make_joined(OuParser *p, StringJoin *join) {
    if (!flush_text(p, join)) { return NULL; }
    OuExpr *self = ou_ast_expr(p->arena, OU_EXPR_JoinedStr, join->at);
    if (self == NULL) { return ou_parser_nomatch(p); }
    uint32_t mark = p->scratch.count;
    for (uint32_t i = 0; i < join->values.count; i++) {
        OuExpr *value = join->values.items[i];
        self->binds = self->binds || value->binds;
        ou_parser_push(p, value);
    }
    self->as.JoinedStr.values.items = ou_parser_take(p, mark, &self->as.JoinedStr.values.count);
    return p->failed ? NULL : self;
}

static bool parse_fields(OuParser *p, StringJoin *join, const Literal *literal, uint32_t *at, int level);

/* ---- one replacement field ------------------------------------------------------------------------ */

static void *fail_field(OuParser *p, const char *message) {
    bool in_field = p->in_field;
    p->in_field = false;
    ou_parser_raise_last(p, OU_ERR_SYNTAX, "f-string: %s", message);
    p->in_field = in_field;
    p->err->incomplete = false;
    return NULL;
}

static void *fail_field_plain(OuParser *p, const char *message) {
    bool in_field = p->in_field;
    p->in_field = false;
    ou_parser_raise_last(p, OU_ERR_SYNTAX, "%s", message);
    p->in_field = in_field;
    return NULL;
}

static bool fail_bracket(OuParser *p, char closing, char opening) {
    char text[96];
    if (opening == '\0') {
        snprintf(text, sizeof text, "unmatched '%c'", closing);
    } else {
        snprintf(text, sizeof text, "closing parenthesis '%c' does not match opening parenthesis '%c'", closing,
                 opening);
    }
    fail_field(p, text);
    return false;
}

typedef struct FieldScan {
    char stack[OU_LEXER_MAX_PARENS];
    int depth;
    char quote;
    bool triple;
} FieldScan;

static bool scan_bracket(OuParser *p, FieldScan *scan, char c) {
    if (c == '(' || c == '[' || c == '{') {
        if (scan->depth >= OU_LEXER_MAX_PARENS) {
            fail_field(p, "too many nested parenthesis");
            return false;
        }
        scan->stack[scan->depth++] = c;
        return true;
    }
    if (scan->depth == 0) { return fail_bracket(p, c, '\0'); }
    char open = scan->stack[--scan->depth];
    char wanted = open == '(' ? ')' : open == '[' ? ']' : '}';
    return c == wanted || fail_bracket(p, c, open);
}

static bool scan_quote(FieldScan *scan, const char *text, uint32_t *at, uint32_t end) {
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
    return true;
}

/* Where the expression that begins at `from` ends; false when it does not. */
static bool scan_expression(OuParser *p, FieldScan *scan, uint32_t from, uint32_t end, uint32_t *stop) {
    const char *text = p->source->text;
    memset(scan, 0, sizeof *scan);
    uint32_t at = from;
    for (; at < end; at++) {
        char c = text[at];
        char next = at + 1 < end ? text[at + 1] : '\0';
        if (c == '\\') {
            fail_field_plain(p, "f-string expression part cannot include a backslash");
            return false;
        }
        if (c == '\'' || c == '"') {
            scan_quote(scan, text, &at, end);
        } else if (scan->quote != '\0') {
            continue;
        } else if (c == '#') {
            fail_field_plain(p, "f-string expression part cannot include '#'");
            return false;
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
    if (scan->quote != '\0') {
        fail_field(p, "unterminated string");
    } else if (scan->depth > 0) {
        fail_bracket(p, scan->stack[scan->depth - 1], '\0');
    } else if (at >= end) {
        fail_field(p, "expecting '}'");
    }
    return !p->failed;
}

static bool is_blank(const char *text, uint32_t from, uint32_t to) {
    while (from < to && strchr(" \t\n\f\r", text[from]) != NULL) { from++; }
    return from == to;
}

/* Place of byte `pos` of the literal. */
static OuSpan place_of(const OuParser *p, const Literal *literal, uint32_t pos) {
    OuSpan at = {literal->line, 0, literal->line, 0};
    uint32_t line_start = literal->line_start;
    for (uint32_t i = literal->start; i < pos; i++) {
        if (p->source->text[i] == '\n') {
            at.line++;
            line_start = i + 1;
        }
    }
    at.col = pos - line_start;
    at.end_line = at.line;
    at.end_col = at.col + 1;
    return at;
}

/* Parses [from, to) by a token stream of its own; `from` is behind the '{'. */
static OuExpr *parse_field_expression(OuParser *p, const Literal *literal, uint32_t from, uint32_t to) {
    OuParser saved = *p;
    OuSpan brace = place_of(p, literal, from - 1);
    OuLexer *lexer = ou_parser_new(p, sizeof *lexer);
    if (lexer == NULL || !ou_parser_enter(p)) { return ou_parser_nomatch(p); }
    uint32_t line_start = from - 1 - brace.col;
    if (!ou_lexer_init_field(lexer, p->arena, p->idents, p->source, from, to, brace.line, line_start)) {
        return ou_parser_nomatch(p);
    }
    uint32_t first = from;
    while (first < to && strchr(" \t\f", p->source->text[first]) != NULL) { first++; }
    bool newline_first = first < to && p->source->text[first] == '\n';
    p->lexer = lexer;
    p->chunks = (OuArenaVec){0};
    p->fill = 0;
    p->pos = 0;
    p->in_field = true;
    p->field_col = newline_first ? 0 : brace.col;
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
    OuArenaVec scratch = p->scratch;
    uint32_t scratch_count = saved.scratch.count;
    *p = saved;
    p->scratch = scratch;
    p->scratch.count = scratch_count;
    p->failed = failed;
    return failed ? NULL : self;
}

static OuExpr *parse_format_spec(OuParser *p, StringJoin *join, const Literal *literal, uint32_t *at, int level) {
    StringJoin spec = {.at = join->field_at,
                       .field_at = join->field_at,
                       .is_fstring = true,
                       .is_unicode_prefixed = join->is_unicode_prefixed};
    if (!parse_fields(p, &spec, literal, at, level + 1)) { return NULL; }
    return make_joined(p, &spec);
}

static void *fail_empty(OuParser *p, char next) {
    char text[64];
    if (next == '!' || next == ':' || next == '=') {
        snprintf(text, sizeof text, "expression required before '%c'", next);
        return fail_field(p, text);
    }
    return fail_field(p, "empty expression not allowed");
}

/* `=` behind the expression: its text, up to what follows the blanks, becomes literal text. */
static bool take_debug_text(OuParser *p, StringJoin *join, const Literal *literal, uint32_t from, uint32_t *at) {
    const char *text = p->source->text;
    do { ++*at; } while (*at < literal->end && strchr(" \t\n\f\r\v", text[*at]) != NULL);
    if (*at >= literal->end) {
        fail_field(p, "expecting '}'");
        return false;
    }
    return add_text(p, join, text + from, *at - from, true);
}

/* `*at` is on the '{'; ends behind the '}'. */
static bool parse_field(OuParser *p, StringJoin *join, const Literal *literal, uint32_t *at, int level) {
    const char *text = p->source->text;
    uint32_t from = *at + 1;
    uint32_t stop = 0;
    FieldScan *scan = ou_parser_new(p, sizeof *scan);
    if (level >= 2) {
        fail_field(p, "expressions nested too deeply");
        return false;
    }
    if (scan == NULL || !scan_expression(p, scan, from, literal->end, &stop)) { return false; }
    if (is_blank(text, from, stop)) {
        fail_empty(p, text[stop]);
        return false;
    }
    OuExpr *value = parse_field_expression(p, literal, from, stop);
    if (value == NULL) { return false; }
    int conversion = -1;
    *at = stop;
    bool is_debug = text[*at] == '=';
    if (is_debug && !take_debug_text(p, join, literal, from, at)) { return false; }
    if (!flush_text(p, join)) { return false; }
    if (text[*at] == '!') {
        ++*at;
        conversion = *at < literal->end ? (unsigned char)text[*at] : -1;
        if (conversion == -1) {
            fail_field(p, "expecting '}'");
            return false;
        }
        ++*at;
        if (conversion != 's' && conversion != 'r' && conversion != 'a') {
            fail_field(p, "invalid conversion character: expected 's', 'r', or 'a'");
            return false;
        }
    }
    OuExpr *spec = NULL;
    if (*at < literal->end && text[*at] == ':') {
        ++*at;
        spec = *at < literal->end ? parse_format_spec(p, join, literal, at, level) : NULL;
        if (p->failed) { return false; }
    }
    if (*at >= literal->end || text[*at] != '}') {
        fail_field(p, "expecting '}'");
        return false;
    }
    ++*at;
    OuExpr *self = ou_ast_expr(p->arena, OU_EXPR_FormattedValue, join->at);
    if (self == NULL || !ou_arena_push(p->arena, &join->values, self)) {
        p->failed = true;
        return false;
    }
    self->as.FormattedValue.value = value;
    self->as.FormattedValue.conversion = is_debug && conversion == -1 && spec == NULL ? 'r' : conversion;
    self->as.FormattedValue.format_spec = spec;
    self->binds = value->binds || ou_expr_binds(spec);
    return true;
}

/* End of the literal text that begins at `from`: a brace, or the end. */
static uint32_t find_brace(const char *text, uint32_t from, uint32_t end, bool raw) {
    uint32_t at = from;
    while (at < end && text[at] != '{' && text[at] != '}') {
        if (!raw && text[at] == '\\' && at + 1 < end) {
            if (text[at + 1] == 'N' && at + 2 < end && text[at + 2] == '{') {
                at += 2;
                while (at < end && text[at] != '}') { at++; }
                at += at < end;
                continue;
            }
            at += text[at + 1] == '{' || text[at + 1] == '}' ? 1 : 2;
            continue;
        }
        at++;
    }
    return at < end ? at : end;
}

/* Literal text and fields from `*at` on; inside a format spec it stops at the '}' of the field. */
static bool parse_fields(OuParser *p, StringJoin *join, const Literal *literal, uint32_t *at, int level) {
    const char *text = p->source->text;
    while (*at < literal->end) {
        uint32_t brace = find_brace(text, *at, literal->end, literal->raw);
        bool doubled = level == 0 && brace + 1 < literal->end && text[brace + 1] == text[brace];
        if (!add_text(p, join, text + *at, brace - *at + doubled, literal->raw)) { return false; }
        *at = brace + (doubled ? 2 : 0);
        if (doubled || brace >= literal->end) { continue; }
        if (text[brace] == '}') {
            if (level > 0) { return true; }
            fail_field(p, "single '}' is not allowed");
            return false;
        }
        if (!parse_field(p, join, literal, at, level)) { return false; }
    }
    return true;
}

/* ---- literals --------------------------------------------------------------------------------- */

static bool is_ascii(const char *text, size_t len) {
    for (size_t i = 0; i < len; i++) {
        if ((unsigned char)text[i] >= 0x80) { return false; }
    }
    return true;
}

static bool add_literal(OuParser *p, StringJoin *join, const OuToken *token, bool is_first) {
    const char *text = p->source->text + token->start;
    Literal literal = {.line = token->line, .line_start = token->start - token->col};
    bool is_bytes = false, is_f = false;
    uint32_t n = 0;
    for (; text[n] != '\'' && text[n] != '"'; n++) {
        char c = (char)(text[n] | 0x20);
        is_bytes = is_bytes || c == 'b';
        is_f = is_f || c == 'f';
        literal.raw = literal.raw || c == 'r';
        join->is_unicode_prefixed = join->is_unicode_prefixed || (is_first && c == 'u');
    }
    uint32_t size = token->end - token->start;
    uint32_t quotes = size >= n + 6 && text[n + 1] == text[n] && text[n + 2] == text[n] ? 3 : 1;
    literal.start = token->start + n + quotes;
    literal.end = token->end - quotes;
    if (!is_first && is_bytes != join->is_bytes) {
        ou_parser_raise_last(p, OU_ERR_SYNTAX, "cannot mix bytes and nonbytes literals");
        return false;
    }
    join->is_bytes = is_bytes;
    join->is_fstring = join->is_fstring || is_f;
    const char *body = p->source->text + literal.start;
    if (is_bytes && !is_ascii(body, literal.end - literal.start)) {
        ou_parser_raise_token(p, token, "bytes can only contain ASCII literal characters");
        return false;
    }
    if (!is_f) { return add_text(p, join, body, literal.end - literal.start, literal.raw); }
    join->field_at = ou_parser_token_span(token);
    uint32_t at = literal.start;
    return parse_fields(p, join, &literal, &at, 0);
}

OuExpr *ou_parse_strings(OuParser *p) {
    StringJoin join = {.at = ou_parser_here(p)};
    uint32_t first = p->pos;
    while (!p->failed && p->tok->kind == OU_TOK_STRING) { ou_parser_advance(p); }
    if (p->failed) { return NULL; }
    uint32_t end = p->pos;
    join.at = ou_parser_span_from(p, join.at);
    for (uint32_t i = first; i < end; i++) {
        if (!add_literal(p, &join, ou_parser_token(p, i), i == first)) { return ou_parser_nomatch(p); }
    }
    return join.is_fstring ? make_joined(p, &join) : make_text(p, &join);
}
