/* Iterators over containers and numbers; enumerate, zip, map, filter, reversed. */
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

/* --- pipes: iterators over iterators ---------------------------------------------------------------------------------- */

static uint32_t pipe_spans(OuHeap *heap, OuCell *cell, OuSpan *out) {
    OuPipe *self = (OuPipe *)cell;
    OuSpan function = {&self->function, 1, 1};
    OuSpan sources = {self->cell.aux ? &self->sources[self->cell.aux - 1] : self->sources, self->cell.aux, -1};
    bool first = cell->kind == OU_KIND_FILTER; /* filter releases its function first, map last */
    out[0] = first ? function : sources;
    out[1] = first ? sources : function;
    return 2;
}

static void pipe_edge_name(OuHeap *heap, OuCell *cell, uint32_t span, size_t index, char *buffer, size_t size) {
    if ((span == 0) == (cell->kind == OU_KIND_FILTER)) {
        snprintf(buffer, size, "function");
    } else {
        snprintf(buffer, size, "source %zu", cell->aux - 1 - index);
    }
}

const OuKindOps ou_pipe_ops = {.name = "pipe", .spans = pipe_spans, .edge_name = pipe_edge_name};

static OuPipe *pipe_of(OuVM *vm, OuValue self, uint8_t kind) {
    return (OuPipe *)(uintptr_t)(ou_is_kind(self, kind) ? self : ou_plain_peek(vm, self, kind));
}

/* A pipe over iterators of the given iterables. */
static OuPipe *pipe_new(OuVM *vm, uint8_t kind, const OuValue *iterables, uint32_t count) {
    size_t bytes = sizeof(OuPipe) + count * sizeof(OuValue);
    OuPipe *self = count <= UINT16_MAX ? ou_new_cell(vm, kind, bytes) : ou_no_memory(vm);
    OuValue *regs = ou_regs_hold_take(vm, ou_word(self));
    if (regs == NULL) { return NULL; }
    self->cell.aux = (uint16_t)count;
    for (uint32_t i = 0; i < count; i++) {
        OuValue source = ou_iter(vm, iterables[i]);
        if (source == OU_NOTHING) { return ou_null(ou_regs_result(vm, regs, OU_NOTHING)); }
        ou_slot_init(&self->sources[i], source);
    }
    ou_regs_first(vm, regs, 0);
    return self;
}

/* --- enumerate ------------------------------------------------------------------------------------------------------ */

static OuValue enumerate_make(OuVM *vm, OuType *type, const OuValue *args, uint32_t nargs, OuValue kwnames) {
    OuValue given[2];
    if (nargs == 0) { return ou_raise_type_error(vm, "enumerate() missing required argument 'iterable'"); }
    if (ou_make_args(vm, "enumerate", "iterable start", 1, 2, args, nargs, kwnames, given) < 0) { return OU_NOTHING; }
    OuValue *regs = ou_regs_hold_take(vm, given[1] != OU_NOTHING ? ou_index(vm, given[1]) : ou_int(vm, 0));
    if (regs == NULL) { return OU_NOTHING; }
    OuPipe *self = pipe_new(vm, OU_KIND_ENUMERATE, given, 1);
    if (self != NULL && !(ou_int_to_i64(regs[0], &self->count) && self->count < OU_SMALL_MAX)) {
        ou_slot_init(&self->function, ou_reg_take(&regs[0]));
    }
    return ou_regs_result(vm, regs, ou_made_take(vm, type, OU_TYPE_ENUMERATE, ou_word(self)));
}

static OuValue enumerate_next(OuVM *vm, OuValue value) {
    OuPipe *self = pipe_of(vm, value, OU_KIND_ENUMERATE);
    OuValue item = ou_next(vm, self->sources[0]), number, after = OU_NOTHING;
    if (item == OU_NOTHING) { return OU_NOTHING; }
    bool big = self->function != OU_NOTHING;
    if (big) {
        after = ou_int_binary_take(vm, OU_BIN_ADD, ou_incref(self->function), ou_int(vm, 1));
        number = after != OU_NOTHING ? ou_incref(self->function) : OU_NOTHING;
    } else {
        number = ou_int(vm, self->count);
    }
    OuTuple *pair = number != OU_NOTHING ? ou_tuple_new(vm, 2) : NULL;
    if (pair == NULL) {
        ou_drop(vm, number);
        ou_drop(vm, item);
        return ou_dropped(vm, after);
    }
    ou_slot_init(&pair->items[0], number);
    ou_slot_init(&pair->items[1], item);
    if (big) {
        ou_slot_set(&vm->heap, &self->function, after);
    } else {
        self->count++;
    }
    return ou_word(pair);
}

/* --- zip ------------------------------------------------------------------------------------------------------------ */

static OuValue zip_make(OuVM *vm, OuType *type, const OuValue *args, uint32_t nargs, OuValue kwnames) {
    uint32_t keywords = ou_keyword_count(kwnames);
    int strict = 0;
    nargs -= keywords;
    for (uint32_t i = 0; i < keywords; i++) {
        OuStr *name = ou_as_str(ou_as_tuple(kwnames)->items[i]);
        if (ou_str_equal_text(name, "strict")) {
            strict = ou_truth(vm, args[nargs + i]);
        } else if (type == vm->types[OU_TYPE_ZIP]) {
            return ou_raise_type_error(vm, "'%N' is an invalid keyword argument for zip()", name);
        }
    }
    if (strict < 0) { return OU_NOTHING; }
    OuPipe *self = pipe_new(vm, OU_KIND_ZIP, args, nargs);
    if (self != NULL) { self->count = strict; }
    return ou_made_take(vm, type, OU_TYPE_ZIP, ou_word(self));
}

static OuValue zip_next(OuVM *vm, OuValue value) {
    OuPipe *self = pipe_of(vm, value, OU_KIND_ZIP);
    uint32_t count = self->cell.aux;
    if (count == 0) { return OU_NOTHING; }
    OuTuple *items = ou_tuple_new(vm, count);
    OuValue *regs = ou_regs_hold_take(vm, ou_word(items));
    if (regs == NULL) { return OU_NOTHING; }
    OuValue result = OU_NOTHING;
    uint32_t i = 0;
    for (; i < count; i++) {
        OuValue item = ou_next(vm, self->sources[i]);
        if (item == OU_NOTHING) { break; }
        ou_slot_init(&items->items[i], item);
    }
    if (i == count) {
        result = ou_reg_take(&regs[0]);
    } else if (self->count && vm->pending == OU_NOTHING) {
        if (i > 0) {
            ou_raise_value_error(vm, "zip() argument %u is shorter than argument%s%u", i + 1, i == 1 ? " " : "s 1-", i);
        }
        for (uint32_t j = 1; i == 0 && j < count; j++) {
            OuValue item = ou_next(vm, self->sources[j]);
            if (item != OU_NOTHING) {
                ou_reg_set(vm, &regs[0], item);
                ou_raise_value_error(vm, "zip() argument %u is longer than argument%s%u", j + 1, j == 1 ? " " : "s 1-",
                                     j);
                break;
            }
            if (vm->pending != OU_NOTHING) { break; }
        }
    }
    return ou_regs_result(vm, regs, result);
}

/* --- map and filter --------------------------------------------------------------------------------------------------- */

/* map or filter. */
static OuValue apply_make(OuVM *vm, OuType *type, uint8_t kind, const OuValue *args, uint32_t sources) {
    OuPipe *self = pipe_new(vm, kind, args + 1, sources);
    if (self != NULL) { ou_slot_init(&self->function, ou_incref(args[0])); }
    return ou_made_take(vm, type, (OuTypeIndex)(kind - OU_KIND_BASE), ou_word(self));
}

static OuValue map_make(OuVM *vm, OuType *type, const OuValue *args, uint32_t nargs, OuValue kwnames) {
    int count = ou_positional(vm, "map", type == vm->types[OU_TYPE_MAP], 0, -1, nargs, kwnames);
    if (count < 0) { return OU_NOTHING; }
    if (count < 2) { return ou_raise_type_error(vm, "map() must have at least two arguments."); }
    return apply_make(vm, type, OU_KIND_MAP, args, (uint32_t)count - 1);
}

static OuValue map_next(OuVM *vm, OuValue value) {
    OuPipe *self = pipe_of(vm, value, OU_KIND_MAP);
    uint32_t count = self->cell.aux;
    OuValue *regs = ou_regs_open(vm, count);
    if (regs == NULL) { return OU_NOTHING; }
    OuValue result = OU_NOTHING;
    uint32_t i = 0;
    for (; i < count; i++) {
        regs[i] = ou_next(vm, self->sources[i]);
        if (regs[i] == OU_NOTHING) { break; }
    }
    if (i == count) { result = ou_call(vm, self->function, regs, count); }
    return ou_regs_close_keeping(vm, regs, result);
}

static OuValue filter_make(OuVM *vm, OuType *type, const OuValue *args, uint32_t nargs, OuValue kwnames) {
    bool exact = type == vm->types[OU_TYPE_FILTER];
    return ou_positional(vm, "filter", exact, 2, 2, nargs, kwnames) < 0 ? OU_NOTHING
                                                                        : apply_make(vm, type, OU_KIND_FILTER, args, 1);
}

static OuValue filter_next(OuVM *vm, OuValue value) {
    OuPipe *self = pipe_of(vm, value, OU_KIND_FILTER);
    OuValue *regs = ou_regs_open(vm, 2);
    if (regs == NULL) { return OU_NOTHING; }
    bool plain = self->function == OU_NONE || self->function == ou_word(vm->types[OU_TYPE_BOOL]);
    OuValue result = OU_NOTHING;
    while (ou_next_into(vm, self->sources[0], &regs[0]) > 0) {
        if (!plain) { regs[1] = ou_call1(vm, self->function, regs[0]); }
        int truth = plain ? ou_truth(vm, regs[0]) : regs[1] != OU_NOTHING ? ou_truth(vm, regs[1]) : -1;
        ou_reg_set(vm, &regs[1], OU_NOTHING);
        if (truth > 0) { result = ou_reg_take(&regs[0]); }
        if (truth != 0 || ou_safepoint(vm) < 0) { break; }
    }
    return ou_regs_result(vm, regs, result);
}

/* --- reversed ------------------------------------------------------------------------------------------------------- */

static OU_MAKE(reversed_make) {
    bool exact = type == vm->types[OU_TYPE_REVERSED];
    if (ou_positional(vm, "reversed", exact, 1, 1, nargs, kwnames) < 0) { return OU_NOTHING; }
    OuType *source = ou_type_of(vm, args[0]);
    bool refused = ou_type_lookup(vm, source, vm->names[OU_NAME_reversed]) == OU_NONE;
    OuValue made;
    int found = refused ? 0 : ou_call_special(vm, args[0], vm->names[OU_NAME_reversed], NULL, 0, &made);
    if (found != 0) { return found > 0 ? made : OU_NOTHING; }
    if (refused || source->slots.getitem == NULL || ou_plain_peek(vm, args[0], OU_KIND_DICT) != OU_NOTHING) {
        return ou_raise_type_error(vm, "'%T' object is not reversible", args[0]);
    }
    int64_t length = ou_len(vm, args[0]);
    if (length < 0) { return OU_NOTHING; }
    OuPipe *self = ou_new_cell(vm, OU_KIND_REVERSED, sizeof *self + sizeof(OuValue));
    if (self == NULL) { return OU_NOTHING; }
    self->cell.aux = 1;
    self->count = length - 1;
    ou_slot_init(&self->sources[0], ou_incref(args[0]));
    return ou_made_take(vm, type, OU_TYPE_REVERSED, ou_word(self));
}

static OuValue reversed_next(OuVM *vm, OuValue value) {
    OuPipe *self = pipe_of(vm, value, OU_KIND_REVERSED);
    if (self->count >= 0 && self->sources[0] != OU_NOTHING) {
        OuValue index = ou_int(vm, self->count);
        OuValue item = index != OU_NOTHING ? ou_getitem(vm, self->sources[0], index) : OU_NOTHING;
        ou_drop(vm, index);
        if (item != OU_NOTHING) {
            self->count--;
            return item;
        }
        if (!ou_pending_is(vm, OU_EXC_IndexError) && !ou_pending_is(vm, OU_EXC_StopIteration)) { return OU_NOTHING; }
        ou_clear_pending(vm);
    }
    self->count = -1;
    ou_slot_clear(&vm->heap, &self->sources[0]);
    return OU_NOTHING;
}

static OU_NATIVE(reversed_length_hint) {
    OuPipe *self = pipe_of(vm, args[0], OU_KIND_REVERSED);
    if (self->sources[0] == OU_NOTHING) { return ou_int(vm, 0); }
    int64_t length = ou_len(vm, self->sources[0]);
    return length < 0 ? OU_NOTHING : ou_int(vm, length < self->count + 1 ? 0 : self->count + 1);
}

static const OuNativeDef reversed_methods[] = {
    {"__length_hint__", reversed_length_hint, "How many items are still to come."}, OU_DEF_END};

#define PIPE(name) \
    const OuNativeType ou_##name##_type = {.slots = {.iter = ou_itself, .next = name##_next, .make = name##_make}};
PIPE(enumerate)
PIPE(zip)
PIPE(map)
PIPE(filter)
const OuNativeType ou_reversed_type = {.slots = {.iter = ou_itself, .next = reversed_next, .make = reversed_make},
                                       .methods = reversed_methods};
