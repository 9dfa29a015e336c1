/* Simple statements, and the line they stand on. See parser.h. */
#include "compiler/parser.h"

#include <string.h>

/* Each of these begins behind its keyword, which stood at `start`. */

static OuStmt *parse_return(OuParser *p, OuPosition start) {
    OuExpr *value = ou_parse_at_item(p) ? ou_parse_star_expressions(p) : NULL;
    return OU_STMT(p, Return, start, .value = value);
}

static OuStmt *parse_raise(OuParser *p, OuPosition start) {
    OuExpr *exc = ou_parse_starts_expression(p->tok) ? ou_parse_expression(p) : NULL;
    OuExpr *cause = exc != NULL && ou_parser_accept(p, OU_TOK_from) ? ou_parse_expression(p) : NULL;
    return OU_STMT(p, Raise, start, .exc = exc, .cause = cause);
}

static OuStmt *parse_assert(OuParser *p, OuPosition start) {
    OuExpr *test = ou_parse_expression(p);
    OuExpr *msg = test != NULL && ou_parser_accept(p, OU_TOK_COMMA) ? ou_parse_expression(p) : NULL;
    return OU_STMT(p, Assert, start, .test = test, .msg = msg);
}

static OuStmt *parse_delete(OuParser *p, OuPosition start) {
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

static OuIdentSeq parse_names(OuParser *p) {
    uint32_t mark = p->scratch.count;
    do { ou_parser_push(p, ou_parser_ident(p)); } while (ou_parser_accept(p, OU_TOK_COMMA));
    return ou_take_idents(p, mark);
}

static OuStmt *parse_global(OuParser *p, OuPosition start) {
    return OU_STMT(p, Global, start, .names = parse_names(p));
}

static OuStmt *parse_nonlocal(OuParser *p, OuPosition start) {
    return OU_STMT(p, Nonlocal, start, .names = parse_names(p));
}

/* `a.b.c` as one identifier */
static OuIdent *parse_dotted_name(OuParser *p) {
    OuIdent *name = ou_parser_ident(p);
    while (name != NULL && ou_parser_accept(p, OU_TOK_DOT)) {
        const OuIdent *part = ou_parser_ident(p);
        char *text = part == NULL ? NULL : ou_parser_new(p, (size_t)name->len + part->len + 2);
        if (text == NULL) { return NULL; }
        memcpy(text, name->text, name->len);
        text[name->len] = '.';
        memcpy(text + name->len + 1, part->text, part->len);
        name = ou_ident_intern(p->idents, text, (size_t)name->len + part->len + 1);
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

static OuStmt *parse_import(OuParser *p, OuPosition start) {
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

static OuStmt *parse_from(OuParser *p, OuPosition start) {
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

static OuStmt *parse_pass(OuParser *p, OuPosition start) { return ou_parser_stmt(p, OU_STMT_Pass, start, NULL, 0); }
static OuStmt *parse_break(OuParser *p, OuPosition start) { return ou_parser_stmt(p, OU_STMT_Break, start, NULL, 0); }

static OuStmt *parse_continue(OuParser *p, OuPosition start) {
    return ou_parser_stmt(p, OU_STMT_Continue, start, NULL, 0);
}

static OuStmt *parse_simple(OuParser *p) {
    static OuStmt *(*const parsers[OU_TOK_COUNT])(OuParser *, OuPosition) = {
        [OU_TOK_return] = parse_return, [OU_TOK_import] = parse_import,     [OU_TOK_from] = parse_from,
        [OU_TOK_raise] = parse_raise,   [OU_TOK_pass] = parse_pass,         [OU_TOK_del] = parse_delete,
        [OU_TOK_assert] = parse_assert, [OU_TOK_break] = parse_break,       [OU_TOK_continue] = parse_continue,
        [OU_TOK_global] = parse_global, [OU_TOK_nonlocal] = parse_nonlocal,
    };
    OuStmt *(*parse)(OuParser *, OuPosition) = parsers[p->tok->kind];
    if (parse == NULL) { return ou_parse_assignment_or_expression(p); }
    OuPosition start = p->tok->at;
    ou_parser_advance(p);
    return p->failed ? NULL : parse(p, start);
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
