/* Text to tokens: see token.h.
 *
 * Error texts and positions are CPython 3.11's. Most of its lexer errors point at the last character read, so `pos` is
 * moved to just behind that character before fail() is called. */
#include "compiler/token.h"

#include <ctype.h>
#include <string.h>
#include <utf8proc.h>

/* ---- characters ------------------------------------------------------------------------------- */

static int peek_char(const OuLexer *self, uint32_t ahead) {
    uint32_t at = self->pos + ahead;
    return at < self->end ? (unsigned char)self->source->text[at] : -1;
}

static bool is_digit(int c) { return c >= '0' && c <= '9'; }
static bool is_name_start(int c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c >= 128; }
static bool is_name_char(int c) { return is_name_start(c) || is_digit(c); }

static void start_line(OuLexer *self) {
    self->line++;
    self->line_start = self->pos;
}

/* ---- errors ----------------------------------------------------------------------------------- */

/* All of these record the error and return false. */

static int char_offset(const OuLexer *self, uint32_t pos) {
    return ou_source_char_col(self->source, self->line, pos - self->line_start);
}

#define FAIL_AT(SELF, FROM, TO, ...)                                                                                  \
    ou_source_error(&(SELF)->error, OU_ERR_SYNTAX, (int)(SELF)->line, char_offset((SELF), (FROM)), (int)(SELF)->line, \
                    char_offset((SELF), (TO)), __VA_ARGS__)
#define FAIL(SELF, ...) FAIL_AT((SELF), (SELF)->pos, (SELF)->pos, __VA_ARGS__)

/* Words the error as CPython's parser does, which later errors do not override. */
static bool fail_softly(OuLexer *self, OuErrorKind kind, uint32_t col, int end_col, const char *message) {
    self->soft_error = true;
    return ou_source_error(&self->error, kind, (int)self->line, (int)col, (int)self->line, end_col, "%s", message);
}

static bool fail_at_line_end(OuLexer *self, OuErrorKind kind, const char *message) {
    return fail_softly(self, kind, self->source->line_starts[self->line] - self->line_start, -1, message);
}

void ou_lexer_report_unclosed(const OuLexer *self, OuSyntaxError *error) {
    const OuOpenParen *open = &self->parens[self->paren_count - 1];
    int col = ou_source_char_col(self->source, open->line, open->col) + 1;
    ou_source_error(error, OU_ERR_SYNTAX, (int)open->line, col, (int)open->line, 0, "'%c' was never closed",
                    open->bracket);
}

static bool fail_at_end_of_text(OuLexer *self) {
    self->hit_end = true;
    if (self->paren_count == 0) { return fail_at_line_end(self, OU_ERR_SYNTAX, "unexpected EOF while parsing"); }
    self->is_unclosed = true;
    self->soft_error = true;
    ou_lexer_report_unclosed(self, &self->error);
    return false;
}

/* A set of one Unicode category. */
#define IS(CATEGORY) (UINT32_C(1) << UTF8PROC_CATEGORY_##CATEGORY)

static bool fail_character(OuLexer *self, int32_t code) {
    uint8_t bytes[5] = {0};
    const uint32_t unprintable = IS(CC) | IS(CF) | IS(CS) | IS(CO) | IS(CN) | IS(ZL) | IS(ZP) | IS(ZS);
    if (unprintable >> utf8proc_category(code) & 1) {
        return FAIL(self, "invalid non-printable character U+%04X", (unsigned)code);
    }
    utf8proc_encode_char(code, bytes);
    return FAIL(self, "invalid character '%s' (U+%04X)", (char *)bytes, (unsigned)code);
}

/* ---- setting up ------------------------------------------------------------------------------- */

bool ou_lexer_add_keywords(OuIdentTable *idents) {
    static const struct {
        const char *text;
        uint32_t kind;
    } keywords[] = {
#define KEYWORD(NAME) {#NAME, OU_TOK_##NAME},
#include "compiler/token.def"
    };
    for (size_t i = 0; i < sizeof keywords / sizeof keywords[0]; i++) {
        OuIdent *ident = ou_ident_intern(idents, keywords[i].text, strlen(keywords[i].text));
        if (ident == NULL) { return false; }
        ident->keyword = keywords[i].kind;
    }
    return true;
}

bool ou_lexer_init(OuLexer *self, OuArena *arena, OuIdentTable *idents, const OuSource *source) {
    *self =
        (OuLexer){.source = source, .idents = idents, .end = (uint32_t)source->len, .line = 1, .at_line_start = true};
    self->parens = ou_arena_array(arena, OU_LEXER_MAX_PARENS, sizeof *self->parens);
    return self->parens != NULL;
}

bool ou_lexer_init_field(OuLexer *self, OuArena *arena, OuIdentTable *idents, const OuSource *source, uint32_t start,
                         uint32_t end, uint32_t line, uint32_t line_start) {
    if (!ou_lexer_init(self, arena, idents, source)) { return false; }
    self->pos = start;
    self->end = end;
    self->line = line;
    self->line_start = line_start;
    self->at_line_start = false;
    self->in_fstring = true;
    return true;
}

/* ---- indentation ------------------------------------------------------------------------------ */

/* Behind a backslash: moves to the next line. */
static bool skip_line_continuation(OuLexer *self) {
    self->pos++;
    if (peek_char(self, 0) != '\n') {
        if (self->pos < self->end) { self->pos++; }
        return fail_softly(self, OU_ERR_SYNTAX, self->pos - self->line_start, 0,
                           "unexpected character after line continuation character");
    }
    self->pos++;
    if (self->pos >= self->end) { return fail_at_end_of_text(self); }
    start_line(self);
    return true;
}

static void skip_comment(OuLexer *self) {
    while (self->pos < self->end && peek_char(self, 0) != '\n') { self->pos++; }
}

static void set_indent(OuLexer *self, int col, int alt_col) {
    bool deeper = col > self->indents[self->indent_top];
    while (self->indent_top > 0 && col < self->indents[self->indent_top]) {
        self->pending--;
        self->indent_top--;
    }
    int top = self->indent_top;
    if (deeper && top + 1 >= OU_LEXER_MAX_INDENT) {
        fail_softly(self, OU_ERR_INDENTATION, 1, 0, "too many levels of indentation");
    } else if (!deeper && col != self->indents[top]) {
        fail_at_line_end(self, OU_ERR_INDENTATION, "unindent does not match any outer indentation level");
    } else if (deeper ? alt_col <= self->alt_indents[top] : alt_col != self->alt_indents[top]) {
        fail_softly(self, OU_ERR_TAB, 1, 0, "inconsistent use of tabs and spaces in indentation");
    } else if (deeper) {
        self->pending++;
        self->indent_top++;
        self->indents[top + 1] = col;
        self->alt_indents[top + 1] = alt_col;
    }
}

/* Measures the indentation of the next line that holds a token and skips the others. */
static void begin_line(OuLexer *self) {
    for (;;) {
        int col = 0, alt_col = 0, continued_col = 0;
        int c;
        while ((c = peek_char(self, 0)) == ' ' || c == '\t' || c == '\f' || c == '\\') {
            if (c == '\\') {
                continued_col = continued_col != 0 ? continued_col : col;
                if (!skip_line_continuation(self)) { return; }
                continue;
            }
            self->pos++;
            col = c == ' ' ? col + 1 : c == '\t' ? (col / 8 + 1) * 8 : 0;
            alt_col = c == '\f' ? 0 : alt_col + 1;
        }
        if (c == '#') { skip_comment(self); }
        if (peek_char(self, 0) == '\n') {
            self->pos++;
            if (self->pos < self->end) { start_line(self); }
        } else if (self->pos >= self->end) {
            set_indent(self, 0, 0);
            return;
        } else {
            set_indent(self, continued_col != 0 ? continued_col : col, continued_col != 0 ? continued_col : alt_col);
            return;
        }
    }
}

/* ---- names ------------------------------------------------------------------------------------ */

static bool is_xid(int32_t code, bool at_start) {
    /* Other_ID_Start and Other_ID_Continue, minus what NFKC would turn into something else */
    if (code == '_' || code == 0x2118 || code == 0x212e || code == 0x1885 || code == 0x1886) { return true; }
    if (code == 0xb7 || code == 0x387 || (code >= 0x1369 && code <= 0x1371) || code == 0x19da) { return !at_start; }
    if (code == 0x37a || code == 0x2e2f || code == 0xe33 || code == 0xeb3) {
        return code >= 0xe33 && code <= 0xeb3 && !at_start;
    }
    const uint32_t start = IS(LU) | IS(LL) | IS(LT) | IS(LM) | IS(LO) | IS(NL);
    const uint32_t inside = start | IS(MN) | IS(MC) | IS(ND) | IS(PC);
    return (at_start ? start : inside) >> utf8proc_category(code) & 1;
}

/* Normalised identifier for text with non-ASCII characters; false with `*bad` at the first character that cannot stand
 * there (an offset in bytes). `*ident` is NULL when out of memory. */
static bool check_identifier(OuIdentTable *idents, const char *text, size_t len, OuIdent **ident, size_t *bad) {
    *ident = NULL;
    for (size_t i = 0; i < len;) {
        int32_t code;
        utf8proc_ssize_t n = utf8proc_iterate((const uint8_t *)text + i, (utf8proc_ssize_t)(len - i), &code);
        if (n <= 0 || !is_xid(code, i == 0)) {
            *bad = i;
            return false;
        }
        i += (size_t)n;
    }
    /* compatibility forms can triple in length at most eighteenfold; the buffer is found by asking */
    int32_t small[256];
    int32_t *buffer = small;
    utf8proc_option_t options = UTF8PROC_COMPOSE | UTF8PROC_COMPAT | UTF8PROC_STABLE;
    utf8proc_ssize_t need = utf8proc_decompose((const uint8_t *)text, (utf8proc_ssize_t)len, small, 255, options);
    if (need > 255) {
        buffer = ou_arena_array(idents->arena, (size_t)need + 1, sizeof *buffer);
        if (buffer == NULL) { return true; }
        need = utf8proc_decompose((const uint8_t *)text, (utf8proc_ssize_t)len, buffer, need, options);
    }
    if (need < 0) {
        *bad = 0;
        return false;
    }
    utf8proc_ssize_t size = utf8proc_reencode(buffer, need, options);
    *ident = ou_ident_intern(idents, (const char *)buffer, (size_t)size);
    return true;
}

static bool lex_name(OuLexer *self, OuToken *token) {
    bool ascii = true;
    int c;
    while (is_name_char(c = peek_char(self, 0))) {
        ascii = ascii && c < 128;
        self->pos++;
    }
    const char *text = self->source->text + token->start;
    size_t len = self->pos - token->start;
    size_t bad = 0;
    if (ascii) {
        token->ident = ou_ident_intern(self->idents, text, len);
    } else if (!check_identifier(self->idents, text, len, &token->ident, &bad)) {
        int32_t code = 0xfffd;
        utf8proc_ssize_t n = utf8proc_iterate((const uint8_t *)text + bad, (utf8proc_ssize_t)(len - bad), &code);
        self->pos = token->start + (uint32_t)bad + (n > 0 ? (uint32_t)n : 1);
        return fail_character(self, code);
    }
    if (token->ident == NULL) { return ou_source_no_memory(&self->error); }
    /* a normalised name is a name even when it spells a keyword */
    token->kind = ascii && token->ident->keyword != 0 ? (uint8_t)token->ident->keyword : OU_TOK_NAME;
    return true;
}

/* ---- numbers ---------------------------------------------------------------------------------- */

static bool is_base_digit(int c, int base) { return base == 16 ? c >= 0 && isxdigit(c) : c >= '0' && c < '0' + base; }

static bool skip_char(OuLexer *self, int c) {
    bool found = peek_char(self, 0) == c;
    self->pos += found;
    return found;
}

/* A number may touch a keyword (`1if x else y`), nothing else that looks like a name. */
static bool end_number(OuLexer *self, const char *what) {
    static const char *const keywords[] = {"and", "else", "for", "if", "in", "is", "or", "not"};
    if (!is_name_char(peek_char(self, 0))) { return true; }
    for (size_t i = 0; i < sizeof keywords / sizeof keywords[0]; i++) {
        size_t len = strlen(keywords[i]);
        if (self->end - self->pos >= len && memcmp(self->source->text + self->pos, keywords[i], len) == 0) {
            return true;
        }
    }
    return FAIL(self, "invalid %s literal", what);
}

/* Digits and single underscores between them; `pos` is on a digit. */
static bool skip_decimal(OuLexer *self) {
    for (;;) {
        while (is_digit(peek_char(self, 0))) { self->pos++; }
        if (!skip_char(self, '_')) { return true; }
        if (!is_digit(peek_char(self, 0))) { return FAIL(self, "invalid decimal literal"); }
    }
}

static bool lex_based(OuLexer *self, int base) {
    const char *what = base == 16 ? "hexadecimal" : base == 8 ? "octal" : "binary";
    bool has_digits;
    self->pos += 2;
    do {
        skip_char(self, '_');
        has_digits = is_base_digit(peek_char(self, 0), base);
        while (is_base_digit(peek_char(self, 0), base)) { self->pos++; }
    } while (has_digits && peek_char(self, 0) == '_');
    int c = peek_char(self, 0);
    if (is_digit(c)) {
        self->pos++;
        return FAIL(self, "invalid digit '%c' in %s literal", c, what);
    }
    return has_digits ? end_number(self, what) : FAIL(self, "invalid %s literal", what);
}

/* What may follow the integer digits: fraction, exponent, j. */
static bool lex_fraction(OuLexer *self) {
    if (skip_char(self, '.') && is_digit(peek_char(self, 0)) && !skip_decimal(self)) { return false; }
    if ((peek_char(self, 0) | 0x20) == 'e') {
        bool is_signed = peek_char(self, 1) == '+' || peek_char(self, 1) == '-';
        if (is_digit(peek_char(self, is_signed ? 2 : 1))) {
            self->pos += is_signed ? 2 : 1;
            if (!skip_decimal(self)) { return false; }
        } else if (is_signed) {
            self->pos += 2;
            return FAIL(self, "invalid decimal literal");
        }
    }
    bool is_imaginary = skip_char(self, 'j') || skip_char(self, 'J');
    return end_number(self, is_imaginary ? "imaginary" : "decimal");
}

static bool lex_leading_zero(OuLexer *self, uint32_t start) {
    do {
        self->pos++;
        if (skip_char(self, '_') && !is_digit(peek_char(self, 0))) { return FAIL(self, "invalid decimal literal"); }
    } while (peek_char(self, 0) == '0');
    uint32_t zeros_end = self->pos + 1;
    bool nonzero = is_digit(peek_char(self, 0));
    if (nonzero && !skip_decimal(self)) { return false; }
    int c = peek_char(self, 0);
    if (nonzero && (c < 0 || strchr(".eEjJ", c) == NULL)) {
        return FAIL_AT(self, start + 1, zeros_end,
                       "leading zeros in decimal integer literals are not permitted; "
                       "use an 0o prefix for octal integers");
    }
    return lex_fraction(self);
}

static bool lex_number(OuLexer *self, OuToken *token) {
    token->kind = OU_TOK_NUMBER;
    int c = peek_char(self, 0);
    if (c == '.') { return lex_fraction(self); }
    if (c != '0') { return skip_decimal(self) && lex_fraction(self); }
    switch (peek_char(self, 1) | 0x20) {
    case 'x': return lex_based(self, 16);
    case 'o': return lex_based(self, 8);
    case 'b': return lex_based(self, 2);
    default: return lex_leading_zero(self, token->start);
    }
}

/* ---- strings ---------------------------------------------------------------------------------- */

/* Length of a string prefix before a quote at `pos`; -1 when there is none. */
static int string_prefix(const OuLexer *self) {
    static const char *const prefixes[] = {"", "b", "u", "r", "f", "br", "rb", "fr", "rf"};
    char text[3] = {0};
    uint32_t len = 0;
    int c;
    while ((c = peek_char(self, len)) != '"' && c != '\'') {
        if (len == 2 || c < 'B') { return -1; }
        text[len++] = (char)(c | 0x20);
    }
    for (size_t i = 0; i < sizeof prefixes / sizeof prefixes[0]; i++) {
        if (strcmp(text, prefixes[i]) == 0) { return (int)len; }
    }
    return -1;
}

static bool fail_string(OuLexer *self, const OuToken *token, bool triple) {
    uint32_t detected = self->line;
    if (self->pos >= self->end && triple && !self->in_fstring) { detected = self->source->line_count; }
    self->line = token->at.line;
    self->line_start = token->start - token->at.column;
    return FAIL_AT(self, token->start + 1, token->start + 1, "unterminated %sstring literal (detected at line %u)",
                   triple ? "triple-quoted " : "", (unsigned)detected);
}

static bool lex_string(OuLexer *self, OuToken *token, uint32_t prefix) {
    token->kind = OU_TOK_STRING;
    self->pos += prefix;
    int quote = peek_char(self, 0);
    bool triple = peek_char(self, 1) == quote && peek_char(self, 2) == quote;
    self->pos += triple ? 3 : 1;
    for (;;) {
        int c = peek_char(self, 0);
        if (c == -1 || (c == '\n' && !triple)) {
            self->hit_end = triple && c == -1;
            return fail_string(self, token, triple);
        }
        self->pos++;
        bool escaped = c == '\\' && self->pos < self->end;
        if (escaped) { c = (unsigned char)self->source->text[self->pos++]; }
        if (c == '\n' && self->pos < self->end) { start_line(self); }
        if (escaped && c == '\n' && self->pos >= self->end) {
            self->hit_end = true; /* a backslash at the very end: another line may follow */
            return fail_string(self, token, triple);
        }
        if (escaped || c != quote) { continue; }
        if (!triple) { return true; }
        if (peek_char(self, 0) == quote && peek_char(self, 1) == quote) {
            self->pos += 2;
            return true;
        }
    }
}

/* ---- punctuation ------------------------------------------------------------------------------ */

static bool open_paren(OuLexer *self, int bracket) {
    if (self->paren_count >= OU_LEXER_MAX_PARENS) { return FAIL(self, "too many nested parentheses"); }
    self->parens[self->paren_count++] = (OuOpenParen){(char)bracket, self->line, self->pos - 1 - self->line_start};
    return true;
}

char ou_lexer_closing(char open) { return open == '(' ? ')' : open == '[' ? ']' : '}'; }

static bool close_paren(OuLexer *self, int bracket) {
    if (self->paren_count == 0) { return FAIL(self, "unmatched '%c'", bracket); }
    const OuOpenParen *open = &self->parens[self->paren_count - 1];
    if (bracket == ou_lexer_closing(open->bracket)) {
        self->paren_count--;
        return true;
    }
    if (open->line == self->line) {
        return FAIL(self, "closing parenthesis '%c' does not match opening parenthesis '%c'", bracket, open->bracket);
    }
    return FAIL(self, "closing parenthesis '%c' does not match opening parenthesis '%c' on line %u", bracket,
                open->bracket, (unsigned)open->line);
}

/* Kind of the token that consists of these characters, the first in the lowest byte; OU_TOK_ERROR: of none. */
static OuTokenKind punctuation_kind(uint32_t characters) {
#define TOKEN(NAME, A, B, C)     \
    case (A | B << 8 | C << 16): \
        return NAME
#define PUNCTUATION(NAME, A, B, C) TOKEN(OU_TOK_##NAME, A, B, C);
    switch (characters) {
#include "compiler/token.def"
        TOKEN(OU_TOK_STRAY, '<', '>', 0);
        TOKEN(OU_TOK_STRAY, '?', 0, 0);
        TOKEN(OU_TOK_STRAY, '$', 0, 0);
        TOKEN(OU_TOK_STRAY, '!', 0, 0);
        TOKEN(OU_TOK_STRAY, '`', 0, 0);
    default: return OU_TOK_ERROR;
    }
}

/* The longest token at `pos`. */
static bool lex_punctuation(OuLexer *self, OuToken *token, int c) {
    uint32_t characters = 0, len = self->end - self->pos < 3 ? self->end - self->pos : 3;
    for (uint32_t i = 0; i < len; i++) { characters |= (uint32_t)peek_char(self, i) << 8 * i; }
    OuTokenKind kind;
    while ((kind = punctuation_kind(characters)) == OU_TOK_ERROR && len > 1) { characters &= ~(0xffu << 8 * --len); }
    token->kind = (uint8_t)kind;
    self->pos += len;
    switch (kind) {
    case OU_TOK_ERROR: return fail_character(self, c);
    case OU_TOK_LPAR:
    case OU_TOK_LSQB:
    case OU_TOK_LBRACE: return open_paren(self, c);
    case OU_TOK_RPAR:
    case OU_TOK_RSQB:
    case OU_TOK_RBRACE: return close_paren(self, c);
    default: return true;
    }
}

/* ---- the whole -------------------------------------------------------------------------------- */

/* Blanks, comments, continuations and newlines inside brackets. False: an error was recorded. */
static bool skip_blanks(OuLexer *self) {
    for (;;) {
        int c = peek_char(self, 0);
        if (c == ' ' || c == '\t' || c == '\f') {
            self->pos++;
        } else if (c == '#') {
            skip_comment(self);
        } else if (c == '\n' && (self->paren_count > 0 || self->in_fstring)) {
            self->pos++;
            if (self->pos < self->end || self->in_fstring) { start_line(self); }
        } else if (c != '\\') {
            return true;
        } else if (!skip_line_continuation(self)) {
            return false;
        }
    }
}

static void end_token(const OuLexer *self, OuToken *token) {
    token->level = (uint8_t)(self->paren_count + self->in_fstring); /* a replacement field counts as bracketed */
    token->end = self->pos;
    token->at.end_line = self->line;
    token->at.end_column = self->pos - self->line_start;
}

static void begin_token(const OuLexer *self, OuToken *token) {
    end_token(self, token);
    token->start = token->end;
    token->at.line = token->at.end_line;
    token->at.column = token->at.end_column;
}

static bool lex_token(OuLexer *self, OuToken *token) {
    int c = peek_char(self, 0);
    int prefix = string_prefix(self);
    if (prefix >= 0) { return lex_string(self, token, (uint32_t)prefix); }
    if (is_name_start(c)) { return lex_name(self, token); }
    if (is_digit(c) || (c == '.' && is_digit(peek_char(self, 1)))) { return lex_number(self, token); }
    return lex_punctuation(self, token, c);
}

void ou_lexer_next(OuLexer *self, OuToken *token) {
    memset(token, 0, sizeof *token);
    if (self->at_line_start && self->error.kind == OU_ERR_NONE) {
        self->at_line_start = false;
        begin_line(self);
    }
    begin_token(self, token);
    token->kind = OU_TOK_ERROR;
    if (self->error.kind != OU_ERR_NONE) { return; }
    if (self->pending != 0) {
        token->kind = self->pending > 0 ? OU_TOK_INDENT : OU_TOK_DEDENT;
        self->pending += self->pending > 0 ? -1 : 1;
        return;
    }
    if (!skip_blanks(self)) { return; }
    begin_token(self, token);
    if (self->pos >= self->end) {
        if (self->paren_count == 0 || fail_at_end_of_text(self)) { token->kind = OU_TOK_END; }
    } else if (peek_char(self, 0) == '\n') {
        token->kind = OU_TOK_NEWLINE;
        self->pos++;
        if (self->pos < self->end) { start_line(self); }
        self->at_line_start = true;
    } else if (lex_token(self, token)) {
        end_token(self, token);
    } else {
        token->kind = OU_TOK_ERROR;
    }
}
