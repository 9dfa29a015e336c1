/* Iterators over containers and numbers. */
#include "vm/objects/help.h"

static OuIndexIterator *iterator_of(OuValue value) { return (OuIndexIterator *)(uintptr_t)value; }

/* dict: `expected` holds the size in its low half and how many are still to come in its high half. */
#define DICT_CHANGED UINT32_MAX

static bool is_of_dict(uint8_t kind) {
    return kind >= OU_KIND_DICT_KEY_ITERATOR && kind <= OU_KIND_DICT_REVERSE_ITEM_ITERATOR;
}

OuValue ou_index_iterator_new(OuVM *vm, uint8_t kind, OuValue container) {
    OuIndexIterator *self = ou_new_cell(vm, kind, sizeof *self);
    if (self == NULL) { return OU_NOTHING; }
    ou_slot_init(&self->container, ou_incref(container));
    if (is_of_dict(kind)) {
        OuDict *dict = ou_as_dict(ou_plain_peek(vm, container, OU_KIND_DICT));
        self->expected = (uint64_t)dict->live << 32 | dict->live;
        self->index = kind >= OU_KIND_DICT_REVERSE_KEY_ITERATOR ? (int64_t)dict->used - 1 : 0;
    } else if (kind == OU_KIND_SET_ITERATOR) {
        self->expected = ou_set_peek(vm, container)->used;
    } else if (kind == OU_KIND_LIST_REVERSE_ITERATOR) {
        self->index = (int64_t)ou_as_list(ou_plain_peek(vm, container, OU_KIND_LIST))->length - 1;
    }
    return ou_word(self);
}

OU_KIND_OF_FIELDS(ou_index_iterator_ops, "iterator", OuIndexIterator, container, 2, 1, "container", "sentinel")
const OuKindOps ou_range_iterator_ops = {.name = "range_iterator", .leaf = true};

/* Exhausted: the container is released. OU_NOTHING without an exception. */
static OuValue exhausted(OuVM *vm, OuIndexIterator *self) {
    ou_slot_clear(&vm->heap, &self->container);
    return OU_NOTHING;
}

OU_UNARY(ou_itself) { return ou_incref(self); }

/* The next function of an indexed container: what is at self->index, which moves on by `step`. */
#define INDEXED_NEXT(name, kind, Type, length_of, step, item)                   \
    static OuValue name(OuVM *vm, OuValue value) {                              \
        OuIndexIterator *self = iterator_of(value);                             \
        if (self->container == OU_NOTHING) { return OU_NOTHING; }               \
        Type *in = (Type *)(uintptr_t)ou_plain_peek(vm, self->container, kind); \
        int64_t at = self->index;                                               \
        if (at < 0 || at >= (int64_t)(length_of)) {                             \
            if (step < 0) { self->index = -1; }                                 \
            return exhausted(vm, self);                                         \
        }                                                                       \
        self->index += step;                                                    \
        return item;                                                            \
    }
INDEXED_NEXT(list_next, OU_KIND_LIST, OuList, in->length, 1, ou_incref(in->items[at]))
INDEXED_NEXT(list_reverse_next, OU_KIND_LIST, OuList, in->length, -1, ou_incref(in->items[at]))
INDEXED_NEXT(tuple_next, OU_KIND_TUPLE, OuTuple, ou_tuple_length(in), 1, ou_incref(in->items[at]))
INDEXED_NEXT(str_next, OU_KIND_STR, OuStr, in->length, 1, ou_str_from_point(vm, ou_str_at(in, (uint32_t)at)))
INDEXED_NEXT(bytes_next, OU_KIND_BYTES, OuBytes, in->length, 1, ou_int(vm, in->data[at]))

static OuValue range_next(OuVM *vm, OuValue value) {
    OuRangeIterator *self = (OuRangeIterator *)(uintptr_t)value;
    if (self->remaining == 0) { return OU_NOTHING; }
    OuValue item = ou_int(vm, self->next);
    if (item != OU_NOTHING) {
        self->remaining--;
        self->next = (int64_t)((uint64_t)self->next + (uint64_t)self->step);
    }
    return item;
}

/* Items by position until IndexError (or StopIteration). */
static OuValue sequence_next(OuVM *vm, OuValue value) {
    OuIndexIterator *self = iterator_of(value);
    OuValue *regs = ou_regs_hold_take(vm, ou_incref(self->container));
    if (regs == NULL) { return OU_NOTHING; /* or exhausted */ }
    OuValue index = ou_int(vm, self->index);
    OuValue item = index != OU_NOTHING ? ou_getitem(vm, regs[0], index) : OU_NOTHING;
    ou_drop(vm, index);
    if (item != OU_NOTHING) {
        self->index++;
    } else if (ou_pending_is(vm, OU_EXC_IndexError) || ou_pending_is(vm, OU_EXC_StopIteration)) {
        ou_clear_pending(vm);
        exhausted(vm, self);
    }
    return ou_regs_close_keeping(vm, regs, item);
}

static OuValue callable_next(OuVM *vm, OuValue value) {
    OuIndexIterator *self = iterator_of(value);
    if (self->container == OU_NOTHING) { return OU_NOTHING; }
    OuValue *regs = ou_regs_open(vm, 2);
    if (regs == NULL) { return OU_NOTHING; }
    regs[0] = ou_incref(self->container);
    OuValue item = ou_call0(vm, regs[0]);
    regs[1] = item;
    OuValue result = OU_NOTHING;
    bool over = false;
    if (item == OU_NOTHING) {
        over = ou_pending_is(vm, OU_EXC_StopIteration);
        if (over) { ou_clear_pending(vm); }
    } else if (self->container != OU_NOTHING) {
        int same = ou_equal(vm, self->second, item);
        over = same > 0;
        result = same == 0 ? ou_reg_take(&regs[1]) : OU_NOTHING;
    }
    if (over) {
        exhausted(vm, self);
        ou_slot_clear(&vm->heap, &self->second);
    }
    return ou_regs_result(vm, regs, result);
}

static OuValue dict_next(OuVM *vm, OuValue value) {
    OuIndexIterator *self = iterator_of(value);
    uint8_t kind = self->cell.kind;
    if (self->container == OU_NOTHING) { return OU_NOTHING; }
    OuDict *dict = ou_as_dict(ou_plain_peek(vm, self->container, OU_KIND_DICT));
    if (dict->live != (uint32_t)self->expected) {
        self->expected |= DICT_CHANGED; /* it stays in this state */
        return ou_raise(vm, OU_EXC_RuntimeError, "dictionary changed size during iteration");
    }
    bool down = kind >= OU_KIND_DICT_REVERSE_KEY_ITERATOR;
    int64_t at = self->index;
    if (at >= (int64_t)dict->used) { at = down ? (int64_t)dict->used - 1 : at; }
    while (at >= 0 && at < (int64_t)dict->used && dict->pairs[at * 2] == OU_NOTHING) { at += down ? -1 : 1; }
    if (at < 0 || at >= (int64_t)dict->used) { return exhausted(vm, self); }
    if (self->expected >> 32 == 0 && !down) {
        ou_raise(vm, OU_EXC_RuntimeError, "dictionary keys changed during iteration");
        OuValue pending = ou_take_pending(vm);
        exhausted(vm, self);
        ou_restore_pending_take(vm, pending);
        return OU_NOTHING;
    }
    OuValue item;
    switch (kind) {
    case OU_KIND_DICT_KEY_ITERATOR:
    case OU_KIND_DICT_REVERSE_KEY_ITERATOR: item = ou_incref(dict->pairs[at * 2]); break;
    case OU_KIND_DICT_VALUE_ITERATOR:
    case OU_KIND_DICT_REVERSE_VALUE_ITERATOR: item = ou_incref(dict->pairs[at * 2 + 1]); break;
    default: item = ou_tuple_from(vm, &dict->pairs[at * 2], 2); break;
    }
    if (item != OU_NOTHING) {
        self->index = down ? at - 1 : at + 1;
        self->expected -= self->expected >> 32 ? (uint64_t)1 << 32 : 0;
    }
    return item;
}

static OuValue set_next(OuVM *vm, OuValue value) {
    OuIndexIterator *self = iterator_of(value);
    if (self->container == OU_NOTHING) { return OU_NOTHING; }
    OuSet *set = ou_set_peek(vm, self->container);
    if (set->used != self->expected) {
        self->expected = UINT64_MAX;
        return ou_raise(vm, OU_EXC_RuntimeError, "Set changed size during iteration");
    }
    uint32_t position = (uint32_t)self->index;
    OuSetEntry *entry = ou_set_next(set, &position);
    if (entry == NULL) { return exhausted(vm, self); }
    self->index = position;
    return ou_incref(entry->key);
}

/* How many items are still to come, as far as that is known. */
static OU_NATIVE(length_hint) {
    if (ou_is_kind(args[0], OU_KIND_RANGE_ITERATOR)) {
        return ou_int(vm, (int64_t)((OuRangeIterator *)(uintptr_t)args[0])->remaining);
    }
    OuIndexIterator *self = iterator_of(args[0]);
    if (self->container == OU_NOTHING) { return ou_int(vm, 0); }
    uint8_t kind = self->cell.kind;
    int64_t left = 0, length = ou_len(vm, self->container);
    if (length < 0) { return OU_NOTHING; }
    if (kind == OU_KIND_LIST_REVERSE_ITERATOR) {
        left = self->index >= length ? 0 : self->index + 1;
    } else if (is_of_dict(kind)) {
        left = (uint32_t)self->expected == (uint64_t)length ? (int64_t)(self->expected >> 32) : 0;
    } else if (kind == OU_KIND_SET_ITERATOR) {
        OuSet *set = ou_set_peek(vm, self->container);
        uint32_t position = (uint32_t)self->index;
        while (self->expected == set->used && ou_set_next(set, &position) != NULL) { left++; }
    } else {
        left = length < self->index ? 0 : length - self->index;
    }
    return ou_int(vm, left);
}

static const OuNativeDef iterator_methods[] = {{"__length_hint__", length_hint, "How many items are still to come."},
                                               OU_DEF_END};

#define ITERATOR(name, next_function, its_methods) \
    const OuNativeType ou_##name##_type = {        \
        .final = true, .slots = {.iter = ou_itself, .next = next_function}, .methods = its_methods};
ITERATOR(list_iterator, list_next, iterator_methods)
ITERATOR(list_reverse_iterator, list_reverse_next, iterator_methods)
ITERATOR(tuple_iterator, tuple_next, iterator_methods)
ITERATOR(range_iterator, range_next, iterator_methods)
ITERATOR(long_range_iterator, sequence_next, iterator_methods)
ITERATOR(str_iterator, str_next, iterator_methods)
ITERATOR(bytes_iterator, bytes_next, iterator_methods)
ITERATOR(dict_iterator, dict_next, iterator_methods)
ITERATOR(set_iterator, set_next, iterator_methods)
ITERATOR(sequence_iterator, sequence_next, NULL)
ITERATOR(callable_iterator, callable_next, NULL)
