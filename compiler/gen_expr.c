/* Expressions to instructions. Chains that the parser builds in a loop (a + b + c ..., x.a.b.c, f()()()) are walked in
 * a loop from their innermost node outward. */
#include "compiler/gen.h"

#include <string.h>

static OuReg want_or_temp(OuGen *g, OuReg want) { return want == OU_ANY ? ou_temp(g) : want; }

static void attribute_words(OuGen *g, const OuIdent *name) {
    ou_emit_word(g, ou_gen_name(g, ou_scope_mangle(g->scope, (OuIdent *)(uintptr_t)name)));
    ou_emit_word(g, 0);
    ou_emit_word(g, 0);
    ou_emit_word(g, 0);
}

void ou_move(OuGen *g, OuReg dst, OuReg src) {
    if (dst != src) { ou_emit(g, ou_is_temp(g, src) ? OP_TAKE : OP_MOVE, (uint32_t)dst, (uint32_t)src, 0); }
}

static bool is_local(const OuGen *g, OuReg reg) { return reg < (OuReg)g->named; }

OuReg ou_operand(OuGen *g, const OuExpr *e, const OuExpr *later) {
    OuReg reg = ou_expr(g, e);
    if (is_local(g, reg) && ou_expr_binds(later)) {
        OuReg copy = ou_temp(g);
        ou_emit(g, OP_MOVE, (uint32_t)copy, (uint32_t)reg, 0);
        return copy;
    }
    return reg;
}

/* A constant operand that fits in a byte, or -1. */
int ou_small_const(OuGen *g, const OuExpr *e) {
    OuUnitConst constant;
    if (e->kind != OU_EXPR_Constant || e->as.Constant.value.kind == OU_CONST_IMAGINARY ||
        !ou_gen_const_from(g, &e->as.Constant.value, &constant)) {
        return -1;
    }
    uint32_t index = ou_gen_const(g, &constant);
    return index < 256 ? (int)index : -1;
}

/* --- binary operators ------------------------------------------------------------------------------------- */

/* The numbers of vm's OuBinary. */
int ou_binary_code(OuOperator op) {
    static const int codes[] = {
        [OU_OP_Add] = 0,    [OU_OP_Sub] = 1,     [OU_OP_Mult] = 2,    [OU_OP_Div] = 3,    [OU_OP_FloorDiv] = 4,
        [OU_OP_Mod] = 5,    [OU_OP_Pow] = 6,     [OU_OP_LShift] = 7,  [OU_OP_RShift] = 8, [OU_OP_BitAnd] = 9,
        [OU_OP_BitOr] = 10, [OU_OP_BitXor] = 11, [OU_OP_MatMult] = 12};
    return codes[op];
}

static int binary_op(OuOperator op) {
    static const int ops[] = {[OU_OP_Add] = OP_ADD,       [OU_OP_Sub] = OP_SUB,           [OU_OP_Mult] = OP_MUL,
                              [OU_OP_Div] = OP_TRUEDIV,   [OU_OP_FloorDiv] = OP_FLOORDIV, [OU_OP_Mod] = OP_MOD,
                              [OU_OP_BitAnd] = OP_AND,    [OU_OP_BitOr] = OP_OR,          [OU_OP_BitXor] = OP_XOR,
                              [OU_OP_LShift] = OP_LSHIFT, [OU_OP_RShift] = OP_RSHIFT,     [OU_OP_Pow] = -1,
                              [OU_OP_MatMult] = -1};
    return ops[op];
}

static int binary_const_op(OuOperator op) {
    static const int ops[] = {[OU_OP_Add] = OP_ADDK,
                              [OU_OP_Sub] = OP_SUBK,
                              [OU_OP_Mult] = OP_MULK,
                              [OU_OP_Div] = OP_TRUEDIVK,
                              [OU_OP_FloorDiv] = OP_FLOORDIVK,
                              [OU_OP_Mod] = OP_MODK,
                              [OU_OP_BitAnd] = OP_ANDK,
                              [OU_OP_BitOr] = -1,
                              [OU_OP_BitXor] = -1,
                              [OU_OP_LShift] = -1,
                              [OU_OP_RShift] = OP_RSHIFTK,
                              [OU_OP_Pow] = -1,
                              [OU_OP_MatMult] = -1};
    return ops[op];
}

static OuReg binary(OuGen *g, const OuExpr *e, OuReg left, OuReg mark, OuReg want) {
    const OuExpr *right = e->as.BinOp.right;
    int with_const = binary_const_op(e->as.BinOp.op);
    int constant = with_const >= 0 ? ou_small_const(g, right) : -1;
    OuReg right_reg = constant >= 0 ? 0 : ou_expr(g, right);
    g->next_temp = mark;
    OuReg dst = want_or_temp(g, want);
    ou_at_expr(g, e);
    if (constant >= 0) {
        ou_emit(g, (OuOpcode)with_const, (uint32_t)dst, (uint32_t)left, (uint32_t)constant);
        return dst;
    }
    int op = binary_op(e->as.BinOp.op);
    ou_emit(g, op >= 0 ? (OuOpcode)op : OP_BINARY, (uint32_t)dst, (uint32_t)left, (uint32_t)right_reg);
    if (op < 0) { ou_emit_word(g, (uint32_t)ou_binary_code(e->as.BinOp.op)); }
    return dst;
}

/* --- comparisons -------------------------------------------------------------------------------------------- */

static OuOpcode compare_op(uint8_t op) {
    static const uint8_t ops[] = {
        [OU_CMP_Eq] = OP_EQ, [OU_CMP_NotEq] = OP_NE,    [OU_CMP_Lt] = OP_LT, [OU_CMP_LtE] = OP_LE,
        [OU_CMP_Gt] = OP_GT, [OU_CMP_GtE] = OP_GE,      [OU_CMP_Is] = OP_IS, [OU_CMP_IsNot] = OP_IS_NOT,
        [OU_CMP_In] = OP_IN, [OU_CMP_NotIn] = OP_NOT_IN};
    return (OuOpcode)ops[op];
}

static OuReg compare(OuGen *g, const OuExpr *e, OuReg want) {
    const OuExprSeq *rights = &e->as.Compare.comparators;
    OuReg mark = g->next_temp;
    if (rights->count == 1) {
        OuReg left = ou_operand(g, e->as.Compare.left, rights->items[0]);
        OuReg right = ou_expr(g, rights->items[0]);
        g->next_temp = mark;
        OuReg dst = want_or_temp(g, want);
        ou_at_expr(g, e);
        ou_emit(g, compare_op(e->as.Compare.ops[0]), (uint32_t)dst, (uint32_t)left, (uint32_t)right);
        return dst;
    }
    /* a < b < c: the middle values are needed twice. `result` lies below them. */
    OuReg result = ou_temp(g), left_home = ou_temp(g), next_home = ou_temp(g), copy = ou_temp(g);
    uint32_t out = ou_label_new(g), end = ou_label_new(g);
    ou_expr_to(g, e->as.Compare.left, left_home);
    for (uint32_t i = 0; i + 1 < rights->count; i++) {
        ou_expr_to(g, rights->items[i], next_home);
        ou_at_expr(g, e);
        ou_emit(g, OP_TAKE, (uint32_t)copy, (uint32_t)left_home, 0);
        ou_emit(g, OP_TAKE, (uint32_t)left_home, (uint32_t)next_home, 0);
        /* next_home is a temporary read in place: MOVE does not consume. */
        ou_emit(g, OP_MOVE, (uint32_t)next_home, (uint32_t)left_home, 0);
        ou_emit(g, compare_op(e->as.Compare.ops[i]), (uint32_t)result, (uint32_t)copy, (uint32_t)next_home);
        ou_emit_jump(g, OP_JF_KEEP, (uint32_t)result, 0, 0, out);
    }
    OuReg last = ou_expr(g, rights->items[rights->count - 1]);
    ou_at_expr(g, e);
    ou_emit(g, compare_op(e->as.Compare.ops[rights->count - 1]), (uint32_t)result, (uint32_t)left_home, (uint32_t)last);
    ou_emit_jump(g, OP_JUMP, 0, 0, 0, end);
    ou_label_here(g, out);
    ou_emit(g, OP_DROP, (uint32_t)left_home, 0, 0);
    ou_label_here(g, end);
    g->next_temp = mark;
    if (want == OU_ANY) { return ou_temp(g); }
    ou_move(g, want, result);
    return want;
}

/* --- conditions ---------------------------------------------------------------------------------------------- */

static bool constant_truth(const OuExpr *e, bool *truth) {
    if (e->kind != OU_EXPR_Constant) { return false; }
    const OuConst *value = &e->as.Constant.value;
    switch (value->kind) {
    case OU_CONST_NONE:
    case OU_CONST_FALSE: *truth = false; return true;
    case OU_CONST_TRUE:
    case OU_CONST_ELLIPSIS:
    case OU_CONST_BIGINT: *truth = true; return true;
    case OU_CONST_INT: *truth = value->as.integer != 0; return true;
    case OU_CONST_FLOAT: *truth = value->as.number != 0; return true;
    case OU_CONST_STR:
    case OU_CONST_BYTES: *truth = value->as.str.len != 0; return true;
    case OU_CONST_TUPLE: *truth = value->as.tuple.count != 0; return true;
    default: return false;
    }
}

static bool is_none(const OuExpr *e) {
    return e->kind == OU_EXPR_Constant && e->as.Constant.value.kind == OU_CONST_NONE;
}

static void condition_compare(OuGen *g, const OuExpr *e, uint32_t label, bool sense) {
    const OuExpr *left = e->as.Compare.left, *right = e->as.Compare.comparators.items[0];
    uint8_t op = e->as.Compare.ops[0];
    OuReg mark = g->next_temp;
    OuReg a = ou_operand(g, left, right);
    if ((op == OU_CMP_Is || op == OU_CMP_IsNot) && is_none(right)) {
        ou_at_expr(g, e);
        ou_emit_jump(g, (op == OU_CMP_Is) == sense ? OP_JNONE : OP_JNOTNONE, (uint32_t)a, 0, 0, label);
        g->next_temp = mark;
        return;
    }
    static const uint8_t with_const[] = {[OU_CMP_Eq] = OP_JEQK,  [OU_CMP_NotEq] = OP_JNEK, [OU_CMP_Lt] = OP_JLTK,
                                         [OU_CMP_LtE] = OP_JLEK, [OU_CMP_Gt] = OP_JGTK,    [OU_CMP_GtE] = OP_JGEK};
    static const uint8_t plain[] = {
        [OU_CMP_Eq] = OP_JEQ, [OU_CMP_NotEq] = OP_JNE, [OU_CMP_Lt] = OP_JLT, [OU_CMP_LtE] = OP_JLE,
        [OU_CMP_Gt] = OP_JGT, [OU_CMP_GtE] = OP_JGE,   [OU_CMP_Is] = OP_JIS, [OU_CMP_IsNot] = OP_JIS,
        [OU_CMP_In] = OP_JIN, [OU_CMP_NotIn] = OP_JIN};
    int constant = op <= OU_CMP_GtE ? ou_small_const(g, right) : -1;
    if (constant >= 0) {
        ou_at_expr(g, e);
        ou_emit_jump(g, (OuOpcode)with_const[op], (uint32_t)a, (uint32_t)constant, sense, label);
        g->next_temp = mark;
        return;
    }
    OuReg b = ou_expr(g, right);
    bool negated = op == OU_CMP_IsNot || op == OU_CMP_NotIn;
    ou_at_expr(g, e);
    ou_emit_jump(g, (OuOpcode)plain[op], (uint32_t)a, (uint32_t)b, sense != negated, label);
    g->next_temp = mark;
}

void ou_condition(OuGen *g, const OuExpr *e, uint32_t label, bool sense) {
    bool truth;
    if (constant_truth(e, &truth)) {
        if (truth == sense) { ou_emit_jump(g, OP_JUMP, 0, 0, 0, label); }
        return;
    }
    if (e->kind == OU_EXPR_UnaryOp && e->as.UnaryOp.op == OU_UNARY_Not) {
        ou_condition(g, e->as.UnaryOp.operand, label, !sense);
        return;
    }
    if (e->kind == OU_EXPR_BoolOp) {
        const OuExprSeq *values = &e->as.BoolOp.values;
        bool is_or = e->as.BoolOp.op == OU_BOOL_Or;
        OuRegSet before = g->assigned;
        if (is_or == sense) { /* any one decides for the label */
            for (uint32_t i = 0; i < values->count; i++) {
                ou_condition(g, values->items[i], label, sense);
                if (i == 0) { before = g->assigned; }
            }
        } else { /* any one decides against it */
            uint32_t past = ou_label_new(g);
            for (uint32_t i = 0; i < values->count; i++) {
                bool last = i + 1 == values->count;
                ou_condition(g, values->items[i], last ? label : past, last ? sense : !sense);
                if (i == 0) { before = g->assigned; }
            }
            ou_label_here(g, past);
        }
        ou_set_intersect(&g->assigned, &before);
        return;
    }
    if (e->kind == OU_EXPR_Compare && e->as.Compare.comparators.count == 1) {
        condition_compare(g, e, label, sense);
        return;
    }
    OuReg mark = g->next_temp;
    OuReg value = ou_expr(g, e);
    ou_at_expr(g, e);
    ou_emit_jump(g, sense ? OP_JT : OP_JF, (uint32_t)value, 0, 0, label);
    g->next_temp = mark;
}

static OuReg bool_op(OuGen *g, const OuExpr *e, OuReg want) {
    const OuExprSeq *values = &e->as.BoolOp.values;
    OuReg mark = g->next_temp;
    bool direct = want != OU_ANY && ou_is_temp(g, want);
    OuReg dst = direct ? want : ou_temp(g);
    uint32_t end = ou_label_new(g);
    OuRegSet after_first = g->assigned;
    for (uint32_t i = 0; i < values->count; i++) {
        ou_expr_to(g, values->items[i], dst);
        if (i + 1 < values->count) {
            ou_at_expr(g, values->items[i]);
            ou_emit_jump(g, e->as.BoolOp.op == OU_BOOL_Or ? OP_JT_KEEP : OP_JF_KEEP, (uint32_t)dst, 0, 0, end);
        }
        if (i == 0) { after_first = g->assigned; }
    }
    ou_label_here(g, end);
    g->assigned = after_first;
    if (direct) { return dst; }
    g->next_temp = mark;
    if (want == OU_ANY) { return ou_temp(g); }
    ou_move(g, want, dst);
    return want;
}

static OuReg if_exp(OuGen *g, const OuExpr *e, OuReg want) {
    uint32_t otherwise = ou_label_new(g), end = ou_label_new(g);
    OuReg dst = want_or_temp(g, want);
    ou_condition(g, e->as.IfExp.test, otherwise, false);
    OuRegSet before = g->assigned;
    ou_expr_to(g, e->as.IfExp.body, dst);
    ou_emit_jump(g, OP_JUMP, 0, 0, 0, end);
    ou_label_here(g, otherwise);
    g->assigned = before;
    ou_expr_to(g, e->as.IfExp.orelse, dst);
    ou_label_here(g, end);
    g->assigned = before;
    return dst;
}

/* --- displays --------------------------------------------------------------------------------------------------- */

#define PIECE 24u /* values collected in temporaries before they go into a growing display */

static bool has_star(const OuExprSeq *elts) {
    for (uint32_t i = 0; i < elts->count; i++) {
        if (elts->items[i]->kind == OU_EXPR_Starred) { return true; }
    }
    return false;
}

static OuReg display_simple(OuGen *g, const OuExpr *e, const OuExprSeq *elts, OuOpcode op, OuReg want) {
    OuReg mark = g->next_temp;
    for (uint32_t i = 0; i < elts->count; i++) { ou_expr_to(g, elts->items[i], ou_temp(g)); }
    g->next_temp = mark;
    OuReg dst = want_or_temp(g, want);
    ou_at_expr(g, e);
    ou_emit(g, op, (uint32_t)dst, (uint32_t)mark, elts->count);
    return dst;
}

/* Builds a list or a set in a temporary, item by item after the first piece. */
static OuReg display_pieces(OuGen *g, const OuExpr *e, const OuExprSeq *elts, bool is_set, uint32_t skip) {
    OuReg home = ou_temp(g);
    OuReg mark = g->next_temp;
    uint32_t first = skip;
    while (first < elts->count && first - skip < PIECE && elts->items[first]->kind != OU_EXPR_Starred) {
        ou_expr_to(g, elts->items[first], ou_temp(g));
        first++;
    }
    g->next_temp = mark;
    ou_at_expr(g, e);
    ou_emit(g, is_set ? OP_BUILD_SET : OP_BUILD_LIST, (uint32_t)home, (uint32_t)mark, first - skip);
    for (uint32_t i = first; i < elts->count; i++) {
        const OuExpr *item = elts->items[i];
        bool starred = item->kind == OU_EXPR_Starred;
        OuReg value = ou_expr(g, starred ? item->as.Starred.value : item);
        ou_at_expr(g, item);
        ou_emit(g, is_set ? (starred ? OP_SET_UPDATE : OP_SET_ADD) : (starred ? OP_LIST_EXTEND : OP_LIST_APPEND),
                (uint32_t)home, (uint32_t)value, 0);
        g->next_temp = mark;
    }
    return home;
}

/* A display of three constants or more: CPython updates an empty set from a constant frozenset, and that decides the
 * size of the table and so the order of iteration. */
static OuReg constant_set(OuGen *g, const OuExpr *e, const OuExprSeq *elts, OuReg want) {
    OuReg mark = g->next_temp;
    OuReg home = ou_temp(g), items = ou_temp(g);
    g->next_temp = items;
    if (elts->count <= PIECE) {
        display_simple(g, e, elts, OP_BUILD_SET, ou_temp(g));
    } else {
        display_pieces(g, e, elts, true, 0);
    }
    ou_at_expr(g, e);
    ou_emit(g, OP_BUILD_SET, (uint32_t)home, (uint32_t)home, 0);
    ou_emit(g, OP_SET_UPDATE, (uint32_t)home, (uint32_t)items, 0);
    g->next_temp = mark;
    OuReg dst = want_or_temp(g, want);
    ou_move(g, dst, home);
    return dst;
}

static bool all_constant(const OuExprSeq *elts) {
    for (uint32_t i = 0; i < elts->count; i++) {
        if (elts->items[i]->kind != OU_EXPR_Constant) { return false; }
    }
    return true;
}

static OuReg display(OuGen *g, const OuExpr *e, const OuExprSeq *elts, OuReg want) {
    if (e->kind == OU_EXPR_Set && elts->count >= 3 && all_constant(elts)) { return constant_set(g, e, elts, want); }
    OuOpcode op = e->kind == OU_EXPR_Tuple ? OP_BUILD_TUPLE : e->kind == OU_EXPR_List ? OP_BUILD_LIST : OP_BUILD_SET;
    if (elts->count <= PIECE && !has_star(elts)) { return display_simple(g, e, elts, op, want); }
    OuReg mark = g->next_temp;
    OuReg home = display_pieces(g, e, elts, e->kind == OU_EXPR_Set, 0);
    g->next_temp = mark;
    OuReg dst = want_or_temp(g, want);
    if (e->kind == OU_EXPR_Tuple) {
        ou_at_expr(g, e);
        ou_emit(g, OP_LIST_TO_TUPLE, (uint32_t)dst, (uint32_t)home, 0);
    } else {
        ou_move(g, dst, home);
    }
    return dst;
}

static OuReg dict_display(OuGen *g, const OuExpr *e, OuReg want) {
    const OuExprSeq *keys = &e->as.Dict.keys, *values = &e->as.Dict.values;
    OuReg mark = g->next_temp;
    bool simple = keys->count <= PIECE / 2;
    for (uint32_t i = 0; simple && i < keys->count; i++) { simple = keys->items[i] != NULL; }
    OuReg home = ou_temp(g);
    OuReg start = g->next_temp;
    uint32_t first = 0;
    for (; first < keys->count && first < PIECE / 2 && keys->items[first] != NULL; first++) {
        ou_expr_to(g, keys->items[first], ou_temp(g));
        ou_expr_to(g, values->items[first], ou_temp(g));
    }
    g->next_temp = start;
    ou_at_expr(g, e);
    if (simple) {
        g->next_temp = mark;
        OuReg dst = want_or_temp(g, want);
        ou_emit(g, OP_BUILD_DICT, (uint32_t)dst, (uint32_t)start, first);
        return dst;
    }
    ou_emit(g, OP_BUILD_DICT, (uint32_t)home, (uint32_t)start, first);
    for (uint32_t i = first; i < keys->count; i++) {
        if (keys->items[i] == NULL) {
            OuReg other = ou_expr(g, values->items[i]);
            ou_at_expr(g, values->items[i]);
            ou_emit(g, OP_DICT_UPDATE, (uint32_t)home, (uint32_t)other, 0);
        } else {
            OuReg key = ou_operand(g, keys->items[i], values->items[i]);
            OuReg value = ou_expr(g, values->items[i]);
            ou_at_expr(g, e);
            ou_emit(g, OP_DICT_SET, (uint32_t)home, (uint32_t)key, (uint32_t)value);
        }
        g->next_temp = start;
    }
    g->next_temp = mark;
    OuReg dst = want_or_temp(g, want);
    ou_move(g, dst, home);
    return dst;
}

/* --- f-strings ---------------------------------------------------------------------------------------------------- */

static OuReg formatted(OuGen *g, const OuExpr *e, OuReg want) {
    OuReg mark = g->next_temp;
    uint32_t conversion = e->as.FormattedValue.conversion > 0 ? (uint32_t)e->as.FormattedValue.conversion : 0;
    const OuExpr *spec = e->as.FormattedValue.format_spec;
    OuReg value =
        spec != NULL ? ou_operand(g, e->as.FormattedValue.value, spec) : ou_expr(g, e->as.FormattedValue.value);
    if (spec == NULL) {
        g->next_temp = mark;
        OuReg dst = want_or_temp(g, want);
        ou_at_expr(g, e);
        ou_emit(g, OP_FORMAT, (uint32_t)dst, (uint32_t)value, conversion);
        return dst;
    }
    OuReg spec_reg = ou_expr(g, spec);
    g->next_temp = mark;
    OuReg dst = want_or_temp(g, want);
    ou_at_expr(g, e);
    ou_emit(g, OP_FORMAT_SPEC, (uint32_t)dst, (uint32_t)value, (uint32_t)spec_reg);
    ou_emit_word(g, conversion);
    return dst;
}

static OuReg joined(OuGen *g, const OuExpr *e, OuReg want) {
    const OuExprSeq *values = &e->as.JoinedStr.values;
    OuReg mark = g->next_temp;
    if (values->count == 0) {
        OuReg dst = want_or_temp(g, want);
        ou_load_text(g, dst, "", 0);
        return dst;
    }
    if (values->count == 1) { return ou_expr_want(g, values->items[0], want); }
    uint32_t held = 0;
    for (uint32_t i = 0; i < values->count; i++) {
        ou_expr_to(g, values->items[i], ou_temp(g));
        held++;
        if (held == PIECE && i + 1 < values->count) { /* join what there is and go on with one string */
            g->next_temp = mark;
            ou_at_expr(g, e);
            ou_emit(g, OP_BUILD_STRING, (uint32_t)ou_temp(g), (uint32_t)mark, held);
            held = 1;
        }
    }
    g->next_temp = mark;
    OuReg dst = want_or_temp(g, want);
    ou_at_expr(g, e);
    ou_emit(g, OP_BUILD_STRING, (uint32_t)dst, (uint32_t)mark, held);
    return dst;
}

/* --- the rest ------------------------------------------------------------------------------------------------------- */

static OuReg subscript(OuGen *g, const OuExpr *e, OuReg object, OuReg mark, OuReg want) {
    int constant = ou_small_const(g, e->as.Subscript.slice);
    if (constant >= 0) {
        g->next_temp = mark;
        OuReg dst = want_or_temp(g, want);
        ou_at_expr(g, e);
        ou_emit(g, OP_GETITEMK, (uint32_t)dst, (uint32_t)object, (uint32_t)constant);
        return dst;
    }
    if (is_local(g, object) && ou_expr_binds(e->as.Subscript.slice)) {
        OuReg copy = ou_temp(g);
        ou_emit(g, OP_MOVE, (uint32_t)copy, (uint32_t)object, 0);
        object = copy;
    }
    OuReg key = ou_expr(g, e->as.Subscript.slice);
    g->next_temp = mark;
    OuReg dst = want_or_temp(g, want);
    ou_at_expr(g, e);
    ou_emit(g, OP_GETITEM, (uint32_t)dst, (uint32_t)object, (uint32_t)key);
    return dst;
}

static OuReg slice(OuGen *g, const OuExpr *e, OuReg want) {
    OuReg mark = g->next_temp;
    const OuExpr *parts[3] = {e->as.Slice.lower, e->as.Slice.upper, e->as.Slice.step};
    uint32_t count = parts[2] != NULL ? 3 : 2;
    for (uint32_t i = 0; i < count; i++) {
        OuReg temp = ou_temp(g);
        if (parts[i] != NULL) {
            ou_expr_to(g, parts[i], temp);
        } else {
            ou_load_kind(g, temp, OU_UNIT_NONE);
        }
    }
    g->next_temp = mark;
    OuReg dst = want_or_temp(g, want);
    ou_at_expr(g, e);
    ou_emit(g, OP_BUILD_SLICE, (uint32_t)dst, (uint32_t)mark, count);
    return dst;
}

static OuReg unary(OuGen *g, const OuExpr *e, OuReg want) {
    static const uint8_t ops[] = {[OU_UNARY_Invert] = OP_INVERT,
                                  [OU_UNARY_Not] = OP_NOT,
                                  [OU_UNARY_UAdd] = OP_POSITIVE,
                                  [OU_UNARY_USub] = OP_NEGATIVE};
    OuReg mark = g->next_temp;
    OuReg operand = ou_expr(g, e->as.UnaryOp.operand);
    g->next_temp = mark;
    OuReg dst = want_or_temp(g, want);
    ou_at_expr(g, e);
    ou_emit(g, (OuOpcode)ops[e->as.UnaryOp.op], (uint32_t)dst, (uint32_t)operand, 0);
    return dst;
}

static OuReg yield(OuGen *g, const OuExpr *e, OuReg want) {
    OuReg mark = g->next_temp;
    OuReg value;
    if (e->as.Yield.value != NULL) {
        value = ou_expr(g, e->as.Yield.value);
    } else {
        value = ou_temp(g);
        ou_load_kind(g, value, OU_UNIT_NONE);
    }
    g->next_temp = mark;
    OuReg dst = want_or_temp(g, want);
    ou_at_expr(g, e);
    ou_emit(g, OP_YIELD, (uint32_t)dst, (uint32_t)value, 0);
    return dst;
}

static OuReg yield_from(OuGen *g, const OuExpr *e, OuReg want) {
    OuReg mark = g->next_temp;
    OuReg sent = ou_temp(g), iterator = ou_temp(g);
    OuReg value = ou_expr(g, e->as.YieldFrom.value);
    ou_at_expr(g, e);
    ou_emit(g, OP_YIELD_ITER, (uint32_t)iterator, (uint32_t)value, 0);
    ou_load_kind(g, sent, OU_UNIT_NONE);
    ou_emit(g, OP_YIELD_FROM, (uint32_t)sent, (uint32_t)iterator, 0);
    g->next_temp = mark;
    if (want == OU_ANY) { return ou_temp(g); }
    ou_move(g, want, sent);
    return want;
}

static OuReg named_expr(OuGen *g, const OuExpr *e, OuReg want) {
    OuIdent *name = e->as.NamedExpr.target->as.Name.id;
    OuReg local = ou_name_target(g, name);
    if (local != OU_ANY) {
        ou_expr_to(g, e->as.NamedExpr.value, local);
        ou_mark_assigned(g, local);
        /* A later operand may bind it again, so the value of the expression is a copy. */
        OuReg dst = want_or_temp(g, want);
        ou_emit(g, OP_MOVE, (uint32_t)dst, (uint32_t)local, 0);
        return dst;
    }
    OuReg dst = want != OU_ANY && ou_is_temp(g, want) ? want : ou_temp(g);
    ou_expr_to(g, e->as.NamedExpr.value, dst);
    OuReg copy = ou_temp(g);
    ou_emit(g, OP_MOVE, (uint32_t)copy, (uint32_t)dst, 0);
    ou_at_expr(g, e);
    ou_store_name(g, name, copy);
    g->next_temp = copy;
    if (want != OU_ANY && want != dst) {
        ou_move(g, want, dst);
        return want;
    }
    return dst;
}

static OuReg attribute(OuGen *g, const OuExpr *e, OuReg object, OuReg mark, OuReg want) {
    g->next_temp = mark;
    OuReg dst = want_or_temp(g, want);
    ou_at_expr(g, e);
    ou_emit(g, OP_LOAD_ATTR, (uint32_t)dst, (uint32_t)object, 0);
    attribute_words(g, e->as.Attribute.attr);
    return dst;
}

static OuReg leaf(OuGen *g, const OuExpr *e, OuReg want) {
    switch ((OuExprKind)e->kind) {
    case OU_EXPR_Name: ou_at_expr(g, e); return ou_load_name(g, e->as.Name.id, want);
    case OU_EXPR_Constant: {
        OuUnitConst constant;
        ou_at_expr(g, e);
        OuReg dst = want_or_temp(g, want);
        if (ou_gen_const_from(g, &e->as.Constant.value, &constant)) { ou_load_const(g, dst, &constant); }
        return dst;
    }
    case OU_EXPR_BoolOp: return bool_op(g, e, want);
    case OU_EXPR_NamedExpr: return named_expr(g, e, want);
    case OU_EXPR_UnaryOp: return unary(g, e, want);
    case OU_EXPR_Lambda: return ou_function(g, e, NULL, want);
    case OU_EXPR_IfExp: return if_exp(g, e, want);
    case OU_EXPR_Dict: return dict_display(g, e, want);
    case OU_EXPR_Set: return display(g, e, &e->as.Set.elts, want);
    case OU_EXPR_List: return display(g, e, &e->as.List.elts, want);
    case OU_EXPR_Tuple: return display(g, e, &e->as.Tuple.elts, want);
    case OU_EXPR_ListComp:
    case OU_EXPR_SetComp:
    case OU_EXPR_DictComp:
    case OU_EXPR_GeneratorExp: return ou_comprehension(g, e, want);
    case OU_EXPR_Yield: return yield(g, e, want);
    case OU_EXPR_YieldFrom: return yield_from(g, e, want);
    case OU_EXPR_Compare: return compare(g, e, want);
    case OU_EXPR_FormattedValue: return formatted(g, e, want);
    case OU_EXPR_JoinedStr: return joined(g, e, want);
    case OU_EXPR_Slice: return slice(g, e, want);
    case OU_EXPR_Starred:
        ou_gen_error(g, e->line, e->col, e->end_line, e->end_col, "can't use starred expression here");
        return want_or_temp(g, want);
    case OU_EXPR_Await: ou_gen_unsupported(g, e->line, e->col, "'await'"); return want_or_temp(g, want);
    default: return want_or_temp(g, want);
    }
}

OuReg ou_expr_want(OuGen *g, const OuExpr *e, OuReg want) {
    if (g->failed) { return want == OU_ANY ? (OuReg)g->named : want; }
    if (ou_expr_spine_next(e) == NULL) { return leaf(g, e, want); }
    OuArenaVec chain = {0};
    while (ou_expr_spine_next(e) != NULL) {
        if (!ou_arena_push(g->arena, &chain, (void *)(uintptr_t)e)) {
            g->failed = true;
            ou_source_error(g->error, OU_ERR_MEMORY, 0, 0, 0, 0, "out of memory");
            return want == OU_ANY ? (OuReg)g->named : want;
        }
        e = ou_expr_spine_next(e);
    }
    OuReg mark = g->next_temp;
    const OuExpr *outer = chain.items[chain.count - 1];
    /* A call evaluates its callee straight into its own window. */
    OuReg value = outer->kind == OU_EXPR_Call ? ou_temp(g) : OU_ANY;
    if (value != OU_ANY) {
        ou_expr_to(g, e, value);
    } else {
        value = outer->kind == OU_EXPR_BinOp ? ou_operand(g, e, outer->as.BinOp.right) : leaf(g, e, OU_ANY);
    }
    for (uint32_t i = chain.count; i-- > 0;) {
        const OuExpr *node = chain.items[i];
        const OuExpr *parent = i > 0 ? chain.items[i - 1] : NULL;
        OuReg into = parent == NULL ? want : OU_ANY;
        switch ((OuExprKind)node->kind) {
        case OU_EXPR_BinOp: value = binary(g, node, value, mark, into); break;
        case OU_EXPR_Subscript: value = subscript(g, node, value, mark, into); break;
        case OU_EXPR_Attribute:
            if (parent != NULL &&
                parent->kind == OU_EXPR_Call) { /* one instruction finds the method, no bound object */
                value = ou_call_with(g, parent, value, node, i == 1 ? want : OU_ANY);
                i--;
            } else {
                value = attribute(g, node, value, mark, into);
            }
            break;
        default:
            ou_super_method(g, node, parent, i > 1 ? chain.items[i - 2] : NULL, value);
            value = ou_call_with(g, node, value, NULL, into);
        }
    }
    return value;
}

OuReg ou_expr(OuGen *g, const OuExpr *e) { return ou_expr_want(g, e, OU_ANY); }

void ou_expr_to(OuGen *g, const OuExpr *e, OuReg dst) {
    OuReg mark = g->next_temp;
    OuReg got = ou_expr_want(g, e, dst);
    if (got != dst) { ou_move(g, dst, got); }
    g->next_temp = mark;
}

/* --- targets ---------------------------------------------------------------------------------------------------------- */

static void store_unpacked(OuGen *g, const OuExpr *target, const OuExprSeq *elts, OuReg value) {
    uint32_t star = UINT32_MAX;
    for (uint32_t i = 0; i < elts->count; i++) {
        if (elts->items[i]->kind == OU_EXPR_Starred) { star = i; }
    }
    if (elts->count > 150) {
        ou_gen_error(g, target->line, target->col, target->end_line, target->end_col,
                     "too many targets in one unpacking (150)");
        return;
    }
    OuReg mark = g->next_temp;
    OuReg first = mark;
    for (uint32_t i = 0; i < elts->count; i++) { ou_temp(g); }
    ou_at_expr(g, target);
    if (star == UINT32_MAX) {
        ou_emit(g, OP_UNPACK, (uint32_t)first, (uint32_t)value, elts->count);
    } else {
        ou_emit(g, OP_UNPACK_EX, (uint32_t)first, (uint32_t)value, star);
        ou_emit_word(g, elts->count - star - 1);
    }
    for (uint32_t i = 0; i < elts->count; i++) {
        const OuExpr *part = elts->items[i];
        ou_store(g, part->kind == OU_EXPR_Starred ? part->as.Starred.value : part, first + (OuReg)i);
    }
    g->next_temp = mark;
}

void ou_store(OuGen *g, const OuExpr *target, OuReg value) {
    OuReg mark = g->next_temp;
    switch ((OuExprKind)target->kind) {
    case OU_EXPR_Name:
        ou_at_expr(g, target);
        ou_store_name(g, target->as.Name.id, value);
        break;
    case OU_EXPR_Attribute: {
        OuReg object = ou_expr(g, target->as.Attribute.value);
        ou_at_expr(g, target);
        ou_emit(g, OP_STORE_ATTR, (uint32_t)object, (uint32_t)value, 0);
        attribute_words(g, target->as.Attribute.attr);
        break;
    }
    case OU_EXPR_Subscript: {
        OuReg object = ou_operand(g, target->as.Subscript.value, target->as.Subscript.slice);
        int constant = ou_small_const(g, target->as.Subscript.slice);
        uint32_t key = (uint32_t)(constant >= 0 ? constant : ou_expr(g, target->as.Subscript.slice));
        ou_at_expr(g, target);
        ou_emit(g, constant >= 0 ? OP_SETITEMK : OP_SETITEM, (uint32_t)object, key, (uint32_t)value);
        break;
    }
    case OU_EXPR_Tuple: store_unpacked(g, target, &target->as.Tuple.elts, value); break;
    case OU_EXPR_List: store_unpacked(g, target, &target->as.List.elts, value); break;
    default:
        ou_gen_error(g, target->line, target->col, target->end_line, target->end_col,
                     "starred assignment target must be in a list or tuple");
    }
    g->next_temp = mark;
}

void ou_delete(OuGen *g, const OuExpr *target) {
    OuReg mark = g->next_temp;
    switch ((OuExprKind)target->kind) {
    case OU_EXPR_Name:
        ou_at_expr(g, target);
        ou_delete_name(g, target->as.Name.id, false);
        break;
    case OU_EXPR_Attribute: {
        OuReg object = ou_expr(g, target->as.Attribute.value);
        ou_at_expr(g, target);
        ou_emit(g, OP_DEL_ATTR, (uint32_t)object, 0, 0);
        attribute_words(g, target->as.Attribute.attr);
        break;
    }
    case OU_EXPR_Subscript: {
        OuReg object = ou_operand(g, target->as.Subscript.value, target->as.Subscript.slice);
        OuReg key = ou_expr(g, target->as.Subscript.slice);
        ou_at_expr(g, target);
        ou_emit(g, OP_DELITEM, (uint32_t)object, (uint32_t)key, 0);
        break;
    }
    default: {
        const OuExprSeq *elts = target->kind == OU_EXPR_Tuple ? &target->as.Tuple.elts : &target->as.List.elts;
        for (uint32_t i = 0; i < elts->count; i++) { ou_delete(g, elts->items[i]); }
    }
    }
    g->next_temp = mark;
}
