/*
 * Text to tokens: see token.h.
 *
 * Error texts and positions are CPython 3.11's. Most of its lexer errors point at the last character
 * read, so `pos` is moved to just behind that character before fail() is called.
 */
#include "compiler/token.h"

#include <ctype.h>
#include <stdlib.h>
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

#define FAIL(SELF, ...) (fail_at((SELF), (SELF)->pos, (SELF)->pos, __VA_ARGS__))

static int char_offset(const OuLexer *self, uint32_t pos) {
    return ou_source_char_col(self->source, self->line, pos - self->line_start);
}

#define fail_at(SELF, FROM, TO, ...)                                                                                  \
    ou_source_error(&(SELF)->error, OU_ERR_SYNTAX, (int)(SELF)->line, char_offset((SELF), (FROM)), (int)(SELF)->line, \
                    char_offset((SELF), (TO)), __VA_ARGS__)

static uint32_t line_length(const OuLexer *self) { return self->source->line_starts[self->line] - self->line_start; }

static void fail_at_line_end(OuLexer *self, OuErrorKind kind, const char *message) {
    self->soft_error = true;
    ou_source_error(&self->error, kind, (int)self->line, (int)line_length(self), (int)self->line, -1, "%s", message);
}

void ou_lexer_report_unclosed(const OuLexer *self, OuSyntaxError *error) {
    const OuOpenParen *open = &self->parens[self->paren_count - 1];
    int col = ou_source_char_col(self->source, open->line, open->col) + 1;
    ou_source_error(error, OU_ERR_SYNTAX, (int)open->line, col, (int)open->line, 0, "'%c' was never closed",
                    open->bracket);
}

static void fail_at_end_of_text(OuLexer *self) {
    self->hit_end = true;
    if (self->paren_count > 0) {
        self->is_unclosed = true;
        self->soft_error = true;
        ou_lexer_report_unclosed(self, &self->error);
    } else {
        fail_at_line_end(self, OU_ERR_SYNTAX, "unexpected EOF while parsing");
    }
}

static void fail_character(OuLexer *self, int32_t code) {
    uint8_t bytes[5] = {0};
    utf8proc_category_t category = utf8proc_category(code);
    bool is_printable = category != UTF8PROC_CATEGORY_CC && category != UTF8PROC_CATEGORY_CF &&
                        category != UTF8PROC_CATEGORY_CS && category != UTF8PROC_CATEGORY_CO &&
                        category != UTF8PROC_CATEGORY_CN && category != UTF8PROC_CATEGORY_ZL &&
                        category != UTF8PROC_CATEGORY_ZP && (category != UTF8PROC_CATEGORY_ZS || code == ' ');
    if (!is_printable) {
        FAIL(self, "invalid non-printable character U+%04X", (unsigned)code);
        return;
    }
    utf8proc_encode_char(code, bytes);
    FAIL(self, "invalid character '%s' (U+%04X)", (char *)bytes, (unsigned)code);
}

/* ---- setting up ------------------------------------------------------------------------------- */

bool ou_lexer_add_keywords(OuIdentTable *idents) {
#define KEYWORD_ENTRY(NAME) {#NAME, OU_TOK_##NAME},
    static const struct {
        const char *text;
        uint32_t kind;
    } keywords[] = {OU_KEYWORDS(KEYWORD_ENTRY)};
#undef KEYWORD_ENTRY
    for (size_t i = 0; i < sizeof keywords / sizeof keywords[0]; i++) {
        OuIdent *ident = ou_ident_intern(idents, keywords[i].text, strlen(keywords[i].text));
        if (ident == NULL) { return false; }
        ident->keyword = keywords[i].kind;
    }
    return true;
}

bool ou_lexer_init(OuLexer *self, OuArena *arena, OuIdentTable *idents, const OuSource *source) {
    memset(self, 0, sizeof *self);
    self->source = source;
    self->idents = idents;
    self->end = (uint32_t)source->len;
    self->line = 1;
    self->at_line_start = true;
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

/* Behind a backslash: moves to the next line. False: an error was recorded. */
static bool skip_line_continuation(OuLexer *self) {
    self->pos++;
    if (peek_char(self, 0) != '\n') {
        if (self->pos < self->end) { self->pos++; }
        self->soft_error = true;
        ou_source_error(&self->error, OU_ERR_SYNTAX, (int)self->line, (int)(self->pos - self->line_start),
                        (int)self->line, 0, "unexpected character after line continuation character");
        return false;
    }
    self->pos++;
    if (self->pos >= self->end) {
        fail_at_end_of_text(self);
        return false;
    }
    start_line(self);
    return true;
}

static void fail_tabs(OuLexer *self) {
    self->soft_error = true;
    ou_source_error(&self->error, OU_ERR_TAB, (int)self->line, 1, (int)self->line, 0,
                    "inconsistent use of tabs and spaces in indentation");
}

static void set_indent(OuLexer *self, int col, int alt_col) {
    int top = self->indent_top;
    if (col == self->indents[top]) {
        if (alt_col != self->alt_indents[top]) { fail_tabs(self); }
        return;
    }
    if (col > self->indents[top]) {
        if (top + 1 >= OU_LEXER_MAX_INDENT) {
            self->soft_error = true;
            ou_source_error(&self->error, OU_ERR_INDENTATION, (int)self->line, 1, (int)self->line, 0,
                            "too many levels of indentation");
        } else if (alt_col <= self->alt_indents[top]) {
            fail_tabs(self);
        } else {
            self->pending++;
            self->indent_top++;
            self->indents[top + 1] = col;
            self->alt_indents[top + 1] = alt_col;
        }
        return;
    }
    while (self->indent_top > 0 && col < self->indents[self->indent_top]) {
        self->pending--;
        self->indent_top--;
    }
    if (col != self->indents[self->indent_top]) {
        fail_at_line_end(self, OU_ERR_INDENTATION, "unindent does not match any outer indentation level");
    } else if (alt_col != self->alt_indents[self->indent_top]) {
        fail_tabs(self);
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
        if (c == '#') {
            while (peek_char(self, 0) != '\n' && self->pos < self->end) { self->pos++; }
            c = peek_char(self, 0);
        }
        if (c == '\n') {
            self->pos++;
            if (self->pos < self->end) { start_line(self); }
            continue;
        }
        if (c == -1) {
            set_indent(self, 0, 0);
            return;
        }
        set_indent(self, continued_col != 0 ? continued_col : col, continued_col != 0 ? continued_col : alt_col);
        return;
    }
}

/* ---- names ------------------------------------------------------------------------------------ */

static bool is_xid_category(utf8proc_category_t category, bool at_start) {
    switch (category) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_NL: return true;
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_MC:
    case UTF8PROC_CATEGORY_ND:
    case UTF8PROC_CATEGORY_PC: return !at_start;
    default: return false;
    }
}

static bool is_xid(int32_t code, bool at_start) {
    /* Other_ID_Start and Other_ID_Continue, minus what NFKC would turn into something else */
    if (code == '_' || code == 0x2118 || code == 0x212e || code == 0x1885 || code == 0x1886) { return true; }
    if (code == 0xb7 || code == 0x387 || (code >= 0x1369 && code <= 0x1371) || code == 0x19da) { return !at_start; }
    if (code == 0x37a || code == 0x2e2f || code == 0xe33 || code == 0xeb3) {
        return code >= 0xe33 && code <= 0xeb3 && !at_start;
    }
    return is_xid_category(utf8proc_category(code), at_start);
}

bool ou_lexer_check_identifier(OuIdentTable *idents, const char *text, size_t len, OuIdent **ident, size_t *bad) {
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

static void lex_name(OuLexer *self, OuToken *token) {
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
    } else if (!ou_lexer_check_identifier(self->idents, text, len, &token->ident, &bad)) {
        int32_t code = 0xfffd;
        utf8proc_ssize_t n = utf8proc_iterate((const uint8_t *)text + bad, (utf8proc_ssize_t)(len - bad), &code);
        self->pos = token->start + (uint32_t)bad + (n > 0 ? (uint32_t)n : 1);
        fail_character(self, code);
        return;
    }
    if (token->ident == NULL) {
        ou_source_error(&self->error, OU_ERR_MEMORY, 0, 0, 0, 0, "out of memory");
        return;
    }
    /* a normalised name is a name even when it spells a keyword */
    token->kind = ascii && token->ident->keyword != 0 ? (uint8_t)token->ident->keyword : OU_TOK_NAME;
}

/* ---- numbers ---------------------------------------------------------------------------------- */

static bool is_base_digit(int c, int base) { return base == 16 ? c >= 0 && isxdigit(c) : c >= '0' && c < '0' + base; }

/* A number may touch a keyword (`1if x else y`), nothing else that looks like a name. */
static bool end_number(OuLexer *self, const char *what) {
    static const char *const keywords[] = {"and", "else", "for", "if", "in", "is", "or", "not"};
    int c = peek_char(self, 0);
    for (size_t i = 0; i < sizeof keywords / sizeof keywords[0]; i++) {
        size_t len = strlen(keywords[i]);
        if (self->end - self->pos >= len && memcmp(self->source->text + self->pos, keywords[i], len) == 0) {
            return true;
        }
    }
    if (is_name_char(c)) {
        FAIL(self, "invalid %s literal", what);
        return false;
    }
    return true;
}

/* Digits and single underscores between them; `pos` is on a digit. */
static bool skip_decimal(OuLexer *self) {
    for (;;) {
        while (is_digit(peek_char(self, 0))) { self->pos++; }
        if (peek_char(self, 0) != '_') { return true; }
        self->pos++;
        if (!is_digit(peek_char(self, 0))) {
            FAIL(self, "invalid decimal literal");
            return false;
        }
    }
}

static void lex_based(OuLexer *self, int base) {
    const char *what = base == 16 ? "hexadecimal" : base == 8 ? "octal" : "binary";
    self->pos += 2;
    do {
        if (peek_char(self, 0) == '_') { self->pos++; }
        if (!is_base_digit(peek_char(self, 0), base)) {
            int c = peek_char(self, 0);
            if (is_digit(c)) {
                self->pos++;
                FAIL(self, "invalid digit '%c' in %s literal", c, what);
            } else {
                FAIL(self, "invalid %s literal", what);
            }
            return;
        }
        while (is_base_digit(peek_char(self, 0), base)) { self->pos++; }
    } while (peek_char(self, 0) == '_');
    if (base != 16 && is_digit(peek_char(self, 0))) {
        int c = peek_char(self, 0);
        self->pos++;
        FAIL(self, "invalid digit '%c' in %s literal", c, what);
        return;
    }
    end_number(self, what);
}

/* What may follow the integer digits: fraction, exponent, j. */
static void lex_fraction(OuLexer *self) {
    if (peek_char(self, 0) == '.') {
        self->pos++;
        if (is_digit(peek_char(self, 0)) && !skip_decimal(self)) { return; }
    }
    int c = peek_char(self, 0);
    if (c == 'e' || c == 'E') {
        bool is_signed = peek_char(self, 1) == '+' || peek_char(self, 1) == '-';
        uint32_t digits = is_signed ? 2 : 1;
        if (is_digit(peek_char(self, digits))) {
            self->pos += digits;
            if (!skip_decimal(self)) { return; }
        } else if (is_signed) {
            self->pos += 2;
            FAIL(self, "invalid decimal literal");
            return;
        }
    }
    c = peek_char(self, 0);
    if (c == 'j' || c == 'J') {
        self->pos++;
        end_number(self, "imaginary");
    } else {
        end_number(self, "decimal");
    }
}

static void lex_leading_zero(OuLexer *self, uint32_t start) {
    self->pos++;
    for (;;) {
        if (peek_char(self, 0) == '_') {
            self->pos++;
            if (!is_digit(peek_char(self, 0))) {
                FAIL(self, "invalid decimal literal");
                return;
            }
        }
        if (peek_char(self, 0) != '0') { break; }
        self->pos++;
    }
    uint32_t zeros_end = self->pos + 1;
    bool nonzero = is_digit(peek_char(self, 0));
    if (nonzero && !skip_decimal(self)) { return; }
    int c = peek_char(self, 0);
    if (nonzero && c != '.' && c != 'e' && c != 'E' && c != 'j' && c != 'J') {
        fail_at(self, start + 1, zeros_end,
                "leading zeros in decimal integer literals are not permitted; "
                "use an 0o prefix for octal integers");
        return;
    }
    lex_fraction(self);
}

static void lex_number(OuLexer *self, OuToken *token) {
    token->kind = OU_TOK_NUMBER;
    int c = peek_char(self, 0);
    int next = peek_char(self, 1);
    if (c == '0' && (next == 'x' || next == 'X')) {
        lex_based(self, 16);
    } else if (c == '0' && (next == 'o' || next == 'O')) {
        lex_based(self, 8);
    } else if (c == '0' && (next == 'b' || next == 'B')) {
        lex_based(self, 2);
    } else if (c == '0') {
        lex_leading_zero(self, token->start);
    } else if (c == '.' || skip_decimal(self)) {
        lex_fraction(self);
    }
}

/* ---- strings ---------------------------------------------------------------------------------- */

/* Length of a string prefix before a quote at `pos`; -1 when there is none. */
static int string_prefix(const OuLexer *self) {
    bool has_b = false, has_u = false, has_r = false, has_f = false;
    for (uint32_t n = 0; n < 3; n++) {
        int c = peek_char(self, n);
        if (c == '"' || c == '\'') { return (int)n; }
        if (!(has_b || has_u || has_f) && (c == 'b' || c == 'B')) {
            has_b = true;
        } else if (!(has_b || has_u || has_r || has_f) && (c == 'u' || c == 'U')) {
            has_u = true;
        } else if (!(has_r || has_u) && (c == 'r' || c == 'R')) {
            has_r = true;
        } else if (!(has_f || has_b || has_u) && (c == 'f' || c == 'F')) {
            has_f = true;
        } else {
            return -1;
        }
    }
    return -1;
}

static void fail_string(OuLexer *self, const OuToken *token, bool triple) {
    uint32_t detected = self->line;
    if (self->pos >= self->end && triple && !self->in_fstring) { detected = self->source->line_count; }
    self->line = token->at.line;
    self->line_start = token->start - token->at.column;
    fail_at(self, token->start + 1, token->start + 1, "unterminated %sstring literal (detected at line %u)",
            triple ? "triple-quoted " : "", (unsigned)detected);
}

static void lex_string(OuLexer *self, OuToken *token, uint32_t prefix) {
    token->kind = OU_TOK_STRING;
    self->pos += prefix;
    int quote = peek_char(self, 0);
    bool triple = peek_char(self, 1) == quote && peek_char(self, 2) == quote;
    self->pos += triple ? 3 : 1;
    for (;;) {
        int c = peek_char(self, 0);
        if (c == -1 || (c == '\n' && !triple)) {
            self->hit_end = triple && c == -1;
            fail_string(self, token, triple);
            return;
        }
        self->pos++;
        if (c == '\\') {
            c = peek_char(self, 0);
            if (c == -1) { continue; }
            self->pos++;
            if (c == '\n' && self->pos >= self->end) {
                self->hit_end = true; /* a backslash at the very end: another line may follow */
                fail_string(self, token, triple);
                return;
            }
            if (c == '\n') { start_line(self); }
        } else if (c == '\n') {
            if (self->pos < self->end) { start_line(self); }
        } else if (c == quote) {
            if (!triple) { return; }
            if (peek_char(self, 0) == quote && peek_char(self, 1) == quote) {
                self->pos += 2;
                return;
            }
        }
    }
}

/* ---- punctuation ------------------------------------------------------------------------------ */

static void open_paren(OuLexer *self, int bracket) {
    if (self->paren_count >= OU_LEXER_MAX_PARENS) {
        self->pos++;
        FAIL(self, "too many nested parentheses");
        return;
    }
    OuOpenParen *open = &self->parens[self->paren_count++];
    open->bracket = (char)bracket;
    open->line = self->line;
    open->col = self->pos - self->line_start;
}

char ou_lexer_closing(char open) { return open == '(' ? ')' : open == '[' ? ']' : '}'; }

static void close_paren(OuLexer *self, int bracket) {
    if (self->paren_count == 0) {
        self->pos++;
        FAIL(self, "unmatched '%c'", bracket);
        return;
    }
    const OuOpenParen *open = &self->parens[self->paren_count - 1];
    if (bracket != ou_lexer_closing(open->bracket)) {
        self->pos++;
        if (open->line != self->line) {
            FAIL(self, "closing parenthesis '%c' does not match opening parenthesis '%c' on line %u", bracket,
                 open->bracket, (unsigned)open->line);
        } else {
            FAIL(self, "closing parenthesis '%c' does not match opening parenthesis '%c'", bracket, open->bracket);
        }
        return;
    }
    self->paren_count--;
}

/* Kind of the longest operator at `pos`; its length goes to `*len`. */
static OuTokenKind match_punctuation(const OuLexer *self, uint32_t *len) {
#define PUNCTUATION_ENTRY(NAME, TEXT) {TEXT, sizeof(TEXT) - 1, OU_TOK_##NAME},
    static const struct {
        char text[4];
        uint8_t len;
        uint8_t kind;
    } table[] = {OU_PUNCTUATION(PUNCTUATION_ENTRY)};
#undef PUNCTUATION_ENTRY
    OuTokenKind best = OU_TOK_ERROR;
    *len = 0;
    const char *text = self->source->text + self->pos;
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        if (table[i].text[0] == text[0] && table[i].len > *len && table[i].len <= self->end - self->pos &&
            memcmp(table[i].text, text, table[i].len) == 0) {
            best = (OuTokenKind)table[i].kind;
            *len = table[i].len;
        }
    }
    if (text[0] == '<' && self->pos + 1 < self->end && text[1] == '>') {
        *len = 2;
        return OU_TOK_STRAY;
    }
    return best;
}

static void lex_punctuation(OuLexer *self, OuToken *token, int c) {
    uint32_t len;
    OuTokenKind kind = match_punctuation(self, &len);
    if (kind == OU_TOK_ERROR) {
        self->pos++;
        if (strchr("?$!`", c) != NULL) {
            token->kind = OU_TOK_STRAY;
        } else {
            fail_character(self, c);
        }
        return;
    }
    token->kind = (uint8_t)kind;
    if (strchr("([{", c) != NULL) {
        open_paren(self, c);
    } else if (strchr(")]}", c) != NULL) {
        close_paren(self, c);
    }
    if (self->error.kind == OU_ERR_NONE) { self->pos += len; }
}

/* ---- the whole -------------------------------------------------------------------------------- */

/* Blanks, comments, continuations and newlines inside brackets. False: an error was recorded. */
static bool skip_blanks(OuLexer *self) {
    for (;;) {
        int c = peek_char(self, 0);
        if (c == ' ' || c == '\t' || c == '\f') {
            self->pos++;
        } else if (c == '#') {
            while (self->pos < self->end && peek_char(self, 0) != '\n') { self->pos++; }
        } else if (c == '\n' && (self->paren_count > 0 || self->in_fstring)) {
            self->pos++;
            if (self->pos < self->end || self->in_fstring) { start_line(self); }
        } else if (c == '\\') {
            if (!skip_line_continuation(self)) { return false; }
        } else {
            return true;
        }
    }
}

/* A replacement field counts as bracketed. */
static uint8_t bracket_level(const OuLexer *self) { return (uint8_t)(self->paren_count + self->in_fstring); }

static void place_token(const OuLexer *self, OuToken *token) {
    token->level = bracket_level(self);
    token->start = token->end = self->pos;
    token->at.line = token->at.end_line = self->line;
    token->at.column = token->at.end_column = self->pos - self->line_start;
}

static void finish_token(OuLexer *self, OuToken *token) {
    if (self->error.kind != OU_ERR_NONE) {
        token->kind = OU_TOK_ERROR;
        return;
    }
    token->level = bracket_level(self);
    token->end = self->pos;
    token->at.end_line = self->line;
    token->at.end_column = self->pos - self->line_start;
}

static bool take_pending(OuLexer *self, OuToken *token) {
    if (self->pending == 0 || self->error.kind != OU_ERR_NONE) { return false; }
    token->kind = self->pending > 0 ? OU_TOK_INDENT : OU_TOK_DEDENT;
    self->pending += self->pending > 0 ? -1 : 1;
    return true;
}

void ou_lexer_next(OuLexer *self, OuToken *token) {
    memset(token, 0, sizeof *token);
    if (self->at_line_start && self->error.kind == OU_ERR_NONE) {
        self->at_line_start = false;
        begin_line(self);
    }
    place_token(self, token);
    if (take_pending(self, token)) { return; }
    if (self->error.kind != OU_ERR_NONE || !skip_blanks(self)) {
        token->kind = OU_TOK_ERROR;
        return;
    }
    place_token(self, token);
    int c = peek_char(self, 0);
    int prefix = string_prefix(self);
    if (c == -1) {
        token->kind = OU_TOK_END;
        if (self->paren_count > 0) {
            fail_at_end_of_text(self);
            token->kind = OU_TOK_ERROR;
        }
        return;
    }
    if (c == '\n') {
        token->kind = OU_TOK_NEWLINE;
        self->pos++;
        if (self->pos < self->end) { start_line(self); }
        self->at_line_start = true;
        return;
    }
    if (prefix >= 0) {
        lex_string(self, token, (uint32_t)prefix);
    } else if (is_name_start(c)) {
        lex_name(self, token);
    } else if (is_digit(c) || (c == '.' && is_digit(peek_char(self, 1)))) {
        lex_number(self, token);
    } else {
        lex_punctuation(self, token, c);
    }
    finish_token(self, token);
}
