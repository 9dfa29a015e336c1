/* dict_keys, dict_values, dict_items. */
#include "vm/objects/help.h"

OU_KIND_OF_FIELDS(ou_view_ops, "view", OuView, dict, 1, 1, "dict")

static OuValue owner_of(OuValue view) { return ((OuView *)(uintptr_t)view)->dict; }
static OuDict *dict_of(OuVM *vm, OuValue view) { return ou_as_dict(ou_plain_peek(vm, owner_of(view), OU_KIND_DICT)); }
static bool is_set_view(OuValue value) {
    return ou_is_kind(value, OU_KIND_DICT_KEYS) || ou_is_kind(value, OU_KIND_DICT_ITEMS);
}

static OuValue iterate(OuVM *vm, OuValue view, int keys_kind) {
    return ou_index_iterator_new(vm, (uint8_t)(keys_kind + (ou_cell(view)->kind - OU_KIND_DICT_KEYS)), owner_of(view));
}
static OU_UNARY(view_iter) { return iterate(vm, self, OU_KIND_DICT_KEY_ITERATOR); }
static OU_NATIVE(view_reversed) { return iterate(vm, args[0], OU_KIND_DICT_REVERSE_KEY_ITERATOR); }
static int64_t view_len(OuVM *vm, OuValue self) { return dict_of(vm, self)->live; }

static OU_UNARY(view_repr) {
    int inside = ou_repr_enter(vm, self);
    if (inside != 0) { return inside < 0 ? OU_NOTHING : ou_str_from_text(vm, "..."); }
    OuValue *regs = ou_regs_hold_take(vm, ou_list_of(vm, self));
    OuValue result = regs != NULL ? ou_regs_result(vm, regs, ou_format(vm, "%T(%R)", self, regs[0])) : OU_NOTHING;
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
    return ou_regs_status(vm, regs, found);
}

/* Are all (or, with `any`, is at least one) of the items of `from` in `in`? */
static int search(OuVM *vm, OuValue from, OuValue in, bool any) {
    OuValue *regs = ou_regs_open(vm, 2);
    if (regs == NULL) { return -1; }
    regs[0] = ou_iter(vm, from);
    int found = !any, more = regs[0] != OU_NOTHING ? 1 : -1;
    while (more > 0 && found == !any && (more = ou_next_into(vm, regs[0], &regs[1])) > 0) {
        found = ou_contains(vm, in, regs[1]);
    }
    return ou_regs_status(vm, regs, more < 0 ? -1 : found);
}

static OU_COMPARE(view_compare) {
    if (ou_set_peek(vm, b) == NULL && !is_set_view(b)) { return ou_not_implemented(); }
    int64_t n = ou_len(vm, a), m = ou_len(vm, b);
    if (n < 0 || m < 0) { return OU_NOTHING; }
    bool swap = op == OU_GT || op == OU_GE;
    OuCompare sizes = op == OU_NE ? OU_EQ : op; /* what must hold for the numbers of items */
    int truth = ou_order_is((n > m) - (n < m), sizes) ? search(vm, swap ? b : a, swap ? a : b, false) : 0;
    return ou_truth_unless(op == OU_NE && truth >= 0 ? !truth : truth);
}

/* set(a), then a method of it with b; NotImplemented when neither is a view. */
static OuValue with_set(OuVM *vm, OuValue a, const char *method, OuValue b) {
    if (!is_set_view(a) && !is_set_view(b)) { return ou_not_implemented(); }
    OuValue *regs = ou_regs_open(vm, 2);
    if (regs == NULL) { return OU_NOTHING; }
    OuSet *set = ou_set_new(vm, OU_KIND_SET);
    regs[0] = ou_word(set);
    OuStr *name = set != NULL && ou_set_update(vm, set, a) == 0 ? ou_str_interned(vm, method) : NULL;
    regs[1] = ou_word(name);
    OuValue none = name != NULL ? ou_call_method(vm, regs[0], name, &b, 1) : OU_NOTHING;
    ou_drop(vm, none);
    return ou_regs_first(vm, regs, none == OU_NOTHING ? -1 : 0);
}

static OU_BINARY(view_sub) { return with_set(vm, a, "difference_update", b); }
static OU_BINARY(view_or) { return with_set(vm, a, "update", b); }
static OU_BINARY(view_xor) { return with_set(vm, a, "symmetric_difference_update", b); }

static OU_BINARY(view_and) {
    if (!is_set_view(a) && !is_set_view(b)) { return ou_not_implemented(); }
    bool reflected = !is_set_view(a);
    OuValue view = reflected ? b : a, other = reflected ? a : b;
    /* The order of the reference: a bigger set looks the view's keys up, of two views the smaller is walked. */
    bool walk_view = ou_set_peek(vm, other) != NULL ? ou_len(vm, view) <= ou_len(vm, other)
                                                    : is_set_view(other) && ou_len(vm, other) > ou_len(vm, view);
    OuValue in = walk_view ? other : view;
    OuValue *regs = ou_regs_open(vm, 3);
    if (regs == NULL) { return OU_NOTHING; }
    OuSet *set = ou_set_new(vm, OU_KIND_SET);
    regs[0] = ou_word(set);
    regs[1] = set != NULL ? ou_iter(vm, walk_view ? view : other) : OU_NOTHING;
    int more = regs[1] != OU_NOTHING ? 1 : -1;
    while (more > 0 && (more = ou_next_into(vm, regs[1], &regs[2])) > 0) {
        int found = ou_contains(vm, in, regs[2]);
        if (found < 0 || (found && ou_set_add(vm, set, regs[2]) < 0)) { more = -1; }
    }
    return ou_regs_first(vm, regs, more);
}

static OU_NATIVE(view_isdisjoint) {
    bool sized = ou_set_peek(vm, args[1]) != NULL || is_set_view(args[1]);
    bool swap = sized && ou_len(vm, args[1]) > ou_len(vm, args[0]);
    int found = search(vm, args[!swap], args[swap], true);
    return ou_truth_unless(found < 0 ? -1 : !found);
}

static const OuNativeDef set_view_methods[] = {{"__reversed__", view_reversed, "Iterates from the end."},
                                               {"isdisjoint", view_isdisjoint, "Is no item common to both?", 1, 1},
                                               OU_DEF_END};
static const OuNativeDef values_methods[] = {{"__reversed__", view_reversed, "Iterates from the end."}, OU_DEF_END};

#define SET_VIEW(type, contains_item)  \
    const OuNativeType type = {        \
        .final = true,                 \
        .methods = set_view_methods,   \
        .slots = {                     \
            .repr = view_repr,         \
            .compare = view_compare,   \
            .iter = view_iter,         \
            .len = view_len,           \
            .contains = contains_item, \
            .binary = {                \
                [OU_BIN_OR] = view_or, [OU_BIN_AND] = view_and, [OU_BIN_SUB] = view_sub, [OU_BIN_XOR] = view_xor}}};
SET_VIEW(ou_dict_keys_type, keys_contains)
SET_VIEW(ou_dict_items_type, items_contains)
const OuNativeType ou_dict_values_type = {
    .final = true, .slots = {.repr = view_repr, .iter = view_iter, .len = view_len}, .methods = values_methods};
