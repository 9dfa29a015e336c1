/* Tokens, and the lexer that makes them one at a time.
 *
 * Invariant: after the first OU_TOK_ERROR or OU_TOK_END the lexer repeats it. Used by parse_*.c (also on a range inside
 * an f-string), and by the REPL through ou_parse() only. */
#ifndef OU_COMPILER_TOKEN_H
#define OU_COMPILER_TOKEN_H

#include "compiler/ast.h"
#include "compiler/source.h"

typedef enum OuTokenKind {
    OU_TOK_END,
    OU_TOK_NEWLINE,
    OU_TOK_INDENT,
    OU_TOK_DEDENT,
    OU_TOK_NAME,
    OU_TOK_NUMBER,
    OU_TOK_STRING,
    OU_TOK_STRAY, /* '?', '$', '!', '`', '<>': fits nowhere */
    OU_TOK_ERROR, /* the lexer's error field says what */
#define PUNCTUATION(NAME, FIRST, SECOND, THIRD) OU_TOK_##NAME,
#define KEYWORD(NAME) OU_TOK_##NAME,
#include "compiler/token.def"
    OU_TOK_COUNT
} OuTokenKind;

typedef struct OuToken {
    uint8_t kind;
    uint8_t level;  /* open brackets around it */
    uint32_t start; /* byte offsets in the text */
    uint32_t end;
    OuPosition at;  /* INDENT, DEDENT, END: where the lexer stood */
    OuIdent *ident; /* NAME and keywords */
} OuToken;

/* CPython's limits, which its messages speak of. */
enum { OU_LEXER_MAX_INDENT = 100, OU_LEXER_MAX_PARENS = 200 };

typedef struct OuOpenParen {
    char bracket;
    uint32_t line;
    uint32_t col;
} OuOpenParen;

typedef struct OuLexer {
    const OuSource *source;
    OuIdentTable *idents;
    uint32_t pos;
    uint32_t end;
    uint32_t line;
    uint32_t line_start;
    bool at_line_start;
    bool in_fstring;  /* lexing one replacement field: newlines are blank, END at the end */
    bool hit_end;     /* an error because the text ended */
    bool soft_error;  /* CPython words this error in the parser: later errors do not override with it */
    bool is_unclosed; /* the error is an unclosed bracket */
    int pending;      /* INDENTs (>0) or DEDENTs (<0) to hand out */
    int indent_top;
    int indents[OU_LEXER_MAX_INDENT];
    int alt_indents[OU_LEXER_MAX_INDENT]; /* with a tab counted as one */
    uint32_t paren_count;
    OuOpenParen *parens; /* OU_LEXER_MAX_PARENS of them */
    OuSyntaxError error;
} OuLexer;

/* False: out of memory. */
bool ou_lexer_init(OuLexer *self, OuArena *arena, OuIdentTable *idents, const OuSource *source);
/* Lexes [start, end) as the inside of a replacement field; line_start is that of `line`. */
bool ou_lexer_init_field(OuLexer *self, OuArena *arena, OuIdentTable *idents, const OuSource *source, uint32_t start,
                         uint32_t end, uint32_t line, uint32_t line_start);
void ou_lexer_next(OuLexer *self, OuToken *token);
/* Fills `error` with "'(' was never closed" for the innermost open bracket. */
void ou_lexer_report_unclosed(const OuLexer *self, OuSyntaxError *error);
/* The bracket that closes `open`. */
char ou_lexer_closing(char open);
bool ou_lexer_add_keywords(OuIdentTable *idents);

#endif
