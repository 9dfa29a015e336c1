/* slice and range. */
#include "vm/lib/lib.h"
#include "vm/objects/help.h"

/* --- slice ------------------------------------------------------------------------------------------------------------------ */

OuValue ou_slice_new(OuVM *vm, OuValue start, OuValue stop, OuValue step) {
    return ou_new_row(vm, OU_KIND_SLICE, sizeof(OuSlice), 3, (OuValue[]){step, start, stop});
}

int ou_slice_bound(OuVM *vm, OuValue value, bool none, int64_t *out) {
    if (none && value == OU_NONE) { return 0; }
    if (!ou_is_int(value) && ou_type_of(vm, value)->slots.index == NULL) {
        return ou_raised_type(vm, "slice indices must be integers or %shave an __index__ method",
                              none ? "None or " : "");
    }
    return ou_index_i64(vm, value, out, true);
}

int ou_slice_unpack(OuVM *vm, OuSlice *self, int64_t *start, int64_t *stop, int64_t *step) {
    *step = 1;
    if (ou_slice_bound(vm, self->step, true, step) < 0) { return -1; }
    if (*step == 0) { return ou_raised_value(vm, "slice step cannot be zero"); }
    if (*step < -INT64_MAX) { *step = -INT64_MAX; }
    *start = *step < 0 ? INT64_MAX : 0;
    *stop = *step < 0 ? INT64_MIN : INT64_MAX;
    return ou_slice_bound(vm, self->start, true, start) < 0 || ou_slice_bound(vm, self->stop, true, stop) < 0 ? -1 : 0;
}

/* A bound counted from the end when negative, cut to what a slice of that direction can reach. */
static int64_t reach(int64_t bound, int64_t length, bool down) {
    bound += bound < 0 ? length : 0;
    return bound < 0 ? (down ? -1 : 0) : bound >= length ? (down ? length - 1 : length) : bound;
}

int64_t ou_slice_adjust(int64_t length, int64_t *start, int64_t *stop, int64_t step) {
    *start = reach(*start, length, step < 0);
    *stop = reach(*stop, length, step < 0);
    if (step < 0) { return *stop < *start ? (*start - *stop - 1) / -step + 1 : 0; }
    return *start < *stop ? (*stop - *start - 1) / step + 1 : 0;
}

void ou_clamp_bounds(int64_t length, int64_t *start, int64_t *stop) {
    *start += *start < 0 ? length : 0;
    *start = *start < 0 ? 0 : *start;
    *stop = *stop > length ? length : *stop < 0 ? *stop + length : *stop;
    *stop = *stop < 0 ? 0 : *stop;
}

OU_KIND_OF_FIELDS(ou_slice_ops, "slice", OuSlice, step, 3, 1, "step", "start", "stop")

static OU_UNARY(slice_repr) {
    OuSlice *slice = (OuSlice *)(uintptr_t)self;
    return ou_format(vm, "slice(%R, %R, %R)", slice->start, slice->stop, slice->step);
}

static OU_MAKE(slice_make) {
    if (ou_positional(vm, "slice", true, 1, 3, nargs, kwnames) < 0) { return OU_NOTHING; }
    return nargs == 1 ? ou_slice_new(vm, OU_NONE, args[0], OU_NONE)
                      : ou_slice_new(vm, args[0], args[1], nargs > 2 ? args[2] : OU_NONE);
}

static OuValue parts_of(OuVM *vm, OuValue value) {
    const OuSlice *self = (const OuSlice *)(uintptr_t)value;
    return ou_tuple_from(vm, (OuValue[]){self->start, self->stop, self->step}, 3);
}

static OU_COMPARE(slice_compare) {
    if (!ou_is_kind(b, OU_KIND_SLICE)) { return ou_not_implemented(); }
    OuValue *regs = ou_regs_open(vm, 2);
    if (regs == NULL) { return OU_NOTHING; }
    regs[0] = parts_of(vm, a);
    regs[1] = parts_of(vm, b);
    bool ready = regs[0] != OU_NOTHING && regs[1] != OU_NOTHING;
    return ou_regs_result(vm, regs, ready ? ou_compare(vm, regs[0], regs[1], op) : OU_NOTHING);
}

OU_LIBRARY_METHOD(slice_indices)

static const OuGetSetDef slice_getsets[] = {OU_FIELD("start", OuSlice, start), OU_FIELD("stop", OuSlice, stop),
                                            OU_FIELD("step", OuSlice, step), OU_GETSET_END};
static const OuNativeDef slice_methods[] = {{"indices", slice_indices, "start, stop, step for a length.", 1, 1},
                                            OU_DEF_END};
const OuNativeType ou_slice_type = {.final = true,
                                    .slots = {.repr = slice_repr, .compare = slice_compare, .make = slice_make},
                                    .methods = slice_methods,
                                    .getsets = slice_getsets};

/* --- range ---------------------------------------------------------------------------------------------------------------------- */

static OuRange *range_of(OuValue value) { return (OuRange *)(uintptr_t)value; }

/* (stop - start) / step rounded away, at least 0, as an exact int. */
static OuValue range_length(OuVM *vm, OuValue start, OuValue stop, OuValue step) {
    int64_t a, b, s;
    if (ou_int_to_i64(start, &a) && ou_int_to_i64(stop, &b) && ou_int_to_i64(step, &s) && a > -(1ll << 61) &&
        a < 1ll << 61 && b > -(1ll << 61) && b < 1ll << 61 && s != INT64_MIN) {
        int64_t length = s > 0 ? (a < b ? (b - a - 1) / s + 1 : 0) : (a > b ? (a - b - 1) / -s + 1 : 0);
        return ou_int(vm, length);
    }
    bool up = ou_int_sign(step) > 0;
    OuValue low = up ? start : stop, high = up ? stop : start;
    if (ou_int_compare(low, high) >= 0) { return ou_int(vm, 0); }
    OuValue last = ou_int_binary_take(vm, OU_BIN_SUB, ou_int_binary(vm, OU_BIN_SUB, high, low), ou_int(vm, 1));
    OuValue size = up ? ou_incref(step) : ou_int_negative(vm, step);
    return ou_int_binary_take(vm, OU_BIN_ADD, ou_int_binary_take(vm, OU_BIN_FLOORDIV, last, size), ou_int(vm, 1));
}

/* From start, stop and step (consumed); OU_NOTHING among them: raised already. */
static OuValue range_new_take(OuVM *vm, const OuValue parts[3]) {
    bool complete = parts[0] != OU_NOTHING && parts[1] != OU_NOTHING && parts[2] != OU_NOTHING;
    OuValue length = complete ? range_length(vm, parts[0], parts[1], parts[2]) : OU_NOTHING;
    OuRange *self = length != OU_NOTHING ? ou_new_cell(vm, OU_KIND_RANGE, sizeof *self) : NULL;
    if (self == NULL) {
        for (int i = 0; i < 3; i++) { ou_drop(vm, parts[i]); }
        return ou_dropped(vm, length);
    }
    ou_slot_init(&self->start, parts[0]);
    ou_slot_init(&self->stop, parts[1]);
    ou_slot_init(&self->step, parts[2]);
    ou_slot_init(&self->length, length);
    return ou_word(self);
}

static OU_MAKE(range_make) {
    if (ou_positional(vm, "range", true, 1, 3, nargs, kwnames) < 0) { return OU_NOTHING; }
    OuValue parts[3] = {nargs > 1 ? ou_index(vm, args[0]) : ou_int(vm, 0), OU_NOTHING, OU_NOTHING};
    parts[1] = parts[0] != OU_NOTHING ? ou_index(vm, args[nargs > 1]) : OU_NOTHING;
    parts[2] = parts[1] != OU_NOTHING ? (nargs > 2 ? ou_index(vm, args[2]) : ou_int(vm, 1)) : OU_NOTHING;
    if (parts[2] != OU_NOTHING && ou_int_sign(parts[2]) == 0) {
        ou_raise_value_error(vm, "range() arg 3 must not be zero");
        parts[2] = ou_dropped(vm, parts[2]);
    }
    return range_new_take(vm, parts);
}

/* start + index * step, the index consumed */
static OuValue range_at_take(OuVM *vm, OuRange *self, OuValue index) {
    OuValue distance = ou_int_binary_take(vm, OU_BIN_MUL, index, ou_incref(self->step));
    return ou_int_binary_take(vm, OU_BIN_ADD, ou_incref(self->start), distance);
}

static int64_t range_len(OuVM *vm, OuValue self) {
    int64_t length;
    if (!ou_int_to_i64(range_of(self)->length, &length)) {
        return ou_raised(ou_raise(vm, OU_EXC_OverflowError, "Python int too large to convert to C ssize_t"));
    }
    return length;
}

static OuValue range_getitem(OuVM *vm, OuValue self, OuValue key) {
    OuRange *range = range_of(self);
    if (ou_is_kind(key, OU_KIND_SLICE)) {
        return ou_library_method(vm, "range_slice", (OuValue[]){self, key, range->length}, 3);
    }
    if (!ou_is_int(key) && ou_type_of(vm, key)->slots.index == NULL) {
        return ou_raise_type_error(vm, "range indices must be integers or slices, not %T", key);
    }
    OuValue index = ou_index(vm, key);
    if (index == OU_NOTHING) { return OU_NOTHING; }
    if (ou_int_sign(index) < 0) { index = ou_int_binary_take(vm, OU_BIN_ADD, index, ou_incref(range->length)); }
    if (index != OU_NOTHING && (ou_int_sign(index) < 0 || ou_int_compare(index, range->length) >= 0)) {
        ou_drop(vm, index);
        return ou_raise(vm, OU_EXC_IndexError, "range object index out of range");
    }
    return range_at_take(vm, range, index);
}

static OU_UNARY(range_repr) {
    OuRange *range = range_of(self);
    int64_t step;
    return ou_int_to_i64(range->step, &step) && step == 1
               ? ou_format(vm, "range(%R, %R)", range->start, range->stop)
               : ou_format(vm, "range(%R, %R, %R)", range->start, range->stop, range->step);
}

static int range_contains(OuVM *vm, OuValue self, OuValue item) {
    if (ou_is_int(item) || ou_kind(item) == OU_KIND_BOOL) {
        OuRange *range = range_of(self);
        OuValue number = ou_plain_peek(vm, item, OU_KIND_INT);
        bool up = ou_int_sign(range->step) > 0;
        if (up ? ou_int_compare(number, range->start) < 0 || ou_int_compare(number, range->stop) >= 0
               : ou_int_compare(number, range->start) > 0 || ou_int_compare(number, range->stop) <= 0) {
            return 0;
        }
        OuValue rest = ou_int_binary_take(vm, OU_BIN_MOD, ou_int_binary(vm, OU_BIN_SUB, number, range->start),
                                          ou_incref(range->step));
        bool there = rest != OU_NOTHING && ou_int_sign(rest) == 0;
        ou_drop(vm, rest);
        return rest == OU_NOTHING ? -1 : there;
    }
    OuValue list = ou_list_of(vm, self);
    if (list == OU_NOTHING) { return -1; }
    int found = ou_contains(vm, list, item);
    ou_drop(vm, list);
    return found;
}

static OU_UNARY(range_iter) {
    OuRange *range = range_of(self);
    int64_t start, step, length;
    if (ou_int_to_i64(range->start, &start) && ou_int_to_i64(range->step, &step) &&
        ou_int_to_i64(range->length, &length) && ou_fits_small(start) &&
        (length == 0 || (ou_fits_small(step) && step > -(1ll << 31) && step < 1ll << 31 && length < 1ll << 29) ||
         (ou_is_small(range->stop) && ou_is_small(range->step)))) {
        OuRangeIterator *iterator = ou_new_cell(vm, OU_KIND_RANGE_ITERATOR, sizeof *iterator);
        if (iterator == NULL) { return OU_NOTHING; }
        iterator->next = start;
        iterator->step = step;
        iterator->remaining = (uint64_t)length;
        return ou_word(iterator);
    }
    return ou_index_iterator_new(vm, OU_KIND_LONG_RANGE_ITERATOR, self);
}

static int range_truth(OuVM *vm, OuValue self) { return ou_int_sign(range_of(self)->length) != 0; }

static OU_COMPARE(range_compare) {
    if (!ou_is_kind(b, OU_KIND_RANGE) || (op != OU_EQ && op != OU_NE)) { return ou_not_implemented(); }
    OuRange *x = range_of(a), *y = range_of(b);
    int64_t length;
    bool same = ou_int_compare(x->length, y->length) == 0;
    bool small = ou_int_to_i64(x->length, &length);
    same = same && ((small && length == 0) || (ou_int_compare(x->start, y->start) == 0 &&
                                               ((small && length == 1) || ou_int_compare(x->step, y->step) == 0)));
    return ou_new_bool(same == (op == OU_EQ));
}

static int range_hash(OuVM *vm, OuValue self, int64_t *out) {
    OuRange *range = range_of(self);
    int64_t length = 2;
    ou_int_to_i64(range->length, &length);
    OuValue items[3] = {range->length, length == 0 ? OU_NONE : range->start, length <= 1 ? OU_NONE : range->step};
    OuValue key = ou_tuple_from(vm, items, 3);
    int status = key == OU_NOTHING ? -1 : ou_hash(vm, key, out);
    ou_drop(vm, key);
    return status;
}

OU_LIBRARY_METHOD(range_index)
OU_LIBRARY_METHOD(range_count)

OU_KIND_OF_FIELDS(ou_range_ops, "range", OuRange, start, 4, 1, "start", "stop", "step", "length")
static const OuNativeDef range_methods[] = {{"index", range_index, "Position of a number.", 1, 1},
                                            {"count", range_count, "Number of occurrences.", 1, 1},
                                            OU_DEF_END};
static const OuGetSetDef range_getsets[] = {OU_FIELD("start", OuRange, start), OU_FIELD("stop", OuRange, stop),
                                            OU_FIELD("step", OuRange, step), OU_GETSET_END};
const OuNativeType ou_range_type = {.final = true,
                                    .slots = {.repr = range_repr,
                                              .hash = range_hash,
                                              .compare = range_compare,
                                              .iter = range_iter,
                                              .len = range_len,
                                              .contains = range_contains,
                                              .getitem = range_getitem,
                                              .truth = range_truth,
                                              .make = range_make},
                                    .methods = range_methods,
                                    .getsets = range_getsets};
