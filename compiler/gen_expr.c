/* Expressions to instructions. Chains that the parser builds in a loop (a + b + c ..., x.a.b.c, f()()()) are walked in
 * a loop from their innermost node outward. */
#include "compiler/gen.h"

static OuReg want_or_temp(OuGen *g, OuReg want) { return ou_result(g, g->next_temp, want); }

/* The value in the temporary `from` is a result: it goes to `want`, or to the first temporary from `mark` up. */
static OuReg result_from(OuGen *g, OuReg from, OuReg mark, OuReg want) {
    OuReg dst = ou_result(g, mark, want);
    ou_move(g, dst, from);
    return dst;
}

void ou_move(OuGen *g, OuReg dst, OuReg src) {
    if (dst != src) { ou_emit(g, ou_is_temp(g, src) ? OP_TAKE : OP_MOVE, dst, src, 0); }
}

/* A local that `later` may bind again is read from a copy. */
static OuReg safe_operand(OuGen *g, OuReg reg, const OuExpr *later) {
    return !ou_is_temp(g, reg) && ou_expr_binds(later) ? ou_copy(g, reg) : reg;
}

OuReg ou_operand(OuGen *g, const OuExpr *e, const OuExpr *later) { return safe_operand(g, ou_expr(g, e), later); }

/* A constant operand that fits in a byte, or -1. */
int ou_small_const(OuGen *g, const OuExpr *e) {
    if (e->kind != OU_EXPR_Constant || e->as.Constant.is_imaginary) { return -1; }
    uint32_t index = ou_gen_const(g, &e->as.Constant.value);
    return index < 256 ? (int)index : -1;
}

/* --- binary operators ------------------------------------------------------------------------------------- */

const OuBinaryCode ou_binary_codes[] = {
    [OU_OP_Add] = {OP_ADD, OP_ADDK},      [OU_OP_Sub] = {OP_SUB, OP_SUBK},
    [OU_OP_Mult] = {OP_MUL, OP_MULK},     [OU_OP_Div] = {OP_TRUEDIV, OP_TRUEDIVK},
    [OU_OP_Mod] = {OP_MOD, OP_MODK},      [OU_OP_FloorDiv] = {OP_FLOORDIV, OP_FLOORDIVK},
    [OU_OP_BitAnd] = {OP_AND, OP_ANDK},   [OU_OP_RShift] = {OP_RSHIFT, OP_RSHIFTK},
    [OU_OP_LShift] = {OP_LSHIFT, OP_NOP}, [OU_OP_BitOr] = {OP_OR, OP_NOP},
    [OU_OP_BitXor] = {OP_XOR, OP_NOP},    [OU_OP_MatMult] = {OP_NOP, OP_NOP},
};

static OuReg binary(OuGen *g, const OuExpr *e, OuReg left, OuReg mark, OuReg want) {
    const OuExpr *right = e->as.BinOp.right;
    OuBinaryCode code = ou_binary_codes[e->as.BinOp.op];
    int constant = code.with_const != OP_NOP ? ou_small_const(g, right) : -1;
    if (constant >= 0) { return ou_emit_to(g, e, (OuOpcode)code.with_const, mark, want, left, constant); }
    OuReg right_reg = ou_expr(g, right);
    if (code.plain != OP_NOP) { return ou_emit_to(g, e, (OuOpcode)code.plain, mark, want, left, right_reg); }
    OuReg dst = ou_emit_to(g, e, OP_BINARY, mark, want, left, right_reg);
    ou_emit_word(g, e->as.BinOp.op);
    return dst;
}

/* --- comparisons ------------------------------------------------------------------------------------------ */

/* Opcodes of a comparison: for a value, and for a jump, plain (which `is not` and `not in` take with the sense turned)
 * or with a constant. */
static const struct CompareCode {
    uint8_t value, jump, jump_const;
} compare_codes[] = {
    [OU_CMP_Eq] = {OP_EQ, OP_JEQ, OP_JEQK}, [OU_CMP_NotEq] = {OP_NE, OP_JNE, OP_JNEK},
    [OU_CMP_Lt] = {OP_LT, OP_JLT, OP_JLTK}, [OU_CMP_LtE] = {OP_LE, OP_JLE, OP_JLEK},
    [OU_CMP_Gt] = {OP_GT, OP_JGT, OP_JGTK}, [OU_CMP_GtE] = {OP_GE, OP_JGE, OP_JGEK},
    [OU_CMP_Is] = {OP_IS, OP_JIS, OP_NOP},  [OU_CMP_IsNot] = {OP_IS_NOT, OP_JIS, OP_NOP},
    [OU_CMP_In] = {OP_IN, OP_JIN, OP_NOP},  [OU_CMP_NotIn] = {OP_NOT_IN, OP_JIN, OP_NOP},
};

static OuOpcode compare_op(const OuExpr *e, uint32_t i) {
    return (OuOpcode)compare_codes[e->as.Compare.ops.items[i]].value;
}

static OuReg compare(OuGen *g, const OuExpr *e, OuReg want) {
    const OuExprSeq *rights = &e->as.Compare.comparators;
    OuReg mark = g->next_temp;
    if (rights->count == 1) {
        OuReg left = ou_operand(g, e->as.Compare.left, rights->items[0]);
        OuReg right = ou_expr(g, rights->items[0]);
        return ou_emit_to(g, e, compare_op(e, 0), mark, want, left, right);
    }
    /* a < b < c: the middle values are needed twice. `result` lies below them. */
    OuReg result = ou_temp(g), left_home = ou_temp(g), next_home = ou_temp(g), copy = ou_temp(g);
    uint32_t out = ou_label_new(g), end = ou_label_new(g);
    ou_expr_to(g, e->as.Compare.left, left_home);
    for (uint32_t i = 0; i + 1 < rights->count; i++) {
        ou_expr_to(g, rights->items[i], next_home);
        ou_emit_at(g, e->at, OP_TAKE, copy, left_home, 0);
        ou_emit(g, OP_TAKE, left_home, next_home, 0);
        /* next_home is a temporary read in place: MOVE does not consume. */
        ou_emit(g, OP_MOVE, next_home, left_home, 0);
        ou_emit(g, compare_op(e, i), result, copy, next_home);
        ou_emit_jump(g, OP_JF_KEEP, result, 0, 0, out);
    }
    OuReg last = ou_expr(g, rights->items[rights->count - 1]);
    ou_emit_at(g, e->at, compare_op(e, rights->count - 1), result, left_home, last);
    ou_jump(g, end);
    ou_label_here(g, out);
    ou_emit(g, OP_DROP, left_home, 0, 0);
    ou_label_here(g, end);
    return result_from(g, result, mark, want);
}

/* --- conditions ------------------------------------------------------------------------------------------- */

static bool constant_truth(const OuExpr *e, bool *truth) {
    if (e->kind != OU_EXPR_Constant) { return false; }
    const OuUnitConst *value = &e->as.Constant.value;
    switch (value->kind) {
    case OU_UNIT_NONE:
    case OU_UNIT_FALSE: *truth = false; return true;
    case OU_UNIT_INT: *truth = value->as.integer != 0; return true;
    case OU_UNIT_FLOAT: *truth = value->as.number != 0; return !e->as.Constant.is_imaginary;
    case OU_UNIT_STR:
    case OU_UNIT_BYTES: *truth = value->as.text.length != 0; return true;
    case OU_UNIT_TUPLE: *truth = value->as.tuple.count != 0; return true;
    default: *truth = true; return true;
    }
}

static void condition_compare(OuGen *g, const OuExpr *e, uint32_t label, bool sense) {
    const OuExpr *left = e->as.Compare.left, *right = e->as.Compare.comparators.items[0];
    uint8_t op = e->as.Compare.ops.items[0];
    bool negated = op == OU_CMP_IsNot || op == OU_CMP_NotIn;
    struct CompareCode code = compare_codes[op];
    OuReg a = ou_operand(g, left, right);
    if (code.jump == OP_JIS && ou_expr_is_constant(right, OU_UNIT_NONE)) {
        ou_emit_jump_at(g, e->at, sense != negated ? OP_JNONE : OP_JNOTNONE, a, 0, 0, label);
        return;
    }
    int constant = code.jump_const != OP_NOP ? ou_small_const(g, right) : -1;
    OuReg b = constant >= 0 ? constant : ou_expr(g, right);
    ou_emit_jump_at(g, e->at, (OuOpcode)(constant >= 0 ? code.jump_const : code.jump), a, b, sense != negated, label);
}

/* One operand decides a value of BoolOp that is equal to `decisive`. */
static void condition_bool(OuGen *g, const OuExpr *e, uint32_t label, bool sense, OuPosition *at) {
    const OuExprSeq *values = &e->as.BoolOp.values;
    bool decisive = e->as.BoolOp.op == OU_BOOL_Or;
    uint32_t past = decisive == sense ? label : ou_label_new(g);
    OuRegSet after_first = g->assigned;
    for (uint32_t i = 0; i < values->count; i++) {
        bool last = i + 1 == values->count;
        ou_condition(g, values->items[i], last ? label : past, last ? sense : decisive, at);
        if (i == 0) { after_first = g->assigned; }
    }
    if (past != label) { ou_label_here(g, past); }
    ou_set_intersect(&g->assigned, &after_first);
}

static void condition_if(OuGen *g, const OuExpr *e, uint32_t label, bool sense, OuPosition *at) {
    uint32_t otherwise = ou_label_new(g), end = ou_label_new(g);
    ou_condition(g, e->as.IfExp.test, otherwise, false, at);
    OuRegSet before = g->assigned;
    ou_condition(g, e->as.IfExp.body, label, sense, at);
    ou_jump(g, end);
    ou_label_here(g, otherwise);
    g->assigned = before;
    ou_condition(g, e->as.IfExp.orelse, label, sense, at);
    ou_label_here(g, end);
    g->assigned = before;
}

void ou_condition(OuGen *g, const OuExpr *e, uint32_t label, bool sense, OuPosition *at) {
    OuReg mark = g->next_temp;
    bool truth;
    if (constant_truth(e, &truth)) {
        if (truth == sense) { ou_jump(g, label); }
    } else if (e->kind == OU_EXPR_UnaryOp && e->as.UnaryOp.op == OU_UNARY_Not) {
        ou_condition(g, e->as.UnaryOp.operand, label, !sense, at);
    } else if (e->kind == OU_EXPR_BoolOp) {
        condition_bool(g, e, label, sense, at);
    } else if (e->kind == OU_EXPR_IfExp) {
        condition_if(g, e, label, sense, at);
    } else if (e->kind == OU_EXPR_Compare && e->as.Compare.comparators.count == 1) {
        *at = e->at;
        condition_compare(g, e, label, sense);
    } else {
        OuReg value = ou_expr(g, e);
        if (e->kind == OU_EXPR_Compare) { *at = e->at; }
        ou_emit_jump_at(g, *at, sense ? OP_JT : OP_JF, value, 0, 0, label);
    }
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
            ou_emit_jump_at(g, e->at, e->as.BoolOp.op == OU_BOOL_Or ? OP_JT_KEEP : OP_JF_KEEP, dst, 0, 0, end);
        }
        if (i == 0) { after_first = g->assigned; }
    }
    ou_label_here(g, end);
    g->assigned = after_first;
    if (direct) { return dst; }
    return result_from(g, dst, mark, want);
}

static OuReg if_exp(OuGen *g, const OuExpr *e, OuReg want) {
    uint32_t otherwise = ou_label_new(g), end = ou_label_new(g);
    OuReg dst = want_or_temp(g, want);
    OuPosition at = e->at;
    ou_condition(g, e->as.IfExp.test, otherwise, false, &at);
    OuRegSet before = g->assigned;
    ou_expr_to(g, e->as.IfExp.body, dst);
    ou_jump(g, end);
    ou_label_here(g, otherwise);
    g->assigned = before;
    ou_expr_to(g, e->as.IfExp.orelse, dst);
    ou_label_here(g, end);
    g->assigned = before;
    return dst;
}

/* --- displays --------------------------------------------------------------------------------------------- */

bool ou_has_star(const OuExprSeq *elts) {
    for (uint32_t i = 0; i < elts->count; i++) {
        if (elts->items[i]->kind == OU_EXPR_Starred) { return true; }
    }
    return false;
}

void ou_exprs(OuGen *g, const OuExprSeq *elts) {
    for (uint32_t i = 0; i < elts->count; i++) { ou_expr_to(g, elts->items[i], ou_temp(g)); }
}

void ou_build_more(OuGen *g, OuReg home, const OuExprSeq *elts, uint32_t first, bool is_set, OuReg callee) {
    OuReg mark = g->next_temp;
    OuPosition at = g->position;
    for (uint32_t i = first; i < elts->count; i++) {
        const OuExpr *item = elts->items[i];
        bool starred = item->kind == OU_EXPR_Starred;
        OuOpcode add = is_set ? OP_SET_ADD : OP_LIST_APPEND, extend = is_set ? OP_SET_UPDATE : OP_LIST_EXTEND;
        OuReg value = ou_expr(g, starred ? item->as.Starred.value : item);
        /* c: the callee's register plus one, so that the message for something not iterable can name it. */
        ou_emit_at(g, at, starred ? extend : add, home, value, starred ? callee + 1 : 0);
        g->next_temp = mark;
    }
}

OuReg ou_build(OuGen *g, OuPosition at, const OuExprSeq *elts, bool is_set, OuReg callee) {
    OuReg home = ou_temp(g);
    uint32_t first = 0;
    while (first < elts->count && first < OU_PIECE && elts->items[first]->kind != OU_EXPR_Starred) {
        ou_expr_to(g, elts->items[first++], ou_temp(g));
    }
    g->next_temp = home + 1;
    ou_emit_at(g, at, is_set ? OP_BUILD_SET : OP_BUILD_LIST, home, home + 1, first);
    ou_build_more(g, home, elts, first, is_set, callee);
    return home;
}

static OuReg display_simple(OuGen *g, const OuExpr *e, OuOpcode op, OuReg want) {
    OuReg mark = g->next_temp;
    ou_exprs(g, &e->as.List.elts);
    return ou_emit_to(g, e, op, mark, want, mark, e->as.List.elts.count);
}

/* A display of three constants or more: CPython updates an empty set from a constant frozenset, and that decides the
 * size of the table and so the order of iteration. */
static OuReg constant_set(OuGen *g, const OuExpr *e, OuReg want) {
    OuReg mark = g->next_temp;
    OuReg home = ou_temp(g), items = ou_temp(g);
    if (e->as.Set.elts.count <= OU_PIECE) {
        display_simple(g, e, OP_BUILD_SET, items);
    } else {
        g->next_temp = items;
        ou_build(g, e->at, &e->as.Set.elts, true, OU_ANY);
    }
    ou_emit_at(g, e->at, OP_BUILD_SET, home, home, 0);
    ou_emit(g, OP_SET_UPDATE, home, items, 0);
    return result_from(g, home, mark, want);
}

static bool all_constant(const OuExprSeq *elts) {
    for (uint32_t i = 0; i < elts->count; i++) {
        if (elts->items[i]->kind != OU_EXPR_Constant) { return false; }
    }
    return true;
}

static OuReg display(OuGen *g, const OuExpr *e, OuReg want) {
    const OuExprSeq *elts = &e->as.List.elts; /* or those of a tuple or set */
    bool is_set = e->kind == OU_EXPR_Set, is_tuple = e->kind == OU_EXPR_Tuple;
    if (is_set && elts->count >= 3 && all_constant(elts)) { return constant_set(g, e, want); }
    if (elts->count <= OU_PIECE && !ou_has_star(elts)) {
        return display_simple(g, e, is_tuple ? OP_BUILD_TUPLE : is_set ? OP_BUILD_SET : OP_BUILD_LIST, want);
    }
    OuReg mark = g->next_temp;
    OuReg home = ou_build(g, e->at, elts, is_set, OU_ANY);
    return is_tuple ? ou_emit_to(g, e, OP_LIST_TO_TUPLE, mark, want, home, 0) : result_from(g, home, mark, want);
}

static OuReg dict_display(OuGen *g, const OuExpr *e, OuReg want) {
    const OuExprSeq *keys = &e->as.Dict.keys, *values = &e->as.Dict.values;
    OuReg mark = g->next_temp;
    OuReg home = ou_temp(g);
    OuReg start = g->next_temp;
    uint32_t first = 0;
    for (; first < keys->count && first < OU_PIECE / 2 && keys->items[first] != NULL; first++) {
        ou_expr_to(g, keys->items[first], ou_temp(g));
        ou_expr_to(g, values->items[first], ou_temp(g));
    }
    if (first == keys->count) { return ou_emit_to(g, e, OP_BUILD_DICT, mark, want, start, first); }
    g->next_temp = start;
    g->position = e->at;
    ou_emit(g, OP_BUILD_DICT, home, start, first);
    for (uint32_t i = first; i < keys->count; i++) {
        if (keys->items[i] == NULL) {
            OuReg other = ou_expr(g, values->items[i]);
            ou_emit_at(g, e->at, OP_DICT_UPDATE, home, other, 0);
        } else {
            OuReg key = ou_operand(g, keys->items[i], values->items[i]);
            OuReg value = ou_expr(g, values->items[i]);
            ou_emit_at(g, e->at, OP_DICT_SET, home, key, value);
        }
        g->next_temp = start;
    }
    return result_from(g, home, mark, want);
}

static OuReg expr_want(OuGen *g, const OuExpr *e, OuReg want);

/* --- f-strings -------------------------------------------------------------------------------------------- */

static OuReg formatted(OuGen *g, const OuExpr *e, OuReg want) {
    OuReg mark = g->next_temp;
    uint32_t conversion = e->as.FormattedValue.conversion > 0 ? e->as.FormattedValue.conversion : 0;
    const OuExpr *spec = e->as.FormattedValue.format_spec;
    OuReg value = ou_operand(g, e->as.FormattedValue.value, spec);
    if (spec == NULL) { return ou_emit_to(g, e, OP_FORMAT, mark, want, value, conversion); }
    OuReg dst = ou_emit_to(g, e, OP_FORMAT_SPEC, mark, want, value, ou_expr(g, spec));
    ou_emit_word(g, conversion);
    return dst;
}

static OuReg joined(OuGen *g, const OuExpr *e, OuReg want) {
    const OuExprSeq *values = &e->as.JoinedStr.values;
    OuReg mark = g->next_temp;
    if (values->count == 0) {
        want = want_or_temp(g, want);
        ou_load_text(g, want, "", 0);
        return want;
    }
    if (values->count == 1) { return expr_want(g, values->items[0], want); }
    uint32_t held = 0;
    for (uint32_t i = 0; i < values->count; i++) {
        ou_expr_to(g, values->items[i], ou_temp(g));
        held++;
        if (held == OU_PIECE && i + 1 < values->count) { /* join what there is and go on with one string */
            g->next_temp = mark;
            ou_emit_at(g, e->at, OP_BUILD_STRING, ou_temp(g), mark, held);
            held = 1;
        }
    }
    return ou_emit_to(g, e, OP_BUILD_STRING, mark, want, mark, held);
}

/* --- the rest --------------------------------------------------------------------------------------------- */

static OuReg subscript(OuGen *g, const OuExpr *e, OuReg object, OuReg mark, OuReg want) {
    const OuExpr *key = e->as.Subscript.slice;
    int constant = ou_small_const(g, key);
    if (constant >= 0) { return ou_emit_to(g, e, OP_GETITEMK, mark, want, object, constant); }
    object = safe_operand(g, object, key);
    return ou_emit_to(g, e, OP_GETITEM, mark, want, object, ou_expr(g, key));
}

/* The value of `e`, or None where there is none, in `dst`. */
static void expr_or_none(OuGen *g, const OuExpr *e, OuReg dst) {
    if (e != NULL) {
        ou_expr_to(g, e, dst);
    } else {
        ou_load_kind(g, dst, OU_UNIT_NONE);
    }
}

static OuReg slice(OuGen *g, const OuExpr *e, OuReg want) {
    OuReg mark = g->next_temp;
    bool has_step = e->as.Slice.step != NULL;
    expr_or_none(g, e->as.Slice.lower, ou_temp(g));
    expr_or_none(g, e->as.Slice.upper, ou_temp(g));
    if (has_step) { ou_expr_to(g, e->as.Slice.step, ou_temp(g)); }
    return ou_emit_to(g, e, OP_BUILD_SLICE, mark, want, mark, has_step ? 3 : 2);
}

static OuReg unary(OuGen *g, const OuExpr *e, OuReg want) {
    static const uint8_t ops[] = {[OU_UNARY_Invert] = OP_INVERT,
                                  [OU_UNARY_Not] = OP_NOT,
                                  [OU_UNARY_UAdd] = OP_POSITIVE,
                                  [OU_UNARY_USub] = OP_NEGATIVE};
    OuReg mark = g->next_temp;
    OuReg operand = ou_expr(g, e->as.UnaryOp.operand);
    return ou_emit_to(g, e, (OuOpcode)ops[e->as.UnaryOp.op], mark, want, operand, 0);
}

static OuReg yield(OuGen *g, const OuExpr *e, OuReg want) {
    OuReg mark = g->next_temp, value = mark;
    if (e->as.Yield.value != NULL) {
        value = ou_expr(g, e->as.Yield.value);
    } else {
        ou_load_kind(g, ou_temp(g), OU_UNIT_NONE);
    }
    return ou_emit_to(g, e, OP_YIELD, mark, want, value, 0);
}

static OuReg yield_from(OuGen *g, const OuExpr *e, OuReg want) {
    OuReg mark = g->next_temp;
    OuReg sent = ou_temp(g), iterator = ou_temp(g);
    OuReg value = ou_expr(g, e->as.YieldFrom.value);
    ou_emit_at(g, e->at, OP_YIELD_ITER, iterator, value, 0);
    ou_load_kind(g, sent, OU_UNIT_NONE);
    ou_emit(g, OP_YIELD_FROM, sent, iterator, 0);
    return result_from(g, sent, mark, want);
}

static OuReg named_expr(OuGen *g, const OuExpr *e, OuReg want) {
    OuIdent *name = e->as.NamedExpr.target->as.Name.id;
    OuReg local = ou_name_target(g, name);
    if (local != OU_ANY) {
        ou_expr_to(g, e->as.NamedExpr.value, local);
        ou_mark_assigned(g, local);
        /* A later operand may bind it again, so the value of the expression is a copy. */
        OuReg dst = want_or_temp(g, want);
        ou_emit(g, OP_MOVE, dst, local, 0);
        return dst;
    }
    OuReg dst = want != OU_ANY && ou_is_temp(g, want) ? want : ou_temp(g);
    ou_expr_to(g, e->as.NamedExpr.value, dst);
    OuReg copy = ou_copy(g, dst);
    g->position = e->at;
    ou_store_name(g, name, copy);
    g->next_temp = copy;
    if (want == OU_ANY) { return dst; }
    ou_move(g, want, dst);
    return want;
}

static OuReg attribute(OuGen *g, const OuExpr *e, OuReg object, OuReg mark, OuReg want) {
    OuReg dst = ou_result(g, mark, want);
    ou_emit_attribute(g, e->at, OP_LOAD_ATTR, dst, object, e->as.Attribute.attr);
    return dst;
}

static OuReg constant(OuGen *g, const OuExpr *e, OuReg want) {
    OuReg dst = want_or_temp(g, want);
    g->position = e->at;
    if (e->as.Constant.is_imaginary) {
        ou_gen_unsupported(g, e->at, "complex numbers");
    } else {
        ou_load_const(g, dst, &e->as.Constant.value);
    }
    return dst;
}

static OuReg leaf(OuGen *g, const OuExpr *e, OuReg want) {
    switch ((OuExprKind)e->kind) {
    case OU_EXPR_Name: g->position = e->at; return ou_load_name(g, e->as.Name.id, want);
    case OU_EXPR_Constant: return constant(g, e, want);
    case OU_EXPR_BoolOp: return bool_op(g, e, want);
    case OU_EXPR_NamedExpr: return named_expr(g, e, want);
    case OU_EXPR_UnaryOp: return unary(g, e, want);
    case OU_EXPR_Lambda: return ou_function(g, e, NULL, want);
    case OU_EXPR_IfExp: return if_exp(g, e, want);
    case OU_EXPR_Dict: return dict_display(g, e, want);
    case OU_EXPR_Set:
    case OU_EXPR_List:
    case OU_EXPR_Tuple: return display(g, e, want);
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
    case OU_EXPR_Starred: ou_gen_error(g, e->at, "can't use starred expression here"); return want_or_temp(g, want);
    case OU_EXPR_Await: ou_gen_unsupported(g, e->at, "'await'"); return want_or_temp(g, want);
    default: return want_or_temp(g, want);
    }
}

static OuReg expr_want(OuGen *g, const OuExpr *e, OuReg want) {
    OuArenaVec chain = {0};
    const OuExpr *outer = NULL; /* of `e`, on the way to the innermost node */
    if (!g->failed && ou_expr_spine_next(e) == NULL) { return leaf(g, e, want); }
    for (; !g->failed && ou_expr_spine_next(e) != NULL; e = ou_expr_spine_next(e)) {
        outer = e;
        if (!ou_arena_push(g->arena, &chain, (void *)(uintptr_t)e)) { ou_gen_no_memory(g); }
    }
    if (g->failed) { return want == OU_ANY ? (OuReg)g->named : want; }
    OuReg mark = g->next_temp;
    OuReg value;
    if (outer->kind == OU_EXPR_Call) { /* a call evaluates its callee straight into its own window */
        value = ou_temp(g);
        ou_expr_to(g, e, value);
    } else {
        value = leaf(g, e, OU_ANY);
        if (outer->kind == OU_EXPR_BinOp) { value = safe_operand(g, value, outer->as.BinOp.right); }
    }
    for (uint32_t i = chain.count; i-- > 0;) {
        const OuExpr *node = chain.items[i];
        const OuExpr *parent = i > 0 ? chain.items[i - 1] : NULL;
        OuReg into = parent == NULL ? want : OU_ANY;
        switch ((OuExprKind)node->kind) {
        case OU_EXPR_BinOp: value = binary(g, node, value, mark, into); break;
        case OU_EXPR_Subscript: value = subscript(g, node, value, mark, into); break;
        case OU_EXPR_Attribute:
            if (parent == NULL || parent->kind != OU_EXPR_Call) {
                value = attribute(g, node, value, mark, into);
                break;
            }
            /* one instruction finds the method, no bound object */
            value = ou_call_with(g, parent, value, node, i == 1 ? want : OU_ANY);
            i--;
            break;
        default:
            ou_super_method(g, node, parent, i > 1 ? chain.items[i - 2] : NULL, value);
            value = ou_call_with(g, node, value, NULL, into);
        }
    }
    return value;
}

OuReg ou_expr(OuGen *g, const OuExpr *e) { return expr_want(g, e, OU_ANY); }

void ou_expr_to(OuGen *g, const OuExpr *e, OuReg dst) {
    OuReg mark = g->next_temp;
    OuReg got = expr_want(g, e, dst);
    if (got != dst) { ou_move(g, dst, got); }
    g->next_temp = mark;
}

/* --- targets ---------------------------------------------------------------------------------------------- */

static void store_unpacked(OuGen *g, const OuExpr *target, OuReg value) {
    const OuExprSeq *elts = &target->as.List.elts;
    uint32_t star = UINT32_MAX;
    for (uint32_t i = 0; i < elts->count; i++) {
        if (elts->items[i]->kind == OU_EXPR_Starred) { star = i; }
    }
    if (elts->count > 150) {
        ou_gen_error(g, target->at, "too many targets in one unpacking (150)");
        return;
    }
    OuReg mark = g->next_temp;
    OuReg first = mark;
    for (uint32_t i = 0; i < elts->count; i++) { ou_temp(g); }
    g->position = target->at;
    if (star == UINT32_MAX) {
        ou_emit(g, OP_UNPACK, first, value, elts->count);
    } else {
        ou_emit(g, OP_UNPACK_EX, first, value, star);
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
    bool deletes = value == OU_ANY;
    switch ((OuExprKind)target->kind) {
    case OU_EXPR_Name:
        g->position = target->at;
        if (deletes) {
            ou_delete_name(g, target->as.Name.id, false);
        } else {
            ou_store_name(g, target->as.Name.id, value);
        }
        break;
    case OU_EXPR_Attribute: {
        OuReg object = ou_expr(g, target->as.Attribute.value);
        OuOpcode op = deletes ? OP_DEL_ATTR : OP_STORE_ATTR;
        ou_emit_attribute(g, target->at, op, object, deletes ? 0 : value, target->as.Attribute.attr);
        break;
    }
    case OU_EXPR_Subscript: {
        const OuExpr *slice = target->as.Subscript.slice;
        OuReg object = ou_operand(g, target->as.Subscript.value, slice);
        int constant = deletes ? -1 : ou_small_const(g, slice);
        OuReg key = constant >= 0 ? constant : ou_expr(g, slice);
        OuOpcode op = deletes ? OP_DELITEM : constant >= 0 ? OP_SETITEMK : OP_SETITEM;
        ou_emit_at(g, target->at, op, object, key, deletes ? 0 : value);
        break;
    }
    case OU_EXPR_Tuple:
    case OU_EXPR_List:
        if (!deletes) { store_unpacked(g, target, value); }
        for (uint32_t i = 0; deletes && i < target->as.List.elts.count; i++) {
            ou_store(g, target->as.List.elts.items[i], OU_ANY);
        }
        break;
    default: ou_gen_error(g, target->at, "starred assignment target must be in a list or tuple");
    }
    g->next_temp = mark;
}

OuReg ou_store_item(OuGen *g, const OuExpr *target) {
    OuReg item = target->kind == OU_EXPR_Name ? ou_name_target(g, target->as.Name.id) : OU_ANY;
    if (item != OU_ANY) {
        ou_mark_assigned(g, item);
    } else {
        item = ou_temp(g);
        ou_store(g, target, item);
        g->next_temp = item;
    }
    return item;
}
