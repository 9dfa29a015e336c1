/* enumerate, zip, map, filter, reversed. */
#include "vm/objects/help.h"

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
