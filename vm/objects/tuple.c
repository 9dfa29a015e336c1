/* tuple, slice and range. */
#include "vm/objects/help.h"

/* --- tuple ---------------------------------------------------------------------------------------------------------------- */

/* A tuple of 65535 items or more has a mapping of its own: its length is in the last word. */
size_t ou_tuple_long_length(const OuTuple *self) {
    size_t words = ou_cell_size(&self->cell) / sizeof(OuValue);
    return (size_t)((const OuValue *)self)[words - 1];
}

OuTuple *ou_tuple_new(OuVM *vm, size_t length) {
    if (length == 0 && vm->empty_tuple != NULL) { return (OuTuple *)(uintptr_t)ou_incref(ou_word(vm->empty_tuple)); }
    bool is_long = length >= OU_TUPLE_LONG;
    if (length > UINT32_MAX - 8) {
        ou_raise_memory(vm);
        return NULL;
    }
    OuTuple *self =
        (OuTuple *)ou_cell_new(&vm->heap, OU_KIND_TUPLE, sizeof *self + (length + is_long) * sizeof(OuValue));
    if (self == NULL) { return ou_no_memory(vm); }
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
    for (size_t i = 0; self != NULL && i < length; i++) {
        ou_slot_init(&self->items[i], items[i]);
        items[i] = OU_EMPTY_TEMP;
    }
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

static OU_UNARY(tuple_repr) {
    OuTuple *tuple = tuple_of(vm, self);
    if (ou_tuple_length(tuple) == 0) { return ou_str_from_text(vm, "()"); }
    return ou_sequence_repr(vm, self, "(", ou_tuple_length(tuple) == 1 ? ",)" : ")");
}

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

static OuValue tuple_getitem(OuVM *vm, OuValue self, OuValue key) {
    OuTuple *tuple = tuple_of(vm, self);
    int64_t length = (int64_t)ou_tuple_length(tuple);
    if (ou_is_kind(key, OU_KIND_SLICE)) {
        int64_t start, step, count;
        if (ou_slice_resolve(vm, (OuSlice *)(uintptr_t)key, length, &start, &step, &count) < 0) { return OU_NOTHING; }
        if (count == length && step == 1 && ou_is_tuple(self)) { return ou_incref(self); }
        OuTuple *out = ou_tuple_new(vm, (size_t)count);
        for (int64_t i = 0; out != NULL && i < count; i++) {
            ou_slot_init(&out->items[i], ou_incref(tuple->items[start + i * step]));
        }
        return ou_word(out);
    }
    int64_t index;
    if (ou_sequence_index(vm, key, length, "tuple", "tuple index out of range", &index) < 0) { return OU_NOTHING; }
    return ou_incref(tuple->items[index]);
}

static OuValue tuple_compare(OuVM *vm, OuValue a, OuValue b, OuCompare op) {
    OuValue left = ou_plain_peek(vm, a, OU_KIND_TUPLE), right = ou_plain_peek(vm, b, OU_KIND_TUPLE);
    return left == OU_NOTHING || right == OU_NOTHING ? ou_incref(OU_NOTIMPLEMENTED)
                                                     : ou_sequence_compare(vm, left, right, op);
}

static OuValue tuple_add(OuVM *vm, OuValue a, OuValue b) {
    OuValue left = ou_plain_peek(vm, a, OU_KIND_TUPLE), right = ou_plain_peek(vm, b, OU_KIND_TUPLE);
    if (left == OU_NOTHING) { return ou_incref(OU_NOTIMPLEMENTED); }
    if (right == OU_NOTHING) {
        return ou_type_of(vm, b)->slots.binary[OU_BIN_ADD] != NULL && ou_is_instance_kind(ou_kind(b))
                   ? ou_incref(OU_NOTIMPLEMENTED)
                   : ou_raise_type_error(vm, "can only concatenate tuple (not \"%T\") to tuple", b);
    }
    OuTuple *x = ou_as_tuple(left), *y = ou_as_tuple(right);
    size_t n = ou_tuple_length(x), m = ou_tuple_length(y);
    OuTuple *out = ou_tuple_new(vm, n + m);
    for (size_t i = 0; out != NULL && i < n + m; i++) {
        ou_slot_init(&out->items[i], ou_incref(i < n ? x->items[i] : y->items[i - n]));
    }
    return ou_word(out);
}

static OuValue tuple_mul(OuVM *vm, OuValue a, OuValue b) {
    OuValue tuple = ou_plain_peek(vm, a, OU_KIND_TUPLE), times = b;
    if (tuple == OU_NOTHING) {
        tuple = ou_plain_peek(vm, b, OU_KIND_TUPLE);
        times = a;
    }
    int64_t count;
    int known = ou_sequence_times(vm, times, &count);
    if (known == 0 && times == b && !ou_is_instance_kind(ou_kind(b))) {
        return ou_raise_type_error(vm, "can't multiply sequence by non-int of type '%T'", b);
    }
    if (known <= 0) { return known < 0 ? OU_NOTHING : ou_incref(OU_NOTIMPLEMENTED); }
    size_t length = ou_tuple_length(ou_as_tuple(tuple));
    if (length != 0 && (uint64_t)count > UINT32_MAX / length) { return ou_raise_memory(vm); }
    OuTuple *out = ou_tuple_new(vm, length * (size_t)count);
    for (size_t i = 0; out != NULL && i < length * (size_t)count; i++) {
        ou_slot_init(&out->items[i], ou_incref(ou_as_tuple(tuple)->items[i % length]));
    }
    return ou_word(out);
}

static int tuple_contains(OuVM *vm, OuValue self, OuValue item) {
    OuTuple *tuple = tuple_of(vm, self);
    for (size_t i = 0; i < ou_tuple_length(tuple); i++) {
        int same = ou_equal(vm, tuple->items[i], item);
        if (same != 0) { return same; }
    }
    return 0;
}

static OU_UNARY(tuple_iter) { return ou_index_iterator_new(vm, OU_KIND_TUPLE_ITERATOR, self); }

static OuValue tuple_make(OuVM *vm, OuType *type, const OuValue *args, uint32_t nargs, OuValue kwnames) {
    OuValue iterable = OU_NOTHING;
    if (type == vm->types[OU_TYPE_TUPLE] && kwnames != OU_NOTHING) {
        return ou_raise_type_error(vm, "tuple() takes no keyword arguments");
    }
    if (kwnames != OU_NOTHING) { nargs -= (uint32_t)ou_tuple_length(ou_as_tuple(kwnames)); }
    if (nargs > 1) { return ou_raise_type_error(vm, "tuple expected at most 1 argument, got %u", nargs); }
    iterable = nargs ? args[0] : OU_NOTHING;
    OuValue plain = iterable == OU_NOTHING ? ou_incref(ou_word(vm->empty_tuple)) : ou_tuple_of(vm, iterable);
    return type == vm->types[OU_TYPE_TUPLE] ? plain : ou_payload_wrap_take(vm, type, plain);
}

static OU_NATIVE(tuple_index) {
    return ou_sequence_find(vm, ou_plain_peek(vm, args[0], OU_KIND_TUPLE), args, nargs,
                            "tuple.index(x): x not in tuple");
}

static OU_NATIVE(tuple_count) { return ou_sequence_count(vm, ou_plain_peek(vm, args[0], OU_KIND_TUPLE), args[1]); }

static const OuNativeDef tuple_methods[] = {
    {"index", tuple_index, 1, 3, OU_ARGS_UNPACK, 0, NULL, "Index of the first equal item."},
    {"count", tuple_count, 1, 1, 0, 0, NULL, "Number of equal items."},
    OU_DEF_END};

const OuNativeType ou_tuple_type = {
    .index = OU_TYPE_TUPLE,
    .slots = {.repr = tuple_repr,
              .hash = tuple_hash,
              .compare = tuple_compare,
              .iter = tuple_iter,
              .len = tuple_len,
              .contains = tuple_contains,
              .getitem = tuple_getitem,
              .make = tuple_make,
              .binary = {[OU_BIN_ADD] = tuple_add, [OU_BIN_MUL] = tuple_mul}},
    .methods = tuple_methods,
    .doc = "Immutable sequence.",
};

/* --- slice ------------------------------------------------------------------------------------------------------------------ */

OuValue ou_slice_new(OuVM *vm, OuValue start, OuValue stop, OuValue step) {
    OuSlice *self = (OuSlice *)ou_cell_new(&vm->heap, OU_KIND_SLICE, sizeof *self);
    if (self == NULL) { return ou_raise_memory(vm); }
    ou_slot_init(&self->start, ou_incref(start));
    ou_slot_init(&self->stop, ou_incref(stop));
    ou_slot_init(&self->step, ou_incref(step));
    return ou_word(self);
}

static int slice_part(OuVM *vm, OuValue value, int64_t fallback, int64_t *out) {
    if (value == OU_NONE) {
        *out = fallback;
        return 0;
    }
    if (!ou_is_int(value) && ou_type_of(vm, value)->slots.index == NULL) {
        return ou_raised(ou_raise_type_error(vm, "slice indices must be integers or None or have an __index__ method"));
    }
    return ou_index_i64(vm, value, out, true);
}

int ou_slice_resolve(OuVM *vm, OuSlice *self, int64_t length, int64_t *start, int64_t *step, int64_t *count) {
    int64_t stop;
    if (slice_part(vm, self->step, 1, step) < 0) { return -1; }
    if (*step == 0) { return ou_raised(ou_raise_value_error(vm, "slice step cannot be zero")); }
    if (*step < -INT64_MAX) { *step = -INT64_MAX; }
    bool down = *step < 0;
    if (slice_part(vm, self->start, down ? INT64_MAX : 0, start) < 0 ||
        slice_part(vm, self->stop, down ? INT64_MIN : INT64_MAX, &stop) < 0) {
        return -1;
    }
    int64_t low = down ? -1 : 0, high = down ? length - 1 : length;
    if (*start < 0) {
        *start = *start + length < low ? low : *start + length;
    } else if (*start > high) {
        *start = high;
    }
    if (stop < 0) {
        stop = self->stop == OU_NONE && down ? -1 : (stop + length < low ? low : stop + length);
    } else if (stop > high) {
        stop = high;
    }
    *count = 0;
    if (down && stop < *start) {
        *count = (*start - stop - 1) / -*step + 1;
    } else if (!down && *start < stop) {
        *count = (stop - *start - 1) / *step + 1;
    }
    return 0;
}

void ou_clamp_bounds(int64_t length, int64_t *start, int64_t *stop) {
    if (*stop > length) {
        *stop = length;
    } else if (*stop < 0) {
        *stop = *stop + length < 0 ? 0 : *stop + length;
    }
    if (*start < 0) { *start = *start + length < 0 ? 0 : *start + length; }
}

OU_KIND_OF_FIELDS(ou_slice_ops, "slice", OuSlice, step, 3, -1, "step", "stop", "start")

static OU_UNARY(slice_repr) {
    OuSlice *slice = (OuSlice *)(uintptr_t)self;
    return ou_format(vm, "slice(%R, %R, %R)", slice->start, slice->stop, slice->step);
}

static OuValue slice_make(OuVM *vm, OuType *type, const OuValue *args, uint32_t nargs, OuValue kwnames) {
    if (kwnames != OU_NOTHING || nargs < 1 || nargs > 3) {
        return ou_raise_type_error(vm, "slice expected at %s argument%s, got %u", nargs < 1 ? "least 1" : "most 3",
                                   nargs < 1 ? "" : "s", nargs);
    }
    return nargs == 1 ? ou_slice_new(vm, OU_NONE, args[0], OU_NONE)
                      : ou_slice_new(vm, args[0], args[1], nargs > 2 ? args[2] : OU_NONE);
}

static OuValue slice_compare(OuVM *vm, OuValue a, OuValue b, OuCompare op) {
    if (!ou_is_kind(b, OU_KIND_SLICE) || (op != OU_EQ && op != OU_NE)) { return ou_incref(OU_NOTIMPLEMENTED); }
    OuSlice *x = (OuSlice *)(uintptr_t)a, *y = (OuSlice *)(uintptr_t)b;
    int same = ou_equal(vm, x->start, y->start);
    same = same > 0 ? ou_equal(vm, x->stop, y->stop) : same;
    same = same > 0 ? ou_equal(vm, x->step, y->step) : same;
    return same < 0 ? OU_NOTHING : ou_incref(ou_from_bool(same == (op == OU_EQ)));
}

static OU_NATIVE(slice_indices) {
    int64_t length, start, step, count;
    if (ou_index_i64(vm, args[1], &length, true) < 0) { return OU_NOTHING; }
    if (length < 0) { return ou_raise_value_error(vm, "length should not be negative"); }
    if (ou_slice_resolve(vm, (OuSlice *)(uintptr_t)args[0], length, &start, &step, &count) < 0) { return OU_NOTHING; }
    OuSlice *slice = (OuSlice *)(uintptr_t)args[0];
    int64_t stop = step < 0 ? -1 : length;
    if (slice->stop != OU_NONE && ou_index_i64(vm, slice->stop, &stop, true) == 0) {
        stop = stop < 0 ? stop + length : stop;
        stop = step < 0 ? (stop < -1           ? -1
                           : stop > length - 1 ? length - 1
                                               : stop)
                        : (stop < 0        ? 0
                           : stop > length ? length
                                           : stop);
    }
    OuValue items[3] = {ou_int(vm, start), ou_int(vm, stop), ou_int(vm, step)};
    return ou_tuple_from_take(vm, items, 3);
}

OU_FIELD(slice_start, OuSlice, start)
OU_FIELD(slice_stop, OuSlice, stop)
OU_FIELD(slice_step, OuSlice, step)
static const OuGetSetDef slice_getsets[] = {{"start", slice_start, NULL, NULL},
                                            {"stop", slice_stop, NULL, NULL},
                                            {"step", slice_step, NULL, NULL},
                                            {NULL, NULL, NULL, NULL}};
static const OuNativeDef slice_methods[] = {
    {"indices", slice_indices, 1, 1, 0, 0, NULL, "start, stop, step for a length."}, OU_DEF_END};
const OuNativeType ou_slice_type = {.index = OU_TYPE_SLICE,
                                    .final = true,
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
    OuValue parts[4] = {0};
    parts[0] = ou_int_binary(vm, OU_BIN_SUB, high, low);
    parts[1] = parts[0] != OU_NOTHING ? ou_int_binary(vm, OU_BIN_SUB, parts[0], ou_from_small(1)) : OU_NOTHING;
    parts[2] = up ? ou_incref(step) : ou_int_negative(vm, step);
    parts[3] = parts[1] != OU_NOTHING && parts[2] != OU_NOTHING ? ou_int_binary(vm, OU_BIN_FLOORDIV, parts[1], parts[2])
                                                                : OU_NOTHING;
    OuValue length = parts[3] != OU_NOTHING ? ou_int_binary(vm, OU_BIN_ADD, parts[3], ou_from_small(1)) : OU_NOTHING;
    for (int i = 0; i < 4; i++) { ou_drop(vm, parts[i]); }
    return length;
}

static OuValue range_new(OuVM *vm, OuValue start, OuValue stop, OuValue step) {
    OuValue length = range_length(vm, start, stop, step);
    OuRange *self = length != OU_NOTHING ? (OuRange *)ou_cell_new(&vm->heap, OU_KIND_RANGE, sizeof *self) : NULL;
    if (self == NULL) {
        ou_drop(vm, length);
        return vm->pending != OU_NOTHING ? OU_NOTHING : ou_raise_memory(vm);
    }
    ou_slot_init(&self->start, ou_incref(start));
    ou_slot_init(&self->stop, ou_incref(stop));
    ou_slot_init(&self->step, ou_incref(step));
    ou_slot_init(&self->length, length);
    return ou_word(self);
}

static OuValue range_make(OuVM *vm, OuType *type, const OuValue *args, uint32_t nargs, OuValue kwnames) {
    if (kwnames != OU_NOTHING) { return ou_raise_type_error(vm, "range() takes no keyword arguments"); }
    if (nargs < 1 || nargs > 3) {
        return ou_raise_type_error(vm, "range expected at %s, got %u",
                                   nargs < 1 ? "least 1 argument" : "most 3 arguments", nargs);
    }
    OuValue parts[3] = {nargs > 1 ? ou_index(vm, args[0]) : ou_int(vm, 0), OU_NOTHING, OU_NOTHING};
    parts[1] = parts[0] != OU_NOTHING ? ou_index(vm, args[nargs > 1]) : OU_NOTHING;
    parts[2] = parts[1] != OU_NOTHING ? (nargs > 2 ? ou_index(vm, args[2]) : ou_int(vm, 1)) : OU_NOTHING;
    OuValue result = OU_NOTHING;
    if (parts[2] != OU_NOTHING) {
        result = ou_int_sign(parts[2]) == 0 ? ou_raise_value_error(vm, "range() arg 3 must not be zero")
                                            : range_new(vm, parts[0], parts[1], parts[2]);
    }
    for (int i = 0; i < 3; i++) { ou_drop(vm, parts[i]); }
    return result;
}

/* start + index * step */
static OuValue range_at(OuVM *vm, OuRange *self, OuValue index) {
    OuValue product = ou_int_binary(vm, OU_BIN_MUL, index, self->step);
    OuValue item = product != OU_NOTHING ? ou_int_binary(vm, OU_BIN_ADD, self->start, product) : OU_NOTHING;
    ou_drop(vm, product);
    return item;
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
        int64_t length = range_len(vm, self), start, step, count;
        if (length < 0 || ou_slice_resolve(vm, (OuSlice *)(uintptr_t)key, length, &start, &step, &count) < 0) {
            return OU_NOTHING;
        }
        OuValue factor = ou_int(vm, step), first = ou_int(vm, start), last = ou_int(vm, start + count * step);
        OuValue parts[3] = {range_at(vm, range, first), range_at(vm, range, last),
                            ou_int_binary(vm, OU_BIN_MUL, range->step, factor)};
        OuValue result = parts[0] != OU_NOTHING && parts[1] != OU_NOTHING && parts[2] != OU_NOTHING
                             ? range_new(vm, parts[0], parts[1], parts[2])
                             : OU_NOTHING;
        for (int i = 0; i < 3; i++) { ou_drop(vm, parts[i]); }
        ou_drop(vm, factor);
        ou_drop(vm, first);
        ou_drop(vm, last);
        return result;
    }
    if (!ou_is_int(key) && ou_type_of(vm, key)->slots.index == NULL) {
        return ou_raise_type_error(vm, "range indices must be integers or slices, not %T", key);
    }
    OuValue index = ou_index(vm, key);
    if (index == OU_NOTHING) { return OU_NOTHING; }
    if (ou_int_sign(index) < 0) {
        OuValue shifted = ou_int_binary(vm, OU_BIN_ADD, index, range->length);
        ou_drop(vm, index);
        index = shifted;
    }
    OuValue item = OU_NOTHING;
    if (index != OU_NOTHING) {
        item = ou_int_sign(index) < 0 || ou_int_compare(index, range->length) >= 0
                   ? ou_raise(vm, OU_EXC_IndexError, "range object index out of range")
                   : range_at(vm, range, index);
    }
    ou_drop(vm, index);
    return item;
}

static OU_UNARY(range_repr) {
    OuRange *range = range_of(self);
    int64_t step;
    return ou_int_to_i64(range->step, &step) && step == 1
               ? ou_format(vm, "range(%R, %R)", range->start, range->stop)
               : ou_format(vm, "range(%R, %R, %R)", range->start, range->stop, range->step);
}

/* Position of an exact int in the range: an int >= 0 (owned), None when absent. */
static OuValue range_position(OuVM *vm, OuRange *range, OuValue item) {
    bool up = ou_int_sign(range->step) > 0;
    if (up ? ou_int_compare(item, range->start) < 0 || ou_int_compare(item, range->stop) >= 0
           : ou_int_compare(item, range->start) > 0 || ou_int_compare(item, range->stop) <= 0) {
        return ou_incref(OU_NONE);
    }
    OuValue distance = ou_int_binary(vm, OU_BIN_SUB, item, range->start);
    OuValue rest = distance != OU_NOTHING ? ou_int_binary(vm, OU_BIN_MOD, distance, range->step) : OU_NOTHING;
    OuValue result = rest == OU_NOTHING       ? OU_NOTHING
                     : ou_int_sign(rest) != 0 ? ou_incref(OU_NONE)
                                              : ou_int_binary(vm, OU_BIN_FLOORDIV, distance, range->step);
    ou_drop(vm, distance);
    ou_drop(vm, rest);
    return result;
}

static int range_contains(OuVM *vm, OuValue self, OuValue item) {
    OuValue number =
        ou_is_int(item) || ou_kind(item) == OU_KIND_BOOL ? ou_plain_peek(vm, item, OU_KIND_INT) : OU_NOTHING;
    if (number != OU_NOTHING) {
        OuValue position = range_position(vm, range_of(self), number);
        ou_drop(vm, position);
        return position == OU_NOTHING ? -1 : position != OU_NONE;
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
        OuRangeIterator *iterator = (OuRangeIterator *)ou_cell_new(&vm->heap, OU_KIND_RANGE_ITERATOR, sizeof *iterator);
        if (iterator == NULL) { return ou_raise_memory(vm); }
        iterator->next = start;
        iterator->step = step;
        iterator->remaining = (uint64_t)length;
        return ou_word(iterator);
    }
    return ou_index_iterator_new(vm, OU_KIND_LONG_RANGE_ITERATOR, self);
}

static int range_truth(OuVM *vm, OuValue self) { return ou_int_sign(range_of(self)->length) != 0; }

static OuValue range_compare(OuVM *vm, OuValue a, OuValue b, OuCompare op) {
    if (!ou_is_kind(b, OU_KIND_RANGE) || (op != OU_EQ && op != OU_NE)) { return ou_incref(OU_NOTIMPLEMENTED); }
    OuRange *x = range_of(a), *y = range_of(b);
    int64_t length;
    bool same = ou_int_compare(x->length, y->length) == 0;
    bool small = ou_int_to_i64(x->length, &length);
    same = same && ((small && length == 0) || (ou_int_compare(x->start, y->start) == 0 &&
                                               ((small && length == 1) || ou_int_compare(x->step, y->step) == 0)));
    return ou_incref(ou_from_bool(same == (op == OU_EQ)));
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

static OU_NATIVE(range_index) {
    OuValue number = ou_plain_peek(vm, args[1], OU_KIND_INT);
    OuValue position = number != OU_NOTHING ? range_position(vm, range_of(args[0]), number) : ou_incref(OU_NONE);
    if (position == OU_NONE) {
        ou_drop(vm, position);
        return number != OU_NOTHING ? ou_raise_value_error(vm, "%R is not in range", args[1])
                                    : ou_raise_value_error(vm, "sequence.index(x): x not in sequence");
    }
    return position;
}

static OU_NATIVE(range_count) {
    int found = range_contains(vm, args[0], args[1]);
    return found < 0 ? OU_NOTHING : ou_int(vm, found);
}

OU_FIELD(range_start, OuRange, start)
OU_FIELD(range_stop, OuRange, stop)
OU_FIELD(range_step, OuRange, step)

OU_KIND_OF_FIELDS(ou_range_ops, "range", OuRange, start, 4, 1, "start", "stop", "step", "length")
static const OuNativeDef range_methods[] = {{"index", range_index, 1, 1, 0, 0, NULL, "Position of a number."},
                                            {"count", range_count, 1, 1, 0, 0, NULL, "Number of occurrences."},
                                            OU_DEF_END};
static const OuGetSetDef range_getsets[] = {{"start", range_start, NULL, NULL},
                                            {"stop", range_stop, NULL, NULL},
                                            {"step", range_step, NULL, NULL},
                                            {NULL, NULL, NULL, NULL}};
const OuNativeType ou_range_type = {.index = OU_TYPE_RANGE,
                                    .final = true,
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
