/*
 * Simple statements, and the line they stand on. See parser.h.
 */
#include "compiler/parser.h"

#include <string.h>

static bool ends_simple(const OuParser *p) { return p->tok->kind == OU_TOK_NEWLINE || p->tok->kind == OU_TOK_SEMI; }

static OuStmt *parse_keyword_only(OuParser *p, OuStmtKind kind) {
    OuSpan start = ou_parser_here(p);
    ou_parser_advance(p);
    return ou_parser_stmt(p, kind, start);
}

static OuStmt *parse_return(OuParser *p) {
    OuSpan start = ou_parser_here(p);
    OuExpr *value = NULL;
    ou_parser_advance(p);
    if (!p->failed && (p->tok->kind == OU_TOK_STAR || ou_parse_starts_expression(p->tok))) {
        value = ou_parse_star_expressions(p);
    }
    OuStmt *self = ou_parser_stmt(p, OU_STMT_Return, start);
    if (self != NULL) { self->as.Return.value = value; }
    return self;
}

static OuStmt *parse_raise(OuParser *p) {
    OuSpan start = ou_parser_here(p);
    OuExpr *exc = NULL;
    OuExpr *cause = NULL;
    ou_parser_advance(p);
    if (!p->failed && ou_parse_starts_expression(p->tok)) {
        exc = ou_parse_expression(p);
        if (exc != NULL && ou_parser_accept(p, OU_TOK_from)) { cause = ou_parse_expression(p); }
    }
    OuStmt *self = ou_parser_stmt(p, OU_STMT_Raise, start);
    if (self != NULL) {
        self->as.Raise.exc = exc;
        self->as.Raise.cause = cause;
    }
    return self;
}

static OuStmt *parse_assert(OuParser *p) {
    OuSpan start = ou_parser_here(p);
    OuExpr *msg = NULL;
    ou_parser_advance(p);
    OuExpr *test = p->failed ? NULL : ou_parse_expression(p);
    if (test != NULL && ou_parser_accept(p, OU_TOK_COMMA)) { msg = ou_parse_expression(p); }
    OuStmt *self = ou_parser_stmt(p, OU_STMT_Assert, start);
    if (self != NULL) {
        self->as.Assert.test = test;
        self->as.Assert.msg = msg;
    }
    return self;
}

/* ---- del -------------------------------------------------------------------------------------- */

static OuStmt *finish_delete(OuParser *p, OuSpan start, OuExpr *all) {
    uint32_t mark = p->scratch.count;
    if (!ou_parse_to_target(all, OU_CTX_DEL)) { return ou_parser_nomatch(p); }
    if (all->kind == OU_EXPR_Tuple && !all->parenthesized) {
        for (uint32_t i = 0; i < all->as.Tuple.elts.count; i++) { ou_parser_push(p, all->as.Tuple.elts.items[i]); }
    } else {
        ou_parser_push(p, all);
    }
    OuStmt *self = ou_parser_stmt(p, OU_STMT_Delete, start);
    if (self != NULL) { self->as.Delete.targets.items = ou_parser_take(p, mark, &self->as.Delete.targets.count); }
    return p->failed ? NULL : self;
}

static OuStmt *parse_delete(OuParser *p) {
    OuSpan start = ou_parser_here(p);
    ou_parser_advance(p);
    OuExpr *all = p->failed ? NULL : ou_parse_star_expressions(p);
    if (all == NULL) { return NULL; }
    if (p->diagnose && ou_parse_report_target(p, all, OU_TARGETS_DEL)) { return NULL; }
    return ends_simple(p) ? finish_delete(p, start, all) : ou_parser_nomatch(p);
}

/* ---- global, nonlocal, import ------------------------------------------------------------------- */

static OuStmt *parse_declaration(OuParser *p, OuStmtKind kind) {
    OuSpan start = ou_parser_here(p);
    uint32_t mark = p->scratch.count;
    do {
        ou_parser_advance(p);
        if (p->failed || p->tok->kind != OU_TOK_NAME) { return ou_parser_nomatch(p); }
        ou_parser_push(p, p->tok->ident);
        ou_parser_advance(p);
    } while (!p->failed && p->tok->kind == OU_TOK_COMMA);
    OuStmt *self = ou_parser_stmt(p, kind, start);
    if (self != NULL) { self->as.Global.names.items = ou_parser_take(p, mark, &self->as.Global.names.count); }
    return p->failed ? NULL : self;
}

/* `a.b.c` as one identifier */
static OuIdent *parse_dotted_name(OuParser *p) {
    if (p->tok->kind != OU_TOK_NAME) { return ou_parser_nomatch(p); }
    OuIdent *name = p->tok->ident;
    ou_parser_advance(p);
    while (!p->failed && p->tok->kind == OU_TOK_DOT) {
        ou_parser_advance(p);
        if (p->failed || p->tok->kind != OU_TOK_NAME) { return ou_parser_nomatch(p); }
        const OuIdent *part = p->tok->ident;
        char *text = ou_parser_new(p, (size_t)name->len + part->len + 2);
        if (text == NULL) { return NULL; }
        memcpy(text, name->text, name->len);
        text[name->len] = '.';
        memcpy(text + name->len + 1, part->text, part->len);
        name = ou_ident_intern(p->idents, text, (size_t)name->len + part->len + 1);
        if (name == NULL) { return ou_parser_nomatch(p); }
        ou_parser_advance(p);
    }
    return p->failed ? NULL : name;
}

static bool parse_alias(OuParser *p, bool dotted) {
    OuSpan start = ou_parser_here(p);
    OuAlias *self = ou_parser_new(p, sizeof *self);
    if (self == NULL || p->tok->kind != OU_TOK_NAME) {
        p->failed = true;
        return false;
    }
    if (dotted) {
        self->name = parse_dotted_name(p);
    } else {
        self->name = p->tok->ident;
        ou_parser_advance(p);
    }
    if (!p->failed && ou_parser_accept(p, OU_TOK_as)) {
        self->asname = p->tok->ident;
        ou_parser_expect(p, OU_TOK_NAME);
    }
    self->at = ou_parser_span_from(p, start);
    return ou_parser_push(p, self);
}

static OuStmt *parse_import(OuParser *p) {
    OuSpan start = ou_parser_here(p);
    uint32_t mark = p->scratch.count;
    do {
        ou_parser_advance(p);
        if (p->failed || !parse_alias(p, true)) { return NULL; }
    } while (p->tok->kind == OU_TOK_COMMA);
    OuStmt *self = ou_parser_stmt(p, OU_STMT_Import, start);
    if (self != NULL) { self->as.Import.names.items = ou_parser_take(p, mark, &self->as.Import.names.count); }
    return p->failed ? NULL : self;
}

static bool parse_star_alias(OuParser *p) {
    OuAlias *self = ou_parser_new(p, sizeof *self);
    if (self == NULL) { return false; }
    self->at = ou_parser_here(p);
    self->name = ou_ident_intern(p->idents, "*", 1);
    ou_parser_advance(p);
    return ou_parser_push(p, self);
}

static bool parse_import_names(OuParser *p) {
    bool parenthesized = ou_parser_accept(p, OU_TOK_LPAR);
    for (;;) {
        if (p->failed || !parse_alias(p, false)) { return false; }
        if (!ou_parser_accept(p, OU_TOK_COMMA)) { break; }
        if (parenthesized && p->tok->kind == OU_TOK_RPAR) { break; }
        if (!parenthesized && p->tok->kind == OU_TOK_NEWLINE) {
            if (p->diagnose) {
                ou_parser_raise_last(p, OU_ERR_SYNTAX, "trailing comma not allowed without surrounding parentheses");
            }
            p->failed = true;
            return false;
        }
    }
    return !p->failed && (!parenthesized || ou_parser_expect(p, OU_TOK_RPAR));
}

static OuStmt *parse_from(OuParser *p) {
    OuSpan start = ou_parser_here(p);
    int level = 0;
    OuIdent *module = NULL;
    ou_parser_advance(p);
    while (!p->failed && (p->tok->kind == OU_TOK_DOT || p->tok->kind == OU_TOK_ELLIPSIS)) {
        level += p->tok->kind == OU_TOK_DOT ? 1 : 3;
        ou_parser_advance(p);
    }
    if (!p->failed && (level == 0 || p->tok->kind != OU_TOK_import)) { module = parse_dotted_name(p); }
    if (p->failed || !ou_parser_expect(p, OU_TOK_import)) { return ou_parser_nomatch(p); }
    uint32_t mark = p->scratch.count;
    if (p->tok->kind == OU_TOK_STAR ? !parse_star_alias(p) : !parse_import_names(p)) { return ou_parser_nomatch(p); }
    OuStmt *self = ou_parser_stmt(p, OU_STMT_ImportFrom, start);
    if (self != NULL) {
        self->as.ImportFrom.module = module;
        self->as.ImportFrom.level = level;
        self->as.ImportFrom.names.items = ou_parser_take(p, mark, &self->as.ImportFrom.names.count);
    }
    return p->failed ? NULL : self;
}

/* ---- lines ------------------------------------------------------------------------------------ */

static OuStmt *parse_simple(OuParser *p) {
    switch (p->tok->kind) {
    case OU_TOK_return: return parse_return(p);
    case OU_TOK_import: return parse_import(p);
    case OU_TOK_from: return parse_from(p);
    case OU_TOK_raise: return parse_raise(p);
    case OU_TOK_pass: return parse_keyword_only(p, OU_STMT_Pass);
    case OU_TOK_del: return parse_delete(p);
    case OU_TOK_assert: return parse_assert(p);
    case OU_TOK_break: return parse_keyword_only(p, OU_STMT_Break);
    case OU_TOK_continue: return parse_keyword_only(p, OU_STMT_Continue);
    case OU_TOK_global: return parse_declaration(p, OU_STMT_Global);
    case OU_TOK_nonlocal: return parse_declaration(p, OU_STMT_Nonlocal);
    default: return ou_parse_assignment_or_expression(p);
    }
}

bool ou_parse_simple_statements(OuParser *p) {
    for (;;) {
        OuStmt *stmt = parse_simple(p);
        if (stmt == NULL || !ou_parser_push(p, stmt)) {
            p->failed = true;
            return false;
        }
        if (!ou_parser_accept(p, OU_TOK_SEMI)) { break; }
        if (p->tok->kind == OU_TOK_NEWLINE) { break; }
    }
    return !p->failed && ou_parser_expect(p, OU_TOK_NEWLINE);
}

bool ou_parse_statement(OuParser *p) {
    if (p->failed || !ou_parser_enter(p)) { return false; }
    bool done = false;
    if (ou_parse_at_compound(p)) {
        OuStmt *stmt = ou_parse_compound(p);
        done = stmt != NULL && ou_parser_push(p, stmt);
    } else {
        OuStmt *match = ou_parser_is_soft(p, p->soft_match) ? ou_parse_match(p) : NULL;
        if (match != NULL) {
            done = ou_parser_push(p, match);
        } else if (!p->failed) {
            done = ou_parse_simple_statements(p);
        }
    }
    ou_parser_leave(p);
    p->failed = p->failed || !done;
    return done;
}
