/* Constant folding: only what is exact and cannot raise.
 *
 * Unary minus, plus and ~ on numbers, + - * / between small numbers, + of short strings, and displays of constants in
 * parentheses. An integer result must fit in 63 bits (the VM's immediates) and a float operation must be one IEEE
 * operation; everything else is left to run time, where it may raise. Called by ou_compile() between parsing and scope
 * analysis; the tree is changed in place. */
#include "compiler/parse.h"

#include <math.h>
#include <string.h>

enum { MAX_FOLDED_TEXT = 256 };

typedef struct Folder {
    OuVisitor visitor;
    OuArena *arena;
    OuArenaVec spine;
} Folder;

static bool fits(int64_t value) { return value >= -(INT64_C(1) << 62) && value < (INT64_C(1) << 62); }

/* The value of a constant on which operations are folded, or NULL. */
static const OuUnitConst *value_of(const OuExpr *expr) {
    return expr->kind == OU_EXPR_Constant && !expr->as.Constant.is_imaginary && !expr->as.Constant.has_surrogates
               ? &expr->as.Constant.value
               : NULL;
}

static void become(OuExpr *expr, const OuUnitConst *value, bool is_imaginary) {
    memset(&expr->as, 0, sizeof expr->as);
    expr->kind = OU_EXPR_Constant;
    expr->as.Constant.value = *value;
    expr->as.Constant.is_imaginary = is_imaginary;
}

static void fold_unary(OuExpr *expr) {
    const OuUnitConst *operand = value_of(expr->as.UnaryOp.operand);
    if (operand == NULL) { return; }
    OuUnitConst value = *operand;
    OuUnaryOp op = expr->as.UnaryOp.op;
    if (value.kind == OU_UNIT_INT && op == OU_UNARY_USub && value.as.integer != INT64_MIN) {
        value.as.integer = -value.as.integer;
    } else if (value.kind == OU_UNIT_INT && op == OU_UNARY_Invert) {
        value.as.integer = ~value.as.integer;
    } else if (value.kind == OU_UNIT_FLOAT && op == OU_UNARY_USub) {
        value.as.number = -value.as.number;
    } else if (value.kind == OU_UNIT_BIGINT && op == OU_UNARY_USub) {
        value.as.big.negative = !value.as.big.negative;
    } else if (!(op == OU_UNARY_UAdd &&
                 (value.kind == OU_UNIT_INT || value.kind == OU_UNIT_FLOAT || value.kind == OU_UNIT_BIGINT))) {
        return;
    }
    become(expr, &value, false);
}

static bool fold_ints(int64_t left, OuOperator op, int64_t right, int64_t *out) {
    switch (op) {
    case OU_OP_Add: return !__builtin_add_overflow(left, right, out) && fits(*out);
    case OU_OP_Sub: return !__builtin_sub_overflow(left, right, out) && fits(*out);
    case OU_OP_Mult: return !__builtin_mul_overflow(left, right, out) && fits(*out);
    case OU_OP_LShift:
        return right >= 0 && right < 62 && !__builtin_mul_overflow(left, INT64_C(1) << right, out) && fits(*out);
    case OU_OP_BitOr: *out = left | right; return true;
    case OU_OP_BitAnd: *out = left & right; return true;
    case OU_OP_BitXor: *out = left ^ right; return true;
    default: return false;
    }
}

static bool fold_floats(double left, OuOperator op, double right, double *out) {
    switch (op) {
    case OU_OP_Add: *out = left + right; return true;
    case OU_OP_Sub: *out = left - right; return true;
    case OU_OP_Mult: *out = left * right; return true;
    case OU_OP_Div: *out = right != 0 ? left / right : 0; return right != 0;
    default: return false;
    }
}

/* Exact as a double: an int operand converts without rounding. */
static bool as_double(const OuUnitConst *value, double *out) {
    if (value->kind == OU_UNIT_FLOAT) {
        *out = value->as.number;
        return true;
    }
    *out = (double)value->as.integer;
    return value->kind == OU_UNIT_INT && value->as.integer > -(INT64_C(1) << 53) &&
           value->as.integer < (INT64_C(1) << 53);
}

static bool fold_texts(Folder *f, const OuUnitConst *left, const OuUnitConst *right, OuUnitConst *out) {
    OuText a = left->as.text, b = right->as.text;
    size_t len = (size_t)a.length + b.length;
    if (left->kind != right->kind || len > MAX_FOLDED_TEXT) { return false; }
    char *text = ou_arena_array(f->arena, len + 1, 1);
    if (text == NULL) { return false; }
    memcpy(text, a.bytes, a.length);
    memcpy(text + a.length, b.bytes, b.length);
    *out = (OuUnitConst){.kind = left->kind, .as.text = {text, (uint32_t)len}};
    return true;
}

static void fold_binary(Folder *f, OuExpr *expr) {
    const OuUnitConst *left = value_of(expr->as.BinOp.left), *right = value_of(expr->as.BinOp.right);
    OuOperator op = expr->as.BinOp.op;
    OuUnitConst value = {.kind = OU_UNIT_INT};
    bool folded = false;
    double a, b;
    if (left == NULL || right == NULL) { return; }
    if (left->kind == OU_UNIT_INT && right->kind == OU_UNIT_INT) {
        folded = fold_ints(left->as.integer, op, right->as.integer, &value.as.integer);
    } else if (left->kind == OU_UNIT_STR || left->kind == OU_UNIT_BYTES) {
        folded = op == OU_OP_Add && fold_texts(f, left, right, &value);
    } else if (as_double(left, &a) && as_double(right, &b)) {
        value.kind = OU_UNIT_FLOAT;
        folded = fold_floats(a, op, b, &value.as.number) && isfinite(value.as.number);
    }
    if (folded) { become(expr, &value, false); }
}

static void fold_tuple(Folder *f, OuExpr *expr) {
    const OuExprSeq *elts = &expr->as.Tuple.elts;
    bool is_imaginary = false; /* in part */
    if (expr->as.Tuple.ctx != OU_CTX_LOAD) { return; }
    for (uint32_t i = 0; i < elts->count; i++) {
        if (elts->items[i]->kind != OU_EXPR_Constant) { return; }
        is_imaginary = is_imaginary || elts->items[i]->as.Constant.is_imaginary;
    }
    OuUnitConst *items = ou_arena_array(f->arena, elts->count, sizeof *items);
    if (items == NULL) { return; }
    for (uint32_t i = 0; i < elts->count; i++) { items[i] = elts->items[i]->as.Constant.value; }
    OuUnitConst value = {.kind = OU_UNIT_TUPLE, .as.tuple = {items, elts->count}};
    become(expr, &value, is_imaginary);
}

static void fold_expr(OuVisitor *visitor, OuExpr *expr) {
    Folder *f = (Folder *)visitor;
    uint32_t mark = f->spine.count;
    /* a left-deep chain in a loop, from the inside out */
    while (expr != NULL && ou_arena_push(f->arena, &f->spine, expr)) { expr = ou_expr_spine_next(expr); }
    while (f->spine.count > mark && !f->arena->failed) {
        expr = f->spine.items[--f->spine.count];
        ou_expr_children(expr, visitor);
        switch ((OuExprKind)expr->kind) {
        case OU_EXPR_BinOp: fold_binary(f, expr); break;
        case OU_EXPR_UnaryOp: fold_unary(expr); break;
        case OU_EXPR_Tuple: fold_tuple(f, expr); break;
        case OU_EXPR_Lambda: fold_expr(visitor, expr->as.Lambda.body); break;
        default: break;
        }
    }
}

static void fold_body(OuVisitor *visitor, const OuStmtSeq *body) {
    for (uint32_t i = 0; i < body->count; i++) {
        const OuStmt *stmt = body->items[i];
        /* 'a' + 'b' as a first statement must not turn into a docstring */
        bool is_sum = stmt->kind == OU_STMT_Expr && stmt->as.Expr.value->kind == OU_EXPR_BinOp;
        if (!is_sum) { ou_stmt_children(stmt, visitor); }
    }
}

bool ou_fold_module(OuArena *arena, OuModule *module) {
    Folder f = {.visitor = {.expr = fold_expr, .body = fold_body, .skips_spine = true}, .arena = arena};
    if (module->expression != NULL) { fold_expr(&f.visitor, module->expression); }
    fold_body(&f.visitor, &module->body);
    return !arena->failed;
}
