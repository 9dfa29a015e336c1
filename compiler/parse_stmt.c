/* Targets, simple statements, and the line they stand on. See parser.h. */
#include "compiler/parser.h"

/* --- targets and assignments ------------------------------------------------------------------------------------- */

static bool is_single(const OuExpr *expr) {
    return expr->kind == OU_EXPR_Name || expr->kind == OU_EXPR_Attribute || expr->kind == OU_EXPR_Subscript;
}

bool ou_parse_to_target(OuExpr *expr, OuExprContext ctx) {
    switch ((OuExprKind)expr->kind) {
    case OU_EXPR_Name: expr->as.Name.ctx = ctx; return true;
    case OU_EXPR_Attribute: expr->as.Attribute.ctx = ctx; return true;
    case OU_EXPR_Subscript: expr->as.Subscript.ctx = ctx; return true;
    case OU_EXPR_Starred:
        expr->as.Starred.ctx = ctx;
        return ctx == OU_CTX_STORE && expr->as.Starred.value->kind != OU_EXPR_Starred &&
               ou_parse_to_target(expr->as.Starred.value, ctx);
    case OU_EXPR_List:
    case OU_EXPR_Tuple:
        expr->as.List.ctx = ctx;
        for (uint32_t i = 0; i < expr->as.List.elts.count; i++) {
            if (!ou_parse_to_target(expr->as.List.elts.items[i], ctx)) { return false; }
        }
        return true;
    default: return false;
    }
}

static OuExpr *find_invalid(OuExpr *expr, OuTargetUse use) {
    switch ((OuExprKind)expr->kind) {
    case OU_EXPR_List:
    case OU_EXPR_Tuple:
        for (uint32_t i = 0; i < expr->as.List.elts.count; i++) {
            OuExpr *invalid = find_invalid(expr->as.List.elts.items[i], use);
            if (invalid != NULL) { return invalid; }
        }
        return NULL;
    case OU_EXPR_Starred: return use == OU_TARGETS_DEL ? expr : find_invalid(expr->as.Starred.value, use);
    case OU_EXPR_Compare:
        if (use != OU_TARGETS_FOR) { return expr; }
        return expr->as.Compare.ops.items[0] == OU_CMP_In ? find_invalid(expr->as.Compare.left, use) : NULL;
    default: return is_single(expr) ? NULL : expr;
    }
}

bool ou_parse_report_target(OuParser *p, OuExpr *expr, OuTargetUse use) {
    OuExpr *invalid = find_invalid(expr, use);
    if (invalid == NULL) { return false; }
    ou_parser_raise(p, invalid->at, "cannot %s %s", use == OU_TARGETS_DEL ? "delete" : "assign to",
                    ou_ast_expr_title(invalid));
    return true;
}

/* Not a whole expression: `in` must stay. */
static OuExpr *parse_for_target(OuParser *p) {
    OuExpr *self = p->tok->kind == OU_TOK_STAR ? ou_parse_starred(p, ou_parse_primary) : ou_parse_primary(p);
    return self != NULL && ou_parse_to_target(self, OU_CTX_STORE) ? self : ou_parser_nomatch(p);
}

OuExpr *ou_parse_for_targets(OuParser *p) {
    OuParseMark mark = ou_parser_mark(p);
    if (p->failed) { return NULL; }
    OuExpr *self = ou_parse_tuple(p, parse_for_target, OU_TOK_in);
    if (self != NULL && self->kind == OU_EXPR_Tuple) { self->as.Tuple.ctx = OU_CTX_STORE; }
    if (p->diagnose && (self == NULL || p->tok->kind != OU_TOK_in) && ou_parser_recover(p)) {
        ou_parser_rewind(p, mark);
        OuExpr *all = ou_parse_star_expressions(p);
        if (all == NULL || !ou_parse_report_target(p, all, OU_TARGETS_FOR)) { ou_parser_rewind(p, mark); }
        return ou_parser_nomatch(p);
    }
    return self;
}

static bool augmented_op(OuTokenKind kind, OuOperator *op) {
    static const uint8_t ops[OU_TOK_COUNT] = {
#define OPERATOR(NAME, FIRST, SECOND, PRECEDENCE, OP) [OU_TOK_##NAME##EQUAL] = OU_OP_##OP + 1,
#include "compiler/token.def"
    };
    if (ops[kind] == 0) { return false; }
    *op = (OuOperator)(ops[kind] - 1);
    return true;
}

/* `(a, b): int`, `a, b: int`, `f(): int` */
static void diagnose_annotation(OuParser *p, OuParseMark start) {
    bool display = p->tok->kind == OU_TOK_LPAR || p->tok->kind == OU_TOK_LSQB;
    OuExpr *target = display ? ou_parse_primary(p) : NULL;
    if (target != NULL && (target->kind == OU_EXPR_Tuple || target->kind == OU_EXPR_List) &&
        ou_parser_accept(p, OU_TOK_COLON) && ou_parse_expression(p) != NULL) {
        ou_parser_raise(p, target->at, "only single target (not %s) can be annotated", ou_ast_expr_title(target));
        return;
    }
    ou_parser_rewind(p, start);
    OuExpr *first = p->failed ? NULL : ou_parse_star_named(p);
    bool is_tuple = false;
    while (first != NULL && ou_parser_accept(p, OU_TOK_COMMA)) {
        is_tuple = true;
        if (!ou_parse_at_item(p) || ou_parse_star_named(p) == NULL) { break; }
    }
    if (first != NULL && !p->failed && ou_parser_accept(p, OU_TOK_COLON) && ou_parse_expression(p) != NULL) {
        ou_parser_raise(p, first->at, "%s",
                        is_tuple ? "only single target (not tuple) can be annotated" : "illegal target for annotation");
        return;
    }
    ou_parser_rewind(p, start);
}

static void diagnose_assignment(OuParser *p, OuParseMark start) {
    ou_parser_rewind(p, start);
    if (!p->failed) { diagnose_annotation(p, start); }
    OuExpr *target = NULL;
    while (!p->failed) {
        if (p->tok->kind == OU_TOK_yield) {
            OuExpr *yield = ou_parse_yield(p);
            if (yield != NULL && p->tok->kind == OU_TOK_EQUAL) {
                ou_parser_raise(p, yield->at, "assignment to yield expression not possible");
            }
            break;
        }
        target = ou_parse_star_expressions(p);
        if (target == NULL || p->tok->kind != OU_TOK_EQUAL) { break; }
        if (ou_parse_report_target(p, target, OU_TARGETS_STAR)) { return; }
        ou_parser_advance(p);
    }
    OuOperator op;
    ou_parser_rewind(p, start);
    target = p->failed ? NULL : ou_parse_star_expressions(p);
    if (target != NULL && augmented_op((OuTokenKind)p->tok->kind, &op)) {
        ou_parser_advance(p);
        if (ou_parse_yield_or_star(p) != NULL) {
            ou_parser_raise(p, target->at, "'%s' is an illegal expression for augmented assignment",
                            ou_ast_expr_title(target));
        }
    }
}

static OuStmt *parse_annotated(OuParser *p, OuExpr *target, OuPosition start, bool simple) {
    if (!is_single(target) || !ou_parse_to_target(target, OU_CTX_STORE)) { return ou_parser_nomatch(p); }
    ou_parser_advance(p);
    OuExpr *annotation = ou_parse_expression(p);
    bool has_value = annotation != NULL && ou_parser_accept(p, OU_TOK_EQUAL);
    OuExpr *value = has_value ? ou_parse_yield_or_star(p) : NULL;
    return OU_STMT(p, AnnAssign, start, .target = target, .annotation = annotation, .value = value, .simple = simple);
}

static OuStmt *parse_augmented(OuParser *p, OuExpr *target, OuPosition start, OuOperator op) {
    if (!is_single(target) || !ou_parse_to_target(target, OU_CTX_STORE)) { return ou_parser_nomatch(p); }
    ou_parser_advance(p);
    OuExpr *value = ou_parse_yield_or_star(p);
    return OU_STMT(p, AugAssign, start, .target = target, .op = op, .value = value);
}

static OuStmt *parse_assign(OuParser *p, OuExpr *value, OuPosition start) {
    uint32_t mark = p->scratch.count;
    while (value != NULL && p->tok->kind == OU_TOK_EQUAL) {
        if (!ou_parse_to_target(value, OU_CTX_STORE) || !ou_parser_push(p, value)) { return ou_parser_nomatch(p); }
        ou_parser_advance(p);
        value = ou_parse_yield_or_star(p);
    }
    return OU_STMT(p, Assign, start, .targets = ou_take_exprs(p, mark), .value = value);
}

static OuStmt *parse_by_first(OuParser *p) {
    OuPosition start = p->tok->at;
    OuOperator op;
    bool is_yield = p->tok->kind == OU_TOK_yield;
    bool begins_with_bracket = p->tok->kind == OU_TOK_LPAR;
    OuExpr *first = ou_parse_yield_or_star(p);
    if (first != NULL && !is_yield) {
        if (p->tok->kind == OU_TOK_EQUAL) { return parse_assign(p, first, start); }
        if (augmented_op((OuTokenKind)p->tok->kind, &op)) { return parse_augmented(p, first, start, op); }
        if (p->tok->kind == OU_TOK_COLON) {
            /* `(a): int` is not simple, `(a).b: int` begins with a bracket as well */
            bool bracketed = begins_with_bracket && first->parenthesized;
            return parse_annotated(p, first, start, first->kind == OU_EXPR_Name && !bracketed);
        }
    }
    return OU_STMT(p, Expr, start, .value = first);
}

/* An assignment of any kind or an expression statement. */
static OuStmt *parse_assignment_or_expression(OuParser *p) {
    if (!p->diagnose) { return parse_by_first(p); }
    OuParseMark start = ou_parser_mark(p);
    OuStmt *self = parse_by_first(p);
    bool complete = self != NULL && self->kind != OU_STMT_Expr;
    if (complete || !ou_parser_recover(p)) { return self; }
    OuParseMark after = ou_parser_mark(p);
    diagnose_assignment(p, start);
    if (p->err->kind != OU_ERR_NONE) { return NULL; }
    ou_parser_rewind(p, after);
    p->failed = self == NULL;
    return self;
}

/* --- the rest ------------------------------------------------------------------------------------------------------ */

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
    default: return parse_assignment_or_expression(p);
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
    bool done = stmt != NULL ? ou_parser_push(p, stmt) : !p->failed && ou_parse_simple_statements(p);
    ou_parser_leave(p);
    return done || ou_parser_nomatch(p);
}
