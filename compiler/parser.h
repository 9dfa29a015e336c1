/* Inside of the parser: shared by the parse_*.c files only.
 *
 * Recursive descent over tokens read on demand. Text is parsed once, predictively. When that fails, a second run over
 * the same tokens (`diagnose`) looks for known mistakes to name, at the places and in the order in which CPython does,
 * so that both report the same one. Conventions: a function returns NULL (or false) with `failed` set when the text
 * does not fit; `err` is set too when the reason was already reported. Only the second run, and three places that need
 * lookahead, resume after a failure: they save a OuParseMark and go back to it. */
#ifndef OU_COMPILER_PARSER_H
#define OU_COMPILER_PARSER_H

#include "compiler/parse.h"
#include "compiler/token.h"

enum {
    OU_TOKENS_PER_CHUNK = 64,
    OU_PARSE_MAX_DEPTH = 1000,       /* nested rules: CPython gives up in this region, too */
    OU_PARSE_MAX_STACK = 190 * 1024, /* bytes of C stack, whatever the build: 256 KiB must do */
    OU_PARSE_MAX_CHAIN = 100000      /* links of a left-deep chain */
};

typedef struct OuParser {
    OuArena *arena;
    const OuSource *source;
    OuIdentTable *idents;
    OuLexer *lexer;
    OuSyntaxError *err;
    OuArenaVec chunks; /* of OU_TOKENS_PER_CHUNK tokens each */
    uint32_t fill;     /* tokens read so far */
    uint32_t pos;
    const OuToken *tok;   /* the token at pos */
    OuArenaVec scratch;   /* stack on which sequences are collected */
    OuPosition last_stmt; /* place of the statement finished last */
    const char *stack_base;
    int depth;
    bool failed;
    bool diagnose;      /* second run */
    bool in_field;      /* inside a replacement field: messages say "f-string: " */
    uint32_t field_col; /* what CPython subtracts from columns there */
} OuParser;

typedef struct OuParseMark {
    uint32_t pos;
    uint32_t scratch;
    int depth;
} OuParseMark;

/* For what seldom runs or ends a rule: not inlined, so that the frames of the rules that recurse stay small. */
#define OU_APART __attribute__((noinline))

/* parse_core.c: tokens, marks, sequences, errors */
const OuToken *ou_parser_token(OuParser *p, uint32_t index);
void ou_parser_seek(OuParser *p, uint32_t pos);
/* Past the current token, whose place is returned. When the lexer refuses the next one, that is OU_TOK_ERROR, which fits nowhere: what is parsed
 * next fails by itself. */
OuPosition ou_parser_advance(OuParser *p);
/* True and past it when the current token is of that kind. */
bool ou_parser_accept(OuParser *p, OuTokenKind kind);
bool ou_parser_expect(OuParser *p, OuTokenKind kind);
/* Reports "expected '...'" in either run when the token is another one. */
bool ou_parser_force(OuParser *p, OuTokenKind kind, const char *text);
/* The identifier at the current token, moved past; NULL when there is none. */
OuIdent *ou_parser_ident(OuParser *p);
bool ou_parser_is_soft(const OuParser *p, const char *word); /* at a name of that text */
/* The token behind the current one. */
OuTokenKind ou_parser_next_kind(OuParser *p);
void *ou_parser_nomatch(OuParser *p);
bool ou_parser_enter(OuParser *p);
void ou_parser_leave(OuParser *p);
OuParseMark ou_parser_mark(const OuParser *p);
void ou_parser_rewind(OuParser *p, OuParseMark mark);
/* In a speculation: false when an error was reported (stop), else clears `failed`. */
bool ou_parser_recover(OuParser *p);
void *ou_parser_new(OuParser *p, size_t size);
bool ou_parser_push(OuParser *p, void *item);
bool ou_parser_push_to(OuParser *p, OuArenaVec *list, void *item);
OuPosition ou_parser_span_from(const OuParser *p, OuPosition start); /* up to the token before the current one */

static inline OuPosition ou_span_to(OuPosition first, OuPosition last) {
    return (OuPosition){first.line, first.column, last.end_line, last.end_column};
}

/* A node in the arena, from `start` to the token before the current one; NULL when the parser has failed by now, so
 * that the fields need no checks of their own. Written as OU_EXPR(p, Starred, start, .value = value); the ..._OF forms
 * take the kind apart, for kinds that are laid out alike. */
OuExpr *ou_parser_expr(OuParser *p, OuExprKind kind, OuPosition start, const void *fields, size_t size);
OuStmt *ou_parser_stmt(OuParser *p, OuStmtKind kind, OuPosition start, const void *fields, size_t size);
/* Ends with the last statement in it. */
OuStmt *ou_parser_block_stmt(OuParser *p, OuStmtKind kind, OuPosition start, const void *fields, size_t size);
OuPattern *ou_parser_pattern(OuParser *p, OuPatternKind kind, OuPosition start, const void *fields, size_t size);
#define OU_FIELDS(KIND, ...) &(struct OuNode##KIND){__VA_ARGS__}, sizeof(struct OuNode##KIND)
#define OU_EXPR_OF(P, VALUE, KIND, START, ...) ou_parser_expr(P, VALUE, START, OU_FIELDS(KIND, __VA_ARGS__))
#define OU_STMT_OF(P, VALUE, KIND, START, ...) ou_parser_stmt(P, VALUE, START, OU_FIELDS(KIND, __VA_ARGS__))
#define OU_BLOCK_OF(P, VALUE, KIND, START, ...) ou_parser_block_stmt(P, VALUE, START, OU_FIELDS(KIND, __VA_ARGS__))
#define OU_EXPR(P, KIND, START, ...) OU_EXPR_OF(P, OU_EXPR_##KIND, KIND, START, __VA_ARGS__)
#define OU_STMT(P, KIND, START, ...) OU_STMT_OF(P, OU_STMT_##KIND, KIND, START, __VA_ARGS__)
#define OU_BLOCK(P, KIND, START, ...) OU_BLOCK_OF(P, OU_STMT_##KIND, KIND, START, __VA_ARGS__)
#define OU_PATTERN(P, KIND, START, ...) ou_parser_pattern(P, OU_PATTERN_##KIND, START, OU_FIELDS(KIND, __VA_ARGS__))

/* The node, if there is one, at another place. */
static inline OuExpr *ou_expr_at(OuExpr *self, OuPosition at) {
    if (self != NULL) { self->at = at; }
    return self;
}

/* What was pushed on scratch since `mark`, as a sequence: ou_take_exprs(p, mark) and its kin. */
void *ou_parser_take(OuParser *p, uint32_t mark, uint32_t *count);
#define OU_TAKE(NAME, SEQ)                                         \
    static inline SEQ ou_take_##NAME(OuParser *p, uint32_t mark) { \
        SEQ taken;                                                 \
        taken.items = ou_parser_take(p, mark, &taken.count);       \
        return taken;                                              \
    }
OU_TAKE(exprs, OuExprSeq)
OU_TAKE(stmts, OuStmtSeq)
OU_TAKE(idents, OuIdentSeq)
OU_TAKE(aliases, OuAliasSeq)
OU_TAKE(items, OuWithItemSeq)
OU_TAKE(clauses, OuComprehensionSeq)
OU_TAKE(handlers, OuExceptHandlerSeq)
OU_TAKE(cases, OuMatchCaseSeq)
OU_TAKE(patterns, OuPatternSeq)
/* A list of its own as a sequence. */
#define OU_SEQ_OF(SEQ, LIST) ((SEQ){(LIST).count, (void *)(LIST).items})

#define OU_PRINTF(A, B) __attribute__((format(printf, A, B)))
/* All of these return NULL. */
void *ou_parser_raise(OuParser *p, OuPosition at, const char *format, ...) OU_PRINTF(3, 4);
void *ou_parser_raise_token(OuParser *p, const OuToken *token, const char *format, ...) OU_PRINTF(3, 4);
/* At the last token read. */
void *ou_parser_raise_last(OuParser *p, OuErrorKind kind, const char *format, ...) OU_PRINTF(3, 4);
/* A known mistake: named in the second run, a plain failure in the first. */
void *ou_parser_blame(OuParser *p, OuPosition at, const char *message);
void *ou_parser_blame_last(OuParser *p, const char *message);

/* parse_expr.c */
OuExpr *ou_parse_star_expressions(OuParser *p);
OuExpr *ou_parse_star_expression(OuParser *p);
OuExpr *ou_parse_expression(OuParser *p);
OuExpr *ou_parse_named(OuParser *p);
OuExpr *ou_parse_star_named(OuParser *p);
OuExpr *ou_parse_starred(OuParser *p, OuExpr *(*operand)(OuParser *)); /* at the star */
OuExpr *ou_parse_disjunction(OuParser *p);
OuExpr *ou_parse_bitwise_or(OuParser *p);
OuExpr *ou_parse_yield(OuParser *p);
OuExpr *ou_parse_yield_or_star(OuParser *p);
bool ou_parse_starts_expression(const OuToken *token);
bool ou_parse_at_item(const OuParser *p); /* an expression or a star */
/* The tuple `item, item, ...`, or a single item that no comma follows. A last comma may stand before `close`;
 * OU_TOK_ERROR: before whatever begins no item. */
OuExpr *ou_parse_tuple(OuParser *p, OuExpr *(*item)(OuParser *), OuTokenKind close);

/* parse_atom.c */
OuExpr *ou_parse_primary(OuParser *p); /* with await */
/* Behind '(' (or '{' of a replacement field), up to and with `close`. */
OuExpr *ou_parse_parenthesized(OuParser *p, OuPosition start, OuTokenKind close);
/* The comprehension whose element, or key and value, was just parsed, up to and with `close`. */
OuExpr *ou_parse_comprehension(OuParser *p, OuExprKind kind, OuPosition start, OuExpr *elt, OuExpr *value,
                               OuTokenKind close);
bool ou_parse_for_clauses(OuParser *p, OuComprehensionSeq *clauses);
bool ou_parse_at_for(const OuParser *p);
OuExpr *ou_parse_number(OuParser *p);
OuExpr *ou_parse_name(OuParser *p);
OuExpr *ou_parse_singleton(OuParser *p); /* None, True, False, ... */
OuExpr *ou_parse_attribute(OuParser *p, OuExpr *value, OuPosition start);

/* parse_args.c: call arguments and parameters */
/* Behind '(' up to and with ')'. */
bool ou_parse_arguments(OuParser *p, OuExprSeq *args, OuKeywordSeq *keywords);
OuArguments *ou_parse_parameters(OuParser *p, OuTokenKind close);

/* parse_string.c */
OuExpr *ou_parse_strings(OuParser *p);

/* parse_stmt.c */
/* Turns an expression into a target in place; false when it is none (nothing reported). */
bool ou_parse_to_target(OuExpr *expr, OuExprContext ctx);
OuExpr *ou_parse_for_targets(OuParser *p);
typedef enum OuTargetUse { OU_TARGETS_STAR, OU_TARGETS_FOR, OU_TARGETS_DEL } OuTargetUse;
/* Reports the first part of `expr` that cannot be a target. True: reported. */
bool ou_parse_report_target(OuParser *p, OuExpr *expr, OuTargetUse use);
bool ou_parse_statement(OuParser *p); /* pushes one or more on scratch */
bool ou_parse_simple_statements(OuParser *p);

/* parse_block.c */
/* The rest of a clause that began at `line`, from its ':'; messages name it by `what`. */
bool ou_parse_block(OuParser *p, OuStmtSeq *body, const char *what, uint32_t line);
/* A compound statement, or NULL without `failed` when none begins here. */
OuStmt *ou_parse_compound(OuParser *p);

#endif
