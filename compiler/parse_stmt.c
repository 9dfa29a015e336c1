/* Simple statements, and the line they stand on. See parser.h. */
#include "compiler/parser.h"

static OuStmt *parse_return(OuParser *p) {
    OuPosition start = ou_parser_advance(p);
    OuExpr *value = ou_parse_at_item(p) ? ou_parse_star_expressions(p) : NULL;
    return OU_STMT(p, Return, start, .value = value);
}

static OuStmt *parse_raise(OuParser *p) {
    OuPosition start = ou_parser_advance(p);
    OuExpr *exc = ou_parse_starts_expression(p->tok) ? ou_parse_expression(p) : NULL;
    OuExpr *cause = exc != NULL && ou_parser_accept(p, OU_TOK_from) ? ou_parse_expression(p) : NULL;
    return OU_STMT(p, Raise, start, .exc = exc, .cause = cause);
}

static OuStmt *parse_assert(OuParser *p) {
    OuPosition start = ou_parser_advance(p);
    OuExpr *test = ou_parse_expression(p);
    OuExpr *msg = test != NULL && ou_parser_accept(p, OU_TOK_COMMA) ? ou_parse_expression(p) : NULL;
    return OU_STMT(p, Assert, start, .test = test, .msg = msg);
}

static OuStmt *parse_delete(OuParser *p) {
    OuPosition start = ou_parser_advance(p);
    uint32_t mark = p->scratch.count;
    OuExpr *all = ou_parse_star_expressions(p);
    if (all == NULL) { return NULL; }
    if (p->diagnose && ou_parse_report_target(p, all, OU_TARGETS_DEL)) { return NULL; }
    bool ends = p->tok->kind == OU_TOK_NEWLINE || p->tok->kind == OU_TOK_SEMI;
    if (!ends || !ou_parse_to_target(all, OU_CTX_DEL)) { return ou_parser_nomatch(p); }
    if (all->kind == OU_EXPR_Tuple && !all->parenthesized) {
        return OU_STMT(p, Delete, start, .targets = all->as.Tuple.elts);
    }
    ou_parser_push(p, all);
    return OU_STMT(p, Delete, start, .targets = ou_take_exprs(p, mark));
}

static OuStmt *parse_global(OuParser *p, OuStmtKind kind) {
    OuPosition start = ou_parser_advance(p);
    uint32_t mark = p->scratch.count;
    do { ou_parser_push(p, ou_parser_ident(p)); } while (ou_parser_accept(p, OU_TOK_COMMA));
    return OU_STMT_OF(p, kind, Global, start, .names = ou_take_idents(p, mark));
}

/* `a.b.c` as one identifier */
static OuIdent *parse_dotted_name(OuParser *p) {
    OuIdent *name = ou_parser_ident(p);
    while (name != NULL && ou_parser_accept(p, OU_TOK_DOT)) {
        const OuIdent *part = ou_parser_ident(p);
        if (part == NULL) { return NULL; }
        name = ou_ident_join(p->idents, name->text, ".", part->text);
        if (name == NULL) { return ou_parser_nomatch(p); }
    }
    return p->failed ? NULL : name;
}

static OuIdent *parse_star(OuParser *p) {
    ou_parser_advance(p);
    return ou_ident_intern(p->idents, "*", 1);
}

/* `name` as the parser given has it, and perhaps `as other`; a star has no other name. */
static bool parse_alias(OuParser *p, OuIdent *(*parse_name)(OuParser *)) {
    OuPosition start = p->tok->at;
    OuAlias *self = ou_parser_new(p, sizeof *self);
    if (self == NULL) { return false; }
    self->name = parse_name(p);
    if (!p->failed && parse_name != parse_star && ou_parser_accept(p, OU_TOK_as)) { self->asname = ou_parser_ident(p); }
    self->at = ou_parser_span_from(p, start);
    return ou_parser_push(p, self);
}

static OuStmt *parse_import(OuParser *p) {
    OuPosition start = ou_parser_advance(p);
    uint32_t mark = p->scratch.count;
    while (parse_alias(p, parse_dotted_name) && ou_parser_accept(p, OU_TOK_COMMA)) {}
    return OU_STMT(p, Import, start, .names = ou_take_aliases(p, mark));
}

static bool parse_import_names(OuParser *p) {
    bool parenthesized = ou_parser_accept(p, OU_TOK_LPAR);
    while (parse_alias(p, ou_parser_ident) && ou_parser_accept(p, OU_TOK_COMMA)) {
        if (parenthesized && p->tok->kind == OU_TOK_RPAR) { break; }
        if (!parenthesized && p->tok->kind == OU_TOK_NEWLINE) {
            return ou_parser_blame_last(p, "trailing comma not allowed without surrounding parentheses");
        }
    }
    return !p->failed && (!parenthesized || ou_parser_expect(p, OU_TOK_RPAR));
}

static OuStmt *parse_from(OuParser *p) {
    OuPosition start = ou_parser_advance(p);
    int level = 0;
    OuIdent *module = NULL;
    while (p->tok->kind == OU_TOK_DOT || p->tok->kind == OU_TOK_ELLIPSIS) {
        level += p->tok->kind == OU_TOK_DOT ? 1 : 3;
        ou_parser_advance(p);
    }
    if (level == 0 || p->tok->kind != OU_TOK_import) { module = parse_dotted_name(p); }
    if (p->failed || !ou_parser_expect(p, OU_TOK_import)) { return NULL; }
    uint32_t mark = p->scratch.count;
    if (p->tok->kind == OU_TOK_STAR ? !parse_alias(p, parse_star) : !parse_import_names(p)) { return NULL; }
    return OU_STMT(p, ImportFrom, start, .module = module, .names = ou_take_aliases(p, mark), .level = level);
}

static OuStmt *parse_word(OuParser *p, OuStmtKind kind) {
    OuPosition start = ou_parser_advance(p);
    return ou_parser_stmt(p, kind, start, NULL, 0);
}

static OuStmt *parse_simple(OuParser *p) {
    switch (p->tok->kind) {
    case OU_TOK_return: return parse_return(p);
    case OU_TOK_import: return parse_import(p);
    case OU_TOK_from: return parse_from(p);
    case OU_TOK_raise: return parse_raise(p);
    case OU_TOK_del: return parse_delete(p);
    case OU_TOK_assert: return parse_assert(p);
    case OU_TOK_global: return parse_global(p, OU_STMT_Global);
    case OU_TOK_nonlocal: return parse_global(p, OU_STMT_Nonlocal);
    case OU_TOK_pass: return parse_word(p, OU_STMT_Pass);
    case OU_TOK_break: return parse_word(p, OU_STMT_Break);
    case OU_TOK_continue: return parse_word(p, OU_STMT_Continue);
    default: return ou_parse_assignment_or_expression(p);
    }
}

bool ou_parse_simple_statements(OuParser *p) {
    do {
        OuStmt *stmt = parse_simple(p);
        if (stmt == NULL || !ou_parser_push(p, stmt)) { return ou_parser_nomatch(p); }
    } while (ou_parser_accept(p, OU_TOK_SEMI) && p->tok->kind != OU_TOK_NEWLINE);
    return !p->failed && ou_parser_expect(p, OU_TOK_NEWLINE);
}

bool ou_parse_statement(OuParser *p) {
    if (p->failed || !ou_parser_enter(p)) { return false; }
    OuStmt *stmt = ou_parse_compound(p);
    if (stmt == NULL && !p->failed && ou_parser_is_soft(p, "match")) { stmt = ou_parse_match(p); }
    bool done = stmt != NULL ? ou_parser_push(p, stmt) : !p->failed && ou_parse_simple_statements(p);
    ou_parser_leave(p);
    return done || ou_parser_nomatch(p);
}
