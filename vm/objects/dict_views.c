/* dict_keys, dict_values, dict_items. */
#include "vm/lib/lib.h"
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

/* Comparisons and the algebra of sets are in vm/lib/_views.py. */
static OU_COMPARE(view_compare) {
    if (ou_set_peek(vm, b) == NULL && !is_set_view(b)) { return ou_not_implemented(); }
    return ou_library_method_in(vm, "_views", "compare", (OuValue[]){a, b, ou_from_small(op)}, 3);
}

static OuValue operate(OuVM *vm, const char *name, OuValue a, OuValue b) {
    if (!is_set_view(a) && !is_set_view(b)) { return ou_not_implemented(); }
    return ou_library_method_in(vm, "_views", name, (OuValue[]){a, b}, 2);
}

static OU_BINARY(view_sub) { return operate(vm, "difference", a, b); }
static OU_BINARY(view_or) { return operate(vm, "union", a, b); }
static OU_BINARY(view_xor) { return operate(vm, "symmetric_difference", a, b); }
static OU_BINARY(view_and) { return operate(vm, "intersection", a, b); }
static OU_NATIVE(view_isdisjoint) { return operate(vm, "isdisjoint", args[0], args[1]); }

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
