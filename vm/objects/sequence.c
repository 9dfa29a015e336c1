/* tuple, and what list and tuple share. A list may change whenever code runs: its items are looked at afresh in each step. */
#include "vm/objects/help.h"

int ou_repr_enter(OuVM *vm, OuValue container) {
    for (uint32_t i = 0; i < vm->repr_depth; i++) {
        if (vm->repr_stack[i] == container) { return 1; }
    }
    if (vm->repr_depth == vm->repr_capacity) {
        uint32_t capacity = vm->repr_capacity ? vm->repr_capacity * 2 : 16;
        OuValue *grown = ou_buffer_resize(&vm->heap, vm->repr_stack, vm->repr_capacity * sizeof(OuValue),
                                          capacity * sizeof(OuValue));
        if (grown == NULL) { return ou_raised(ou_raise_memory(vm)); }
        vm->repr_stack = grown;
        vm->repr_capacity = capacity;
    }
    vm->repr_stack[vm->repr_depth++] = container;
    return 0;
}

void ou_repr_leave(OuVM *vm, OuValue container) { vm->repr_depth--; }

int ou_equal_held(OuVM *vm, OuValue stored, OuValue item) {
    if (ou_charge(vm, 1) < 0) { return -1; }
    OuValue *regs = ou_regs_hold_take(vm, ou_incref(stored));
    return regs == NULL ? -1 : ou_regs_status(vm, regs, ou_equal(vm, stored, item));
}

/* The plain list or tuple behind a value, or OU_NOTHING. */
static OuValue peek(OuVM *vm, OuValue value) {
    if (ou_is_list(value) || ou_is_tuple(value)) { return value; }
    OuValue list = ou_plain_peek(vm, value, OU_KIND_LIST);
    return list != OU_NOTHING ? list : ou_plain_peek(vm, value, OU_KIND_TUPLE);
}

static const char *name_of(OuValue sequence) { return ou_is_list(sequence) ? "list" : "tuple"; }

OU_UNARY(ou_sequence_repr) {
    OuValue sequence = peek(vm, self);
    const char *open = ou_is_list(sequence) ? "[" : "(", *close = ou_is_list(sequence) ? "]" : ")";
    int inside = ou_repr_enter(vm, self);
    if (inside != 0) { return inside < 0 ? OU_NOTHING : ou_format(vm, "%s...%s", open, close); }
    OuBuilder out = {.vm = vm};
    OuValue *regs = ou_regs_open(vm, 1);
    out.failed = regs == NULL;
    ou_builder_text(&out, open);
    for (size_t i = 0; !out.failed && i < ou_items(sequence).count; i++) {
        ou_reg_set(vm, &regs[0], ou_incref(ou_items(sequence).at[i]));
        if (i > 0) { ou_builder_text(&out, ", "); }
        ou_builder_repr(&out, regs[0]);
    }
    if (ou_is_tuple(sequence) && ou_items(sequence).count == 1) { ou_builder_text(&out, ","); }
    ou_builder_text(&out, close);
    if (regs != NULL) { ou_regs_close(vm, regs); }
    ou_repr_leave(vm, self);
    return ou_builder_finish(&out);
}

static void hold_pair(OuVM *vm, OuValue regs[2], OuValue first, OuValue second) {
    ou_incref(second);
    ou_reg_set(vm, &regs[0], ou_incref(first));
    ou_reg_set(vm, &regs[1], second);
}

OU_COMPARE(ou_sequence_compare) {
    OuValue x = peek(vm, a), y = peek(vm, b);
    if (x == OU_NOTHING || y == OU_NOTHING || ou_is_list(x) != ou_is_list(y)) { return ou_not_implemented(); }
    if ((op == OU_EQ || op == OU_NE) && ou_items(x).count != ou_items(y).count) { return ou_new_bool(op == OU_NE); }
    OuValue *regs = ou_regs_open(vm, 2);
    if (regs == NULL) { return OU_NOTHING; }
    OuValue result = OU_NOTHING;
    size_t i = 0;
    int same = 1;
    for (; same > 0 && i < ou_items(x).count && i < ou_items(y).count; i += same == 1) {
        hold_pair(vm, regs, ou_items(x).at[i], ou_items(y).at[i]);
        same = ou_equal(vm, regs[0], regs[1]);
    }
    /* The comparison may have changed both. */
    OuItems left = ou_items(x), right = ou_items(y);
    if (same >= 0 && (i >= left.count || i >= right.count)) {
        result = ou_new_bool(ou_order_is((left.count > right.count) - (left.count < right.count), op));
    } else if (same == 0 && (op == OU_EQ || op == OU_NE)) {
        result = ou_new_bool(op == OU_NE);
    } else if (same == 0) {
        hold_pair(vm, regs, left.at[i], right.at[i]);
        result = ou_compare(vm, regs[0], regs[1], op);
    }
    return ou_regs_result(vm, regs, result);
}

int ou_sequence_contains(OuVM *vm, OuValue self, OuValue item) {
    OuValue sequence = peek(vm, self);
    if (ou_charge(vm, ou_items(sequence).count / 4) < 0) { return -1; }
    for (size_t i = 0; i < ou_items(sequence).count; i++) {
        OuValue candidate = ou_items(sequence).at[i];
        if (candidate == item) { return 1; }
        int same = ou_both_small(candidate, item) ? 0 : ou_equal_held(vm, candidate, item);
        if (same != 0) { return same; }
    }
    return 0;
}

int ou_sequence_index(OuVM *vm, OuValue key, int64_t length, const char *type, const char *range_error,
                      int64_t *index) {
    if (!ou_is_int(key) && ou_type_of(vm, key)->slots.index == NULL) {
        return ou_raised_type(vm, "%s indices must be integers or slices, not %T", type, key);
    }
    if (ou_index_i64(vm, key, index, false) < 0) { return -1; }
    *index += *index < 0 ? length : 0;
    return *index >= 0 && *index < length ? 0 : ou_raised(ou_raise(vm, OU_EXC_IndexError, "%s", range_error));
}

/* A fresh list or tuple whose places are to be filled at once. */
static OuValue sequence_new(OuVM *vm, bool is_list, size_t length, OuValue **places) {
    if (!is_list) {
        OuTuple *tuple = ou_tuple_new(vm, length);
        *places = tuple != NULL ? tuple->items : NULL;
        return ou_word(tuple);
    }
    OuList *list = ou_list_new(vm, length);
    if (list == NULL) { return OU_NOTHING; }
    *places = list->items;
    list->length = (uint32_t)length;
    return ou_word(list);
}

OuValue ou_sequence_getitem(OuVM *vm, OuValue self, OuValue key) {
    OuValue sequence = peek(vm, self), *places;
    bool list = ou_is_list(sequence);
    int64_t index, stop, step;
    if (!ou_is_kind(key, OU_KIND_SLICE)) {
        int64_t length = (int64_t)ou_items(sequence).count;
        const char *range_error = list ? "list index out of range" : "tuple index out of range";
        if (ou_sequence_index(vm, key, length, name_of(sequence), range_error, &index) < 0) { return OU_NOTHING; }
        /* an __index__ may have made the list shorter */
        OuItems items = ou_items(sequence);
        return (size_t)index < items.count ? ou_incref(items.at[index]) : ou_raise(vm, OU_EXC_IndexError, range_error);
    }
    if (ou_slice_unpack(vm, (OuSlice *)(uintptr_t)key, &index, &stop, &step) < 0) { return OU_NOTHING; }
    OuItems items = ou_items(sequence);
    size_t count = (size_t)ou_slice_adjust((int64_t)items.count, &index, &stop, step);
    if (count == items.count && step == 1 && ou_is_tuple(self)) { return ou_incref(self); }
    OuValue result = sequence_new(vm, list, count, &places);
    for (size_t i = 0; result != OU_NOTHING && i < count; i++) {
        ou_slot_init(&places[i], ou_incref(items.at[index + (int64_t)i * step]));
    }
    return result;
}

/* Only an instance of a class of the program may still have a reflected method for it. */
bool ou_may_reflect(OuVM *vm, OuValue other, OuBinary op) {
    return ou_is_instance_kind(ou_kind(other)) && ou_type_of(vm, other)->slots.binary[op] != NULL;
}

OU_BINARY(ou_sequence_add) {
    OuValue left = peek(vm, a), right = peek(vm, b), *places;
    if (left != OU_NOTHING && right != OU_NOTHING && ou_is_list(left) != ou_is_list(right)) { right = OU_NOTHING; }
    if (left == OU_NOTHING || (right == OU_NOTHING && ou_may_reflect(vm, b, OU_BIN_ADD))) {
        return ou_not_implemented();
    }
    if (right == OU_NOTHING) {
        return ou_raise_type_error(vm, "can only concatenate %s (not \"%T\") to %s", name_of(left), b, name_of(left));
    }
    OuItems x = ou_items(left), y = ou_items(right);
    OuValue result = sequence_new(vm, ou_is_list(left), x.count + y.count, &places);
    for (size_t i = 0; result != OU_NOTHING && i < x.count + y.count; i++) {
        ou_slot_init(&places[i], ou_incref(i < x.count ? x.at[i] : y.at[i - x.count]));
    }
    return result;
}

int ou_sequence_times(OuVM *vm, OuValue times, int64_t *count) {
    if (!ou_is_int(times) && ou_type_of(vm, times)->slots.index == NULL) { return 0; }
    if (ou_count_argument(vm, times, count, OU_NO_INDEX) < 0) { return -1; }
    *count = *count < 0 ? 0 : *count;
    return 1;
}

OU_BINARY(ou_sequence_repeat) {
    OuValue sequence = peek(vm, a), times = sequence != OU_NOTHING ? b : a, *places;
    if (sequence == OU_NOTHING) { sequence = peek(vm, b); }
    int64_t count;
    int known = ou_sequence_times(vm, times, &count);
    if (known == 0 && times == b && !ou_is_instance_kind(ou_kind(b))) {
        return ou_raise_type_error(vm, "can't multiply sequence by non-int of type '%T'", b);
    }
    if (known <= 0) { return known < 0 ? OU_NOTHING : ou_not_implemented(); }
    OuItems items = ou_items(sequence);
    if (items.count != 0 && (uint64_t)count > UINT32_MAX / items.count) { return ou_raise_memory(vm); }
    size_t total = items.count * (size_t)count;
    OuValue result = sequence_new(vm, ou_is_list(sequence), total, &places);
    for (size_t i = 0; result != OU_NOTHING && i < total; i++) {
        ou_slot_init(&places[i], ou_incref(items.at[items.count == 1 ? 0 : i % items.count]));
    }
    return result;
}

OU_NATIVE(ou_sequence_find) {
    int64_t start = 0, stop = INT64_MAX;
    if ((nargs > 2 && ou_slice_bound(vm, args[2], false, &start) < 0) ||
        (nargs > 3 && ou_slice_bound(vm, args[3], false, &stop) < 0)) {
        return OU_NOTHING;
    }
    OuValue sequence = peek(vm, args[0]);
    ou_clamp_bounds((int64_t)ou_items(sequence).count, &start, &stop);
    for (int64_t i = start; i < stop && (size_t)i < ou_items(sequence).count; i++) {
        int same = ou_equal_held(vm, ou_items(sequence).at[i], args[1]);
        if (same != 0) { return same < 0 ? OU_NOTHING : ou_int(vm, i); }
    }
    return ou_is_list(sequence) ? ou_raise_value_error(vm, "%R is not in list", args[1])
                                : ou_raise_value_error(vm, "tuple.index(x): x not in tuple");
}

OU_NATIVE(ou_sequence_count) {
    OuValue sequence = peek(vm, args[0]);
    int64_t found = 0;
    for (size_t i = 0; i < ou_items(sequence).count; i++) {
        int same = ou_equal_held(vm, ou_items(sequence).at[i], args[1]);
        if (same < 0) { return OU_NOTHING; }
        found += same;
    }
    return ou_int(vm, found);
}

/* --- tuple ------------------------------------------------------------------------------------------------------ */

/* A tuple of 65535 items or more has a mapping of its own: its length is in the last word. */
size_t ou_tuple_long_length(const OuTuple *self) {
    size_t words = ou_cell_size(&self->cell) / sizeof(OuValue);
    return (size_t)((const OuValue *)self)[words - 1];
}

OuTuple *ou_tuple_new(OuVM *vm, size_t length) {
    if (length == 0 && vm->empty_tuple != NULL) { return (OuTuple *)(uintptr_t)ou_incref(ou_word(vm->empty_tuple)); }
    bool is_long = length >= OU_TUPLE_LONG;
    if (length > UINT32_MAX - 8) { return ou_no_memory(vm); }
    if (is_long && ou_charge(vm, length / 4) < 0) { return NULL; }
    OuTuple *self = ou_new_cell(vm, OU_KIND_TUPLE, sizeof *self + (length + is_long) * sizeof(OuValue));
    if (self == NULL) { return NULL; }
    self->cell.aux = (uint16_t)(is_long ? OU_TUPLE_LONG : length);
    if (is_long) { ((OuValue *)self)[ou_cell_size(&self->cell) / sizeof(OuValue) - 1] = length; }
    return self;
}

OuValue ou_tuple_from(OuVM *vm, const OuValue *items, size_t length) {
    OuTuple *self = ou_tuple_new(vm, length);
    for (size_t i = 0; self != NULL && i < length; i++) { ou_slot_init(&self->items[i], ou_incref(items[i])); }
    return ou_word(self);
}

OuValue ou_tuple_from_take(OuVM *vm, OuValue *items, size_t length) {
    OuTuple *self = ou_tuple_new(vm, length);
    bool whole = self != NULL;
    for (size_t i = 0; self != NULL && i < length; i++) {
        whole &= items[i] != OU_NOTHING;
        ou_slot_init(&self->items[i], items[i]);
        items[i] = OU_EMPTY_TEMP;
    }
    if (__builtin_expect(whole, 1)) { return ou_word(self); }
    for (size_t i = 0; self == NULL && i < length; i++) { ou_drop(vm, ou_reg_take(&items[i])); }
    return ou_dropped(vm, ou_word(self));
}

OuValue ou_new_row(OuVM *vm, uint8_t kind, size_t bytes, size_t count, const OuValue *values) {
    OuCell *self = ou_new_cell(vm, kind, bytes);
    OuValue *words = (OuValue *)(void *)(self + 1);
    for (size_t i = 0; self != NULL && i < count; i++) { ou_slot_init(&words[i], ou_incref(values[i])); }
    return ou_word(self);
}

static uint32_t tuple_spans(OuHeap *heap, OuCell *cell, OuSpan *out) {
    OuTuple *self = (OuTuple *)cell;
    size_t length = ou_tuple_length(self);
    out[0] = (OuSpan){length ? &self->items[length - 1] : self->items, length, -1};
    return 1;
}

static void tuple_edge_name(OuHeap *heap, OuCell *cell, uint32_t span, size_t index, char *buffer, size_t size) {
    snprintf(buffer, size, "item %zu", ou_tuple_length((OuTuple *)cell) - 1 - index);
}

const OuKindOps ou_tuple_ops = {.name = "tuple", .spans = tuple_spans, .edge_name = tuple_edge_name};

static OuTuple *tuple_of(OuVM *vm, OuValue value) { return ou_as_tuple(ou_plain_peek(vm, value, OU_KIND_TUPLE)); }

static int tuple_hash(OuVM *vm, OuValue self, int64_t *out) {
    /* The xxHash-based mix that CPython documents for tuples: sets of tuples of numbers come in its order. */
    const uint64_t prime1 = 11400714785074694791ull, prime2 = 14029467366897019727ull, prime5 = 2870177450012600261ull;
    OuTuple *tuple = tuple_of(vm, self);
    size_t length = ou_tuple_length(tuple);
    uint64_t mixed = prime5;
    for (size_t i = 0; i < length; i++) {
        int64_t lane;
        if (ou_hash(vm, tuple->items[i], &lane) < 0) { return -1; }
        mixed += (uint64_t)lane * prime2;
        mixed = (mixed << 31 | mixed >> 33) * prime1;
    }
    mixed += length ^ (prime5 ^ 3527539ull);
    *out = mixed == UINT64_MAX ? 1546275796 : (int64_t)mixed;
    return 0;
}

static int64_t tuple_len(OuVM *vm, OuValue self) { return (int64_t)ou_tuple_length(tuple_of(vm, self)); }
static OU_UNARY(tuple_iter) { return ou_index_iterator_new(vm, OU_KIND_TUPLE_ITERATOR, self); }

static OU_MAKE(tuple_make) {
    int given = ou_positional(vm, "tuple", type == vm->types[OU_TYPE_TUPLE], 0, 1, nargs, kwnames);
    if (given < 0) { return OU_NOTHING; }
    OuValue plain = given ? ou_tuple_of(vm, args[0]) : ou_incref(ou_word(vm->empty_tuple));
    return ou_made_take(vm, type, OU_TYPE_TUPLE, plain);
}

static const OuNativeDef tuple_methods[] = {
    {"index", ou_sequence_find, "Index of the first equal item.", 1, 3, OU_ARGS_UNPACK},
    {"count", ou_sequence_count, "Number of equal items.", 1, 1},
    OU_DEF_END};

const OuNativeType ou_tuple_type = {
    .slots = {OU_SEQUENCE_SLOTS, .hash = tuple_hash, .iter = tuple_iter, .len = tuple_len, .make = tuple_make},
    .methods = tuple_methods,
    .doc = "Immutable sequence.",
};
