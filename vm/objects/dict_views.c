/* dict_keys, dict_values, dict_items. */
#include "vm/objects/help.h"

OU_KIND_OF_FIELDS(ou_view_ops, "view", OuView, dict, 1, 1, "dict")

static OuValue owner_of(OuValue view) { return ((OuView *)(uintptr_t)view)->dict; }
static OuDict *dict_of(OuVM *vm, OuValue view) { return ou_as_dict(ou_plain_peek(vm, owner_of(view), OU_KIND_DICT)); }
static bool is_set_view(OuValue value) {
    return ou_is_kind(value, OU_KIND_DICT_KEYS) || ou_is_kind(value, OU_KIND_DICT_ITEMS);
}

static bool is_any_set(OuVM *vm, OuValue value) {
    return ou_plain_peek(vm, value, OU_KIND_SET) != OU_NOTHING ||
           ou_plain_peek(vm, value, OU_KIND_FROZENSET) != OU_NOTHING;
}

static OU_UNARY(view_iter) {
    uint8_t kind = ou_cell(self)->kind;
    return ou_index_iterator_new(vm, (uint8_t)(OU_KIND_DICT_KEY_ITERATOR + (kind - OU_KIND_DICT_KEYS)), owner_of(self));
}

static OU_NATIVE(view_reversed) {
    uint8_t kind = ou_cell(args[0])->kind;
    return ou_index_iterator_new(vm, (uint8_t)(OU_KIND_DICT_REVERSE_KEY_ITERATOR + (kind - OU_KIND_DICT_KEYS)),
                                 owner_of(args[0]));
}

static int64_t view_len(OuVM *vm, OuValue self) { return dict_of(vm, self)->live; }

static OU_UNARY(view_repr) {
    int inside = ou_repr_enter(vm, self);
    if (inside != 0) { return inside < 0 ? OU_NOTHING : ou_str_from_text(vm, "..."); }
    OuValue *regs = ou_regs_open(vm, 1);
    OuValue result = OU_NOTHING;
    if (regs != NULL) {
        regs[0] = ou_list_of(vm, self);
        result = regs[0] != OU_NOTHING ? ou_format(vm, "%T(%R)", self, regs[0]) : OU_NOTHING;
        ou_regs_close(vm, regs);
    }
    ou_repr_leave(vm, self);
    return result;
}

static int keys_contains(OuVM *vm, OuValue self, OuValue item) {
    OuValue value;
    int found = ou_dict_find(vm, dict_of(vm, self), item, &value);
    if (found > 0) { ou_drop(vm, value); }
    return found;
}

static int items_contains(OuVM *vm, OuValue self, OuValue item) {
    OuValue pair = ou_plain_peek(vm, item, OU_KIND_TUPLE);
    if (pair == OU_NOTHING || ou_tuple_length(ou_as_tuple(pair)) != 2) { return 0; }
    OuValue *regs = ou_regs_open(vm, 1);
    if (regs == NULL) { return -1; }
    int found = ou_dict_find(vm, dict_of(vm, self), ou_as_tuple(pair)->items[0], &regs[0]);
    if (found > 0) { found = ou_equal(vm, regs[0], ou_as_tuple(pair)->items[1]); }
    ou_regs_close(vm, regs);
    return found;
}

/* Are all (or, with `any`, is at least one) of the items of `from` in `in`? */
static int search(OuVM *vm, OuValue from, OuValue in, bool any) {
    OuValue *regs = ou_regs_open(vm, 2);
    if (regs == NULL) { return -1; }
    int result = -1;
    regs[0] = ou_iter(vm, from);
    while (regs[0] != OU_NOTHING) {
        ou_reg_set(vm, &regs[1], ou_next(vm, regs[0]));
        if (regs[1] == OU_NOTHING) {
            result = vm->pending != OU_NOTHING ? -1 : !any;
            break;
        }
        int found = ou_contains(vm, in, regs[1]);
        if (found < 0 || (found != 0) == any) {
            result = found;
            break;
        }
    }
    ou_regs_close(vm, regs);
    return result;
}

static OuValue view_compare(OuVM *vm, OuValue a, OuValue b, OuCompare op) {
    if (!is_any_set(vm, b) && !is_set_view(b)) { return ou_incref(OU_NOTIMPLEMENTED); }
    int64_t n = ou_len(vm, a), m = ou_len(vm, b);
    if (n < 0 || m < 0) { return OU_NOTHING; }
    int truth = 0;
    switch (op) {
    case OU_EQ:
    case OU_NE:
        truth = n == m ? search(vm, a, b, false) : 0;
        truth = truth < 0 ? -1 : truth == (op == OU_EQ);
        break;
    case OU_LT: truth = n < m ? search(vm, a, b, false) : 0; break;
    case OU_LE: truth = n <= m ? search(vm, a, b, false) : 0; break;
    case OU_GT: truth = n > m ? search(vm, b, a, false) : 0; break;
    case OU_GE: truth = n >= m ? search(vm, b, a, false) : 0; break;
    }
    return ou_truth_unless(truth);
}

/* set(a), then a method of it with b. */
static OuValue with_set(OuVM *vm, OuValue a, const char *method, OuValue b) {
    OuValue *regs = ou_regs_open(vm, 2);
    if (regs == NULL) { return OU_NOTHING; }
    OuValue result = OU_NOTHING;
    OuSet *set = ou_set_new(vm, OU_KIND_SET);
    regs[0] = ou_word(set);
    OuStr *name = set != NULL && ou_set_update(vm, set, a) == 0 ? ou_str_interned(vm, method) : NULL;
    if (name != NULL) {
        regs[1] = ou_word(name);
        OuValue none = ou_call_method(vm, regs[0], name, &b, 1);
        if (none != OU_NOTHING) {
            ou_drop(vm, none);
            result = ou_reg_take(&regs[0]);
        }
    }
    ou_regs_close(vm, regs);
    return result;
}

static bool takes_part(OuVM *vm, OuValue a, OuValue b) { return is_set_view(a) || is_set_view(b); }

static OuValue view_sub(OuVM *vm, OuValue a, OuValue b) {
    return takes_part(vm, a, b) ? with_set(vm, a, "difference_update", b) : ou_incref(OU_NOTIMPLEMENTED);
}

static OuValue view_or(OuVM *vm, OuValue a, OuValue b) {
    return takes_part(vm, a, b) ? with_set(vm, a, "update", b) : ou_incref(OU_NOTIMPLEMENTED);
}

static OuValue view_xor(OuVM *vm, OuValue a, OuValue b) {
    return takes_part(vm, a, b) ? with_set(vm, a, "symmetric_difference_update", b) : ou_incref(OU_NOTIMPLEMENTED);
}

static OuValue view_and(OuVM *vm, OuValue a, OuValue b) {
    if (!takes_part(vm, a, b)) { return ou_incref(OU_NOTIMPLEMENTED); }
    if (!is_set_view(a)) {
        OuValue other = a;
        a = b;
        b = other;
    }
    /* The order of the reference: a bigger set looks the view's keys up, of two views the smaller is walked. */
    bool swap = is_any_set(vm, b) ? ou_len(vm, a) <= ou_len(vm, b) : is_set_view(b) && ou_len(vm, b) > ou_len(vm, a);
    OuValue from = swap ? a : b, in = swap ? b : a;
    OuValue *regs = ou_regs_open(vm, 3);
    if (regs == NULL) { return OU_NOTHING; }
    OuValue result = OU_NOTHING;
    OuSet *set = ou_set_new(vm, OU_KIND_SET);
    regs[0] = ou_word(set);
    regs[1] = set != NULL ? ou_iter(vm, from) : OU_NOTHING;
    while (regs[1] != OU_NOTHING) {
        ou_reg_set(vm, &regs[2], ou_next(vm, regs[1]));
        if (regs[2] == OU_NOTHING) {
            result = vm->pending != OU_NOTHING ? OU_NOTHING : ou_reg_take(&regs[0]);
            break;
        }
        int found = ou_contains(vm, in, regs[2]);
        if (found < 0 || (found && ou_set_add(vm, set, regs[2]) < 0)) { break; }
    }
    ou_regs_close(vm, regs);
    return result;
}

static OU_NATIVE(view_isdisjoint) {
    OuValue from = args[1], in = args[0];
    if ((is_any_set(vm, from) || is_set_view(from)) && ou_len(vm, from) > ou_len(vm, in)) {
        from = args[0];
        in = args[1];
    }
    int found = search(vm, from, in, true);
    return found < 0 ? OU_NOTHING : ou_incref(ou_from_bool(!found));
}

static const OuNativeDef set_view_methods[] = {
    {"__reversed__", view_reversed, 0, 0, 0, 0, NULL, "Iterates from the end."},
    {"isdisjoint", view_isdisjoint, 1, 1, 0, 0, NULL, "Is no item common to both?"},
    OU_DEF_END};
static const OuNativeDef values_methods[] = {
    {"__reversed__", view_reversed, 0, 0, 0, 0, NULL, "Iterates from the end."}, OU_DEF_END};

#define SET_OPERATORS \
    { [OU_BIN_OR] = view_or, [OU_BIN_AND] = view_and, [OU_BIN_SUB] = view_sub, [OU_BIN_XOR] = view_xor }

const OuNativeType ou_dict_keys_type = {.index = OU_TYPE_DICT_KEYS,
                                        .final = true,
                                        .slots = {.repr = view_repr,
                                                  .compare = view_compare,
                                                  .iter = view_iter,
                                                  .len = view_len,
                                                  .contains = keys_contains,
                                                  .binary = SET_OPERATORS},
                                        .methods = set_view_methods};
const OuNativeType ou_dict_items_type = {.index = OU_TYPE_DICT_ITEMS,
                                         .final = true,
                                         .slots = {.repr = view_repr,
                                                   .compare = view_compare,
                                                   .iter = view_iter,
                                                   .len = view_len,
                                                   .contains = items_contains,
                                                   .binary = SET_OPERATORS},
                                         .methods = set_view_methods};
const OuNativeType ou_dict_values_type = {.index = OU_TYPE_DICT_VALUES,
                                          .final = true,
                                          .slots = {.repr = view_repr, .iter = view_iter, .len = view_len},
                                          .methods = values_methods};
