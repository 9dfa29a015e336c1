/*
 * Targets and the statements that begin with an expression: assignments of all kinds. See parser.h.
 */
#include "compiler/parser.h"

/* ---- expression to target ----------------------------------------------------------------------- */

static bool seq_to_target(const OuExprSeq *elts, OuExprContext ctx) {
    for (uint32_t i = 0; i < elts->count; i++) {
        if (!ou_parse_to_target(elts->items[i], ctx)) { return false; }
    }
    return true;
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
    case OU_EXPR_List: expr->as.List.ctx = ctx; return seq_to_target(&expr->as.List.elts, ctx);
    case OU_EXPR_Tuple: expr->as.Tuple.ctx = ctx; return seq_to_target(&expr->as.Tuple.elts, ctx);
    default: return false;
    }
}

static OuExpr *find_invalid(OuExpr *expr, OuTargetUse use) {
    switch ((OuExprKind)expr->kind) {
    case OU_EXPR_List:
    case OU_EXPR_Tuple:
        for (uint32_t i = 0; i < expr->as.List.elts.count; i++) { /* List and Tuple are laid out alike */
            OuExpr *invalid = find_invalid(expr->as.List.elts.items[i], use);
            if (invalid != NULL) { return invalid; }
        }
        return NULL;
    case OU_EXPR_Starred: return use == OU_TARGETS_DEL ? expr : find_invalid(expr->as.Starred.value, use);
    case OU_EXPR_Compare:
        if (use == OU_TARGETS_FOR) {
            return expr->as.Compare.ops[0] == OU_CMP_In ? find_invalid(expr->as.Compare.left, use) : NULL;
        }
        return expr;
    case OU_EXPR_Name:
    case OU_EXPR_Subscript:
    case OU_EXPR_Attribute: return NULL;
    default: return expr;
    }
}

bool ou_parse_report_target(OuParser *p, OuExpr *expr, OuTargetUse use) {
    OuExpr *invalid = find_invalid(expr, use);
    if (invalid == NULL) { return false; }
    ou_parser_raise(p, ou_parser_expr_span(invalid), "cannot %s %s", use == OU_TARGETS_DEL ? "delete" : "assign to",
                    ou_ast_expr_title(invalid));
    return true;
}

/* ---- targets of for --------------------------------------------------------------------------- */

static void diagnose_for_targets(OuParser *p) {
    OuParseMark mark = ou_parser_mark(p);
    OuExpr *all = ou_parse_star_expressions(p);
    if (all == NULL || !ou_parse_report_target(p, all, OU_TARGETS_FOR)) { ou_parser_rewind(p, mark); }
}

static OuExpr *parse_for_target(OuParser *p) {
    OuSpan start = ou_parser_here(p);
    if (!ou_parser_accept(p, OU_TOK_STAR)) {
        /* not a whole expression: `in` must stay */
        OuExpr *target = p->failed ? NULL : ou_parse_primary(p);
        return target != NULL && ou_parse_to_target(target, OU_CTX_STORE) ? target : ou_parser_nomatch(p);
    }
    OuExpr *value = p->failed ? NULL : ou_parse_primary(p);
    OuExpr *self = ou_parser_expr(p, OU_EXPR_Starred, start);
    if (self != NULL) {
        self->as.Starred.value = value;
        self->binds = value->binds;
    }
    return self != NULL && ou_parse_to_target(self, OU_CTX_STORE) ? self : ou_parser_nomatch(p);
}

static OuExpr *parse_for_targets(OuParser *p) {
    OuSpan start = ou_parser_here(p);
    OuExpr *first = p->failed ? NULL : parse_for_target(p);
    if (first == NULL || p->tok->kind != OU_TOK_COMMA) { return first; }
    uint32_t mark = p->scratch.count;
    bool binds = first->binds;
    ou_parser_push(p, first);
    while (!p->failed && ou_parser_accept(p, OU_TOK_COMMA) && p->tok->kind != OU_TOK_in) {
        OuExpr *item = parse_for_target(p);
        if (item == NULL || !ou_parser_push(p, item)) { return NULL; }
        binds = binds || item->binds;
    }
    OuExpr *self = ou_parser_expr(p, OU_EXPR_Tuple, start);
    if (self != NULL) {
        self->as.Tuple.elts.items = ou_parser_take(p, mark, &self->as.Tuple.elts.count);
        self->as.Tuple.ctx = OU_CTX_STORE;
        self->binds = binds;
    }
    return p->failed ? NULL : self;
}

OuExpr *ou_parse_for_targets(OuParser *p) {
    OuParseMark mark = ou_parser_mark(p);
    OuExpr *self = parse_for_targets(p);
    if (p->diagnose && (self == NULL || p->tok->kind != OU_TOK_in) && ou_parser_recover(p)) {
        ou_parser_rewind(p, mark);
        if (!p->failed) { diagnose_for_targets(p); }
        return ou_parser_nomatch(p);
    }
    return self;
}

/* ---- mistakes --------------------------------------------------------------------------------- */

static bool augmented_op(OuTokenKind kind, OuOperator *op) {
    static const uint8_t ops[OU_TOK_COUNT] = {
        [OU_TOK_PLUSEQUAL] = OU_OP_Add + 1,
        [OU_TOK_MINEQUAL] = OU_OP_Sub + 1,
        [OU_TOK_STAREQUAL] = OU_OP_Mult + 1,
        [OU_TOK_ATEQUAL] = OU_OP_MatMult + 1,
        [OU_TOK_SLASHEQUAL] = OU_OP_Div + 1,
        [OU_TOK_PERCENTEQUAL] = OU_OP_Mod + 1,
        [OU_TOK_DOUBLESTAREQUAL] = OU_OP_Pow + 1,
        [OU_TOK_LEFTSHIFTEQUAL] = OU_OP_LShift + 1,
        [OU_TOK_RIGHTSHIFTEQUAL] = OU_OP_RShift + 1,
        [OU_TOK_VBAREQUAL] = OU_OP_BitOr + 1,
        [OU_TOK_CIRCUMFLEXEQUAL] = OU_OP_BitXor + 1,
        [OU_TOK_AMPEREQUAL] = OU_OP_BitAnd + 1,
        [OU_TOK_DOUBLESLASHEQUAL] = OU_OP_FloorDiv + 1,
    };
    if (ops[kind] == 0) { return false; }
    *op = (OuOperator)(ops[kind] - 1);
    return true;
}

/* `(a, b): int`, `a, b: int`, `f(): int` */
static void diagnose_annotation(OuParser *p, OuParseMark start) {
    bool display = p->tok->kind == OU_TOK_LPAR || p->tok->kind == OU_TOK_LSQB;
    OuExpr *target = display ? ou_parse_primary(p) : NULL;
    if (target != NULL && p->tok->kind == OU_TOK_COLON &&
        (target->kind == OU_EXPR_Tuple || target->kind == OU_EXPR_List)) {
        ou_parser_advance(p);
        if (!p->failed && ou_parse_expression(p) != NULL) {
            ou_parser_raise(p, ou_parser_expr_span(target), "only single target (not %s) can be annotated",
                            ou_ast_expr_title(target));
            return;
        }
    }
    ou_parser_rewind(p, start);
    OuExpr *first = p->failed ? NULL : ou_parse_star_named(p);
    uint32_t items = 0;
    while (first != NULL && p->tok->kind == OU_TOK_COMMA) {
        ou_parser_advance(p);
        items++;
        if (p->failed || !(p->tok->kind == OU_TOK_STAR || ou_parse_starts_expression(p->tok)) ||
            ou_parse_star_named(p) == NULL) {
            break;
        }
    }
    if (first != NULL && !p->failed && p->tok->kind == OU_TOK_COLON) {
        ou_parser_advance(p);
        if (!p->failed && ou_parse_expression(p) != NULL) {
            ou_parser_raise(p, ou_parser_expr_span(first), "%s",
                            items > 0 ? "only single target (not tuple) can be annotated"
                                      : "illegal target for annotation");
            return;
        }
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
                ou_parser_raise(p, ou_parser_expr_span(yield), "assignment to yield expression not possible");
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
        if (!p->failed && ou_parse_yield_or_star(p) != NULL) {
            ou_parser_raise(p, ou_parser_expr_span(target), "'%s' is an illegal expression for augmented assignment",
                            ou_ast_expr_title(target));
        }
    }
}

/* ---- assignments ------------------------------------------------------------------------------ */

static OuStmt *parse_annotated(OuParser *p, OuExpr *target, OuSpan start, bool parenthesized) {
    bool single =
        (target->kind == OU_EXPR_Name) || target->kind == OU_EXPR_Attribute || target->kind == OU_EXPR_Subscript;
    if (!single || !ou_parse_to_target(target, OU_CTX_STORE)) { return ou_parser_nomatch(p); }
    ou_parser_advance(p);
    OuExpr *annotation = p->failed ? NULL : ou_parse_expression(p);
    OuExpr *value = NULL;
    if (annotation != NULL && ou_parser_accept(p, OU_TOK_EQUAL)) { value = ou_parse_yield_or_star(p); }
    OuStmt *self = ou_parser_stmt(p, OU_STMT_AnnAssign, start);
    if (self != NULL) {
        self->as.AnnAssign.target = target;
        self->as.AnnAssign.annotation = annotation;
        self->as.AnnAssign.value = value;
        self->as.AnnAssign.simple = target->kind == OU_EXPR_Name && !parenthesized;
    }
    return self;
}

static OuStmt *parse_augmented(OuParser *p, OuExpr *target, OuSpan start, OuOperator op) {
    bool single =
        target->kind == OU_EXPR_Name || target->kind == OU_EXPR_Attribute || target->kind == OU_EXPR_Subscript;
    if (!single || !ou_parse_to_target(target, OU_CTX_STORE)) { return ou_parser_nomatch(p); }
    ou_parser_advance(p);
    OuExpr *value = p->failed ? NULL : ou_parse_yield_or_star(p);
    OuStmt *self = ou_parser_stmt(p, OU_STMT_AugAssign, start);
    if (self != NULL) {
        self->as.AugAssign.target = target;
        self->as.AugAssign.op = op;
        self->as.AugAssign.value = value;
    }
    return self;
}

static OuStmt *parse_assign(OuParser *p, OuExpr *target, OuSpan start) {
    uint32_t mark = p->scratch.count;
    OuExpr *value = target;
    while (!p->failed && p->tok->kind == OU_TOK_EQUAL) {
        if (!ou_parse_to_target(value, OU_CTX_STORE) || !ou_parser_push(p, value)) { return ou_parser_nomatch(p); }
        ou_parser_advance(p);
        value = p->failed ? NULL : ou_parse_yield_or_star(p);
    }
    OuStmt *self = ou_parser_stmt(p, OU_STMT_Assign, start);
    if (self != NULL) {
        self->as.Assign.targets.items = ou_parser_take(p, mark, &self->as.Assign.targets.count);
        self->as.Assign.value = value;
    }
    return p->failed ? NULL : self;
}

static OuStmt *parse_by_first(OuParser *p) {
    OuSpan start = ou_parser_here(p);
    OuOperator op;
    bool is_yield = p->tok->kind == OU_TOK_yield;
    bool parenthesized = p->tok->kind == OU_TOK_LPAR;
    OuExpr *first = ou_parse_yield_or_star(p);
    if (first == NULL) { return NULL; }
    if (!is_yield && p->tok->kind == OU_TOK_EQUAL) { return parse_assign(p, first, start); }
    if (!is_yield && p->tok->kind == OU_TOK_COLON) {
        /* `(a): int` is not simple, `(a).b: int` begins with a bracket as well */
        return parse_annotated(p, first, start, parenthesized && first->parenthesized);
    }
    if (!is_yield && augmented_op((OuTokenKind)p->tok->kind, &op)) { return parse_augmented(p, first, start, op); }
    OuStmt *self = ou_parser_stmt(p, OU_STMT_Expr, start);
    if (self != NULL) { self->as.Expr.value = first; }
    return self;
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
