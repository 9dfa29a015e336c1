/* tuple. What it has in common with list is in sequence.c. */
#include "vm/objects/help.h"

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
