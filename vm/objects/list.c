/* list: storage, slots, sorting, methods. What it has in common with tuple is in sequence.c.
 *
 * Whatever leaves a list leaves it before it dies: a list that nothing sees carries it to its death, last to first. */
#include "vm/objects/help.h"

/* --- storage --------------------------------------------------------------------------------------------------------- */

static size_t bytes_for(size_t capacity) { return capacity * sizeof(OuValue); }
static size_t own_bytes(const OuList *self) { return bytes_for(self->capacity); }

OuList *ou_list_new(OuVM *vm, size_t capacity) {
    OuList *self = ou_new_cell(vm, OU_KIND_LIST, sizeof *self);
    if (self != NULL && capacity > 0 && ou_list_reserve(vm, self, capacity) < 0) {
        ou_drop(vm, ou_word(self));
        return NULL;
    }
    return self;
}

int ou_list_reserve(OuVM *vm, OuList *self, size_t capacity) {
    if (capacity <= self->capacity) { return 0; }
    if (ou_charge(vm, capacity / 4) < 0) { return -1; }
    size_t rounded = ou_size_round(bytes_for(capacity)) / sizeof(OuValue);
    OuValue *grown = capacity > UINT32_MAX / 2
                         ? NULL
                         : ou_buffer_resize(&vm->heap, self->items, bytes_for(self->capacity), bytes_for(rounded));
    if (grown == NULL) { return ou_raised(ou_raise_memory(vm)); }
    self->items = grown;
    self->capacity = (uint32_t)rounded;
    return 0;
}

static int room_for_one(OuVM *vm, OuList *self) {
    if (self->length < self->capacity) { return 0; }
    size_t wanted = self->capacity < 4 ? (self->capacity ? 4 : 1)
                                       : self->capacity + self->capacity / 2 / (self->capacity > 1000 ? 2 : 1);
    return ou_list_reserve(vm, self, wanted > self->length ? wanted : self->length + 1);
}

int ou_list_append_take(OuVM *vm, OuList *self, OuValue item) {
    if (room_for_one(vm, self) < 0) { return ou_raised(ou_dropped(vm, item)); }
    self->items[self->length++] = item;
    return 0;
}

int ou_list_append(OuVM *vm, OuList *self, OuValue item) { return ou_list_append_take(vm, self, ou_incref(item)); }

OuValue ou_list_from_take(OuVM *vm, OuValue *items, size_t length) {
    OuList *self = ou_list_new(vm, length);
    if (self == NULL) {
        for (size_t i = 0; i < length; i++) { ou_drop(vm, ou_reg_take(&items[i])); }
        return OU_NOTHING;
    }
    for (size_t i = 0; i < length; i++) {
        self->items[i] = items[i];
        items[i] = OU_EMPTY_TEMP;
    }
    self->length = (uint32_t)length;
    return ou_word(self);
}

int ou_list_insert(OuVM *vm, OuList *self, int64_t index, OuValue item) {
    if (room_for_one(vm, self) < 0) { return -1; }
    int64_t length = self->length;
    index += index < 0 ? length : 0;
    index = index < 0 ? 0 : index > length ? length : index;
    memmove(&self->items[index + 1], &self->items[index], bytes_for((size_t)(length - index)));
    self->items[index] = ou_incref(item);
    self->length++;
    ou_slots_moved(&vm->heap, &self->cell, (size_t)index, 1);
    return 0;
}

/* Takes one item out (owned by the caller). */
static OuValue take_item(OuVM *vm, OuList *self, size_t index) {
    OuValue item = ou_slot_take(&vm->heap, &self->items[index]);
    memmove(&self->items[index], &self->items[index + 1], bytes_for(self->length - index - 1));
    self->length--;
    ou_slots_moved(&vm->heap, &self->cell, index + 1, -1);
    return item;
}

/* Replaces `count` items from `start` on by `added` others (borrowed). */
static int replace_range(OuVM *vm, OuList *self, size_t start, size_t count, const OuValue *items, size_t added) {
    OuList *dead = ou_list_new(vm, count);
    if (dead == NULL || ou_list_reserve(vm, self, self->length - count + added) < 0) {
        return ou_raised(ou_dropped(vm, ou_word(dead)));
    }
    for (size_t i = 0; i < count; i++) { dead->items[i] = ou_slot_take(&vm->heap, &self->items[start + i]); }
    dead->length = (uint32_t)count;
    size_t tail = self->length - (start + count);
    if (tail > 0) { memmove(&self->items[start + added], &self->items[start + count], bytes_for(tail)); }
    for (size_t i = 0; i < added; i++) { ou_slot_init(&self->items[start + i], ou_incref(items[i])); }
    self->length = (uint32_t)(start + added + tail);
    ou_slots_permuted(&vm->heap, &self->cell);
    ou_drop(vm, ou_word(dead));
    return 0;
}

/* Exchanges the items of two lists. */
static void swap_items(OuVM *vm, OuList *a, OuList *b) {
    ou_slots_leave(vm, a->items, a->length, 1);
    ou_slots_leave(vm, b->items, b->length, 1);
    OuList saved = *a;
    a->items = b->items;
    a->length = b->length;
    a->capacity = b->capacity;
    b->items = saved.items;
    b->length = saved.length;
    b->capacity = saved.capacity;
    ou_slots_permuted(&vm->heap, &a->cell);
    ou_slots_permuted(&vm->heap, &b->cell);
}

static void clear(OuVM *vm, OuList *self) {
    if (self->items == NULL) { return; }
    OuList *dead = (OuList *)ou_cell_new(&vm->heap, OU_KIND_LIST, sizeof *dead);
    if (dead != NULL) {
        swap_items(vm, self, dead);
        ou_drop(vm, ou_word(dead));
        return;
    }
    for (uint32_t left = self->length; left > 0 && self->length > 0; left--) { /* no memory: one by one */
        ou_drop(vm, take_item(vm, self, self->length - 1));
    }
}

int ou_list_extend(OuVM *vm, OuList *self, OuValue iterable) {
    if (ou_is_list(iterable) || ou_is_tuple(iterable)) {
        size_t length = ou_items(iterable).count;
        if (ou_list_reserve(vm, self, self->length + length) < 0) { return -1; }
        const OuValue *items = ou_items(iterable).at; /* it may be the list itself */
        for (size_t i = 0; i < length; i++) { self->items[self->length + i] = ou_incref(items[i]); }
        self->length += (uint32_t)length;
        return 0;
    }
    OuValue *regs = ou_regs_hold_take(vm, ou_iter(vm, iterable));
    if (regs == NULL) { return -1; }
    int64_t hint = ou_length_hint(vm, iterable, 8);
    int status = hint < 0 || (hint < 1 << 24 && ou_list_reserve(vm, self, self->length + (size_t)hint) < 0) ? -1 : 0;
    OuValue item;
    while (status == 0 && (item = ou_next(vm, regs[0])) != OU_NOTHING) { status = ou_list_append_take(vm, self, item); }
    if (vm->pending != OU_NOTHING) { status = -1; }
    return ou_regs_status(vm, regs, status);
}

OuValue ou_list_of(OuVM *vm, OuValue iterable) {
    OuList *list = ou_list_new(vm, 0);
    OuValue *regs = ou_regs_hold_take(vm, ou_word(list));
    return regs == NULL ? OU_NOTHING : ou_regs_first(vm, regs, ou_list_extend(vm, list, iterable));
}

OuValue ou_tuple_of(OuVM *vm, OuValue iterable) {
    if (ou_is_tuple(iterable)) { return ou_incref(iterable); }
    OuValue list = ou_list_of(vm, iterable);
    if (list == OU_NOTHING) { return OU_NOTHING; }
    OuValue tuple = ou_tuple_from(vm, ou_as_list(list)->items, ou_as_list(list)->length);
    ou_drop(vm, list);
    return tuple;
}

static uint32_t list_spans(OuHeap *heap, OuCell *cell, OuSpan *out) {
    OuList *self = (OuList *)cell;
    out[0] = (OuSpan){self->length ? &self->items[self->length - 1] : NULL, self->length, -1};
    return self->length ? 1 : 0;
}

OU_BUFFER_OPS(list, OuList, items, own_bytes)
static void list_emptied(OuHeap *heap, OuCell *cell) { ((OuList *)cell)->length = 0; }

static void list_edge_name(OuHeap *heap, OuCell *cell, uint32_t span, size_t index, char *buffer, size_t size) {
    snprintf(buffer, size, "item %zu", ((OuList *)cell)->length - 1 - index);
}

const OuKindOps ou_list_ops = {.name = "list",
                               .spans = list_spans,
                               .drop = list_drop,
                               .emptied = list_emptied,
                               .extra_bytes = list_extra,
                               .edge_name = list_edge_name};

/* --- slots ----------------------------------------------------------------------------------------------------------- */

static OuList *list_of(OuVM *vm, OuValue value) { return ou_as_list(ou_plain_peek(vm, value, OU_KIND_LIST)); }
static int64_t list_len(OuVM *vm, OuValue self) { return list_of(vm, self)->length; }
static OU_UNARY(list_iter) { return ou_index_iterator_new(vm, OU_KIND_LIST_ITERATOR, self); }

/* CPython releases the items of an extended slice first to last. */
static void release_upwards(OuVM *vm, OuList *dead) {
    for (uint32_t i = 0; i < dead->length; i++) { ou_drop(vm, ou_slot_take(&vm->heap, &dead->items[i])); }
}

/* The old items trade places with those of `fresh`, which carries them to their death. */
static int assign_steps(OuVM *vm, OuList *self, int64_t start, int64_t step, int64_t count, OuList *fresh) {
    if (fresh->length != (size_t)count) {
        return ou_raised_value(vm, "attempt to assign sequence of size %u to extended slice of size %lld",
                               fresh->length, (long long)count);
    }
    for (int64_t i = 0; i < count; i++) {
        OuValue *place = &self->items[start + i * step], old = ou_slot_take(&vm->heap, place);
        ou_slot_init(place, ou_slot_take(&vm->heap, &fresh->items[i]));
        fresh->items[i] = old;
    }
    release_upwards(vm, fresh);
    return 0;
}

static int delete_steps(OuVM *vm, OuList *self, int64_t start, int64_t step, int64_t count, OuValue *reg) {
    OuList *dead = count > 0 ? ou_list_new(vm, (size_t)count) : NULL;
    if (dead == NULL) { return count > 0 ? -1 : 0; }
    *reg = ou_word(dead);
    if (step < 0) {
        start += (count - 1) * step;
        step = -step;
    }
    size_t to = (size_t)start;
    for (size_t from = (size_t)start; from < self->length; from++) {
        if (dead->length < count && from == (size_t)(start + dead->length * step)) {
            dead->items[dead->length++] = ou_slot_take(&vm->heap, &self->items[from]);
        } else {
            self->items[to++] = self->items[from];
        }
    }
    self->length = (uint32_t)to;
    ou_slots_permuted(&vm->heap, &self->cell);
    release_upwards(vm, dead);
    return 0;
}

/* Another list of the same length over immediates: nothing can die and nothing moves. */
static bool assign_in_place(OuVM *vm, OuList *self, OuSlice *slice, OuValue value) {
    int64_t start, stop, step;
    if (!ou_is_list(value) || ou_as_list(value) == self || slice->step != OU_NONE ||
        !(ou_is_small(slice->start) || slice->start == OU_NONE) ||
        !(ou_is_small(slice->stop) || slice->stop == OU_NONE) || ou_slice_unpack(vm, slice, &start, &stop, &step) < 0) {
        return false;
    }
    OuList *fresh = ou_as_list(value);
    int64_t count = ou_slice_adjust(self->length, &start, &stop, step);
    bool plain = count == (int64_t)fresh->length;
    for (int64_t i = 0; plain && i < count; i++) { plain = !ou_is_cell(self->items[start + i]); }
    for (int64_t i = 0; plain && i < count; i++) { ou_slot_init(&self->items[start + i], ou_incref(fresh->items[i])); }
    return plain;
}

static int list_set_slice(OuVM *vm, OuList *self, OuSlice *slice, OuValue value) {
    if (assign_in_place(vm, self, slice, value)) { return 0; }
    if (value != OU_NOTHING && !ou_is_iterable(vm, value)) {
        return ou_raised_type(vm, slice->step == OU_NONE ? "can only assign an iterable"
                                                         : "must assign iterable to extended slice");
    }
    OuValue *regs = ou_regs_open(vm, 1); /* the new items, or the deleted ones */
    if (regs == NULL) { return -1; }
    int64_t start, stop, step;
    int status = -1;
    regs[0] = value != OU_NOTHING ? ou_list_of(vm, value) : OU_NOTHING;
    if ((value == OU_NOTHING || regs[0] != OU_NOTHING) && ou_slice_unpack(vm, slice, &start, &stop, &step) == 0) {
        OuList *fresh = ou_as_list(regs[0]);
        int64_t count = ou_slice_adjust(self->length, &start, &stop, step);
        status = step == 1 ? replace_range(vm, self, (size_t)start, (size_t)count, fresh != NULL ? fresh->items : NULL,
                                           fresh != NULL ? fresh->length : 0)
                 : fresh != NULL ? assign_steps(vm, self, start, step, count, fresh)
                                 : delete_steps(vm, self, start, step, count, &regs[0]);
    }
    return ou_regs_status(vm, regs, status);
}

static int list_setitem(OuVM *vm, OuValue self, OuValue key, OuValue value) {
    OuList *list = list_of(vm, self);
    int64_t index;
    if (ou_is_kind(key, OU_KIND_SLICE)) { return list_set_slice(vm, list, (OuSlice *)(uintptr_t)key, value); }
    const char *range_error = "list assignment index out of range";
    if (ou_sequence_index(vm, key, list->length, "list", range_error, &index) < 0) { return -1; }
    if (index >= (int64_t)list->length) { return ou_raised(ou_raise(vm, OU_EXC_IndexError, range_error)); }
    if (value == OU_NOTHING) {
        ou_drop(vm, take_item(vm, list, (size_t)index));
    } else {
        ou_slot_set(&vm->heap, &list->items[index], ou_incref(value));
    }
    return 0;
}

static OU_BINARY(list_iadd) { return ou_list_extend(vm, list_of(vm, a), b) < 0 ? OU_NOTHING : ou_incref(a); }

static OU_BINARY(list_imul) {
    int64_t count;
    int known = ou_sequence_times(vm, b, &count);
    if (known <= 0) { return known < 0 ? OU_NOTHING : ou_not_implemented(); }
    OuList *self = list_of(vm, a);
    if (count == 0) {
        clear(vm, self);
    } else {
        uint32_t length = self->length;
        if (length != 0 && (uint64_t)count > UINT32_MAX / 2 / length) { return ou_raise_memory(vm); }
        if (ou_list_reserve(vm, self, length * (size_t)count) < 0) { return OU_NOTHING; }
        for (size_t i = length; i < length * (size_t)count; i++) {
            self->items[i] = ou_incref(self->items[i % length]);
        }
        self->length = (uint32_t)(length * (size_t)count);
    }
    return ou_incref(a);
}

static OU_MAKE(list_make) { return ou_made_take(vm, type, OU_TYPE_LIST, ou_word(ou_list_new(vm, 0))); }

static OU_INIT(list_init) {
    int given = ou_positional(vm, "list", true, 0, 1, nargs, kwnames);
    if (given < 0) { return -1; }
    clear(vm, list_of(vm, self));
    return given ? ou_list_extend(vm, list_of(vm, self), args[0]) : 0;
}

/* --- sort -------------------------------------------------------------------------------------------------------------
 *
 * A stable merge of natural runs, short ones filled up by binary insertion.
 *
 * While it sorts the list is empty: a hidden list in a register holds the items, another one the keys. The words that
 * move about are borrowed. Every question is "is the later one less than the earlier one?", as in CPython. */

#define MIN_RUN 24

typedef struct Pair {
    OuValue key, item;
} Pair;

typedef enum Mode { SMALLS, FLOATS, STRINGS, ANY } Mode;

/* b < a: 1, 0, -1 raised. */
static inline int less(OuVM *vm, Mode mode, OuValue b, OuValue a) {
    switch (mode) {
    case SMALLS: return (int64_t)b < (int64_t)a;
    case FLOATS: return ou_float_get(b) < ou_float_get(a);
    case STRINGS: return ou_str_compare(ou_as_str(b), ou_as_str(a)) < 0;
    default: return ou_compare_bool(vm, b, a, OU_LT);
    }
}

static Mode mode_of(const Pair *pairs, size_t count) {
    bool smalls = true, floats = true, strings = true;
    for (size_t i = 0; i < count && (smalls || floats || strings); i++) {
        smalls = smalls && ou_is_small(pairs[i].key);
        floats = floats && ou_is_float(pairs[i].key);
        strings = strings && ou_is_str(pairs[i].key);
    }
    return smalls ? SMALLS : floats ? FLOATS : strings ? STRINGS : ANY;
}

static void reverse_pairs(Pair *pairs, size_t count) {
    for (size_t i = 0, j = count; i + 1 < j; i++) {
        Pair pair = pairs[i];
        pairs[i] = pairs[--j];
        pairs[j] = pair;
    }
}

/* Length of the run at the start, made ascending. 0: raised. */
static size_t count_run(OuVM *vm, Mode mode, Pair *pairs, size_t count) {
    if (count < 2) { return count; }
    int down = less(vm, mode, pairs[1].key, pairs[0].key);
    size_t length = 2;
    if (down < 0) { return 0; }
    for (; length < count; length++) {
        int next = less(vm, mode, pairs[length].key, pairs[length - 1].key);
        if (next < 0) { return 0; }
        if (next != down) { break; }
    }
    if (down) { reverse_pairs(pairs, length); }
    return length;
}

static int insert_rest(OuVM *vm, Mode mode, Pair *pairs, size_t sorted, size_t count) {
    for (size_t i = sorted; i < count; i++) {
        Pair pivot = pairs[i];
        size_t low = 0, high = i;
        while (low < high) {
            size_t middle = low + (high - low) / 2;
            int before = less(vm, mode, pivot.key, pairs[middle].key);
            if (before < 0) { return -1; }
            if (before) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        memmove(&pairs[low + 1], &pairs[low], (i - low) * sizeof pivot);
        pairs[low] = pivot;
    }
    return 0;
}

/* Merges pairs[0..left) and pairs[left..left+right); spare holds at least `left`. */
static int merge_runs(OuVM *vm, Mode mode, Pair *pairs, size_t left, size_t right, Pair *spare) {
    int mixed = less(vm, mode, pairs[left].key, pairs[left - 1].key);
    if (mixed <= 0) { return mixed; }
    memcpy(spare, pairs, left * sizeof *pairs);
    size_t a = 0, b = left, end = left + right, to = 0;
    while (a < left && b < end) {
        int before = less(vm, mode, pairs[b].key, spare[a].key);
        if (before < 0) { return -1; /* the caller gives up the whole order */ }
        pairs[to++] = before ? pairs[b++] : spare[a++];
    }
    memcpy(&pairs[to], &spare[a], (left - a) * sizeof *pairs);
    return 0;
}

static int sort_pairs(OuVM *vm, Pair *pairs, size_t count, Pair *spare, uint32_t *runs) {
    Mode mode = mode_of(pairs, count);
    if (ou_charge(vm, count * (64 - (unsigned)__builtin_clzll(count + 1))) < 0) { return -1; }
    size_t run_count = 0;
    for (size_t at = 0; at < count;) {
        size_t length = count_run(vm, mode, pairs + at, count - at);
        if (length == 0) { return -1; }
        if (length < MIN_RUN && length < count - at) {
            size_t wanted = count - at < MIN_RUN ? count - at : MIN_RUN;
            if (insert_rest(vm, mode, pairs + at, length, wanted) < 0) { return -1; }
            length = wanted;
        }
        runs[run_count++] = (uint32_t)length;
        at += length;
    }
    while (run_count > 1) {
        size_t at = 0, to = 0;
        for (size_t i = 0; i < run_count; i += 2) {
            uint32_t length = runs[i];
            if (i + 1 < run_count) {
                if (merge_runs(vm, mode, pairs + at, length, runs[i + 1], spare) < 0) { return -1; }
                length += runs[i + 1];
            }
            runs[to++] = length;
            at += length;
        }
        run_count = to;
    }
    return 0;
}

static int compute_keys(OuVM *vm, OuList *items, OuValue key, OuList *keys) {
    if (ou_list_reserve(vm, keys, items->length) < 0) { return -1; }
    for (uint32_t i = 0; i < items->length; i++) {
        OuValue word = ou_call1(vm, key, items->items[i]);
        if (word == OU_NOTHING || ou_list_append_take(vm, keys, word) < 0) { return -1; }
    }
    return 0;
}

int ou_list_sort(OuVM *vm, OuList *self, OuValue key, OuValue reverse_flag) {
    int64_t reverse = 0;
    if (reverse_flag != OU_NOTHING && ou_index_i64(vm, reverse_flag, &reverse, true) < 0) { return -1; }
    if (key == OU_NONE) { key = OU_NOTHING; }
    OuValue *regs = ou_regs_open(vm, 3); /* items, keys, the list itself */
    if (regs == NULL) { return -1; }
    OuList *hidden = ou_list_new(vm, 0), *keys = hidden != NULL ? ou_list_new(vm, 0) : NULL;
    regs[0] = ou_word(hidden);
    regs[1] = ou_word(keys);
    regs[2] = ou_incref(ou_word(self));
    if (keys == NULL) { return ou_regs_status(vm, regs, -1); }
    hidden->cell.flags |= OU_FLAG_PAYLOAD; /* gc.get_objects shows neither: the keys lie in `pairs` as well */
    keys->cell.flags |= OU_FLAG_PAYLOAD;
    swap_items(vm, self, hidden);
    size_t count = hidden->length;
    int status = key != OU_NOTHING ? compute_keys(vm, hidden, key, keys) : 0;
    size_t bytes = (count + count) * sizeof(Pair) + (count / MIN_RUN + 1) * sizeof(uint32_t);
    bytes = (bytes + 7) & ~(size_t)7;
    Pair *pairs = status == 0 && count > 1 ? ou_buffer_new(&vm->heap, bytes) : NULL;
    if (status == 0 && count > 1 && pairs == NULL) { status = ou_raised(ou_raise_memory(vm)); }
    if (pairs != NULL) {
        for (size_t i = 0; i < count; i++) {
            pairs[i] = (Pair){key != OU_NOTHING ? keys->items[i] : hidden->items[i], hidden->items[i]};
        }
        if (reverse) { reverse_pairs(pairs, count); }
        status = sort_pairs(vm, pairs, count, pairs + count, (uint32_t *)(void *)(pairs + 2 * count));
        if (status == 0) {
            if (reverse) { reverse_pairs(pairs, count); }
            for (size_t i = 0; i < count; i++) { hidden->items[i] = pairs[i].item; }
            ou_slots_permuted(&vm->heap, &hidden->cell);
        }
        ou_buffer_free(&vm->heap, pairs, bytes);
    }
    bool modified = self->items != NULL || self->length != 0;
    swap_items(vm, self, hidden);
    if (modified && status == 0) { status = ou_raised_value(vm, "list modified during sort"); }
    /* CPython releases the keys first, then what the list got meanwhile. */
    OuValue first = regs[1];
    regs[1] = regs[0];
    regs[0] = first;
    return ou_regs_status(vm, regs, status);
}

/* --- methods --------------------------------------------------------------------------------------------------------- */

static OU_NATIVE(list_append) { return ou_none_unless(ou_list_append(vm, list_of(vm, args[0]), args[1])); }
static OU_NATIVE(list_extend) { return ou_none_unless(ou_list_extend(vm, list_of(vm, args[0]), args[1])); }
static OU_NATIVE(list_clear) {
    clear(vm, list_of(vm, args[0]));
    return ou_new_none();
}

static OU_NATIVE(list_insert) {
    int64_t index;
    if (ou_index_i64(vm, args[1], &index, true) < 0) { return OU_NOTHING; }
    return ou_none_unless(ou_list_insert(vm, list_of(vm, args[0]), index, args[2]));
}

static OU_NATIVE(list_pop) {
    OuList *self = list_of(vm, args[0]);
    int64_t index = -1;
    if (nargs > 1 && ou_index_i64(vm, args[1], &index, false) < 0) { return OU_NOTHING; }
    if (self->length == 0) { return ou_raise(vm, OU_EXC_IndexError, "pop from empty list"); }
    index += index < 0 ? (int64_t)self->length : 0;
    if (index < 0 || index >= (int64_t)self->length) {
        return ou_raise(vm, OU_EXC_IndexError, "pop index out of range");
    }
    return take_item(vm, self, (size_t)index);
}

static OU_NATIVE(list_remove) {
    OuList *self = list_of(vm, args[0]);
    for (uint32_t i = 0; i < self->length; i++) {
        int same = ou_equal_held(vm, self->items[i], args[1]);
        if (same < 0) { return OU_NOTHING; }
        if (same && i < self->length) {
            ou_drop(vm, take_item(vm, self, i));
            return ou_new_none();
        }
    }
    return ou_raise_value_error(vm, "list.remove(x): x not in list");
}

static OU_NATIVE(list_reverse) {
    OuList *self = list_of(vm, args[0]);
    for (uint32_t i = 0, j = self->length; i + 1 < j; i++) {
        OuValue item = self->items[i];
        self->items[i] = self->items[--j];
        self->items[j] = item;
    }
    ou_slots_permuted(&vm->heap, &self->cell);
    return ou_new_none();
}

static OU_NATIVE(list_copy) { return ou_list_of(vm, ou_word(list_of(vm, args[0]))); }
static OU_NATIVE(list_reversed) { return ou_index_iterator_new(vm, OU_KIND_LIST_REVERSE_ITERATOR, args[0]); }
static OU_NATIVE(list_sort) { return ou_none_unless(ou_list_sort(vm, list_of(vm, args[0]), args[1], args[2])); }

static const OuNativeDef list_methods[] = {
    {"append", list_append, "Adds an item at the end.", 1, 1},
    {"extend", list_extend, "Adds all items of an iterable.", 1, 1},
    {"insert", list_insert, "Inserts an item before an index.", 2, 2, OU_ARGS_UNPACK},
    {"pop", list_pop, "Removes and returns an item.", 0, 1, OU_ARGS_UNPACK},
    {"remove", list_remove, "Removes the first equal item.", 1, 1},
    {"clear", list_clear, "Removes all items."},
    {"index", ou_sequence_find, "Index of the first equal item.", 1, 3, OU_ARGS_UNPACK},
    {"count", ou_sequence_count, "Number of equal items.", 1, 1},
    {"reverse", list_reverse, "Reverses in place."},
    {"copy", list_copy, "A shallow copy."},
    {"sort", list_sort, "Stable sort in place.", 0, 0, OU_ARGS_CLINIC, 0, "key reverse"},
    {"__reversed__", list_reversed, "Iterates from the end."},
    OU_DEF_END};

const OuNativeType ou_list_type = {
    .slots = {OU_SEQUENCE_SLOTS, .iter = list_iter, .len = list_len, .setitem = list_setitem, .make = list_make,
              .init = list_init, .inplace = {[OU_BIN_ADD] = list_iadd, [OU_BIN_MUL] = list_imul}},
    .methods = list_methods,
    .doc = "Mutable sequence.",
};
