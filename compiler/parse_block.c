/* Compound statements: everything with a block. See parser.h. */
#include "compiler/parser.h"

bool ou_parse_indent(OuParser *p, const char *what, uint32_t line) {
    if (!ou_parser_expect(p, OU_TOK_NEWLINE)) { return false; }
    if (p->tok->kind != OU_TOK_INDENT && p->diagnose) {
        return ou_parser_raise_last(p, OU_ERR_INDENTATION, "expected an indented block after %s on line %u", what,
                                    (unsigned)line);
    }
    return ou_parser_expect(p, OU_TOK_INDENT);
}

static bool parse_indented(OuParser *p, const char *what, uint32_t line) {
    if (!ou_parse_indent(p, what, line)) { return false; }
    while (!p->failed && p->tok->kind != OU_TOK_DEDENT && p->tok->kind != OU_TOK_END) {
        if (!ou_parse_statement(p)) { return false; }
    }
    return !p->failed && ou_parser_expect(p, OU_TOK_DEDENT);
}

/* What is behind the ':'. */
static bool parse_body(OuParser *p, OuStmtSeq *body, const char *what, uint32_t line) {
    uint32_t mark = p->scratch.count;
    bool done = p->tok->kind == OU_TOK_NEWLINE ? parse_indented(p, what, line) : ou_parse_simple_statements(p);
    if (!done) { return ou_parser_nomatch(p); }
    *body = ou_take_stmts(p, mark);
    return !p->failed;
}

bool ou_parse_block(OuParser *p, OuStmtSeq *body, const char *what, uint32_t line) {
    if (p->failed) { return false; }
    if (p->tok->kind == OU_TOK_NEWLINE) { return ou_parser_blame_last(p, "expected ':'"); }
    return ou_parser_expect(p, OU_TOK_COLON) && parse_body(p, body, what, line);
}

/* As ou_parse_block(), for a clause that cannot go on in another way: a missing ':' is named whatever stands there. */
static bool parse_forced_block(OuParser *p, OuStmtSeq *body, const char *what, uint32_t line) {
    return !p->failed && ou_parser_force(p, OU_TOK_COLON, ":") && parse_body(p, body, what, line);
}

/* `else` or `finally`, when it is there. */
static bool parse_last_clause(OuParser *p, OuTokenKind word, OuStmtSeq *body, const char *what) {
    uint32_t line = p->tok->at.line;
    return ou_parser_accept(p, word) ? parse_forced_block(p, body, what, line) : !p->failed;
}

static bool parse_else(OuParser *p, OuStmtSeq *orelse) {
    return parse_last_clause(p, OU_TOK_else, orelse, "'else' statement");
}

/* Each of these begins behind its keyword, which stood at `word`; `start` is that of `async`, if there is one. */

static OuStmt *parse_if_clause(OuParser *p, OuPosition start, const char *what) {
    OuStmtSeq body = {0};
    OuExpr *test = ou_parse_named(p);
    ou_parse_block(p, &body, what, start.line);
    return OU_BLOCK(p, If, start, .test = test, .body = body);
}

/* elif chains nest in the tree but are read in a loop: thousands of them are nothing unusual. */
static OuStmt *parse_if(OuParser *p, OuPosition start) {
    OuArenaVec chain = {0};
    OuStmt *self = parse_if_clause(p, start, "'if' statement");
    while (self != NULL && ou_parser_push_to(p, &chain, self)) {
        start = p->tok->at;
        if (!ou_parser_accept(p, OU_TOK_elif)) { break; }
        self = parse_if_clause(p, start, "'elif' statement");
    }
    if (self == NULL || !parse_else(p, &self->as.If.orelse)) { return ou_parser_nomatch(p); }
    for (uint32_t i = chain.count; i-- > 0;) {
        OuStmt *outer = chain.items[i];
        outer->at = ou_span_to(outer->at, p->last_stmt);
        if (i + 1 < chain.count) {
            ou_parser_push(p, chain.items[i + 1]);
            outer->as.If.orelse = ou_take_stmts(p, p->scratch.count - 1);
        }
    }
    return p->failed ? NULL : chain.items[0];
}

static OuStmt *parse_while(OuParser *p, OuPosition start) {
    OuStmtSeq body = {0}, orelse = {0};
    OuExpr *test = ou_parse_named(p);
    ou_parse_block(p, &body, "'while' statement", start.line);
    parse_else(p, &orelse);
    return OU_BLOCK(p, While, start, .test = test, .body = body, .orelse = orelse);
}

static OuStmt *parse_for(OuParser *p, OuPosition start, OuPosition word, OuStmtKind kind) {
    OuStmtSeq body = {0}, orelse = {0};
    OuExpr *target = ou_parse_for_targets(p);
    ou_parser_expect(p, OU_TOK_in);
    OuExpr *iter = ou_parse_star_expressions(p);
    ou_parse_block(p, &body, "'for' statement", word.line);
    parse_else(p, &orelse);
    return OU_BLOCK_OF(p, kind, For, start, .target = target, .iter = iter, .body = body, .orelse = orelse);
}

static OuExpr *parse_with_target(OuParser *p) {
    OuExpr *target = ou_parse_star_expression(p);
    if (target == NULL) { return NULL; }
    bool ends = p->tok->kind == OU_TOK_COMMA || p->tok->kind == OU_TOK_RPAR || p->tok->kind == OU_TOK_COLON;
    if (ends && p->diagnose && ou_parse_report_target(p, target, OU_TARGETS_STAR)) { return NULL; }
    return ou_parse_to_target(target, OU_CTX_STORE) ? target : ou_parser_nomatch(p);
}

static bool parse_with_item(OuParser *p) {
    OuWithItem *self = ou_parser_new(p, sizeof *self);
    if (self == NULL) { return false; }
    self->context_expr = ou_parse_expression(p);
    if (self->context_expr != NULL && ou_parser_accept(p, OU_TOK_as)) { self->optional_vars = parse_with_target(p); }
    return ou_parser_push(p, self);
}

/* `(a as b, c):` -- false when the brackets turn out to belong to an expression. */
static bool parse_bracketed_items(OuParser *p, OuWithItemSeq *items) {
    uint32_t mark = p->scratch.count;
    ou_parser_advance(p);
    while (!p->failed && p->tok->kind != OU_TOK_RPAR) {
        if (!parse_with_item(p) || !ou_parser_accept(p, OU_TOK_COMMA)) { break; }
    }
    if (p->failed || p->scratch.count == mark || !ou_parser_expect(p, OU_TOK_RPAR) || p->tok->kind != OU_TOK_COLON) {
        return false;
    }
    *items = ou_take_items(p, mark);
    return !p->failed;
}

static bool parse_with_items(OuParser *p, OuWithItemSeq *items) {
    if (p->tok->kind == OU_TOK_LPAR) {
        OuParseMark mark = ou_parser_mark(p);
        if (parse_bracketed_items(p, items)) { return true; }
        if (!ou_parser_recover(p)) { return false; }
        ou_parser_rewind(p, mark);
    }
    uint32_t mark = p->scratch.count;
    while (parse_with_item(p) && ou_parser_accept(p, OU_TOK_COMMA)) {}
    *items = ou_take_items(p, mark);
    return !p->failed;
}

static OuStmt *parse_with(OuParser *p, OuPosition start, OuPosition word, OuStmtKind kind) {
    OuWithItemSeq items = {0};
    OuStmtSeq body = {0};
    parse_with_items(p, &items);
    ou_parse_block(p, &body, "'with' statement", word.line);
    return OU_BLOCK_OF(p, kind, With, start, .items = items, .body = body);
}

/* `except A, B:` */
static void diagnose_exception_list(OuParser *p, const OuExpr *type) {
    if (!p->diagnose || p->tok->kind != OU_TOK_COMMA) { return; }
    OuParseMark mark = ou_parser_mark(p);
    bool fits = true;
    while (fits && ou_parser_accept(p, OU_TOK_COMMA)) {
        if (p->tok->kind == OU_TOK_COLON || p->tok->kind == OU_TOK_as) { break; }
        fits = ou_parse_starts_expression(p->tok) && ou_parse_expression(p) != NULL;
    }
    OuPosition at = ou_parser_span_from(p, type->at);
    if (fits && ou_parser_accept(p, OU_TOK_as)) { fits = ou_parser_accept(p, OU_TOK_NAME); }
    if (fits && !p->failed && p->tok->kind == OU_TOK_COLON) {
        ou_parser_raise(p, at, "multiple exception types must be parenthesized");
        return;
    }
    ou_parser_rewind(p, mark);
}

static OuExceptHandler *parse_handler(OuParser *p, OuPosition start, bool is_star) {
    OuExceptHandler *self = ou_parser_new(p, sizeof *self);
    if (p->failed) { return NULL; }
    if (p->tok->kind != OU_TOK_COLON && p->tok->kind != OU_TOK_NEWLINE) {
        self->type = ou_parse_expression(p);
        if (self->type != NULL) { diagnose_exception_list(p, self->type); }
        if (!p->failed && ou_parser_accept(p, OU_TOK_as)) { self->name = ou_parser_ident(p); }
    } else if (is_star) {
        return ou_parser_blame_last(p, "expected one or more exception types");
    }
    if (!ou_parse_block(p, &self->body, is_star ? "'except*' statement" : "'except' statement", start.line)) {
        return NULL;
    }
    self->at = ou_span_to(start, p->last_stmt);
    return self;
}

static OuExceptHandlerSeq parse_handlers(OuParser *p, OuStmtKind *kind) {
    uint32_t mark = p->scratch.count;
    while (!p->failed && p->tok->kind == OU_TOK_except) {
        bool is_first = p->scratch.count == mark;
        OuPosition word = ou_parser_advance(p);
        OuStmtKind here = ou_parser_accept(p, OU_TOK_STAR) ? OU_STMT_TryStar : OU_STMT_Try;
        OuExceptHandler *handler = parse_handler(p, word, here == OU_STMT_TryStar);
        if (handler != NULL && !is_first && here != *kind) {
            ou_parser_blame(p, word, "cannot have both 'except' and 'except*' on the same 'try'");
        }
        ou_parser_push(p, handler);
        *kind = here;
    }
    return ou_take_handlers(p, mark);
}

static OuStmt *parse_try(OuParser *p, OuPosition start) {
    OuStmtSeq body = {0}, orelse = {0}, finalbody = {0};
    OuStmtKind kind = OU_STMT_Try;
    if (!parse_forced_block(p, &body, "'try' statement", start.line)) { return NULL; }
    if (p->tok->kind != OU_TOK_except && p->tok->kind != OU_TOK_finally) {
        return ou_parser_blame_last(p, "expected 'except' or 'finally' block");
    }
    OuExceptHandlerSeq handlers = parse_handlers(p, &kind);
    if (handlers.count > 0) { parse_else(p, &orelse); }
    parse_last_clause(p, OU_TOK_finally, &finalbody, "'finally' statement");
    return OU_BLOCK_OF(p, kind, Try, start, .body = body, .handlers = handlers, .orelse = orelse,
                       .finalbody = finalbody);
}

static OuStmt *parse_function(OuParser *p, OuPosition start, OuPosition word, OuStmtKind kind, OuExprSeq decorators) {
    OuStmtSeq body = {0};
    OuIdent *name = ou_parser_ident(p);
    if (name == NULL || !ou_parser_force(p, OU_TOK_LPAR, "(")) { return NULL; }
    OuArguments *args = ou_parse_parameters(p, OU_TOK_RPAR);
    ou_parser_expect(p, OU_TOK_RPAR);
    OuExpr *returns = ou_parser_accept(p, OU_TOK_RARROW) ? ou_parse_expression(p) : NULL;
    parse_forced_block(p, &body, "function definition", word.line);
    return OU_BLOCK_OF(p, kind, FunctionDef, start, .name = name, .args = args, .body = body,
                       .decorator_list = decorators, .returns = returns);
}

/* Base classes are call arguments, but a bare generator expression is none. */
static bool parse_bases(OuParser *p, OuExprSeq *bases, OuKeywordSeq *keywords) {
    if (!ou_parse_arguments(p, bases, keywords)) { return false; }
    const OuExpr *first = bases->count == 1 ? bases->items[0] : NULL;
    if (first == NULL || first->kind != OU_EXPR_GeneratorExp || first->parenthesized) { return true; }
    if (!p->diagnose) {
        /* go back to where the `for` is, so that the error points there */
        OuPosition elt = first->as.GeneratorExp.elt->at;
        OuPosition at = {elt.end_line, elt.end_column + 1, elt.end_line, elt.end_column + 4};
        ou_parser_raise(p, at, "invalid syntax");
    }
    return ou_parser_nomatch(p);
}

static OuStmt *parse_class(OuParser *p, OuPosition start, OuExprSeq decorators) {
    OuExprSeq bases = {0};
    OuKeywordSeq keywords = {0};
    OuStmtSeq body = {0};
    OuIdent *name = ou_parser_ident(p);
    if (name == NULL || (p->tok->kind == OU_TOK_LPAR && !parse_bases(p, &bases, &keywords)) ||
        !ou_parse_block(p, &body, "class definition", start.line)) {
        return NULL;
    }
    return OU_BLOCK(p, ClassDef, start, .name = name, .bases = bases, .keywords = keywords, .body = body,
                    .decorator_list = decorators);
}

static OuExprSeq parse_decorators(OuParser *p) {
    uint32_t mark = p->scratch.count;
    while (ou_parser_accept(p, OU_TOK_AT)) {
        ou_parser_push(p, ou_parse_named(p));
        if (p->failed || !ou_parser_expect(p, OU_TOK_NEWLINE)) { break; }
    }
    return ou_take_exprs(p, mark);
}

/* Which of these forms a statement has: one bit for each combination of `async` (1) and decorators (2). */
enum { PLAIN = 1 << 0, ASYNC = 1 << 1, DECORATED = 1 << 2, DECORATED_ASYNC = 1 << 3 };

static const uint8_t forms[OU_TOK_COUNT] = {[OU_TOK_def] = PLAIN | ASYNC | DECORATED | DECORATED_ASYNC,
                                            [OU_TOK_class] = PLAIN | DECORATED,
                                            [OU_TOK_for] = PLAIN | ASYNC,
                                            [OU_TOK_with] = PLAIN | ASYNC,
                                            [OU_TOK_if] = PLAIN,
                                            [OU_TOK_while] = PLAIN,
                                            [OU_TOK_try] = PLAIN};

OuStmt *ou_parse_compound(OuParser *p) {
    bool is_decorated = p->tok->kind == OU_TOK_AT;
    if (forms[p->tok->kind] == 0 && p->tok->kind != OU_TOK_async && !is_decorated) { return NULL; }
    OuExprSeq decorators = parse_decorators(p);
    OuPosition start = p->tok->at;
    bool is_async = ou_parser_accept(p, OU_TOK_async);
    OuPosition word = p->tok->at;
    OuTokenKind kind = (OuTokenKind)p->tok->kind;
    if (p->failed || !(forms[kind] >> (is_async + 2 * is_decorated) & 1)) { return ou_parser_nomatch(p); }
    ou_parser_advance(p);
    switch (kind) {
    case OU_TOK_def:
        return parse_function(p, start, word, is_async ? OU_STMT_AsyncFunctionDef : OU_STMT_FunctionDef, decorators);
    case OU_TOK_class: return parse_class(p, start, decorators);
    case OU_TOK_for: return parse_for(p, start, word, is_async ? OU_STMT_AsyncFor : OU_STMT_For);
    case OU_TOK_with: return parse_with(p, start, word, is_async ? OU_STMT_AsyncWith : OU_STMT_With);
    case OU_TOK_if: return parse_if(p, start);
    case OU_TOK_try: return parse_try(p, start);
    default: return parse_while(p, start);
    }
}
