/* Parser machinery: tokens on demand, marks, sequences, error positions, and the two runs. See parser.h. */
#include "compiler/parser.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static OuToken *token_slot(const OuParser *p, uint32_t index) {
    OuToken *chunk = p->chunks.items[index / OU_TOKENS_PER_CHUNK];
    return &chunk[index % OU_TOKENS_PER_CHUNK];
}

static const OuToken no_token = {.kind = OU_TOK_ERROR};

static void report_lexer_error(OuParser *p) {
    const OuSyntaxError *error = &p->lexer->error;
    if (p->err->kind == OU_ERR_NONE) {
        *p->err = *error;
        p->err->incomplete = p->err->open = p->lexer->hit_end;
        if (p->in_field && error->kind == OU_ERR_SYNTAX) {
            snprintf(p->err->message, sizeof p->err->message, "f-string: %.200s", error->message);
            p->err->col -= (int)p->field_col;
            p->err->end_col -= (int)p->field_col;
        }
    }
    p->failed = true;
}

const OuToken *ou_parser_token(OuParser *p, uint32_t index) {
    while (p->fill <= index) {
        if (p->fill > 0 && token_slot(p, p->fill - 1)->kind == OU_TOK_ERROR) {
            index = p->fill - 1;
            break;
        }
        if (p->fill % OU_TOKENS_PER_CHUNK == 0 && p->fill / OU_TOKENS_PER_CHUNK == p->chunks.count) {
            OuToken *chunk = ou_arena_array(p->arena, OU_TOKENS_PER_CHUNK, sizeof *chunk);
            if (chunk == NULL || !ou_arena_push(p->arena, &p->chunks, chunk)) {
                p->failed = true;
                return &no_token;
            }
        }
        ou_lexer_next(p->lexer, token_slot(p, p->fill));
        p->fill++;
    }
    const OuToken *token = token_slot(p, index);
    if (token->kind == OU_TOK_ERROR) { report_lexer_error(p); }
    return token;
}

void ou_parser_seek(OuParser *p, uint32_t pos) {
    p->pos = pos;
    p->tok = ou_parser_token(p, pos);
}

OuPosition ou_parser_advance(OuParser *p) {
    OuPosition at = p->tok->at;
    ou_parser_seek(p, p->pos + 1);
    return at;
}

bool ou_parser_accept(OuParser *p, OuTokenKind kind) {
    if (p->failed || p->tok->kind != kind) { return false; }
    ou_parser_advance(p);
    return !p->failed;
}

bool ou_parser_expect(OuParser *p, OuTokenKind kind) { return ou_parser_accept(p, kind) || ou_parser_nomatch(p); }

bool ou_parser_force(OuParser *p, OuTokenKind kind, const char *text) {
    if (p->tok->kind != kind) { return ou_parser_raise_token(p, p->tok, "expected '%s'", text); }
    return ou_parser_accept(p, kind);
}

OuIdent *ou_parser_ident(OuParser *p) {
    OuIdent *ident = p->tok->ident;
    return ou_parser_expect(p, OU_TOK_NAME) ? ident : NULL;
}

bool ou_parser_is_soft(const OuParser *p, const char *word) {
    return p->tok->kind == OU_TOK_NAME && ou_ident_is(p->tok->ident, word);
}

OuTokenKind ou_parser_next_kind(OuParser *p) { return (OuTokenKind)ou_parser_token(p, p->pos + 1)->kind; }

void *ou_parser_nomatch(OuParser *p) {
    p->failed = true;
    return NULL;
}

/* The address of a local is the only measure that holds for every compiler and sanitizer. */
bool ou_parser_enter(OuParser *p) {
    const char *here = (const char *)__builtin_frame_address(0);
    ptrdiff_t used = p->stack_base - here;
    if (p->depth >= OU_PARSE_MAX_DEPTH || used > OU_PARSE_MAX_STACK || used < -OU_PARSE_MAX_STACK) {
        if (p->err->kind == OU_ERR_NONE) {
            ou_parser_raise_token(p, p->tok, "too many nested expressions or statements");
            p->err->kind = OU_ERR_RECURSION;
        }
        return ou_parser_nomatch(p);
    }
    p->depth++;
    return !p->failed;
}

void ou_parser_leave(OuParser *p) { p->depth--; }
OuParseMark ou_parser_mark(const OuParser *p) { return (OuParseMark){p->pos, p->scratch.count, p->depth}; }

void ou_parser_rewind(OuParser *p, OuParseMark mark) {
    p->scratch.count = mark.scratch;
    p->depth = mark.depth;
    if (p->err->kind == OU_ERR_NONE && !p->arena->failed) {
        p->failed = false;
        ou_parser_seek(p, mark.pos);
    }
}

bool ou_parser_recover(OuParser *p) {
    p->failed = p->err->kind != OU_ERR_NONE || p->arena->failed;
    return !p->failed;
}

void *ou_parser_new(OuParser *p, size_t size) {
    void *result = ou_arena_alloc(p->arena, size);
    if (result == NULL) { p->failed = true; }
    return result;
}

bool ou_parser_push_to(OuParser *p, OuArenaVec *list, void *item) {
    p->failed = p->failed || !ou_arena_push(p->arena, list, item);
    return !p->failed;
}

bool ou_parser_push(OuParser *p, void *item) { return ou_parser_push_to(p, &p->scratch, item); }

void *ou_parser_take(OuParser *p, uint32_t mark, uint32_t *count) {
    uint32_t n = p->scratch.count - mark;
    *count = 0;
    p->scratch.count = mark;
    if (n == 0) { return NULL; }
    void *items = ou_arena_array(p->arena, n, sizeof(void *));
    if (items == NULL) { return ou_parser_nomatch(p); }
    memcpy(items, p->scratch.items + mark, n * sizeof(void *));
    *count = n;
    return items;
}

OuPosition ou_parser_span_from(const OuParser *p, OuPosition start) {
    return p->pos > 0 ? ou_span_to(start, token_slot(p, p->pos - 1)->at) : start;
}

typedef struct BindsVisitor {
    OuVisitor visitor;
    bool found;
} BindsVisitor;

static void look_at_child(OuVisitor *visitor, OuExpr *child) { ((BindsVisitor *)visitor)->found |= child->binds; }

static bool holds_binding(const OuExpr *self) {
    BindsVisitor v = {.visitor.expr = look_at_child};
    switch ((OuExprKind)self->kind) {
    case OU_EXPR_Name:
    case OU_EXPR_Constant: return false;
    case OU_EXPR_NamedExpr:
    case OU_EXPR_Await:
    case OU_EXPR_Yield:
    case OU_EXPR_YieldFrom: return true;
    case OU_EXPR_ListComp:
    case OU_EXPR_SetComp:
    case OU_EXPR_DictComp:
    case OU_EXPR_GeneratorExp:
        for (uint32_t i = 0; i < self->as.ListComp.generators.count; i++) {
            v.found |= self->as.ListComp.generators.items[i]->is_async;
        }
        break;
    default: break;
    }
    ou_expr_children(self, &v.visitor);
    return v.found;
}

/* OuExpr, OuStmt and OuPattern begin with kind and place; their fields lie at `offset`. */
static void *make_node(OuParser *p, size_t node_size, size_t offset, uint8_t kind, OuPosition at, const void *fields,
                       size_t size) {
    uint8_t *self = p->failed ? NULL : ou_parser_new(p, node_size);
    if (self == NULL) { return NULL; }
    if (size > 0) { memcpy(self + offset, fields, size); }
    self[offsetof(OuExpr, kind)] = kind;
    *(OuPosition *)(void *)(self + offsetof(OuExpr, at)) = at;
    return self;
}
_Static_assert(offsetof(OuExpr, at) == offsetof(OuStmt, at) && offsetof(OuExpr, at) == offsetof(OuPattern, at), "at");

#define MAKE_NODE(TYPE, AT) make_node(p, sizeof(TYPE), offsetof(TYPE, as), (uint8_t)kind, AT, fields, size)

OuExpr *ou_parser_expr(OuParser *p, OuExprKind kind, OuPosition start, const void *fields, size_t size) {
    OuExpr *self = MAKE_NODE(OuExpr, ou_parser_span_from(p, start));
    if (self != NULL) { self->binds = holds_binding(self); }
    return self;
}

OuStmt *ou_parser_stmt(OuParser *p, OuStmtKind kind, OuPosition start, const void *fields, size_t size) {
    p->last_stmt = ou_parser_span_from(p, start);
    return MAKE_NODE(OuStmt, p->last_stmt);
}

OuStmt *ou_parser_block_stmt(OuParser *p, OuStmtKind kind, OuPosition start, const void *fields, size_t size) {
    p->last_stmt = ou_span_to(start, p->last_stmt);
    return MAKE_NODE(OuStmt, p->last_stmt);
}

OuPattern *ou_parser_pattern(OuParser *p, OuPatternKind kind, OuPosition start, const void *fields, size_t size) {
    return MAKE_NODE(OuPattern, ou_parser_span_from(p, start));
}

/* A place as it is shown: columns in characters from 1. */
typedef struct Shown {
    int line, col, end_line, end_col;
} Shown;

static Shown show(const OuParser *p, OuPosition at) {
    return (Shown){(int)at.line, ou_source_char_col(p->source, at.line, at.column) + 1, (int)at.end_line,
                   ou_source_char_col(p->source, at.end_line, at.end_column) + 1};
}

/* Tokens without text have no columns: those that CPython shows instead are given. */
static Shown show_token(const OuParser *p, const OuToken *token, int col, int end_col) {
    bool is_empty = token->kind == OU_TOK_INDENT || token->kind == OU_TOK_DEDENT;
    int line = (int)token->at.line;
    return is_empty || (token->kind == OU_TOK_END && !p->in_field) ? (Shown){line, col, line, end_col}
                                                                   : show(p, token->at);
}

static void report(OuParser *p, OuErrorKind kind, Shown at, const char *format, va_list args) {
    char text[200];
    int shift = p->in_field ? (int)p->field_col : 0;
    vsnprintf(text, sizeof text, format, args);
    p->failed = true;
    if (p->arena->failed) { return; }
    ou_source_error(p->err, kind, at.line, at.col - shift, at.end_line, at.end_col - shift, "%s%s",
                    p->in_field ? "f-string: " : "", text);
}

void *ou_parser_raise(OuParser *p, OuPosition at, const char *format, ...) {
    va_list args;
    va_start(args, format);
    report(p, OU_ERR_SYNTAX, show(p, at), format, args);
    va_end(args);
    return NULL;
}

void *ou_parser_raise_token(OuParser *p, const OuToken *token, const char *format, ...) {
    bool at_end = token->kind == OU_TOK_END;
    OuToken shown = *token;
    shown.at.end_column += at_end; /* stands for the ')' CPython adds to a field */
    va_list args;
    va_start(args, format);
    report(p, OU_ERR_SYNTAX, show_token(p, &shown, 0, 0), format, args);
    va_end(args);
    if (at_end && !p->in_field) { p->err->incomplete = true; }
    return NULL;
}

void *ou_parser_raise_last(OuParser *p, OuErrorKind kind, const char *format, ...) {
    const OuToken *token = token_slot(p, p->fill - 1);
    va_list args;
    va_start(args, format);
    report(p, kind, show_token(p, token, (int)token->at.column, -1), format, args);
    va_end(args);
    bool at_end = token->kind == OU_TOK_END || (token->kind == OU_TOK_DEDENT && p->lexer->pos >= p->lexer->end);
    p->err->incomplete = at_end && !p->in_field;
    return NULL;
}

void *ou_parser_blame(OuParser *p, OuPosition at, const char *message) {
    return p->diagnose ? ou_parser_raise(p, at, "%s", message) : ou_parser_nomatch(p);
}

void *ou_parser_blame_last(OuParser *p, const char *message) {
    return p->diagnose ? ou_parser_raise_last(p, OU_ERR_SYNTAX, "%s", message) : ou_parser_nomatch(p);
}

static OuModule *parse_root(OuParser *p, OuCompileMode mode) {
    OuModule *module = ou_parser_new(p, sizeof *module);
    ou_parser_seek(p, 0);
    if (p->failed) { return NULL; }
    module->idents = p->idents;
    uint32_t mark = p->scratch.count;
    if (mode == OU_COMPILE_EVAL) {
        module->expression = ou_parse_star_expressions(p);
        while (ou_parser_accept(p, OU_TOK_NEWLINE)) {}
    } else if (mode == OU_COMPILE_SINGLE) {
        if (p->tok->kind == OU_TOK_END) { ou_parser_raise_token(p, p->tok, "invalid syntax"); }
        if (!p->failed) { ou_parse_statement(p); }
    } else {
        while (!p->failed && p->tok->kind != OU_TOK_END) { ou_parse_statement(p); }
    }
    if (p->failed) { return NULL; }
    if (p->tok->kind != OU_TOK_END) {
        static const char message[] = "multiple statements found while compiling a single statement";
        return mode == OU_COMPILE_SINGLE ? ou_parser_raise_token(p, p->tok, message) : ou_parser_nomatch(p);
    }
    module->body = ou_take_stmts(p, mark);
    return p->failed ? NULL : module;
}

/* Errors of the lexer further on, and brackets left open, explain more than what the parser saw. */
static void look_ahead_for_lexer_errors(OuParser *p) {
    OuLexer *lexer = p->lexer;
    uint32_t error_line = token_slot(p, p->fill - 1)->at.line;
    OuToken token;
    do { ou_lexer_next(lexer, &token); } while (token.kind != OU_TOK_ERROR && token.kind != OU_TOK_END);
    if (token.kind == OU_TOK_END) { return; }
    bool is_open = lexer->paren_count > 0 && error_line > lexer->parens[lexer->paren_count - 1].line;
    if (!lexer->soft_error || lexer->error.kind == OU_ERR_MEMORY || (lexer->is_unclosed && is_open)) {
        *p->err = lexer->error;
        p->err->incomplete = lexer->is_unclosed || lexer->hit_end;
    } else if (!lexer->is_unclosed && is_open) {
        memset(p->err, 0, sizeof *p->err);
        ou_lexer_report_unclosed(lexer, p->err);
    }
}

static void explain_failure(OuParser *p, OuCompileMode mode) {
    uint32_t last = p->fill - 1;
    bool by_lexer = p->err->kind != OU_ERR_NONE && p->lexer->error.kind != OU_ERR_NONE;
    if (p->err->kind == OU_ERR_NONE) {
        p->diagnose = true;
        p->failed = false;
        p->depth = 0;
        p->scratch.count = 0;
        parse_root(p, mode);
        by_lexer = p->lexer->error.kind != OU_ERR_NONE;
    }
    if (p->err->kind == OU_ERR_NONE && !p->arena->failed) {
        const OuToken *token = token_slot(p, last);
        if (token->kind == OU_TOK_INDENT || token->kind == OU_TOK_DEDENT) {
            ou_parser_raise_last(p, OU_ERR_INDENTATION, "%s",
                                 token->kind == OU_TOK_INDENT ? "unexpected indent" : "unexpected unindent");
        } else {
            ou_parser_raise_token(p, token, "invalid syntax");
        }
    }
    if (!by_lexer && !p->in_field && p->err->kind == OU_ERR_SYNTAX && mode < OU_COMPILE_SINGLE) {
        look_ahead_for_lexer_errors(p);
    }
}

static bool init_parser(OuParser *p, OuArena *arena, const OuSource *source, OuSyntaxError *err) {
    *p = (OuParser){.arena = arena,
                    .source = source,
                    .err = err,
                    .stack_base = (const char *)__builtin_frame_address(0),
                    .lexer = ou_arena_alloc(arena, sizeof *p->lexer),
                    .idents = ou_arena_alloc(arena, sizeof *p->idents)};
    return !arena->failed && ou_ident_table_init(p->idents, arena) && ou_lexer_add_keywords(p->idents) &&
           ou_lexer_init(p->lexer, arena, p->idents, source);
}

bool ou_parse(OuArena *arena, const OuSource *source, OuCompileMode mode, OuModule **out, OuSyntaxError *err) {
    OuParser parser;
    memset(err, 0, sizeof *err);
    *out = NULL;
    if (init_parser(&parser, arena, source, err)) {
        *out = parse_root(&parser, mode);
        if (*out == NULL && !arena->failed) { explain_failure(&parser, mode); }
    }
    if (arena->failed) {
        *out = NULL;
        ou_source_no_memory(err);
    }
    return *out != NULL;
}
