/*
 * Constant folding: only what is exact and cannot raise.
 *
 * Unary minus, plus and ~ on numbers, + - * / between small numbers, + of short strings, and displays
 * of constants in parentheses. An integer result must fit in 63 bits (the VM's immediates) and a float
 * operation must be one IEEE operation; everything else is left to run time, where it may raise.
 * Called by ou_compile() between parsing and scope analysis; the tree is changed in place.
 */
#include "compiler/parse.h"

#include <math.h>
#include <string.h>

enum { MAX_FOLDED_TEXT = 256 };

typedef struct Folder {
    OuArena *arena;
    OuArenaVec spine;
} Folder;

static void fold_expr(Folder *f, OuExpr *expr);
static void fold_body(Folder *f, const OuStmtSeq *body);

static void fold_all(Folder *f, const OuExprSeq *seq) {
    for (uint32_t i = 0; i < seq->count; i++) { fold_expr(f, seq->items[i]); }
}

/* ---- operations ------------------------------------------------------------------------------- */

static bool fits(int64_t value) { return value >= -(INT64_C(1) << 62) && value < (INT64_C(1) << 62); }

static void become(OuExpr *expr, const OuConst *value) {
    memset(&expr->as, 0, sizeof expr->as);
    expr->kind = OU_EXPR_Constant;
    expr->as.Constant.value = *value;
}

static void fold_unary(OuExpr *expr) {
    const OuExpr *operand = expr->as.UnaryOp.operand;
    if (operand->kind != OU_EXPR_Constant) { return; }
    OuConst value = operand->as.Constant.value;
    OuUnaryOp op = expr->as.UnaryOp.op;
    if (value.kind == OU_CONST_INT && op == OU_UNARY_USub && value.as.integer != INT64_MIN) {
        value.as.integer = -value.as.integer;
    } else if (value.kind == OU_CONST_INT && op == OU_UNARY_Invert) {
        value.as.integer = ~value.as.integer;
    } else if (value.kind == OU_CONST_FLOAT && op == OU_UNARY_USub) {
        value.as.number = -value.as.number;
    } else if (value.kind == OU_CONST_BIGINT && op == OU_UNARY_USub) {
        value.as.big.negative = !value.as.big.negative;
    } else if (!(op == OU_UNARY_UAdd &&
                 (value.kind == OU_CONST_INT || value.kind == OU_CONST_FLOAT || value.kind == OU_CONST_BIGINT))) {
        return;
    }
    become(expr, &value);
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
static bool as_double(const OuConst *value, double *out) {
    if (value->kind == OU_CONST_FLOAT) {
        *out = value->as.number;
        return true;
    }
    *out = (double)value->as.integer;
    return value->kind == OU_CONST_INT && value->as.integer > -(INT64_C(1) << 53) &&
           value->as.integer < (INT64_C(1) << 53);
}

static bool fold_texts(Folder *f, const OuConst *left, const OuConst *right, OuConst *out) {
    size_t len = (size_t)left->as.str.len + right->as.str.len;
    if (left->kind != right->kind || len > MAX_FOLDED_TEXT || left->as.str.has_surrogates ||
        right->as.str.has_surrogates) {
        return false;
    }
    char *text = ou_arena_array(f->arena, len + 1, 1);
    if (text == NULL) { return false; }
    memcpy(text, left->as.str.bytes, left->as.str.len);
    memcpy(text + left->as.str.len, right->as.str.bytes, right->as.str.len);
    *out = *left;
    out->as.str.bytes = text;
    out->as.str.len = (uint32_t)len;
    return true;
}

static void fold_binary(Folder *f, OuExpr *expr) {
    if (expr->as.BinOp.left->kind != OU_EXPR_Constant || expr->as.BinOp.right->kind != OU_EXPR_Constant) { return; }
    const OuConst *left = &expr->as.BinOp.left->as.Constant.value;
    const OuConst *right = &expr->as.BinOp.right->as.Constant.value;
    OuOperator op = expr->as.BinOp.op;
    OuConst value = {.kind = OU_CONST_INT};
    double a, b;
    if (left->kind == OU_CONST_INT && right->kind == OU_CONST_INT) {
        if (fold_ints(left->as.integer, op, right->as.integer, &value.as.integer)) { become(expr, &value); }
    } else if (left->kind == OU_CONST_STR || left->kind == OU_CONST_BYTES) {
        if (op == OU_OP_Add && fold_texts(f, left, right, &value)) { become(expr, &value); }
    } else if (as_double(left, &a) && as_double(right, &b)) {
        value.kind = OU_CONST_FLOAT;
        if (fold_floats(a, op, b, &value.as.number) && isfinite(value.as.number)) { become(expr, &value); }
    }
}

static void fold_tuple(Folder *f, OuExpr *expr) {
    const OuExprSeq *elts = &expr->as.Tuple.elts;
    if (expr->as.Tuple.ctx != OU_CTX_LOAD) { return; }
    for (uint32_t i = 0; i < elts->count; i++) {
        if (elts->items[i]->kind != OU_EXPR_Constant) { return; }
    }
    OuConst value = {.kind = OU_CONST_TUPLE};
    value.as.tuple.items = ou_arena_array(f->arena, elts->count, sizeof(OuConst *));
    if (value.as.tuple.items == NULL) { return; }
    value.as.tuple.count = elts->count;
    for (uint32_t i = 0; i < elts->count; i++) { value.as.tuple.items[i] = &elts->items[i]->as.Constant.value; }
    become(expr, &value);
}

/* ---- the walk --------------------------------------------------------------------------------- */

static void fold_arguments(Folder *f, const OuArguments *args) {
    fold_all(f, &args->defaults);
    fold_all(f, &args->kw_defaults);
}

static void fold_clauses(Folder *f, const OuComprehensionSeq *clauses) {
    for (uint32_t i = 0; i < clauses->count; i++) {
        fold_expr(f, clauses->items[i]->target);
        fold_expr(f, clauses->items[i]->iter);
        fold_all(f, &clauses->items[i]->ifs);
    }
}

static void fold_keywords(Folder *f, const OuKeywordSeq *keywords) {
    for (uint32_t i = 0; i < keywords->count; i++) { fold_expr(f, keywords->items[i]->value); }
}

static void fold_after_first(Folder *f, OuExpr *expr) {
    switch ((OuExprKind)expr->kind) {
    case OU_EXPR_BinOp:
        fold_expr(f, expr->as.BinOp.right);
        fold_binary(f, expr);
        break;
    case OU_EXPR_Subscript: fold_expr(f, expr->as.Subscript.slice); break;
    case OU_EXPR_Call:
        fold_all(f, &expr->as.Call.args);
        fold_keywords(f, &expr->as.Call.keywords);
        break;
    default: break;
    }
}

static void fold_leaf(Folder *f, OuExpr *expr) {
    switch ((OuExprKind)expr->kind) {
    case OU_EXPR_BoolOp: fold_all(f, &expr->as.BoolOp.values); break;
    case OU_EXPR_NamedExpr: fold_expr(f, expr->as.NamedExpr.value); break;
    case OU_EXPR_UnaryOp:
        fold_expr(f, expr->as.UnaryOp.operand);
        fold_unary(expr);
        break;
    case OU_EXPR_Lambda:
        fold_arguments(f, expr->as.Lambda.args);
        fold_expr(f, expr->as.Lambda.body);
        break;
    case OU_EXPR_IfExp:
        fold_expr(f, expr->as.IfExp.test);
        fold_expr(f, expr->as.IfExp.body);
        fold_expr(f, expr->as.IfExp.orelse);
        break;
    case OU_EXPR_Dict:
        fold_all(f, &expr->as.Dict.keys);
        fold_all(f, &expr->as.Dict.values);
        break;
    case OU_EXPR_Set: fold_all(f, &expr->as.Set.elts); break;
    case OU_EXPR_DictComp:
        fold_expr(f, expr->as.DictComp.value);
        fold_expr(f, expr->as.DictComp.key);
        fold_clauses(f, &expr->as.DictComp.generators);
        break;
    case OU_EXPR_ListComp:
    case OU_EXPR_SetComp:
    case OU_EXPR_GeneratorExp:
        fold_expr(f, expr->as.ListComp.elt);
        fold_clauses(f, &expr->as.ListComp.generators);
        break;
    case OU_EXPR_Await:
    case OU_EXPR_Yield:
    case OU_EXPR_YieldFrom: fold_expr(f, expr->as.Await.value); break;
    case OU_EXPR_Compare:
        fold_expr(f, expr->as.Compare.left);
        fold_all(f, &expr->as.Compare.comparators);
        break;
    case OU_EXPR_FormattedValue:
        fold_expr(f, expr->as.FormattedValue.value);
        fold_expr(f, expr->as.FormattedValue.format_spec);
        break;
    case OU_EXPR_JoinedStr: fold_all(f, &expr->as.JoinedStr.values); break;
    case OU_EXPR_Starred: fold_expr(f, expr->as.Starred.value); break;
    case OU_EXPR_List: fold_all(f, &expr->as.List.elts); break;
    case OU_EXPR_Tuple:
        fold_all(f, &expr->as.Tuple.elts);
        fold_tuple(f, expr);
        break;
    case OU_EXPR_Slice:
        fold_expr(f, expr->as.Slice.lower);
        fold_expr(f, expr->as.Slice.upper);
        fold_expr(f, expr->as.Slice.step);
        break;
    default: break;
    }
}

static void fold_expr(Folder *f, OuExpr *expr) {
    if (expr == NULL || f->arena->failed) { return; }
    uint32_t mark = f->spine.count;
    OuExpr *inner;
    while ((inner = ou_expr_spine_next(expr)) != NULL) {
        if (!ou_arena_push(f->arena, &f->spine, expr)) { return; }
        expr = inner;
    }
    fold_leaf(f, expr);
    while (f->spine.count > mark) {
        expr = f->spine.items[--f->spine.count];
        fold_after_first(f, expr);
    }
}

static void fold_if(Folder *f, const OuStmt *stmt) {
    for (;;) {
        fold_expr(f, stmt->as.If.test);
        fold_body(f, &stmt->as.If.body);
        const OuStmtSeq *orelse = &stmt->as.If.orelse;
        if (orelse->count != 1 || orelse->items[0]->kind != OU_STMT_If) {
            fold_body(f, orelse);
            return;
        }
        stmt = orelse->items[0];
    }
}

static void fold_try(Folder *f, const OuStmt *stmt) {
    fold_body(f, &stmt->as.Try.body);
    for (uint32_t i = 0; i < stmt->as.Try.handlers.count; i++) {
        fold_expr(f, stmt->as.Try.handlers.items[i]->type);
        fold_body(f, &stmt->as.Try.handlers.items[i]->body);
    }
    fold_body(f, &stmt->as.Try.orelse);
    fold_body(f, &stmt->as.Try.finalbody);
}

static void fold_stmt(Folder *f, OuStmt *stmt) {
    switch ((OuStmtKind)stmt->kind) {
    case OU_STMT_FunctionDef:
    case OU_STMT_AsyncFunctionDef:
        fold_all(f, &stmt->as.FunctionDef.decorator_list);
        fold_arguments(f, stmt->as.FunctionDef.args);
        fold_body(f, &stmt->as.FunctionDef.body);
        break;
    case OU_STMT_ClassDef:
        fold_all(f, &stmt->as.ClassDef.decorator_list);
        fold_all(f, &stmt->as.ClassDef.bases);
        fold_keywords(f, &stmt->as.ClassDef.keywords);
        fold_body(f, &stmt->as.ClassDef.body);
        break;
    case OU_STMT_Return: fold_expr(f, stmt->as.Return.value); break;
    case OU_STMT_Expr:
        /* 'a' + 'b' as a first statement must not turn into a docstring */
        if (stmt->as.Expr.value->kind != OU_EXPR_BinOp) { fold_expr(f, stmt->as.Expr.value); }
        break;
    case OU_STMT_Delete: fold_all(f, &stmt->as.Delete.targets); break;
    case OU_STMT_Assign:
        fold_all(f, &stmt->as.Assign.targets);
        fold_expr(f, stmt->as.Assign.value);
        break;
    case OU_STMT_AugAssign:
        fold_expr(f, stmt->as.AugAssign.target);
        fold_expr(f, stmt->as.AugAssign.value);
        break;
    case OU_STMT_AnnAssign:
        fold_expr(f, stmt->as.AnnAssign.target);
        fold_expr(f, stmt->as.AnnAssign.annotation);
        fold_expr(f, stmt->as.AnnAssign.value);
        break;
    case OU_STMT_For:
    case OU_STMT_AsyncFor:
        fold_expr(f, stmt->as.For.target);
        fold_expr(f, stmt->as.For.iter);
        fold_body(f, &stmt->as.For.body);
        fold_body(f, &stmt->as.For.orelse);
        break;
    case OU_STMT_While:
        fold_expr(f, stmt->as.While.test);
        fold_body(f, &stmt->as.While.body);
        fold_body(f, &stmt->as.While.orelse);
        break;
    case OU_STMT_If: fold_if(f, stmt); break;
    case OU_STMT_With:
    case OU_STMT_AsyncWith:
        for (uint32_t i = 0; i < stmt->as.With.items.count; i++) {
            fold_expr(f, stmt->as.With.items.items[i]->context_expr);
            fold_expr(f, stmt->as.With.items.items[i]->optional_vars);
        }
        fold_body(f, &stmt->as.With.body);
        break;
    case OU_STMT_Match:
        fold_expr(f, stmt->as.Match.subject);
        for (uint32_t i = 0; i < stmt->as.Match.cases.count; i++) {
            fold_expr(f, stmt->as.Match.cases.items[i]->guard);
            fold_body(f, &stmt->as.Match.cases.items[i]->body);
        }
        break;
    case OU_STMT_Raise:
        fold_expr(f, stmt->as.Raise.exc);
        fold_expr(f, stmt->as.Raise.cause);
        break;
    case OU_STMT_Try:
    case OU_STMT_TryStar: fold_try(f, stmt); break;
    case OU_STMT_Assert:
        fold_expr(f, stmt->as.Assert.test);
        fold_expr(f, stmt->as.Assert.msg);
        break;
    default: break;
    }
}

static void fold_body(Folder *f, const OuStmtSeq *body) {
    for (uint32_t i = 0; i < body->count && !f->arena->failed; i++) { fold_stmt(f, body->items[i]); }
}

bool ou_fold_module(OuArena *arena, OuModule *module) {
    Folder f = {.arena = arena};
    fold_expr(&f, module->expression);
    fold_body(&f, &module->body);
    return !arena->failed;
}
