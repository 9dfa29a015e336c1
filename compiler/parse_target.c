/* Targets and the statements that begin with an expression: assignments of all kinds. See parser.h. */
#include "compiler/parser.h"

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

OuStmt *ou_parse_assignment_or_expression(OuParser *p) {
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
