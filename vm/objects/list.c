/* list, and what it shares with tuple. */
#include "vm/objects/help.h"

/* --- shared with tuple --------------------------------------------------------------------------------------------------------- */

static void view(OuValue sequence, const OuValue **items, size_t *length) {
    if (ou_is_list(sequence)) {
        *items = ou_as_list(sequence)->items;
        *length = ou_as_list(sequence)->length;
    } else {
        *items = ou_as_tuple(sequence)->items;
        *length = ou_tuple_length(ou_as_tuple(sequence));
    }
}

/* The i-th item now (owned), or OU_NOTHING when the list shrank. */
static OuValue item_at(OuValue sequence, size_t index) {
    const OuValue *items;
    size_t length;
    view(sequence, &items, &length);
    return index < length ? ou_incref(items[index]) : OU_NOTHING;
}

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

OuValue ou_sequence_repr(OuVM *vm, OuValue self, const char *open, const char *close) {
    OuValue sequence = ou_plain_peek(vm, self, OU_KIND_LIST);
    if (sequence == OU_NOTHING) { sequence = ou_plain_peek(vm, self, OU_KIND_TUPLE); }
    int inside = ou_repr_enter(vm, self);
    if (inside != 0) { return inside < 0 ? OU_NOTHING : ou_format(vm, "%s...%s", open, *close == ',' ? ")" : close); }
    OuBuilder out;
    ou_builder_init(&out, vm);
    ou_builder_text(&out, open);
    for (size_t i = 0; !out.failed; i++) {
        OuValue *regs = ou_regs_open(vm, 1);
        if (regs == NULL) {
            out.failed = true;
            break;
        }
        regs[0] = item_at(sequence, i);
        if (regs[0] == OU_NOTHING) {
            ou_regs_close(vm, regs);
            break;
        }
        OuValue text = ou_repr(vm, regs[0]);
        ou_regs_close(vm, regs);
        if (text == OU_NOTHING) {
            out.failed = true;
            break;
        }
        if (i > 0) { ou_builder_text(&out, ", "); }
        ou_builder_str(&out, ou_as_str(text));
        ou_drop(vm, text);
    }
    ou_builder_text(&out, close);
    ou_repr_leave(vm, self);
    if (out.failed) {
        ou_builder_abandon(&out);
        return OU_NOTHING;
    }
    return ou_builder_finish(&out);
}

OuValue ou_sequence_compare(OuVM *vm, OuValue a, OuValue b, OuCompare op) {
    const OuValue *x, *y;
    size_t n, m;
    view(a, &x, &n);
    view(b, &y, &m);
    if (n != m && (op == OU_EQ || op == OU_NE)) { return ou_incref(ou_from_bool(op == OU_NE)); }
    OuValue *regs = ou_regs_open(vm, 2);
    if (regs == NULL) { return OU_NOTHING; }
    OuValue result = OU_NOTHING;
    for (size_t i = 0;; i++) {
        ou_reg_set(vm, &regs[0], item_at(a, i));
        ou_reg_set(vm, &regs[1], item_at(b, i));
        if (regs[0] == OU_NOTHING || regs[1] == OU_NOTHING) {
            view(a, &x, &n);
            view(b, &y, &m);
            bool truth = op == OU_LT   ? n < m
                         : op == OU_LE ? n <= m
                         : op == OU_EQ ? n == m
                         : op == OU_NE ? n != m
                         : op == OU_GT ? n > m
                                       : n >= m;
            result = ou_incref(ou_from_bool(truth));
            break;
        }
        int same = ou_equal(vm, regs[0], regs[1]);
        if (same < 0) { break; }
        if (!same) {
            result = op == OU_EQ   ? ou_incref(OU_FALSE)
                     : op == OU_NE ? ou_incref(OU_TRUE)
                                   : ou_compare(vm, regs[0], regs[1], op);
            break;
        }
    }
    ou_regs_close(vm, regs);
    return result;
}

int ou_sequence_index(OuVM *vm, OuValue key, int64_t length, const char *type, const char *range_error,
                      int64_t *index) {
    if (!ou_is_int(key) && ou_type_of(vm, key)->slots.index == NULL) {
        return ou_raised(ou_raise_type_error(vm, "%s indices must be integers or slices, not %T", type, key));
    }
    if (ou_index_i64(vm, key, index, false) < 0) { return -1; }
    *index += *index < 0 ? length : 0;
    if (*index < 0 || *index >= length) { return ou_raised(ou_raise(vm, OU_EXC_IndexError, "%s", range_error)); }
    return 0;
}

int ou_sequence_times(OuVM *vm, OuValue times, int64_t *count) {
    if (!ou_is_int(times) && ou_type_of(vm, times)->slots.index == NULL) { return 0; }
    OuValue number = ou_index(vm, times);
    if (number == OU_NOTHING) { return -1; }
    if (!ou_int_to_i64(number, count)) {
        if (ou_int_sign(number) > 0) {
            ou_raise(vm, OU_EXC_OverflowError, "cannot fit 'int' into an index-sized integer");
            ou_drop(vm, number);
            return -1;
        }
        *count = 0;
    }
    ou_drop(vm, number);
    *count = *count < 0 ? 0 : *count;
    return 1;
}

OuValue ou_sequence_find(OuVM *vm, OuValue sequence, OuValue *args, uint32_t nargs, const char *absent) {
    int64_t start = 0, stop = INT64_MAX;
    const OuValue *items;
    size_t length;
    if ((nargs > 2 && ou_index_i64(vm, args[2], &start, true) < 0) ||
        (nargs > 3 && ou_index_i64(vm, args[3], &stop, true) < 0)) {
        return OU_NOTHING;
    }
    view(sequence, &items, &length);
    ou_clamp_bounds((int64_t)length, &start, &stop);
    for (int64_t i = start; i < stop; i++) {
        OuValue *regs = ou_regs_open(vm, 1);
        if (regs == NULL) { return OU_NOTHING; }
        regs[0] = item_at(sequence, (size_t)i);
        int same = regs[0] == OU_NOTHING ? 2 : ou_equal(vm, regs[0], args[1]);
        ou_regs_close(vm, regs);
        if (same == 1) { return ou_int(vm, i); }
        if (same < 0) { return OU_NOTHING; }
        if (same == 2) { break; }
    }
    return absent != NULL && *absent == '%' ? ou_raise_value_error(vm, absent + 1, args[1])
                                            : ou_raise_value_error(vm, "%s", absent);
}

OuValue ou_sequence_count(OuVM *vm, OuValue sequence, OuValue item) {
    int64_t found = 0;
    OuValue *regs = ou_regs_open(vm, 1);
    if (regs == NULL) { return OU_NOTHING; }
    for (size_t i = 0;; i++) {
        ou_reg_set(vm, &regs[0], item_at(sequence, i));
        int same = regs[0] == OU_NOTHING ? 2 : ou_equal(vm, regs[0], item);
        if (same < 0) {
            ou_regs_close(vm, regs);
            return OU_NOTHING;
        }
        if (same == 2) { break; }
        found += same;
    }
    ou_regs_close(vm, regs);
    return ou_int(vm, found);
}

/* --- list: storage ----------------------------------------------------------------------------------------------------------------- */

static size_t bytes_for(size_t capacity) { return capacity * sizeof(OuValue); }

OuList *ou_list_new(OuVM *vm, size_t capacity) {
    OuList *self = (OuList *)ou_cell_new(&vm->heap, OU_KIND_LIST, sizeof *self);
    if (self == NULL) { return ou_no_memory(vm); }
    if (capacity > 0 && ou_list_reserve(vm, self, capacity) < 0) {
        ou_drop(vm, ou_word(self));
        return NULL;
    }
    return self;
}

int ou_list_reserve(OuVM *vm, OuList *self, size_t capacity) {
    if (capacity <= self->capacity) { return 0; }
    if (capacity > UINT32_MAX / 2) { return ou_raised(ou_raise_memory(vm)); }
    size_t rounded = ou_size_round(bytes_for(capacity)) / sizeof(OuValue);
    OuValue *grown = ou_buffer_resize(&vm->heap, self->items, bytes_for(self->capacity), bytes_for(rounded));
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
    if (room_for_one(vm, self) < 0) {
        ou_drop(vm, item);
        return -1;
    }
    self->items[self->length++] = item;
    return 0;
}

int ou_list_append(OuVM *vm, OuList *self, OuValue item) {
    if (room_for_one(vm, self) < 0) { return -1; }
    self->items[self->length++] = ou_incref(item);
    return 0;
}

OuValue ou_list_from_take(OuVM *vm, OuValue *items, size_t length) {
    OuList *self = ou_list_new(vm, length);
    if (self == NULL) { return OU_NOTHING; }
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

/* Removes [start, start + count): the list is whole again before the items die, last to first. */
static int list_remove_range(OuVM *vm, OuList *self, size_t start, size_t count) {
    if (count == 0) { return 0; }
    if (count == 1) {
        OuValue dead = ou_slot_take(&vm->heap, &self->items[start]);
        memmove(&self->items[start], &self->items[start + 1], bytes_for(self->length - start - 1));
        self->length--;
        ou_slots_moved(&vm->heap, &self->cell, start + 1, -1);
        ou_drop(vm, dead);
        return 0;
    }
    /* A hidden list carries them: it dies as a list does, and nothing can see it. */
    OuList *dead = ou_list_new(vm, count);
    if (dead == NULL) { return -1; }
    for (size_t i = 0; i < count; i++) { dead->items[i] = ou_slot_take(&vm->heap, &self->items[start + i]); }
    dead->length = (uint32_t)count;
    memmove(&self->items[start], &self->items[start + count], bytes_for(self->length - start - count));
    self->length -= (uint32_t)count;
    ou_slots_moved(&vm->heap, &self->cell, start + count, -(ptrdiff_t)count);
    ou_drop(vm, ou_word(dead));
    return 0;
}

void ou_list_clear(OuVM *vm, OuList *self) {
    OuValue *items = self->items;
    uint32_t length = self->length, capacity = self->capacity;
    self->items = NULL;
    self->length = self->capacity = 0;
    ou_slots_permuted(&vm->heap, &self->cell);
    for (uint32_t i = length; i-- > 0;) {
        OuValue dead = ou_slot_take(&vm->heap, &items[i]);
        ou_drop(vm, dead);
    }
    ou_buffer_free(&vm->heap, items, bytes_for(capacity));
}

int ou_list_extend(OuVM *vm, OuList *self, OuValue iterable) {
    if (ou_is_list(iterable) || ou_is_tuple(iterable)) {
        const OuValue *items;
        size_t length;
        view(iterable, &items, &length);
        if (ou_list_reserve(vm, self, self->length + length) < 0) { return -1; }
        view(iterable, &items, &length);
        for (size_t i = 0; i < length; i++) { self->items[self->length + i] = ou_incref(items[i]); }
        self->length += (uint32_t)length;
        return 0;
    }
    OuValue *regs = ou_regs_open(vm, 1);
    if (regs == NULL) { return -1; }
    int status = -1;
    regs[0] = ou_iter(vm, iterable);
    if (regs[0] != OU_NOTHING) {
        int64_t hint = ou_length_hint(vm, iterable, 8);
        if (hint < 0 || (hint < 1 << 24 && ou_list_reserve(vm, self, self->length + (size_t)hint) < 0)) { goto done; }
        OuValue item;
        while ((item = ou_next(vm, regs[0])) != OU_NOTHING) {
            if (ou_list_append_take(vm, self, item) < 0) { goto done; }
        }
        status = vm->pending != OU_NOTHING ? -1 : 0;
    }
done:
    ou_regs_close(vm, regs);
    return status;
}

OuValue ou_list_of(OuVM *vm, OuValue iterable) {
    OuValue *regs = ou_regs_open(vm, 1);
    if (regs == NULL) { return OU_NOTHING; }
    OuList *list = ou_list_new(vm, 0);
    OuValue result = OU_NOTHING;
    if (list != NULL) {
        regs[0] = ou_word(list);
        if (ou_list_extend(vm, list, iterable) == 0) { result = ou_reg_take(&regs[0]); }
    }
    ou_regs_close(vm, regs);
    return result;
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

static void list_drop(OuHeap *heap, OuCell *cell) {
    OuList *self = (OuList *)cell;
    if (self->items != NULL) { ou_buffer_free(heap, self->items, bytes_for(self->capacity)); }
}

static void list_emptied(OuHeap *heap, OuCell *cell) { ((OuList *)cell)->length = 0; }
static size_t list_extra(OuHeap *heap, const OuCell *cell) { return bytes_for(((const OuList *)cell)->capacity); }

static void list_edge_name(OuHeap *heap, OuCell *cell, uint32_t span, size_t index, char *buffer, size_t size) {
    snprintf(buffer, size, "item %zu", ((OuList *)cell)->length - 1 - index);
}

const OuKindOps ou_list_ops = {.name = "list",
                               .spans = list_spans,
                               .drop = list_drop,
                               .emptied = list_emptied,
                               .extra_bytes = list_extra,
                               .edge_name = list_edge_name};

/* --- list: slots ------------------------------------------------------------------------------------------------------------------------ */

static OuList *list_of(OuVM *vm, OuValue value) { return ou_as_list(ou_plain_peek(vm, value, OU_KIND_LIST)); }

static OU_UNARY(list_repr) {
    return list_of(vm, self)->length == 0 ? ou_str_from_text(vm, "[]") : ou_sequence_repr(vm, self, "[", "]");
}
static int64_t list_len(OuVM *vm, OuValue self) { return list_of(vm, self)->length; }
static OU_UNARY(list_iter) { return ou_index_iterator_new(vm, OU_KIND_LIST_ITERATOR, self); }

static OuValue list_compare(OuVM *vm, OuValue a, OuValue b, OuCompare op) {
    OuValue left = ou_plain_peek(vm, a, OU_KIND_LIST), right = ou_plain_peek(vm, b, OU_KIND_LIST);
    return left == OU_NOTHING || right == OU_NOTHING ? ou_incref(OU_NOTIMPLEMENTED)
                                                     : ou_sequence_compare(vm, left, right, op);
}

static int list_contains(OuVM *vm, OuValue self, OuValue item) {
    OuValue list = ou_plain_peek(vm, self, OU_KIND_LIST);
    for (size_t i = 0; i < ou_as_list(list)->length; i++) {
        OuValue candidate = ou_as_list(list)->items[i];
        if (candidate == item) { return 1; }
        if (ou_both_small(candidate, item)) { continue; }
        OuValue *regs = ou_regs_open(vm, 1);
        if (regs == NULL) { return -1; }
        regs[0] = ou_incref(candidate);
        int same = ou_equal(vm, candidate, item);
        ou_regs_close(vm, regs);
        if (same != 0) { return same; }
    }
    return 0;
}

static OuValue list_getitem(OuVM *vm, OuValue self, OuValue key) {
    OuList *list = list_of(vm, self);
    int64_t index;
    if (ou_is_kind(key, OU_KIND_SLICE)) {
        int64_t step, count;
        if (ou_slice_resolve(vm, (OuSlice *)(uintptr_t)key, list->length, &index, &step, &count) < 0) {
            return OU_NOTHING;
        }
        OuList *out = ou_list_new(vm, (size_t)count);
        if (out == NULL) { return OU_NOTHING; }
        for (int64_t i = 0; i < count; i++) { out->items[i] = ou_incref(list->items[index + i * step]); }
        out->length = (uint32_t)count;
        return ou_word(out);
    }
    if (ou_sequence_index(vm, key, list->length, "list", "list index out of range", &index) < 0) { return OU_NOTHING; }
    if (index >= (int64_t)list->length) { return ou_raise(vm, OU_EXC_IndexError, "list index out of range"); }
    return ou_incref(list->items[index]);
}

static int list_set_slice(OuVM *vm, OuList *self, OuSlice *slice, OuValue value) {
    int64_t start, step, count;
    /* Another list of the same length over immediates: nothing can die and nothing moves. */
    if (ou_is_list(value) && ou_as_list(value) != self && slice->step == OU_NONE &&
        (ou_is_small(slice->start) || slice->start == OU_NONE) &&
        (ou_is_small(slice->stop) || slice->stop == OU_NONE)) {
        OuList *fresh = ou_as_list(value);
        if (ou_slice_resolve(vm, slice, self->length, &start, &step, &count) < 0) { return -1; }
        bool plain = count == (int64_t)fresh->length;
        for (int64_t i = 0; plain && i < count; i++) { plain = !ou_is_cell(self->items[start + i]); }
        if (plain) {
            for (int64_t i = 0; i < count; i++) { ou_slot_init(&self->items[start + i], ou_incref(fresh->items[i])); }
            return 0;
        }
    }
    OuValue *regs = ou_regs_open(vm, 2);
    if (regs == NULL) { return -1; }
    int status = -1;
    if (value != OU_NOTHING) {
        if (ou_type_of(vm, value)->slots.iter == NULL && ou_type_of(vm, value)->slots.getitem == NULL) {
            ou_raise_type_error(vm, slice->step == OU_NONE ? "can only assign an iterable"
                                                           : "must assign iterable to extended slice");
            goto done;
        }
        regs[0] = ou_list_of(vm, value);
        if (regs[0] == OU_NOTHING) { goto done; }
    }
    if (ou_slice_resolve(vm, slice, self->length, &start, &step, &count) < 0) { goto done; }
    OuList *fresh = value != OU_NOTHING ? ou_as_list(regs[0]) : NULL;
    size_t added = fresh != NULL ? fresh->length : 0;
    if (step == 1) {
        /* The removed items move to a hidden list, the new ones in; then the old ones die. */
        OuList *dead = ou_list_new(vm, (size_t)count);
        if (dead == NULL) { goto done; }
        regs[1] = ou_word(dead);
        size_t tail = self->length - (size_t)(start + count);
        if (self->length - (size_t)count + added > self->capacity &&
            ou_list_reserve(vm, self, self->length - (size_t)count + added) < 0) {
            goto done;
        }
        for (int64_t i = 0; i < count; i++) { dead->items[i] = ou_slot_take(&vm->heap, &self->items[start + i]); }
        dead->length = (uint32_t)count;
        memmove(&self->items[(size_t)start + added], &self->items[start + count], bytes_for(tail));
        for (size_t i = 0; i < added; i++) { self->items[(size_t)start + i] = ou_incref(fresh->items[i]); }
        self->length = (uint32_t)((size_t)start + added + tail);
        ou_slots_permuted(&vm->heap, &self->cell);
    } else if (value != OU_NOTHING) {
        if (added != (size_t)count) {
            ou_raise_value_error(vm, "attempt to assign sequence of size %zu to extended slice of size %lld", added,
                                 (long long)count);
            goto done;
        }
        for (int64_t i = 0; i < count; i++) { /* the old items trade places with the new ones and die with that list */
            OuValue *place = &self->items[start + i * step];
            OuValue old = ou_slot_take(&vm->heap, place);
            ou_slot_init(place, fresh->items[i]);
            fresh->items[i] = old;
        }
        /* CPython releases these first to last. */
        for (uint32_t i = 0; i < fresh->length; i++) {
            OuValue old = ou_slot_take(&vm->heap, &fresh->items[i]);
            ou_drop(vm, old);
        }
    } else {
        if (step < 0) {
            start += (count - 1) * step;
            step = -step;
        }
        OuList *dead = ou_list_new(vm, (size_t)count);
        if (dead == NULL) { goto done; }
        regs[1] = ou_word(dead);
        size_t to = (size_t)start;
        int64_t taken = 0;
        for (size_t from = (size_t)start; from < self->length; from++) {
            if (taken < count && from == (size_t)(start + taken * step)) {
                dead->items[taken++] = ou_slot_take(&vm->heap, &self->items[from]);
            } else {
                self->items[to++] = self->items[from];
            }
        }
        dead->length = (uint32_t)count;
        self->length = (uint32_t)to;
        ou_slots_permuted(&vm->heap, &self->cell);
        for (int64_t i = 0; i < count; i++) { /* first to last, as CPython does for extended slices */
            OuValue old = ou_slot_take(&vm->heap, &dead->items[i]);
            ou_drop(vm, old);
        }
    }
    status = 0;
done:
    ou_regs_close(vm, regs);
    return status;
}

static int list_setitem(OuVM *vm, OuValue self, OuValue key, OuValue value) {
    OuList *list = list_of(vm, self);
    int64_t index;
    if (ou_is_kind(key, OU_KIND_SLICE)) { return list_set_slice(vm, list, (OuSlice *)(uintptr_t)key, value); }
    if (ou_sequence_index(vm, key, list->length, "list",
                          value == OU_NOTHING ? "list assignment index out of range"
                                              : "list assignment index out of range",
                          &index) < 0) {
        return -1;
    }
    if (value == OU_NOTHING) { return list_remove_range(vm, list, (size_t)index, 1); }
    ou_slot_set(&vm->heap, &list->items[index], ou_incref(value));
    return 0;
}

static OuValue list_add(OuVM *vm, OuValue a, OuValue b) {
    OuValue left = ou_plain_peek(vm, a, OU_KIND_LIST), right = ou_plain_peek(vm, b, OU_KIND_LIST);
    if (left == OU_NOTHING) { return ou_incref(OU_NOTIMPLEMENTED); }
    if (right == OU_NOTHING) {
        return ou_type_of(vm, b)->slots.binary[OU_BIN_ADD] != NULL && ou_is_instance_kind(ou_kind(b))
                   ? ou_incref(OU_NOTIMPLEMENTED)
                   : ou_raise_type_error(vm, "can only concatenate list (not \"%T\") to list", b);
    }
    OuList *x = ou_as_list(left), *y = ou_as_list(right);
    OuList *out = ou_list_new(vm, (size_t)x->length + y->length);
    if (out == NULL) { return OU_NOTHING; }
    for (uint32_t i = 0; i < x->length; i++) { out->items[i] = ou_incref(x->items[i]); }
    for (uint32_t i = 0; i < y->length; i++) { out->items[x->length + i] = ou_incref(y->items[i]); }
    out->length = x->length + y->length;
    return ou_word(out);
}

static OuValue list_mul(OuVM *vm, OuValue a, OuValue b) {
    OuValue list = ou_plain_peek(vm, a, OU_KIND_LIST), times = b;
    if (list == OU_NOTHING) {
        list = ou_plain_peek(vm, b, OU_KIND_LIST);
        times = a;
    }
    int64_t count;
    int known = ou_sequence_times(vm, times, &count);
    if (known == 0 && times == b && !ou_is_instance_kind(ou_kind(b))) {
        return ou_raise_type_error(vm, "can't multiply sequence by non-int of type '%T'", b);
    }
    if (known <= 0) { return known < 0 ? OU_NOTHING : ou_incref(OU_NOTIMPLEMENTED); }
    OuList *self = ou_as_list(list);
    if (self->length != 0 && (uint64_t)count > UINT32_MAX / 2 / self->length) { return ou_raise_memory(vm); }
    size_t total = self->length * (size_t)count;
    OuList *out = ou_list_new(vm, total);
    if (out == NULL) { return OU_NOTHING; }
    for (size_t i = 0; i < total; i++) {
        out->items[i] = ou_incref(self->items[self->length == 1 ? 0 : i % self->length]);
    }
    out->length = (uint32_t)total;
    return ou_word(out);
}

static OuValue list_iadd(OuVM *vm, OuValue a, OuValue b) {
    return ou_list_extend(vm, list_of(vm, a), b) < 0 ? OU_NOTHING : ou_incref(a);
}

static OuValue list_imul(OuVM *vm, OuValue a, OuValue b) {
    int64_t count;
    int known = ou_sequence_times(vm, b, &count);
    if (known <= 0) { return known < 0 ? OU_NOTHING : ou_incref(OU_NOTIMPLEMENTED); }
    OuList *self = list_of(vm, a);
    if (count == 0) {
        ou_list_clear(vm, self);
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

static OuValue list_make(OuVM *vm, OuType *type, const OuValue *args, uint32_t nargs, OuValue kwnames) {
    OuList *list = ou_list_new(vm, 0);
    OuValue plain = ou_word(list);
    return type == vm->types[OU_TYPE_LIST] ? plain : ou_payload_wrap_take(vm, type, plain);
}

static int list_init(OuVM *vm, OuValue self, const OuValue *args, uint32_t nargs, OuValue kwnames) {
    if (kwnames != OU_NOTHING && ou_tuple_length(ou_as_tuple(kwnames))) {
        return ou_raised(ou_raise_type_error(vm, "list() takes no keyword arguments"));
    }
    if (nargs > 1) { return ou_raised(ou_raise_type_error(vm, "list expected at most 1 argument, got %u", nargs)); }
    OuList *list = list_of(vm, self);
    if (list->length) { ou_list_clear(vm, list); }
    return nargs ? ou_list_extend(vm, list, args[0]) : 0;
}

/* --- list: methods -------------------------------------------------------------------------------------------------------------------------- */

#define NONE() ou_incref(OU_NONE)

static OU_NATIVE(list_append) { return ou_none_unless(ou_list_append(vm, list_of(vm, args[0]), args[1])); }
static OU_NATIVE(list_extend) { return ou_none_unless(ou_list_extend(vm, list_of(vm, args[0]), args[1])); }
static OU_NATIVE(list_clear) {
    ou_list_clear(vm, list_of(vm, args[0]));
    return NONE();
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
    OuValue item = ou_slot_take(&vm->heap, &self->items[index]);
    memmove(&self->items[index], &self->items[index + 1], bytes_for((size_t)(self->length - index - 1)));
    self->length--;
    ou_slots_moved(&vm->heap, &self->cell, (size_t)index + 1, -1);
    return item;
}

static OU_NATIVE(list_remove) {
    OuList *self = list_of(vm, args[0]);
    for (uint32_t i = 0; i < self->length; i++) {
        OuValue *regs = ou_regs_open(vm, 1);
        if (regs == NULL) { return OU_NOTHING; }
        regs[0] = ou_incref(self->items[i]);
        int same = ou_equal(vm, regs[0], args[1]);
        ou_regs_close(vm, regs);
        if (same < 0) { return OU_NOTHING; }
        if (same && i < self->length) { return ou_none_unless(list_remove_range(vm, self, i, 1)); }
    }
    return ou_raise_value_error(vm, "list.remove(x): x not in list");
}

static OU_NATIVE(list_index) {
    return ou_sequence_find(vm, ou_plain_peek(vm, args[0], OU_KIND_LIST), args, nargs, "%%R is not in list");
}

static OU_NATIVE(list_count) { return ou_sequence_count(vm, ou_plain_peek(vm, args[0], OU_KIND_LIST), args[1]); }

static OU_NATIVE(list_reverse) {
    OuList *self = list_of(vm, args[0]);
    for (uint32_t i = 0, j = self->length; i + 1 < j; i++) {
        OuValue item = self->items[i];
        self->items[i] = self->items[--j];
        self->items[j] = item;
    }
    ou_slots_permuted(&vm->heap, &self->cell);
    return NONE();
}

static OU_NATIVE(list_copy) {
    OuList *self = list_of(vm, args[0]), *out = ou_list_new(vm, self->length);
    return out == NULL || ou_list_extend(vm, out, ou_word(self)) < 0 ? OU_NOTHING : ou_word(out);
}

static OU_NATIVE(list_reversed) {
    OuValue iterator = ou_index_iterator_new(vm, OU_KIND_LIST_REVERSE_ITERATOR, args[0]);
    if (iterator != OU_NOTHING) {
        ((OuIndexIterator *)(uintptr_t)iterator)->index = (int64_t)list_of(vm, args[0])->length - 1;
    }
    return iterator;
}

static OU_NATIVE(list_sort) {
    int reverse = args[2] == OU_NOTHING ? 0 : ou_truth(vm, args[2]);
    OuValue key = args[1] == OU_NOTHING || args[1] == OU_NONE ? OU_NOTHING : args[1];
    return reverse < 0 || ou_list_sort(vm, list_of(vm, args[0]), key, reverse) < 0 ? OU_NOTHING : NONE();
}

static const OuNativeDef list_methods[] = {
    {"append", list_append, 1, 1, 0, 0, NULL, "Adds an item at the end."},
    {"extend", list_extend, 1, 1, 0, 0, NULL, "Adds all items of an iterable."},
    {"insert", list_insert, 2, 2, OU_ARGS_UNPACK, 0, NULL, "Inserts an item before an index."},
    {"pop", list_pop, 0, 1, OU_ARGS_UNPACK, 0, NULL, "Removes and returns an item."},
    {"remove", list_remove, 1, 1, 0, 0, NULL, "Removes the first equal item."},
    {"clear", list_clear, 0, 0, 0, 0, NULL, "Removes all items."},
    {"index", list_index, 1, 3, OU_ARGS_UNPACK, 0, NULL, "Index of the first equal item."},
    {"count", list_count, 1, 1, 0, 0, NULL, "Number of equal items."},
    {"reverse", list_reverse, 0, 0, 0, 0, NULL, "Reverses in place."},
    {"copy", list_copy, 0, 0, 0, 0, NULL, "A shallow copy."},
    {"sort", list_sort, 0, 0, OU_ARGS_CLINIC, 0, "key reverse", "Stable sort in place."},
    {"__reversed__", list_reversed, 0, 0, 0, 0, NULL, "Iterates from the end."},
    OU_DEF_END};

const OuNativeType ou_list_type = {
    .index = OU_TYPE_LIST,
    .slots = {.repr = list_repr,
              .compare = list_compare,
              .iter = list_iter,
              .len = list_len,
              .contains = list_contains,
              .getitem = list_getitem,
              .setitem = list_setitem,
              .make = list_make,
              .init = list_init,
              .binary = {[OU_BIN_ADD] = list_add, [OU_BIN_MUL] = list_mul},
              .inplace = {[OU_BIN_ADD] = list_iadd, [OU_BIN_MUL] = list_imul}},
    .methods = list_methods,
    .doc = "Mutable sequence.",
};
