/*
 * Operators, conditional expressions, lambda, walrus, yield: everything between an atom and a statement.
 *
 * Binary operators are parsed by precedence climbing in one function, so that a bracket costs few C
 * frames. Chains of one level are built in a loop, left-deep, without recursion.
 */
#include "compiler/parser.h"

enum {
    PREC_OR = 1,
    PREC_AND,
    PREC_NOT,
    PREC_COMPARE,
    PREC_BIT_OR,
    PREC_BIT_XOR,
    PREC_BIT_AND,
    PREC_SHIFT,
    PREC_SUM,
    PREC_TERM,
    PREC_FACTOR
};

typedef struct BinaryRow {
    uint8_t prec;
    uint8_t op; /* OuOperator, OuCmpOp or OuBoolOp */
} BinaryRow;

static const BinaryRow binary_table[OU_TOK_COUNT] = {
    [OU_TOK_or] = {PREC_OR, OU_BOOL_Or},
    [OU_TOK_and] = {PREC_AND, OU_BOOL_And},
    [OU_TOK_EQEQUAL] = {PREC_COMPARE, OU_CMP_Eq},
    [OU_TOK_NOTEQUAL] = {PREC_COMPARE, OU_CMP_NotEq},
    [OU_TOK_LESS] = {PREC_COMPARE, OU_CMP_Lt},
    [OU_TOK_LESSEQUAL] = {PREC_COMPARE, OU_CMP_LtE},
    [OU_TOK_GREATER] = {PREC_COMPARE, OU_CMP_Gt},
    [OU_TOK_GREATEREQUAL] = {PREC_COMPARE, OU_CMP_GtE},
    [OU_TOK_is] = {PREC_COMPARE, OU_CMP_Is},
    [OU_TOK_in] = {PREC_COMPARE, OU_CMP_In},
    [OU_TOK_not] = {PREC_COMPARE, OU_CMP_NotIn},
    [OU_TOK_VBAR] = {PREC_BIT_OR, OU_OP_BitOr},
    [OU_TOK_CIRCUMFLEX] = {PREC_BIT_XOR, OU_OP_BitXor},
    [OU_TOK_AMPER] = {PREC_BIT_AND, OU_OP_BitAnd},
    [OU_TOK_LEFTSHIFT] = {PREC_SHIFT, OU_OP_LShift},
    [OU_TOK_RIGHTSHIFT] = {PREC_SHIFT, OU_OP_RShift},
    [OU_TOK_PLUS] = {PREC_SUM, OU_OP_Add},
    [OU_TOK_MINUS] = {PREC_SUM, OU_OP_Sub},
    [OU_TOK_STAR] = {PREC_TERM, OU_OP_Mult},
    [OU_TOK_SLASH] = {PREC_TERM, OU_OP_Div},
    [OU_TOK_DOUBLESLASH] = {PREC_TERM, OU_OP_FloorDiv},
    [OU_TOK_PERCENT] = {PREC_TERM, OU_OP_Mod},
    [OU_TOK_AT] = {PREC_TERM, OU_OP_MatMult},
};

static OuExpr *parse_binary(OuParser *p, int min_prec);

/* ---- operators -------------------------------------------------------------------------------- */

static OuExpr *parse_unary(OuParser *p, OuUnaryOp op, int operand_prec) {
    OuSpan start = ou_parser_here(p);
    if (!ou_parser_enter(p)) { return NULL; }
    ou_parser_advance(p);
    OuExpr *operand = p->failed ? NULL : parse_binary(p, operand_prec);
    OuExpr *self = ou_parser_expr(p, OU_EXPR_UnaryOp, start);
    ou_parser_leave(p);
    if (self != NULL) {
        self->as.UnaryOp.op = op;
        self->as.UnaryOp.operand = operand;
        self->binds = operand->binds;
    }
    return self;
}

static OuExpr *make_binop(OuParser *p, OuSpan start, OuExpr *left, OuOperator op, OuExpr *right) {
    OuExpr *self = ou_parser_expr(p, OU_EXPR_BinOp, start);
    if (self != NULL) {
        self->as.BinOp.left = left;
        self->as.BinOp.op = op;
        self->as.BinOp.right = right;
        self->binds = left->binds || right->binds;
    }
    return self;
}

static OuExpr *parse_power(OuParser *p) {
    OuSpan start = ou_parser_here(p);
    OuExpr *base = ou_parse_primary(p);
    if (base == NULL || p->tok->kind != OU_TOK_DOUBLESTAR) { return base; }
    if (!ou_parser_enter(p)) { return NULL; }
    ou_parser_advance(p);
    OuExpr *exponent = p->failed ? NULL : parse_binary(p, PREC_FACTOR);
    ou_parser_leave(p);
    return exponent == NULL ? NULL : make_binop(p, start, base, OU_OP_Pow, exponent);
}

static OuExpr *parse_boolop(OuParser *p, OuSpan start, OuExpr *first, OuTokenKind token, int prec) {
    uint32_t mark = p->scratch.count;
    bool binds = first->binds;
    ou_parser_push(p, first);
    while (p->tok->kind == token) {
        ou_parser_advance(p);
        OuExpr *operand = p->failed ? NULL : parse_binary(p, prec + 1);
        if (operand == NULL || !ou_parser_push(p, operand)) { return NULL; }
        binds = binds || operand->binds;
    }
    OuExpr *self = ou_parser_expr(p, OU_EXPR_BoolOp, start);
    if (self != NULL) {
        self->as.BoolOp.op = token == OU_TOK_or ? OU_BOOL_Or : OU_BOOL_And;
        self->as.BoolOp.values.items = ou_parser_take(p, mark, &self->as.BoolOp.values.count);
        self->binds = binds;
    }
    return p->failed ? NULL : self;
}

/* The operator at the current token, moved past; `is not` and `not in` take two. */
static bool parse_cmp_op(OuParser *p, uint8_t *op) {
    OuTokenKind kind = (OuTokenKind)p->tok->kind;
    *op = binary_table[kind].op;
    ou_parser_advance(p);
    if (p->failed) { return false; }
    if (kind == OU_TOK_not) { return ou_parser_expect(p, OU_TOK_in); }
    if (kind == OU_TOK_is && p->tok->kind == OU_TOK_not) {
        *op = OU_CMP_IsNot;
        ou_parser_advance(p);
    }
    return !p->failed;
}

static OuExpr *parse_compare(OuParser *p, OuSpan start, OuExpr *left) {
    uint32_t mark = p->scratch.count;
    bool binds = left->binds;
    OuArenaVec ops = {0};
    static uint8_t op_cells[OU_CMP_COUNT]; /* only their addresses are used, as small numbers */
    while (binary_table[p->tok->kind].prec == PREC_COMPARE) {
        uint8_t op;
        OuParseMark before = ou_parser_mark(p);
        if (!parse_cmp_op(p, &op)) {
            /* `a not b`: the comparison ends here for a speculating caller */
            if (!p->diagnose || !ou_parser_recover(p)) { return NULL; }
            ou_parser_rewind(p, before);
            break;
        }
        OuExpr *right = parse_binary(p, PREC_BIT_OR);
        if (right == NULL || !ou_parser_push(p, right) || !ou_arena_push(p->arena, &ops, &op_cells[op])) {
            return ou_parser_nomatch(p);
        }
        binds = binds || right->binds;
    }
    if (ops.count == 0) { return left; }
    OuExpr *self = ou_parser_expr(p, OU_EXPR_Compare, start);
    if (self == NULL) { return NULL; }
    self->as.Compare.left = left;
    self->as.Compare.ops = ou_parser_new(p, ops.count);
    self->as.Compare.comparators.items = ou_parser_take(p, mark, &self->as.Compare.comparators.count);
    self->binds = binds;
    for (uint32_t i = 0; i < ops.count && !p->failed; i++) {
        self->as.Compare.ops[i] = (uint8_t)((uint8_t *)ops.items[i] - op_cells);
    }
    return p->failed ? NULL : self;
}

static OuExpr *parse_prefix(OuParser *p, int min_prec) {
    switch (p->tok->kind) {
    case OU_TOK_not: return min_prec <= PREC_NOT ? parse_unary(p, OU_UNARY_Not, PREC_NOT) : ou_parser_nomatch(p);
    case OU_TOK_PLUS: return parse_unary(p, OU_UNARY_UAdd, PREC_FACTOR);
    case OU_TOK_MINUS: return parse_unary(p, OU_UNARY_USub, PREC_FACTOR);
    case OU_TOK_TILDE: return parse_unary(p, OU_UNARY_Invert, PREC_FACTOR);
    default: return parse_power(p);
    }
}

static OuExpr *parse_binary(OuParser *p, int min_prec) {
    OuTokenKind first = (OuTokenKind)p->tok->kind;
    OuSpan start = ou_parser_here(p);
    OuExpr *left = parse_prefix(p, min_prec);
    uint32_t links = 0;
    /* `not a == b` is not (a == b): behind it only `and` and `or` may follow */
    int max_prec = first == OU_TOK_not ? PREC_NOT : PREC_FACTOR;
    while (left != NULL) {
        const BinaryRow row = binary_table[p->tok->kind];
        if (row.prec < min_prec || row.prec == 0 || row.prec > max_prec) { return left; }
        if (++links > OU_PARSE_MAX_CHAIN) { return ou_parser_raise_token(p, p->tok, "too many nested expressions"); }
        if (row.prec <= PREC_AND) {
            left = parse_boolop(p, start, left, (OuTokenKind)p->tok->kind, row.prec);
            max_prec = row.prec;
        } else if (row.prec == PREC_COMPARE) {
            OuExpr *compare = parse_compare(p, start, left);
            if (compare == left) { return left; }
            left = compare;
            max_prec = PREC_NOT;
        } else {
            ou_parser_advance(p);
            OuExpr *right = p->failed ? NULL : parse_binary(p, row.prec + 1);
            left = right == NULL ? NULL : make_binop(p, start, left, (OuOperator)row.op, right);
        }
    }
    return NULL;
}

OuExpr *ou_parse_disjunction(OuParser *p) { return p->failed ? NULL : parse_binary(p, PREC_OR); }

OuExpr *ou_parse_bitwise_or(OuParser *p) { return p->failed ? NULL : parse_binary(p, PREC_BIT_OR); }

/* ---- lambda, conditional ------------------------------------------------------------------------ */

static OuExpr *parse_lambda(OuParser *p) {
    OuSpan start = ou_parser_here(p);
    bool binds = false;
    ou_parser_advance(p);
    OuArguments *args = p->failed ? NULL : ou_parse_parameters(p, OU_TOK_COLON, &binds);
    if (args == NULL || !ou_parser_expect(p, OU_TOK_COLON)) { return ou_parser_nomatch(p); }
    OuExpr *body = ou_parse_expression(p);
    OuExpr *self = ou_parser_expr(p, OU_EXPR_Lambda, start);
    if (self != NULL) {
        self->as.Lambda.args = args;
        self->as.Lambda.body = body;
        self->binds = binds;
    }
    return self;
}

static OuExpr *parse_conditional(OuParser *p, OuSpan start, OuExpr *body) {
    ou_parser_advance(p);
    OuExpr *test = ou_parse_disjunction(p);
    if (test == NULL || !ou_parser_expect(p, OU_TOK_else)) { return ou_parser_nomatch(p); }
    OuExpr *orelse = ou_parse_expression(p);
    OuExpr *self = ou_parser_expr(p, OU_EXPR_IfExp, start);
    if (self != NULL) {
        self->as.IfExp.test = test;
        self->as.IfExp.body = body;
        self->as.IfExp.orelse = orelse;
        self->binds = test->binds || body->binds || orelse->binds;
    }
    return self;
}

OuExpr *ou_parse_expression_plain(OuParser *p) {
    if (p->tok->kind == OU_TOK_lambda) { return parse_lambda(p); }
    OuSpan start = ou_parser_here(p);
    OuExpr *body = ou_parse_disjunction(p);
    if (body == NULL || p->tok->kind != OU_TOK_if) { return body; }
    OuParseMark before = ou_parser_mark(p);
    OuExpr *self = parse_conditional(p, start, body);
    if (self == NULL && p->diagnose && ou_parser_recover(p)) {
        ou_parser_rewind(p, before); /* a speculating caller may want the part before `if` */
        return body;
    }
    return self;
}

bool ou_parse_starts_expression(const OuToken *token) {
    switch (token->kind) {
    case OU_TOK_NAME:
    case OU_TOK_NUMBER:
    case OU_TOK_STRING:
    case OU_TOK_LPAR:
    case OU_TOK_LSQB:
    case OU_TOK_LBRACE:
    case OU_TOK_PLUS:
    case OU_TOK_MINUS:
    case OU_TOK_TILDE:
    case OU_TOK_ELLIPSIS:
    case OU_TOK_not:
    case OU_TOK_lambda:
    case OU_TOK_await:
    case OU_TOK_None:
    case OU_TOK_True:
    case OU_TOK_False: return true;
    default: return false;
    }
}

/* ---- mistakes in expressions -------------------------------------------------------------------- */

static bool is_legacy_name(const OuParser *p, const OuExpr *expr) {
    return expr->kind == OU_EXPR_Name && (expr->as.Name.id == p->soft_print || expr->as.Name.id == p->soft_exec);
}

static OuSpan span_to(const OuExpr *first, const OuExpr *last) {
    return (OuSpan){first->line, first->col, last->end_line, last->end_col};
}

/* `a b`, `a if b` without else, at the current token, which parses as the disjunction `a`. */
static void diagnose_after_disjunction(OuParser *p, const OuToken *first, OuExpr *a) {
    bool name_string =
        first->kind == OU_TOK_NAME && ou_parser_token(p, p->pos)->kind == OU_TOK_STRING && a->kind == OU_EXPR_Name;
    bool soft = first->kind == OU_TOK_NAME &&
                (first->ident == p->soft_match || first->ident == p->soft_case || first->ident == p->soft_underscore);
    OuParseMark mark = ou_parser_mark(p);
    if (!name_string && !soft && ou_parse_starts_expression(p->tok)) {
        p->diagnose = false;
        OuExpr *b = ou_parse_expression_plain(p);
        p->diagnose = true;
        if (b != NULL && !is_legacy_name(p, a) && ou_parser_token(p, p->pos - 1)->level != 0) {
            ou_parser_raise(p, span_to(a, b), "invalid syntax. Perhaps you forgot a comma?");
            return;
        }
        ou_parser_rewind(p, mark);
    }
    if (!p->failed && p->tok->kind == OU_TOK_if) {
        ou_parser_advance(p);
        OuExpr *b = ou_parse_disjunction(p);
        if (b != NULL && p->tok->kind != OU_TOK_else && p->tok->kind != OU_TOK_COLON) {
            ou_parser_raise(p, span_to(a, b), "expected 'else' after 'if' expression");
            return;
        }
        ou_parser_rewind(p, mark);
    }
}

/* `print x` */
static void diagnose_legacy(OuParser *p) {
    if (!ou_parser_is_soft(p, p->soft_print) && !ou_parser_is_soft(p, p->soft_exec)) { return; }
    const OuToken *name = p->tok;
    OuParseMark mark = ou_parser_mark(p);
    ou_parser_advance(p);
    if (!p->failed && p->tok->kind != OU_TOK_LPAR) {
        OuExpr *rest = ou_parse_star_expressions(p);
        if (rest != NULL) {
            OuSpan at = {name->line, name->col, rest->end_line, rest->end_col};
            ou_parser_raise(p, at, "Missing parentheses in call to '%s'. Did you mean %s(...)?", name->ident->text,
                            name->ident->text);
            return;
        }
    }
    ou_parser_rewind(p, mark);
}

OuExpr *ou_parse_expression(OuParser *p) {
    if (!ou_parser_enter(p)) { return NULL; }
    OuExpr *self;
    if (!p->diagnose || p->tok->kind == OU_TOK_lambda) {
        self = ou_parse_expression_plain(p);
    } else {
        OuParseMark mark = ou_parser_mark(p);
        const OuToken *first = p->tok;
        self = ou_parse_disjunction(p);
        if (self != NULL) { diagnose_after_disjunction(p, first, self); }
        if (p->err->kind == OU_ERR_NONE && (first->ident == p->soft_print || first->ident == p->soft_exec)) {
            OuParseMark after = ou_parser_mark(p);
            bool failed = p->failed;
            ou_parser_rewind(p, mark);
            if (!p->failed) { diagnose_legacy(p); }
            if (p->err->kind == OU_ERR_NONE) {
                ou_parser_rewind(p, after);
                p->failed = failed;
            }
        }
        if (!p->failed && p->tok->kind == OU_TOK_if) {
            OuExpr *body = self;
            OuParseMark before = ou_parser_mark(p);
            self = parse_conditional(p, ou_parser_token_span(first), body);
            if (self == NULL && ou_parser_recover(p)) {
                ou_parser_rewind(p, before);
                self = body;
            }
        }
    }
    ou_parser_leave(p);
    return p->failed ? NULL : self;
}

/* ---- walrus, stars ------------------------------------------------------------------------------ */

static OuExpr *parse_walrus(OuParser *p) {
    OuSpan start = ou_parser_here(p);
    OuIdent *name = p->tok->ident;
    ou_parser_advance(p);
    OuExpr *target = ou_parser_expr(p, OU_EXPR_Name, start);
    ou_parser_advance(p);
    OuExpr *value = p->failed ? NULL : ou_parse_expression(p);
    OuExpr *self = ou_parser_expr(p, OU_EXPR_NamedExpr, start);
    if (self != NULL) {
        target->as.Name.id = name;
        target->as.Name.ctx = OU_CTX_STORE;
        self->as.NamedExpr.target = target;
        self->as.NamedExpr.value = value;
        self->binds = true;
    }
    return self;
}

/* `a = b` where an expression belongs. Current token: behind the expression that began at `mark`. */
static void diagnose_equal(OuParser *p, OuParseMark mark) {
    OuParseMark after = ou_parser_mark(p);
    ou_parser_rewind(p, mark);
    const OuToken *first = p->tok;
    bool bare = first->kind != OU_TOK_True && first->kind != OU_TOK_False && first->kind != OU_TOK_None;
    OuExpr *a = ou_parse_bitwise_or(p);
    if (a != NULL && bare && p->tok->kind == OU_TOK_EQUAL) {
        bool is_display = a->kind == OU_EXPR_List || (a->kind == OU_EXPR_Tuple) || a->kind == OU_EXPR_GeneratorExp;
        ou_parser_advance(p);
        OuExpr *b = ou_parse_bitwise_or(p);
        if (b != NULL && p->tok->kind != OU_TOK_EQUAL && p->tok->kind != OU_TOK_COLONEQUAL) {
            if (a->kind == OU_EXPR_Name && !a->parenthesized) {
                ou_parser_raise(p, span_to(a, b), "invalid syntax. Maybe you meant '==' or ':=' instead of '='?");
            } else if (!is_display) {
                ou_parser_raise(p, ou_parser_expr_span(a),
                                "cannot assign to %s here. Maybe you meant '==' instead of '='?", ou_ast_expr_title(a));
            }
        }
    }
    if (p->err->kind == OU_ERR_NONE) { ou_parser_rewind(p, after); }
}

static OuExpr *diagnose_named(OuParser *p) {
    OuParseMark mark = ou_parser_mark(p);
    OuExpr *self = ou_parse_expression(p);
    if (self != NULL && p->tok->kind == OU_TOK_COLONEQUAL) {
        OuParseMark before = ou_parser_mark(p);
        ou_parser_advance(p);
        if (ou_parse_expression(p) != NULL) {
            return ou_parser_raise(p, ou_parser_expr_span(self), "cannot use assignment expressions with %s",
                                   ou_ast_expr_title(self));
        }
        ou_parser_rewind(p, before);
        return ou_parser_nomatch(p);
    }
    if (p->err->kind == OU_ERR_NONE && (self == NULL || p->tok->kind == OU_TOK_EQUAL || self->kind == OU_EXPR_IfExp ||
                                        self->kind == OU_EXPR_Compare || self->kind == OU_EXPR_BoolOp)) {
        bool failed = p->failed;
        if (!failed) { diagnose_equal(p, mark); }
        p->failed = failed || p->err->kind != OU_ERR_NONE;
    }
    return p->failed ? NULL : self;
}

OuExpr *ou_parse_named(OuParser *p) {
    if (p->tok->kind == OU_TOK_NAME && ou_parser_token(p, p->pos + 1)->kind == OU_TOK_COLONEQUAL) {
        return parse_walrus(p);
    }
    if (p->failed) { return NULL; }
    OuExpr *self = p->diagnose ? diagnose_named(p) : ou_parse_expression(p);
    if (self != NULL && p->tok->kind == OU_TOK_COLONEQUAL) { return ou_parser_nomatch(p); }
    return self;
}

static OuExpr *parse_starred(OuParser *p) {
    OuSpan start = ou_parser_here(p);
    ou_parser_advance(p);
    OuExpr *value = ou_parse_bitwise_or(p);
    OuExpr *self = ou_parser_expr(p, OU_EXPR_Starred, start);
    if (self != NULL) {
        self->as.Starred.value = value;
        self->binds = value->binds;
    }
    return self;
}

OuExpr *ou_parse_star_named(OuParser *p) { return p->tok->kind == OU_TOK_STAR ? parse_starred(p) : ou_parse_named(p); }

OuExpr *ou_parse_star_expression(OuParser *p) {
    return p->tok->kind == OU_TOK_STAR ? parse_starred(p) : ou_parse_expression(p);
}

OuExpr *ou_parse_star_expressions(OuParser *p) {
    OuSpan start = ou_parser_here(p);
    OuExpr *first = p->failed ? NULL : ou_parse_star_expression(p);
    if (first == NULL || p->tok->kind != OU_TOK_COMMA) { return first; }
    uint32_t mark = p->scratch.count;
    bool binds = first->binds;
    ou_parser_push(p, first);
    while (!p->failed && p->tok->kind == OU_TOK_COMMA) {
        ou_parser_advance(p);
        if (p->failed || !(p->tok->kind == OU_TOK_STAR || ou_parse_starts_expression(p->tok))) { break; }
        OuExpr *item = ou_parse_star_expression(p);
        if (item == NULL || !ou_parser_push(p, item)) { return NULL; }
        binds = binds || item->binds;
    }
    OuExpr *self = ou_parser_expr(p, OU_EXPR_Tuple, start);
    if (self != NULL) {
        self->as.Tuple.elts.items = ou_parser_take(p, mark, &self->as.Tuple.elts.count);
        self->binds = binds;
    }
    return p->failed ? NULL : self;
}

/* ---- yield ------------------------------------------------------------------------------------ */

OuExpr *ou_parse_yield(OuParser *p) {
    OuSpan start = ou_parser_here(p);
    ou_parser_advance(p);
    if (p->failed) { return NULL; }
    OuExprKind kind = OU_EXPR_Yield;
    OuExpr *value = NULL;
    if (p->tok->kind == OU_TOK_from) {
        kind = OU_EXPR_YieldFrom;
        ou_parser_advance(p);
        value = p->failed ? NULL : ou_parse_expression(p);
    } else if (p->tok->kind == OU_TOK_STAR || ou_parse_starts_expression(p->tok)) {
        value = ou_parse_star_expressions(p);
    }
    OuExpr *self = ou_parser_expr(p, kind, start);
    if (self != NULL) {
        if (kind == OU_EXPR_YieldFrom) {
            self->as.YieldFrom.value = value;
        } else {
            self->as.Yield.value = value;
        }
        self->binds = true;
    }
    return self;
}

OuExpr *ou_parse_yield_or_star(OuParser *p) {
    return p->tok->kind == OU_TOK_yield ? ou_parse_yield(p) : ou_parse_star_expressions(p);
}
