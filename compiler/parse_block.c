/*
 * Compound statements: everything with a block. See parser.h.
 */
#include "compiler/parser.h"

/* ---- blocks ----------------------------------------------------------------------------------- */

/* In the second run: a line end where ':' belongs. */
static bool expect_colon(OuParser *p) {
    if (p->diagnose && p->tok->kind == OU_TOK_NEWLINE) {
        ou_parser_raise_last(p, OU_ERR_SYNTAX, "expected ':'");
        return false;
    }
    return ou_parser_expect(p, OU_TOK_COLON);
}

static bool parse_indented(OuParser *p, const char *what, uint32_t line) {
    ou_parser_advance(p);
    if (p->failed) { return false; }
    if (p->tok->kind != OU_TOK_INDENT) {
        if (p->diagnose) {
            ou_parser_raise_last(p, OU_ERR_INDENTATION, "expected an indented block after %s on line %u", what,
                                 (unsigned)line);
        }
        p->failed = true;
        return false;
    }
    ou_parser_advance(p);
    while (!p->failed && p->tok->kind != OU_TOK_DEDENT && p->tok->kind != OU_TOK_END) {
        if (!ou_parse_statement(p)) { return false; }
    }
    return !p->failed && ou_parser_expect(p, OU_TOK_DEDENT);
}

bool ou_parse_block(OuParser *p, OuStmtSeq *body, const char *what, uint32_t line) {
    uint32_t mark = p->scratch.count;
    bool done = p->tok->kind == OU_TOK_NEWLINE ? parse_indented(p, what, line) : ou_parse_simple_statements(p);
    if (!done) {
        p->failed = true;
        return false;
    }
    body->items = ou_parser_take(p, mark, &body->count);
    return !p->failed;
}

/* A statement with a block ends where its last statement ends. */
static OuSpan span_to_body(OuSpan start, const OuStmtSeq *body) {
    const OuStmt *last = body->items[body->count - 1];
    start.end_line = last->end_line;
    start.end_col = last->end_col;
    return start;
}

static OuStmt *make_stmt(OuParser *p, OuStmtKind kind, OuSpan start, const OuStmtSeq *last) {
    OuStmt *self = p->failed ? NULL : ou_ast_stmt(p->arena, kind, span_to_body(start, last));
    return self != NULL ? self : ou_parser_nomatch(p);
}

static bool parse_else(OuParser *p, OuStmtSeq *orelse) {
    uint32_t line = p->tok->line;
    if (!ou_parser_accept(p, OU_TOK_else)) { return !p->failed; }
    return ou_parser_force(p, OU_TOK_COLON, ":") && ou_parse_block(p, orelse, "'else' statement", line);
}

/* ---- if, while, for --------------------------------------------------------------------------- */

static OuStmt *parse_if_clause(OuParser *p, const char *what) {
    OuSpan start = ou_parser_here(p);
    ou_parser_advance(p);
    OuExpr *test = p->failed ? NULL : ou_parse_named(p);
    OuStmtSeq body = {0};
    if (test == NULL || !expect_colon(p) || !ou_parse_block(p, &body, what, start.line)) {
        return ou_parser_nomatch(p);
    }
    OuStmt *self = make_stmt(p, OU_STMT_If, start, &body);
    if (self != NULL) {
        self->as.If.test = test;
        self->as.If.body = body;
    }
    return self;
}

/* elif chains nest in the tree but are read in a loop: thousands of them are nothing unusual. */
static OuStmt *parse_if(OuParser *p) {
    OuArenaVec chain = {0};
    OuStmt *self = parse_if_clause(p, "'if' statement");
    while (self != NULL && ou_arena_push(p->arena, &chain, self) && p->tok->kind == OU_TOK_elif) {
        self = parse_if_clause(p, "'elif' statement");
    }
    if (self == NULL || p->arena->failed || !parse_else(p, &self->as.If.orelse)) { return ou_parser_nomatch(p); }
    if (self->as.If.orelse.count > 0) {
        OuSpan at = span_to_body((OuSpan){0, 0, 0, 0}, &self->as.If.orelse);
        self->end_line = at.end_line;
        self->end_col = at.end_col;
    }
    for (uint32_t i = chain.count - 1; i > 0; i--) {
        OuStmt *outer = chain.items[i - 1];
        OuStmt *inner = chain.items[i];
        ou_parser_push(p, inner);
        outer->as.If.orelse.items = ou_parser_take(p, p->scratch.count - 1, &outer->as.If.orelse.count);
        outer->end_line = inner->end_line;
        outer->end_col = inner->end_col;
    }
    return p->failed ? NULL : chain.items[0];
}

static OuStmt *parse_while(OuParser *p) {
    OuSpan start = ou_parser_here(p);
    ou_parser_advance(p);
    OuExpr *test = p->failed ? NULL : ou_parse_named(p);
    OuStmtSeq body = {0}, orelse = {0};
    if (test == NULL || !expect_colon(p) || !ou_parse_block(p, &body, "'while' statement", start.line) ||
        !parse_else(p, &orelse)) {
        return ou_parser_nomatch(p);
    }
    OuStmt *self = make_stmt(p, OU_STMT_While, start, orelse.count > 0 ? &orelse : &body);
    if (self != NULL) {
        self->as.While.test = test;
        self->as.While.body = body;
        self->as.While.orelse = orelse;
    }
    return self;
}

static OuStmt *parse_for(OuParser *p, OuSpan start, bool is_async) {
    uint32_t line = p->tok->line;
    ou_parser_advance(p);
    OuExpr *target = p->failed ? NULL : ou_parse_for_targets(p);
    if (target == NULL || !ou_parser_expect(p, OU_TOK_in)) { return ou_parser_nomatch(p); }
    OuExpr *iter = ou_parse_star_expressions(p);
    OuStmtSeq body = {0}, orelse = {0};
    if (iter == NULL || !expect_colon(p) || !ou_parse_block(p, &body, "'for' statement", line) ||
        !parse_else(p, &orelse)) {
        return ou_parser_nomatch(p);
    }
    OuStmt *self = make_stmt(p, is_async ? OU_STMT_AsyncFor : OU_STMT_For, start, orelse.count > 0 ? &orelse : &body);
    if (self != NULL) {
        self->as.For.target = target;
        self->as.For.iter = iter;
        self->as.For.body = body;
        self->as.For.orelse = orelse;
    }
    return self;
}

/* ---- with ------------------------------------------------------------------------------------- */

static OuExpr *parse_with_target(OuParser *p) {
    OuExpr *target = ou_parse_star_expression(p);
    bool ends =
        target != NULL && (p->tok->kind == OU_TOK_COMMA || p->tok->kind == OU_TOK_RPAR || p->tok->kind == OU_TOK_COLON);
    if (ends && p->diagnose && ou_parse_report_target(p, target, OU_TARGETS_STAR)) { return NULL; }
    if (target == NULL || !ou_parse_to_target(target, OU_CTX_STORE)) { return ou_parser_nomatch(p); }
    return target;
}

static bool parse_with_item(OuParser *p) {
    OuWithItem *self = ou_parser_new(p, sizeof *self);
    if (self == NULL) { return false; }
    self->context_expr = ou_parse_expression(p);
    if (self->context_expr != NULL && ou_parser_accept(p, OU_TOK_as)) { self->optional_vars = parse_with_target(p); }
    return !p->failed && ou_parser_push(p, self);
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
    items->items = ou_parser_take(p, mark, &items->count);
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
    do {
        if (!parse_with_item(p)) { return false; }
    } while (ou_parser_accept(p, OU_TOK_COMMA));
    items->items = ou_parser_take(p, mark, &items->count);
    return !p->failed;
}

static OuStmt *parse_with(OuParser *p, OuSpan start, bool is_async) {
    uint32_t line = p->tok->line;
    OuWithItemSeq items = {0};
    OuStmtSeq body = {0};
    ou_parser_advance(p);
    if (p->failed || !parse_with_items(p, &items) || !expect_colon(p) ||
        !ou_parse_block(p, &body, "'with' statement", line)) {
        return ou_parser_nomatch(p);
    }
    OuStmt *self = make_stmt(p, is_async ? OU_STMT_AsyncWith : OU_STMT_With, start, &body);
    if (self != NULL) {
        self->as.With.items = items;
        self->as.With.body = body;
    }
    return self;
}

/* ---- try -------------------------------------------------------------------------------------- */

/* `except A, B:` */
static void diagnose_exception_list(OuParser *p, const OuExpr *type) {
    if (!p->diagnose || p->tok->kind != OU_TOK_COMMA) { return; }
    OuParseMark mark = ou_parser_mark(p);
    bool fits = true;
    while (fits && ou_parser_accept(p, OU_TOK_COMMA)) {
        if (p->tok->kind == OU_TOK_COLON || p->tok->kind == OU_TOK_as) { break; }
        fits = ou_parse_starts_expression(p->tok) && ou_parse_expression(p) != NULL;
    }
    OuSpan at = ou_parser_span_from(p, ou_parser_expr_span(type));
    if (fits && ou_parser_accept(p, OU_TOK_as)) { fits = ou_parser_accept(p, OU_TOK_NAME); }
    if (fits && !p->failed && p->tok->kind == OU_TOK_COLON) {
        ou_parser_raise(p, at, "multiple exception types must be parenthesized");
        return;
    }
    ou_parser_rewind(p, mark);
}

static OuExceptHandler *parse_handler(OuParser *p, bool *is_star) {
    OuSpan start = ou_parser_here(p);
    OuExceptHandler *self = ou_parser_new(p, sizeof *self);
    ou_parser_advance(p);
    if (p->failed) { return NULL; }
    *is_star = ou_parser_accept(p, OU_TOK_STAR);
    if (*is_star && p->diagnose && (p->tok->kind == OU_TOK_COLON || p->tok->kind == OU_TOK_NEWLINE)) {
        return ou_parser_raise_last(p, OU_ERR_SYNTAX, "expected one or more exception types");
    }
    if (!p->failed && p->tok->kind != OU_TOK_COLON && p->tok->kind != OU_TOK_NEWLINE) {
        self->type = ou_parse_expression(p);
        if (self->type != NULL) { diagnose_exception_list(p, self->type); }
        if (!p->failed && ou_parser_accept(p, OU_TOK_as)) {
            self->name = p->tok->ident;
            ou_parser_expect(p, OU_TOK_NAME);
        }
    }
    if (p->failed || (*is_star && self->type == NULL) || !expect_colon(p) ||
        !ou_parse_block(p, &self->body, *is_star ? "'except*' statement" : "'except' statement", start.line)) {
        return ou_parser_nomatch(p);
    }
    self->at = span_to_body(start, &self->body);
    return self;
}

typedef struct TryParts {
    OuStmtSeq body;
    OuExceptHandlerSeq handlers;
    OuStmtSeq orelse;
    OuStmtSeq finalbody;
    bool is_star;
} TryParts;

static bool parse_handlers(OuParser *p, TryParts *parts) {
    uint32_t mark = p->scratch.count;
    while (!p->failed && p->tok->kind == OU_TOK_except) {
        bool is_star = false;
        bool first = p->scratch.count == mark;
        const OuToken *word = p->tok;
        OuExceptHandler *handler = parse_handler(p, &is_star);
        if (handler == NULL || !ou_parser_push(p, handler)) { return false; }
        if (!first && is_star != parts->is_star) {
            if (p->diagnose) {
                ou_parser_raise_token(p, word, "cannot have both 'except' and 'except*' on the same 'try'");
            }
            p->failed = true;
            return false;
        }
        parts->is_star = is_star;
    }
    parts->handlers.items = ou_parser_take(p, mark, &parts->handlers.count);
    return !p->failed;
}

static OuStmt *parse_try(OuParser *p) {
    OuSpan start = ou_parser_here(p);
    TryParts parts = {0};
    ou_parser_advance(p);
    if (p->failed || !ou_parser_force(p, OU_TOK_COLON, ":") ||
        !ou_parse_block(p, &parts.body, "'try' statement", start.line)) {
        return ou_parser_nomatch(p);
    }
    if (p->tok->kind != OU_TOK_except && p->tok->kind != OU_TOK_finally) {
        return p->diagnose ? ou_parser_raise_last(p, OU_ERR_SYNTAX, "expected 'except' or 'finally' block")
                           : ou_parser_nomatch(p);
    }
    if (!parse_handlers(p, &parts) || (parts.handlers.count > 0 && !parse_else(p, &parts.orelse))) {
        return ou_parser_nomatch(p);
    }
    uint32_t line = p->tok->line;
    if (ou_parser_accept(p, OU_TOK_finally) &&
        (!ou_parser_force(p, OU_TOK_COLON, ":") || !ou_parse_block(p, &parts.finalbody, "'finally' statement", line))) {
        return NULL;
    }
    const OuStmtSeq *last = parts.finalbody.count > 0  ? &parts.finalbody
                            : parts.orelse.count > 0   ? &parts.orelse
                            : parts.handlers.count > 0 ? &parts.handlers.items[parts.handlers.count - 1]->body
                                                       : &parts.body;
    OuStmt *self = make_stmt(p, parts.is_star ? OU_STMT_TryStar : OU_STMT_Try, start, last);
    if (self != NULL) {
        self->as.Try.body = parts.body;
        self->as.Try.handlers = parts.handlers;
        self->as.Try.orelse = parts.orelse;
        self->as.Try.finalbody = parts.finalbody;
    }
    return self;
}

/* ---- def, class, decorators --------------------------------------------------------------------- */

static OuStmt *parse_function(OuParser *p, OuSpan start, bool is_async, OuExprSeq decorators) {
    uint32_t line = p->tok->line;
    bool binds = false;
    ou_parser_advance(p);
    if (p->failed || p->tok->kind != OU_TOK_NAME) { return ou_parser_nomatch(p); }
    OuIdent *name = p->tok->ident;
    ou_parser_advance(p);
    OuExpr *returns = NULL;
    OuStmtSeq body = {0};
    if (p->failed || !ou_parser_force(p, OU_TOK_LPAR, "(")) { return NULL; }
    OuArguments *args = ou_parse_parameters(p, OU_TOK_RPAR, &binds);
    if (args == NULL || !ou_parser_expect(p, OU_TOK_RPAR)) { return ou_parser_nomatch(p); }
    if (ou_parser_accept(p, OU_TOK_RARROW)) { returns = ou_parse_expression(p); }
    if (p->failed || !ou_parser_force(p, OU_TOK_COLON, ":") || !ou_parse_block(p, &body, "function definition", line)) {
        return NULL;
    }
    OuStmt *self = make_stmt(p, is_async ? OU_STMT_AsyncFunctionDef : OU_STMT_FunctionDef, start, &body);
    if (self != NULL) {
        self->as.FunctionDef.name = name;
        self->as.FunctionDef.args = args;
        self->as.FunctionDef.body = body;
        self->as.FunctionDef.decorator_list = decorators;
        self->as.FunctionDef.returns = returns;
    }
    return self;
}

/* Base classes are call arguments, but a bare generator expression is none. */
static bool parse_bases(OuParser *p, OuExprSeq *bases, OuKeywordSeq *keywords) {
    bool binds = false;
    if (!ou_parse_arguments(p, bases, keywords, &binds)) { return false; }
    if (bases->count == 1 && bases->items[0]->kind == OU_EXPR_GeneratorExp && !bases->items[0]->parenthesized) {
        /* go back to where the `for` is, so that the error points there */
        OuExpr *elt = bases->items[0]->as.GeneratorExp.elt;
        if (!p->diagnose) {
            OuSpan at = {elt->end_line, elt->end_col + 1, elt->end_line, elt->end_col + 4};
            ou_parser_raise(p, at, "invalid syntax");
        }
        p->failed = true;
        return false;
    }
    return true;
}

static OuStmt *parse_class(OuParser *p, OuExprSeq decorators) {
    OuSpan start = ou_parser_here(p);
    ou_parser_advance(p);
    if (p->failed || p->tok->kind != OU_TOK_NAME) { return ou_parser_nomatch(p); }
    OuIdent *name = p->tok->ident;
    OuExprSeq bases = {0};
    OuKeywordSeq keywords = {0};
    OuStmtSeq body = {0};
    ou_parser_advance(p);
    if (!p->failed && p->tok->kind == OU_TOK_LPAR && !parse_bases(p, &bases, &keywords)) { return NULL; }
    if (p->failed || !expect_colon(p) || !ou_parse_block(p, &body, "class definition", start.line)) {
        return ou_parser_nomatch(p);
    }
    OuStmt *self = make_stmt(p, OU_STMT_ClassDef, start, &body);
    if (self != NULL) {
        self->as.ClassDef.name = name;
        self->as.ClassDef.bases = bases;
        self->as.ClassDef.keywords = keywords;
        self->as.ClassDef.body = body;
        self->as.ClassDef.decorator_list = decorators;
    }
    return self;
}

static OuStmt *parse_async(OuParser *p, OuExprSeq decorators) {
    OuSpan start = ou_parser_here(p);
    ou_parser_advance(p);
    if (p->failed) { return NULL; }
    if (p->tok->kind == OU_TOK_def) { return parse_function(p, start, true, decorators); }
    if (decorators.count == 0 && p->tok->kind == OU_TOK_for) { return parse_for(p, start, true); }
    if (decorators.count == 0 && p->tok->kind == OU_TOK_with) { return parse_with(p, start, true); }
    return ou_parser_nomatch(p);
}

static OuStmt *parse_decorated(OuParser *p) {
    uint32_t mark = p->scratch.count;
    OuExprSeq decorators = {0};
    while (!p->failed && p->tok->kind == OU_TOK_AT) {
        ou_parser_advance(p);
        OuExpr *decorator = p->failed ? NULL : ou_parse_named(p);
        if (decorator == NULL || !ou_parser_push(p, decorator) || !ou_parser_expect(p, OU_TOK_NEWLINE)) {
            return ou_parser_nomatch(p);
        }
    }
    decorators.items = ou_parser_take(p, mark, &decorators.count);
    if (p->failed) { return NULL; }
    switch (p->tok->kind) {
    case OU_TOK_def: return parse_function(p, ou_parser_here(p), false, decorators);
    case OU_TOK_class: return parse_class(p, decorators);
    case OU_TOK_async: return parse_async(p, decorators);
    default: return ou_parser_nomatch(p);
    }
}

/* ---- all of them ------------------------------------------------------------------------------ */

bool ou_parse_at_compound(const OuParser *p) {
    switch (p->tok->kind) {
    case OU_TOK_def:
    case OU_TOK_if:
    case OU_TOK_class:
    case OU_TOK_with:
    case OU_TOK_for:
    case OU_TOK_try:
    case OU_TOK_while:
    case OU_TOK_async:
    case OU_TOK_AT: return true;
    default: return false;
    }
}

OuStmt *ou_parse_compound(OuParser *p) {
    const OuExprSeq none = {0};
    switch (p->tok->kind) {
    case OU_TOK_def: return parse_function(p, ou_parser_here(p), false, none);
    case OU_TOK_if: return parse_if(p);
    case OU_TOK_class: return parse_class(p, none);
    case OU_TOK_with: return parse_with(p, ou_parser_here(p), false);
    case OU_TOK_for: return parse_for(p, ou_parser_here(p), false);
    case OU_TOK_try: return parse_try(p);
    case OU_TOK_while: return parse_while(p);
    case OU_TOK_async: return parse_async(p, none);
    default: return parse_decorated(p);
    }
}
