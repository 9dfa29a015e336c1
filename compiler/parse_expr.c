/* Operators, conditional expressions, lambda, walrus, yield: everything between an atom and a statement.
 *
 * Binary operators are parsed by precedence climbing in one function, so that a bracket costs few C frames. Chains of
 * one level are built in a loop, left-deep, without recursion. */
#include "compiler/parser.h"

enum {
    PREC_POWER = 0, /* not a level of parse_binary() */
    PREC_OR,
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
    [OU_TOK_or] = {PREC_OR, OU_BOOL_Or},          [OU_TOK_and] = {PREC_AND, OU_BOOL_And},
    [OU_TOK_EQEQUAL] = {PREC_COMPARE, OU_CMP_Eq}, [OU_TOK_NOTEQUAL] = {PREC_COMPARE, OU_CMP_NotEq},
    [OU_TOK_LESS] = {PREC_COMPARE, OU_CMP_Lt},    [OU_TOK_LESSEQUAL] = {PREC_COMPARE, OU_CMP_LtE},
    [OU_TOK_GREATER] = {PREC_COMPARE, OU_CMP_Gt}, [OU_TOK_GREATEREQUAL] = {PREC_COMPARE, OU_CMP_GtE},
    [OU_TOK_is] = {PREC_COMPARE, OU_CMP_Is},      [OU_TOK_in] = {PREC_COMPARE, OU_CMP_In},
    [OU_TOK_not] = {PREC_COMPARE, OU_CMP_NotIn},
#define OPERATOR(NAME, FIRST, SECOND, PRECEDENCE, OP) [OU_TOK_##NAME] = {PREC_##PRECEDENCE, OU_OP_##OP},
#include "compiler/token.def"
};

static OuExpr *parse_binary(OuParser *p, int min_prec);

static OuExpr *parse_unary(OuParser *p, OuUnaryOp op, int operand_prec) {
    if (!ou_parser_enter(p)) { return NULL; }
    OuPosition start = ou_parser_advance(p);
    OuExpr *operand = parse_binary(p, operand_prec);
    ou_parser_leave(p);
    return OU_EXPR(p, UnaryOp, start, .op = op, .operand = operand);
}

static OuExpr *parse_power(OuParser *p) {
    OuPosition start = p->tok->at;
    OuExpr *base = ou_parse_primary(p);
    if (base == NULL || p->tok->kind != OU_TOK_DOUBLESTAR) { return base; }
    if (!ou_parser_enter(p)) { return NULL; }
    ou_parser_advance(p);
    OuExpr *exponent = parse_binary(p, PREC_FACTOR);
    ou_parser_leave(p);
    return OU_EXPR(p, BinOp, start, .left = base, .op = OU_OP_Pow, .right = exponent);
}

static OU_APART OuExpr *parse_boolop(OuParser *p, OuPosition start, OuExpr *first, OuTokenKind token, BinaryRow row) {
    uint32_t mark = p->scratch.count;
    ou_parser_push(p, first);
    while (p->tok->kind == token) {
        ou_parser_advance(p);
        OuExpr *operand = parse_binary(p, row.prec + 1);
        if (operand == NULL || !ou_parser_push(p, operand)) { return NULL; }
    }
    return OU_EXPR(p, BoolOp, start, .op = (OuBoolOp)row.op, .values = ou_take_exprs(p, mark));
}

/* The operator at the current token, moved past; `is not` and `not in` take two. */
static bool parse_cmp_op(OuParser *p, uint8_t *op) {
    OuTokenKind kind = (OuTokenKind)p->tok->kind;
    *op = binary_table[kind].op;
    ou_parser_advance(p);
    if (kind == OU_TOK_not) { return ou_parser_expect(p, OU_TOK_in); }
    if (kind == OU_TOK_is && ou_parser_accept(p, OU_TOK_not)) { *op = OU_CMP_IsNot; }
    return !p->failed;
}

static OU_APART OuExpr *parse_compare(OuParser *p, OuPosition start, OuExpr *left) {
    uint32_t mark = p->scratch.count;
    OuArenaVec ops = {0}; /* small numbers instead of pointers */
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
        if (right == NULL || !ou_parser_push(p, right) || !ou_parser_push_to(p, &ops, (void *)(uintptr_t)op)) {
            return NULL;
        }
    }
    if (ops.count == 0) { return left; }
    uint8_t *codes = ou_parser_new(p, ops.count);
    for (uint32_t i = 0; i < ops.count && codes != NULL; i++) { codes[i] = (uint8_t)(uintptr_t)ops.items[i]; }
    return OU_EXPR(p, Compare, start, .left = left, .ops = {ops.count, codes}, .comparators = ou_take_exprs(p, mark));
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
    OuPosition start = p->tok->at;
    OuExpr *left = parse_prefix(p, min_prec);
    uint32_t links = 0;
    /* `not a == b` is not (a == b): behind it only `and` and `or` may follow */
    int max_prec = first == OU_TOK_not ? PREC_NOT : PREC_FACTOR;
    while (left != NULL) {
        const BinaryRow row = binary_table[p->tok->kind];
        if (row.prec < min_prec || row.prec == 0 || row.prec > max_prec) { return left; }
        if (++links > OU_PARSE_MAX_CHAIN) { return ou_parser_raise_token(p, p->tok, "too many nested expressions"); }
        if (row.prec <= PREC_AND) {
            left = parse_boolop(p, start, left, (OuTokenKind)p->tok->kind, row);
            max_prec = row.prec;
        } else if (row.prec == PREC_COMPARE) {
            OuExpr *compare = parse_compare(p, start, left);
            if (compare == left) { return left; }
            left = compare;
            max_prec = PREC_NOT;
        } else {
            ou_parser_advance(p);
            OuExpr *right = parse_binary(p, row.prec + 1);
            left = OU_EXPR(p, BinOp, start, .left = left, .op = (OuOperator)row.op, .right = right);
        }
    }
    return NULL;
}

OuExpr *ou_parse_disjunction(OuParser *p) { return parse_binary(p, PREC_OR); }
OuExpr *ou_parse_bitwise_or(OuParser *p) { return parse_binary(p, PREC_BIT_OR); }

static OU_APART OuExpr *parse_lambda(OuParser *p) {
    OuPosition start = ou_parser_advance(p);
    OuArguments *args = ou_parse_parameters(p, OU_TOK_COLON);
    ou_parser_expect(p, OU_TOK_COLON);
    OuExpr *body = ou_parse_expression(p);
    return OU_EXPR(p, Lambda, start, .args = args, .body = body);
}

/* The rest of `body if ...`; in the second run `body` alone where that fails, which a speculating caller may want. */
static OU_APART OuExpr *parse_conditional(OuParser *p, OuPosition start, OuExpr *body) {
    if (body == NULL || p->tok->kind != OU_TOK_if) { return body; }
    OuParseMark before = ou_parser_mark(p);
    ou_parser_advance(p);
    OuExpr *test = ou_parse_disjunction(p);
    OuExpr *orelse = test != NULL && ou_parser_expect(p, OU_TOK_else) ? ou_parse_expression(p) : ou_parser_nomatch(p);
    OuExpr *self = OU_EXPR(p, IfExp, start, .test = test, .body = body, .orelse = orelse);
    if (self != NULL || !p->diagnose || !ou_parser_recover(p)) { return self; }
    ou_parser_rewind(p, before);
    return body;
}

/* Without looking for mistakes at its top. */
static OuExpr *parse_plain(OuParser *p) {
    OuPosition start = p->tok->at;
    return p->tok->kind == OU_TOK_lambda ? parse_lambda(p) : parse_conditional(p, start, ou_parse_disjunction(p));
}

bool ou_parse_starts_expression(const OuToken *token) {
    static const bool starts[OU_TOK_COUNT] = {
        [OU_TOK_NAME] = true,  [OU_TOK_NUMBER] = true, [OU_TOK_STRING] = true, [OU_TOK_LPAR] = true,
        [OU_TOK_LSQB] = true,  [OU_TOK_LBRACE] = true, [OU_TOK_PLUS] = true,   [OU_TOK_MINUS] = true,
        [OU_TOK_TILDE] = true, [OU_TOK_not] = true,    [OU_TOK_lambda] = true, [OU_TOK_await] = true,
        [OU_TOK_None] = true,  [OU_TOK_True] = true,   [OU_TOK_False] = true,  [OU_TOK_ELLIPSIS] = true,
    };
    return starts[token->kind];
}

bool ou_parse_at_item(const OuParser *p) { return p->tok->kind == OU_TOK_STAR || ou_parse_starts_expression(p->tok); }
static bool is_legacy_word(const OuIdent *word) { return ou_ident_is(word, "print") || ou_ident_is(word, "exec"); }

/* `a b`, `a if b` without else, at the current token, which parses as the disjunction `a`. */
static void diagnose_after_disjunction(OuParser *p, const OuToken *first, OuExpr *a) {
    bool is_name = first->kind == OU_TOK_NAME;
    bool name_string = is_name && p->tok->kind == OU_TOK_STRING && a->kind == OU_EXPR_Name;
    bool soft = is_name && (ou_ident_is(first->ident, "match") || ou_ident_is(first->ident, "case") ||
                            ou_ident_is(first->ident, "_"));
    OuParseMark mark = ou_parser_mark(p);
    if (!name_string && !soft && ou_parse_starts_expression(p->tok)) {
        p->diagnose = false;
        OuExpr *b = parse_plain(p);
        p->diagnose = true;
        bool legacy = a->kind == OU_EXPR_Name && is_legacy_word(a->as.Name.id);
        if (b != NULL && !legacy && ou_parser_token(p, p->pos - 1)->level != 0) {
            ou_parser_raise(p, ou_span_to(a->at, b->at), "invalid syntax. Perhaps you forgot a comma?");
            return;
        }
        ou_parser_rewind(p, mark);
    }
    if (!p->failed && ou_parser_accept(p, OU_TOK_if)) {
        OuExpr *b = ou_parse_disjunction(p);
        if (b != NULL && p->tok->kind != OU_TOK_else && p->tok->kind != OU_TOK_COLON) {
            ou_parser_raise(p, ou_span_to(a->at, b->at), "expected 'else' after 'if' expression");
            return;
        }
        ou_parser_rewind(p, mark);
    }
}

/* `print x` */
static void diagnose_legacy(OuParser *p) {
    const OuToken *name = p->tok;
    ou_parser_advance(p);
    OuExpr *rest = p->tok->kind != OU_TOK_LPAR ? ou_parse_star_expressions(p) : NULL;
    if (rest != NULL) {
        ou_parser_raise(p, ou_span_to(name->at, rest->at), "Missing parentheses in call to '%s'. Did you mean %s(...)?",
                        name->ident->text, name->ident->text);
    }
}

static OU_APART OuExpr *diagnose_expression(OuParser *p) {
    OuParseMark mark = ou_parser_mark(p);
    const OuToken *first = p->tok;
    OuExpr *self = ou_parse_disjunction(p);
    if (self != NULL) { diagnose_after_disjunction(p, first, self); }
    if (p->err->kind == OU_ERR_NONE && first->kind == OU_TOK_NAME && is_legacy_word(first->ident)) {
        OuParseMark after = ou_parser_mark(p);
        bool failed = p->failed;
        ou_parser_rewind(p, mark);
        if (!p->failed) { diagnose_legacy(p); }
        if (p->err->kind == OU_ERR_NONE) {
            ou_parser_rewind(p, after);
            p->failed = failed;
        }
    }
    return p->failed ? NULL : parse_conditional(p, first->at, self);
}

OuExpr *ou_parse_expression(OuParser *p) {
    if (!ou_parser_enter(p)) { return NULL; }
    OuExpr *self = p->diagnose && p->tok->kind != OU_TOK_lambda ? diagnose_expression(p) : parse_plain(p);
    ou_parser_leave(p);
    return p->failed ? NULL : self;
}

static OU_APART OuExpr *parse_walrus(OuParser *p) {
    OuPosition start = p->tok->at;
    OuExpr *target = ou_parse_name(p);
    if (target != NULL) { target->as.Name.ctx = OU_CTX_STORE; }
    ou_parser_advance(p);
    OuExpr *value = ou_parse_expression(p);
    return OU_EXPR(p, NamedExpr, start, .target = target, .value = value);
}

/* `a = b` where an expression belongs. Current token: behind the expression that began at `mark`. */
static void diagnose_equal(OuParser *p, OuParseMark mark) {
    OuParseMark after = ou_parser_mark(p);
    ou_parser_rewind(p, mark);
    const OuToken *first = p->tok;
    bool bare = first->kind != OU_TOK_True && first->kind != OU_TOK_False && first->kind != OU_TOK_None;
    OuExpr *a = ou_parse_bitwise_or(p);
    if (a != NULL && bare && ou_parser_accept(p, OU_TOK_EQUAL)) {
        bool is_display = a->kind == OU_EXPR_List || a->kind == OU_EXPR_Tuple || a->kind == OU_EXPR_GeneratorExp;
        OuExpr *b = ou_parse_bitwise_or(p);
        if (b == NULL || p->tok->kind == OU_TOK_EQUAL || p->tok->kind == OU_TOK_COLONEQUAL) {
            /* something else is wrong */
        } else if (a->kind == OU_EXPR_Name && !a->parenthesized) {
            ou_parser_raise(p, ou_span_to(a->at, b->at),
                            "invalid syntax. Maybe you meant '==' or ':=' instead of '='?");
        } else if (!is_display) {
            ou_parser_raise(p, a->at, "cannot assign to %s here. Maybe you meant '==' instead of '='?",
                            ou_ast_expr_title(a));
        }
    }
    if (p->err->kind == OU_ERR_NONE) { ou_parser_rewind(p, after); }
}

static OU_APART OuExpr *diagnose_named(OuParser *p) {
    OuParseMark mark = ou_parser_mark(p);
    OuExpr *self = ou_parse_expression(p);
    if (self != NULL && p->tok->kind == OU_TOK_COLONEQUAL) {
        OuParseMark before = ou_parser_mark(p);
        ou_parser_advance(p);
        if (ou_parse_expression(p) != NULL) {
            return ou_parser_raise(p, self->at, "cannot use assignment expressions with %s", ou_ast_expr_title(self));
        }
        ou_parser_rewind(p, before);
        return ou_parser_nomatch(p);
    }
    if (self != NULL && (p->tok->kind == OU_TOK_EQUAL || self->kind == OU_EXPR_IfExp || self->kind == OU_EXPR_Compare ||
                         self->kind == OU_EXPR_BoolOp)) {
        diagnose_equal(p, mark);
        p->failed = p->err->kind != OU_ERR_NONE;
    }
    return p->failed ? NULL : self;
}

OuExpr *ou_parse_named(OuParser *p) {
    bool is_walrus = !p->failed && p->tok->kind == OU_TOK_NAME && ou_parser_next_kind(p) == OU_TOK_COLONEQUAL;
    if (p->failed || is_walrus) { return p->failed ? NULL : parse_walrus(p); }
    OuExpr *self = p->diagnose ? diagnose_named(p) : ou_parse_expression(p);
    return self != NULL && p->tok->kind == OU_TOK_COLONEQUAL ? ou_parser_nomatch(p) : self;
}

OuExpr *ou_parse_starred(OuParser *p, OuExpr *(*operand)(OuParser *)) {
    OuPosition start = ou_parser_advance(p);
    OuExpr *value = operand(p);
    return OU_EXPR(p, Starred, start, .value = value);
}

OuExpr *ou_parse_star_named(OuParser *p) {
    return p->tok->kind == OU_TOK_STAR ? ou_parse_starred(p, ou_parse_bitwise_or) : ou_parse_named(p);
}

OuExpr *ou_parse_star_expression(OuParser *p) {
    return p->tok->kind == OU_TOK_STAR ? ou_parse_starred(p, ou_parse_bitwise_or) : ou_parse_expression(p);
}

OuExpr *ou_parse_tuple(OuParser *p, OuExpr *(*item)(OuParser *), OuTokenKind close) {
    OuPosition start = p->tok->at;
    uint32_t mark = p->scratch.count;
    OuExpr *first = item(p);
    if (first == NULL || p->tok->kind != OU_TOK_COMMA) { return first; }
    ou_parser_push(p, first);
    while (ou_parser_accept(p, OU_TOK_COMMA)) {
        if (p->tok->kind == close || (close == OU_TOK_ERROR && !ou_parse_at_item(p))) { break; }
        OuExpr *next = item(p);
        if (next == NULL || !ou_parser_push(p, next)) { return NULL; }
    }
    return OU_EXPR(p, Tuple, start, .elts = ou_take_exprs(p, mark));
}

OuExpr *ou_parse_star_expressions(OuParser *p) {
    return p->failed ? NULL : ou_parse_tuple(p, ou_parse_star_expression, OU_TOK_ERROR);
}

OuExpr *ou_parse_yield(OuParser *p) {
    OuPosition start = ou_parser_advance(p);
    if (ou_parser_accept(p, OU_TOK_from)) {
        OuExpr *source = ou_parse_expression(p);
        return OU_EXPR(p, YieldFrom, start, .value = source);
    }
    OuExpr *value = ou_parse_at_item(p) ? ou_parse_star_expressions(p) : NULL;
    return OU_EXPR(p, Yield, start, .value = value);
}

OuExpr *ou_parse_yield_or_star(OuParser *p) {
    return p->tok->kind == OU_TOK_yield ? ou_parse_yield(p) : ou_parse_star_expressions(p);
}
