/* set and frozenset: the table, which is CPython 3.11's algorithm (setobject.c), so that iteration order is the
 * reference's; the algebra, slots and methods. */
#include "vm/objects/help.h"

#define LINEAR_PROBES 9
#define PERTURB_SHIFT 5
#define MIN_SIZE 8
#define DUMMY OU_EMPTY_TEMP /* with hash -1, which no key has: the word alone is int 0 */

/* The plain set behind a value that is known to be one. */
static OuSet *set_of(OuValue value) { return (OuSet *)(uintptr_t)value; }

static bool is_live(const OuSetEntry *entry) {
    return entry->key != OU_NOTHING && !(entry->key == DUMMY && entry->hash == -1);
}

static size_t table_bytes(const OuSet *self) {
    return self->table != NULL ? ((size_t)self->mask + 1) * sizeof(OuSetEntry) : 0;
}
/* The mask as CPython sees it: an empty set has a table of 8. */
static size_t mask_of(const OuSet *self) { return self->table != NULL ? self->mask : MIN_SIZE - 1; }
OuSet *ou_set_new(OuVM *vm, uint8_t kind) { return ou_new_cell(vm, kind, sizeof(OuSet)); }

OuSet *ou_set_peek(OuVM *vm, OuValue value) {
    OuValue plain = ou_plain_peek(vm, value, OU_KIND_SET);
    if (plain == OU_NOTHING) { plain = ou_plain_peek(vm, value, OU_KIND_FROZENSET); }
    return (OuSet *)(uintptr_t)plain;
}

static void insert_clean(OuSetEntry *table, size_t mask, OuValue key, int64_t hash) {
    uint64_t perturb = (uint64_t)hash;
    size_t i = (size_t)hash & mask;
    for (;;) {
        OuSetEntry *entry = &table[i];
        int probes = i + LINEAR_PROBES <= mask ? LINEAR_PROBES : 0;
        do {
            if (entry->key == OU_NOTHING) {
                ou_slot_init(&entry->key, key);
                entry->hash = hash;
                return;
            }
            entry++;
        } while (probes--);
        perturb >>= PERTURB_SHIFT;
        i = (i * 5 + 1 + perturb) & mask;
    }
}

static int resize(OuVM *vm, OuSet *self, size_t minimum) {
    size_t size = MIN_SIZE;
    while (size <= minimum) { size <<= 1; }
    if (size == MIN_SIZE && self->table != NULL && self->mask == MIN_SIZE - 1 && self->fill == self->used) { return 0; }
    if (ou_charge(vm, size) < 0) { return -1; }
    OuSetEntry *table = size > (size_t)1 << 31 ? NULL : ou_buffer_new(&vm->heap, size * sizeof *table);
    if (table == NULL) { return ou_raised(ou_raise_memory(vm)); }
    memset(table, 0, size * sizeof *table);
    OuSetEntry *old = self->table;
    size_t old_bytes = table_bytes(self);
    for (size_t i = 0; old != NULL && i <= self->mask; i++) {
        if (is_live(&old[i])) { insert_clean(table, size - 1, old[i].key, old[i].hash); }
    }
    self->table = table;
    self->mask = (uint32_t)(size - 1);
    self->fill = self->used;
    ou_slots_permuted(&vm->heap, &self->cell);
    if (old != NULL) { ou_buffer_free(&vm->heap, old, old_bytes); }
    return 0;
}

static int rehash(OuVM *vm, OuSet *self) { return resize(vm, self, (size_t)self->used * (self->used > 50000 ? 2 : 4)); }

/* Same key? 1 yes, 0 no, -1 raised, 2 the table changed meanwhile. */
static int same_key(OuVM *vm, OuSet *self, size_t at, OuValue key) {
    OuValue stored = self->table[at].key;
    if (stored == key) { return 1; }
    if (ou_is_str(stored) && ou_is_str(key)) { return ou_str_equal(ou_as_str(stored), ou_as_str(key)); }
    if (!ou_is_cell(stored) && !ou_is_cell(key)) { return ou_equal(vm, stored, key); }
    OuSetEntry *table = self->table;
    uint32_t mask = self->mask;
    OuValue *regs = ou_regs_hold_take(vm, ou_incref(stored));
    if (regs == NULL) { return -1; }
    int same = ou_equal(vm, stored, key);
    bool changed = self->table != table || self->mask != mask || self->table[at].key != stored;
    ou_regs_close(vm, regs);
    if (same < 0) { return -1; }
    changed = changed || self->table != table || self->mask != mask || self->table[at].key != stored;
    return changed ? 2 : same;
}

/* Looks for a key: 1 found at *place, 0 absent, -1 raised. Absent, *place is where it would go, as in CPython 3.11: the
 * last deleted place on the way, else the unused one at its end; NULL without a table. */
static int look(OuVM *vm, OuSet *self, OuValue key, int64_t hash, OuSetEntry **place) {
restart:
    *place = NULL;
    if (self->table == NULL) { return 0; }
    size_t mask = self->mask, i = (size_t)hash & mask;
    uint64_t perturb = (uint64_t)hash;
    for (;;) {
        size_t at = i;
        int probes = i + LINEAR_PROBES <= mask ? LINEAR_PROBES : 0;
        do {
            OuSetEntry *entry = &self->table[at];
            if (entry->key == OU_NOTHING) {
                *place = *place != NULL ? *place : entry;
                return 0;
            }
            if (entry->hash == hash) {
                int same = same_key(vm, self, at, key);
                if (same == 2) { goto restart; }
                if (same != 0) {
                    *place = entry;
                    return same;
                }
            } else if (entry->hash == -1) {
                *place = entry;
            }
            at++;
        } while (probes--);
        perturb >>= PERTURB_SHIFT;
        i = (i * 5 + 1 + perturb) & mask;
    }
}

/* With a hash that is known. has, discard: 1 there (or removed), 0 absent, -1 raised. */
static int add_hashed(OuVM *vm, OuSet *self, OuValue key, int64_t hash) {
    OuSetEntry *place;
    int found = look(vm, self, key, hash, &place);
    if (found != 0) { return found < 0 ? -1 : 0; }
    if (place == NULL) {
        if (resize(vm, self, 0) < 0) { return -1; }
        place = &self->table[(size_t)hash & self->mask];
    }
    bool unused = place->key == OU_NOTHING;
    /* Growth comes after the insertion, as in the reference; when it fails the set is still sound as long as one
     * place is free. */
    if (unused && (size_t)self->fill + 1 >= (size_t)self->mask) {
        if (resize(vm, self, (size_t)self->used * 4) < 0) { return -1; }
        return add_hashed(vm, self, key, hash);
    }
    ou_slot_init(&place->key, ou_incref(key));
    place->hash = hash;
    self->fill += unused;
    self->used++;
    return !unused || (size_t)self->fill * 5 < (size_t)self->mask * 3 ? 0 : rehash(vm, self);
}

static int has_hashed(OuVM *vm, OuSet *self, OuValue key, int64_t hash) {
    OuSetEntry *place;
    return look(vm, self, key, hash, &place);
}

static int discard_hashed(OuVM *vm, OuSet *self, OuValue key, int64_t hash) {
    OuSetEntry *entry;
    int found = look(vm, self, key, hash, &entry);
    if (found <= 0) { return found; }
    entry->hash = -1;
    self->used--;
    ou_slot_set(&vm->heap, &entry->key, DUMMY);
    return 1;
}

int ou_set_add(OuVM *vm, OuSet *self, OuValue key) {
    int64_t hash;
    return ou_hash(vm, key, &hash) < 0 ? -1 : add_hashed(vm, self, key, hash);
}

OuSetEntry *ou_set_next(OuSet *self, uint32_t *position) {
    while (self->table != NULL && *position <= self->mask) {
        OuSetEntry *entry = &self->table[(*position)++];
        if (is_live(entry)) { return entry; }
    }
    return NULL;
}

static void take_table(OuSet *self, const OuSet *from) {
    self->table = from->table;
    self->mask = from->mask;
    self->fill = from->fill;
    self->used = from->used;
}

/* Two sets exchange their tables; the finger stays, as in the reference. */
static void swap_tables(OuVM *vm, OuSet *a, OuSet *b) {
    OuSet *sets[2] = {a, b}, saved = *a;
    for (int k = 0; k < 2; k++) {
        if (sets[k]->table != NULL) { ou_slots_leave(vm, &sets[k]->table->key, (size_t)sets[k]->mask + 1, 2); }
    }
    take_table(a, b);
    take_table(b, &saved);
    ou_slots_permuted(&vm->heap, &a->cell);
    ou_slots_permuted(&vm->heap, &b->cell);
}

/* All keys leave at once and die in table order. */
static void clear(OuVM *vm, OuSet *self) {
    if (self->table == NULL) { return; }
    OuSet *dead = (OuSet *)ou_cell_new(&vm->heap, OU_KIND_SET, sizeof *dead);
    if (dead != NULL) {
        swap_tables(vm, self, dead);
        ou_drop(vm, ou_word(dead));
        return;
    }
    OuSetEntry *entry; /* no memory: one by one */
    for (uint32_t position = 0; (entry = ou_set_next(self, &position)) != NULL;) {
        entry->hash = -1;
        self->used--;
        ou_slot_set(&vm->heap, &entry->key, DUMMY);
    }
}

/* The set takes over the contents of a fresh one (consumed), whose cell takes the old contents to their death. */
static int become_take(OuVM *vm, OuSet *self, OuValue fresh_take) {
    if (fresh_take == OU_NOTHING) { return -1; }
    swap_tables(vm, self, (OuSet *)(uintptr_t)fresh_take);
    ou_drop(vm, fresh_take);
    return 0;
}

static OU_NATIVE(set_pop) {
    OuSet *self = ou_set_peek(vm, args[0]);
    if (self->used == 0) { return ou_raise(vm, OU_EXC_KeyError, "pop from an empty set"); }
    size_t at = self->finger & self->mask;
    while (!is_live(&self->table[at])) { at = at == self->mask ? 0 : at + 1; }
    OuValue key = ou_slot_take(&vm->heap, &self->table[at].key);
    ou_slot_init(&self->table[at].key, DUMMY);
    self->table[at].hash = -1;
    self->used--;
    self->finger = (uint32_t)at + 1;
    return key;
}

typedef int (*Visit)(OuVM *vm, OuSet *self, OuValue key, int64_t hash, OuValue context);

/* Calls `visit` with self for every key of an iterable; stops when it returns other than 0, which is the result. Sets
 * give their stored hashes. Keys that come one by one: the last is held in a register, because a comparison may remove
 * it from its set. */
static int walk(OuVM *vm, OuValue iterable, OuSet *self, Visit visit, OuValue context) {
    OuSet *other = ou_set_peek(vm, iterable);
    bool is_dict = other == NULL && ou_is_dict(iterable);
    OuValue *regs = ou_regs_open(vm, 2); /* key, iterator */
    if (regs == NULL) { return -1; }
    if (other == NULL && !is_dict) { regs[1] = ou_iter(vm, iterable); }
    int status = other == NULL && !is_dict && regs[1] == OU_NOTHING ? -1 : 0;
    for (uint32_t position = 0; status == 0;) {
        int64_t hash = 0;
        OuValue key = OU_NOTHING, value;
        ou_reg_set(vm, &regs[0], OU_NOTHING); /* the last key dies before the next one comes */
        if (other != NULL) {
            OuSetEntry *entry = ou_set_next(other, &position);
            hash = entry != NULL ? entry->hash : 0;
            key = entry != NULL ? ou_incref(entry->key) : OU_NOTHING;
        } else if (!is_dict) {
            key = ou_next(vm, regs[1]);
        } else if (ou_dict_next(ou_as_dict(iterable), &position, &key, &value)) {
            ou_incref(key);
        }
        regs[0] = key;
        if (key == OU_NOTHING) {
            status = vm->pending != OU_NOTHING ? -1 : 0;
            break;
        }
        status = other == NULL && ou_hash(vm, key, &hash) < 0 ? -1 : visit(vm, self, key, hash, context);
    }
    return ou_regs_status(vm, regs, status);
}

static int visit_add(OuVM *vm, OuSet *self, OuValue key, int64_t hash, OuValue context) {
    return add_hashed(vm, self, key, hash);
}

static int merge(OuVM *vm, OuSet *self, OuSet *other) {
    if (self == other || other->used == 0) { return 0; }
    if (((size_t)self->fill + other->used) * 5 >= mask_of(self) * 3) {
        if (resize(vm, self, ((size_t)self->used + other->used) * 2) < 0) { return -1; }
    } else if (self->table == NULL && resize(vm, self, 0) < 0) {
        return -1;
    }
    if (self->fill > 0) { return walk(vm, ou_word(other), self, visit_add, OU_NOTHING); }
    bool same = self->mask == other->mask && other->fill == other->used;
    for (size_t i = 0; i <= other->mask; i++) {
        OuSetEntry *entry = &other->table[i];
        if (!is_live(entry)) { continue; }
        ou_incref(entry->key);
        if (same) {
            self->table[i] = *entry;
        } else {
            insert_clean(self->table, self->mask, entry->key, entry->hash);
        }
    }
    self->fill = self->used = other->used;
    return 0;
}

int ou_set_update(OuVM *vm, OuSet *self, OuValue iterable) {
    OuSet *other = ou_set_peek(vm, iterable);
    if (other != NULL) { return merge(vm, self, other); }
    size_t live = ou_is_dict(iterable) ? ou_as_dict(iterable)->live : 0;
    if (ou_is_dict(iterable) && (self->fill + live) * 5 >= mask_of(self) * 3 &&
        resize(vm, self, (self->used + live) * 2) < 0) {
        return -1;
    }
    return walk(vm, iterable, self, visit_add, OU_NOTHING);
}

/* --- memory --------------------------------------------------------------------------------------------------------- */

static uint32_t set_spans(OuHeap *heap, OuCell *cell, OuSpan *out) {
    OuSet *self = (OuSet *)cell;
    if (self->table == NULL) { return 0; }
    out[0] = (OuSpan){&self->table[0].key, (size_t)self->mask + 1, 2};
    return 1;
}

OU_BUFFER_OPS(set, OuSet, table, table_bytes)

static void set_emptied(OuHeap *heap, OuCell *cell) {
    OuSet *self = (OuSet *)cell;
    self->fill = self->used = self->finger = 0;
    if (self->table != NULL) { memset(self->table, 0, table_bytes(self)); }
}

static void set_edge_name(OuHeap *heap, OuCell *cell, uint32_t span, size_t index, char *buffer, size_t size) {
    snprintf(buffer, size, "element");
}

#define SET_OPS(title)                                                                                         \
    {                                                                                                          \
        .name = title, .spans = set_spans, .drop = set_drop, .emptied = set_emptied, .extra_bytes = set_extra, \
        .edge_name = set_edge_name                                                                             \
    }
const OuKindOps ou_set_ops = SET_OPS("set"), ou_frozenset_ops = SET_OPS("frozenset");

/* --- the algebra: results are owned, of the left operand's base type -------------------------------------------------- */

static int visit_discard(OuVM *vm, OuSet *self, OuValue key, int64_t hash, OuValue context) {
    return discard_hashed(vm, self, key, hash) < 0 ? -1 : 0;
}

static int visit_toggle(OuVM *vm, OuSet *self, OuValue key, int64_t hash, OuValue context) {
    int removed = discard_hashed(vm, self, key, hash);
    return removed == 0 ? add_hashed(vm, self, key, hash) : removed < 0 ? -1 : 0;
}

/* Adds the key to the set `context` when self has it. */
static int visit_common(OuVM *vm, OuSet *self, OuValue key, int64_t hash, OuValue context) {
    int found = has_hashed(vm, self, key, hash);
    return found > 0 ? add_hashed(vm, set_of(context), key, hash) : found;
}

/* Adds the key to self when the container `context` has it not. */
static int visit_missing(OuVM *vm, OuSet *self, OuValue key, int64_t hash, OuValue context) {
    OuSet *set = ou_set_peek(vm, context);
    int found = set != NULL ? has_hashed(vm, set, key, hash) : ou_contains(vm, context, key);
    return found == 0 ? add_hashed(vm, self, key, hash) : found < 0 ? -1 : 0;
}

static int visit_stop_found(OuVM *vm, OuSet *self, OuValue key, int64_t hash, OuValue context) {
    return has_hashed(vm, self, key, hash);
}

static int visit_stop_absent(OuVM *vm, OuSet *self, OuValue key, int64_t hash, OuValue context) {
    int found = has_hashed(vm, self, key, hash);
    return found < 0 ? -1 : !found;
}

/* A set of `kind` with the keys of an iterable (OU_NOTHING: empty). */
static OuValue make_set(OuVM *vm, uint8_t kind, OuValue iterable) {
    OuSet *self = ou_set_new(vm, kind);
    if (self == NULL || iterable == OU_NOTHING) { return ou_word(self); }
    OuValue *regs = ou_regs_hold_take(vm, ou_word(self));
    return regs == NULL ? OU_NOTHING : ou_regs_first(vm, regs, ou_set_update(vm, self, iterable));
}

/* Updates the set in args[0] with each of the arguments behind it. */
static OuValue update_each(OuVM *vm, OuValue *args, uint32_t nargs, int (*update)(OuVM *, OuSet *, OuValue)) {
    int status = 0;
    for (uint32_t i = 1; status == 0 && i < nargs; i++) { status = update(vm, ou_set_peek(vm, args[0]), args[i]); }
    return ou_none_unless(status);
}

static OuValue copy_of(OuVM *vm, OuSet *self) { return make_set(vm, self->cell.kind, ou_word(self)); }

static OuValue intersection(OuVM *vm, OuSet *self, OuValue other) {
    OuSet *set = ou_set_peek(vm, other);
    if (set == self) { return copy_of(vm, self); }
    OuValue *regs = ou_regs_hold_take(vm, make_set(vm, self->cell.kind, OU_NOTHING));
    if (regs == NULL) { return OU_NOTHING; }
    if (set != NULL && set->used > self->used) {
        other = ou_word(self);
        self = set;
    }
    return ou_regs_first(vm, regs, walk(vm, other, self, visit_common, regs[0]));
}

/* set.update with the opposite effect, and with either: a set by itself becomes empty. */
static int difference_update(OuVM *vm, OuSet *self, OuValue other) {
    OuSet *set = ou_set_peek(vm, other);
    int status;
    if (set == self) {
        clear(vm, self);
        return 0;
    }
    if (set != NULL && set->used >> 3 > self->used) {
        OuValue *regs = ou_regs_hold_take(vm, intersection(vm, self, other));
        status = regs == NULL ? -1 : ou_regs_status(vm, regs, walk(vm, regs[0], self, visit_discard, OU_NOTHING));
    } else {
        status = walk(vm, other, self, visit_discard, OU_NOTHING);
    }
    bool sparse = self->fill - self->used > mask_of(self) / 4; /* so many deleted places that a rehash is worth it */
    return status == 0 && sparse ? rehash(vm, self) : status;
}

static OuValue difference(OuVM *vm, OuSet *self, OuValue other) {
    OuSet *set = ou_set_peek(vm, other);
    bool sized = set != NULL || ou_is_dict(other);
    size_t count = set != NULL ? set->used : sized ? ou_as_dict(other)->live : 0;
    bool copy = !sized || (self->used >> 2) > count;
    OuValue *regs = ou_regs_hold_take(vm, copy ? copy_of(vm, self) : make_set(vm, self->cell.kind, OU_NOTHING));
    if (regs == NULL) { return OU_NOTHING; }
    return ou_regs_first(vm, regs,
                         copy ? difference_update(vm, set_of(regs[0]), other)
                              : walk(vm, ou_word(self), set_of(regs[0]), visit_missing, other));
}

static int symmetric_update(OuVM *vm, OuSet *self, OuValue other) {
    OuSet *set = ou_set_peek(vm, other);
    if (set == self) {
        clear(vm, self);
        return 0;
    }
    if (set != NULL || ou_is_dict(other)) { return walk(vm, other, self, visit_toggle, OU_NOTHING); }
    OuValue *regs = ou_regs_hold_take(vm, make_set(vm, self->cell.kind, other));
    return regs == NULL ? -1 : ou_regs_status(vm, regs, walk(vm, regs[0], self, visit_toggle, OU_NOTHING));
}

static OuValue symmetric(OuVM *vm, OuSet *self, OuValue other) {
    OuValue *regs = ou_regs_hold_take(vm, make_set(vm, self->cell.kind, other));
    return regs == NULL ? OU_NOTHING : ou_regs_first(vm, regs, symmetric_update(vm, set_of(regs[0]), ou_word(self)));
}

static int is_subset(OuVM *vm, OuSet *self, OuSet *other) {
    if (self->used > other->used) { return 0; }
    int absent = walk(vm, ou_word(self), other, visit_stop_absent, OU_NOTHING);
    return absent < 0 ? -1 : !absent;
}

static OuValue union_of(OuVM *vm, OuSet *self, const OuValue *others, uint32_t count) {
    OuValue *regs = ou_regs_hold_take(vm, copy_of(vm, self));
    if (regs == NULL) { return OU_NOTHING; }
    int status = 0;
    for (uint32_t i = 0; status == 0 && i < count; i++) {
        if (ou_set_peek(vm, others[i]) != self) { /* the copy has these, and a table of the right size */
            status = ou_set_update(vm, set_of(regs[0]), others[i]);
        }
    }
    return ou_regs_first(vm, regs, status);
}

/* --- slots ---------------------------------------------------------------------------------------------------------- */

/* As CPython shows a list of the keys that was made beforehand. */
static OU_UNARY(set_repr) {
    OuSet *set = ou_set_peek(vm, self);
    if (set->used == 0) { return ou_format(vm, "%T()", self); }
    int inside = ou_repr_enter(vm, self);
    if (inside != 0) { return inside < 0 ? OU_NOTHING : ou_format(vm, "%T(...)", self); }
    OuValue *regs = ou_regs_hold_take(vm, ou_list_of(vm, ou_word(set)));
    OuValue text = regs != NULL ? ou_regs_result(vm, regs, ou_repr(vm, regs[0])) : OU_NOTHING;
    ou_repr_leave(vm, self);
    if (text == OU_NOTHING) { return OU_NOTHING; }
    ou_str_fill(ou_as_str(text), 0, 1, '{');
    ou_str_fill(ou_as_str(text), ou_as_str(text)->length - 1, 1, '}');
    if (ou_is_kind(self, OU_KIND_SET)) { return text; }
    OuValue named = ou_format(vm, "%T(%S)", self, text);
    ou_drop(vm, text);
    return named;
}

static uint64_t shuffle(uint64_t hash) { return ((hash ^ 89869747ull) ^ (hash << 16)) * 3644798167ull; }

static int frozenset_hash(OuVM *vm, OuValue value, int64_t *out) {
    OuSet *self = ou_set_peek(vm, value);
    if (!self->hash_known) {
        uint64_t hash = 0;
        uint32_t position = 0;
        OuSetEntry *entry;
        while ((entry = ou_set_next(self, &position)) != NULL) { hash ^= shuffle((uint64_t)entry->hash); }
        hash ^= ((uint64_t)self->used + 1) * 1927868237ull;
        hash ^= (hash >> 11) ^ (hash >> 25);
        hash = hash * 69069u + 907133923ull;
        self->hash = hash == UINT64_MAX ? 590923713 : (int64_t)hash;
        self->hash_known = 1;
    }
    *out = self->hash;
    return 0;
}

static OU_COMPARE(set_compare) {
    bool swap = op == OU_GT || op == OU_GE, equality = op == OU_EQ || op == OU_NE;
    OuSet *x = ou_set_peek(vm, swap ? b : a), *y = ou_set_peek(vm, swap ? a : b);
    if (x == NULL || y == NULL) { return ou_not_implemented(); }
    bool never = equality ? x->used != y->used || (x->hash_known && y->hash_known && x->hash != y->hash)
                          : (op == OU_LT || op == OU_GT) && x->used >= y->used;
    int truth = never ? 0 : is_subset(vm, x, y);
    return ou_truth_unless(op == OU_NE && truth >= 0 ? !truth : truth);
}

static OU_UNARY(set_iter) { return ou_index_iterator_new(vm, OU_KIND_SET_ITERATOR, self); }
static int64_t set_len(OuVM *vm, OuValue self) { return ou_set_peek(vm, self)->used; }

/* A set as a key to look for stands for the frozenset of its items. The key to use, owned; OU_NOTHING: raised. */
static OuValue lookup_key(OuVM *vm, OuValue key, int64_t *hash) {
    if (ou_hash(vm, key, hash) == 0) { return ou_incref(key); }
    OuValue plain = ou_plain_peek(vm, key, OU_KIND_SET);
    if (plain == OU_NOTHING || !ou_pending_is(vm, OU_EXC_TypeError)) { return OU_NOTHING; }
    ou_clear_pending(vm);
    OuValue frozen = make_set(vm, OU_KIND_FROZENSET, plain);
    if (frozen != OU_NOTHING) { frozenset_hash(vm, frozen, hash); }
    return frozen;
}

/* Looks for a key that may be a set: `how` is has_hashed or discard_hashed. */
static int with_key(OuVM *vm, OuValue self, OuValue item, int (*how)(OuVM *, OuSet *, OuValue, int64_t)) {
    int64_t hash;
    OuValue *regs = ou_regs_hold_take(vm, lookup_key(vm, item, &hash));
    return regs == NULL ? -1 : ou_regs_status(vm, regs, how(vm, ou_set_peek(vm, self), regs[0], hash));
}

static int set_contains(OuVM *vm, OuValue self, OuValue item) { return with_key(vm, self, item, has_hashed); }
static OU_MAKE(set_make) { return ou_made_take(vm, type, OU_TYPE_SET, make_set(vm, OU_KIND_SET, OU_NOTHING)); }

static OU_INIT(set_init) {
    int given = ou_positional(vm, "set", true, 0, 1, nargs, kwnames);
    if (given < 0) { return -1; }
    clear(vm, ou_set_peek(vm, self));
    return given ? ou_set_update(vm, ou_set_peek(vm, self), args[0]) : 0;
}

static OU_MAKE(frozenset_make) {
    bool exact = type == vm->types[OU_TYPE_FROZENSET];
    int given = ou_positional(vm, "frozenset", exact, 0, 1, nargs, kwnames);
    if (given < 0) { return OU_NOTHING; }
    if (exact && given && ou_is_kind(args[0], OU_KIND_FROZENSET)) { return ou_incref(args[0]); }
    return ou_made_take(vm, type, OU_TYPE_FROZENSET, make_set(vm, OU_KIND_FROZENSET, given ? args[0] : OU_NOTHING));
}

static OuValue itself_unless(int status, OuValue self) { return status < 0 ? OU_NOTHING : ou_incref(self); }

/* An operator: both operands must be sets. */
#define OPERATOR(name, result)                                                               \
    static OuValue set_##name(OuVM *vm, OuValue a, OuValue b) {                              \
        OuSet *self = ou_set_peek(vm, a);                                                    \
        return self == NULL || ou_set_peek(vm, b) == NULL ? ou_not_implemented() : (result); \
    }
OPERATOR(or, union_of(vm, self, &b, 1))
OPERATOR(and, intersection(vm, self, b))
OPERATOR(sub, difference(vm, self, b))
OPERATOR(xor, symmetric(vm, self, b))
OPERATOR(ior, itself_unless(ou_set_update(vm, self, b), a))
OPERATOR(iand, itself_unless(become_take(vm, self, intersection(vm, self, b)), a))
OPERATOR(isub, itself_unless(difference_update(vm, self, b), a))
OPERATOR(ixor, itself_unless(symmetric_update(vm, self, b), a))

/* --- methods -------------------------------------------------------------------------------------------------------- */

static OU_NATIVE(set_add) { return ou_none_unless(ou_set_add(vm, ou_set_peek(vm, args[0]), args[1])); }
static OU_NATIVE(set_discard) { return ou_none_unless(with_key(vm, args[0], args[1], discard_hashed)); }

static OU_NATIVE(set_remove) {
    int removed = with_key(vm, args[0], args[1], discard_hashed);
    return removed == 0 ? ou_raise_object(vm, OU_EXC_KeyError, args[1]) : ou_none_unless(removed);
}

static OU_NATIVE(set_clear) {
    clear(vm, ou_set_peek(vm, args[0]));
    return ou_new_none();
}

static OU_NATIVE(set_copy) {
    return ou_is_kind(args[0], OU_KIND_FROZENSET) ? ou_incref(args[0]) : copy_of(vm, ou_set_peek(vm, args[0]));
}

static OU_NATIVE(set_union) { return union_of(vm, ou_set_peek(vm, args[0]), args + 1, nargs - 1); }
static OU_NATIVE(set_update) { return update_each(vm, args, nargs, ou_set_update); }

static OU_NATIVE(set_intersection) {
    if (nargs == 1) { return set_copy(vm, args, nargs); }
    OuValue *regs = ou_regs_hold_take(vm, ou_incref(ou_word(ou_set_peek(vm, args[0]))));
    if (regs == NULL) { return OU_NOTHING; }
    for (uint32_t i = 1; regs[0] != OU_NOTHING && i < nargs; i++) {
        ou_reg_set(vm, &regs[0], intersection(vm, set_of(regs[0]), args[i]));
    }
    return ou_regs_first(vm, regs, 0);
}

static OU_NATIVE(set_intersection_update) {
    OuSet *self = ou_set_peek(vm, args[0]);
    OuValue fresh = nargs == 1 ? copy_of(vm, self) : set_intersection(vm, args, nargs);
    return ou_none_unless(become_take(vm, self, fresh));
}

static OU_NATIVE(set_difference) {
    if (nargs == 1) { return set_copy(vm, args, nargs); }
    OuValue *regs = ou_regs_hold_take(vm, difference(vm, ou_set_peek(vm, args[0]), args[1]));
    if (regs == NULL) { return OU_NOTHING; }
    int status = 0;
    for (uint32_t i = 2; status == 0 && i < nargs; i++) { status = difference_update(vm, set_of(regs[0]), args[i]); }
    return ou_regs_first(vm, regs, status);
}

static OU_NATIVE(set_difference_update) { return update_each(vm, args, nargs, difference_update); }
static OU_NATIVE(set_symmetric_difference) { return symmetric(vm, ou_set_peek(vm, args[0]), args[1]); }
static OU_NATIVE(set_symmetric_difference_update) {
    return ou_none_unless(symmetric_update(vm, ou_set_peek(vm, args[0]), args[1]));
}

static OU_NATIVE(set_issubset) {
    OuSet *self = ou_set_peek(vm, args[0]), *other = ou_set_peek(vm, args[1]);
    if (other != NULL) { return ou_truth_unless(is_subset(vm, self, other)); }
    OuValue common = intersection(vm, self, args[1]);
    if (common == OU_NOTHING) { return OU_NOTHING; }
    bool whole = set_of(common)->used == self->used;
    ou_drop(vm, common);
    return ou_new_bool(whole);
}

static OU_NATIVE(set_issuperset) {
    OuSet *self = ou_set_peek(vm, args[0]), *other = ou_set_peek(vm, args[1]);
    if (other != NULL) { return ou_truth_unless(is_subset(vm, other, self)); }
    int absent = walk(vm, args[1], self, visit_stop_absent, OU_NOTHING);
    return ou_truth_unless(absent < 0 ? -1 : !absent);
}

static OU_NATIVE(set_isdisjoint) {
    OuSet *self = ou_set_peek(vm, args[0]), *other = ou_set_peek(vm, args[1]);
    if (self == other) { return ou_new_bool(self->used == 0); }
    bool swap = other != NULL && other->used > self->used;
    int found = walk(vm, swap ? ou_word(self) : args[1], swap ? other : self, visit_stop_found, OU_NOTHING);
    return ou_truth_unless(found < 0 ? -1 : !found);
}

#define SHARED_METHODS                                                                                              \
    {"copy", set_copy, "A shallow copy."}, {"union", set_union, "All items of all of them.", 0, -1, OU_ARGS_PARSE}, \
        {"intersection", set_intersection, "The items common to all.", 0, -1, OU_ARGS_PARSE},                       \
        {"difference", set_difference, "The items that are in none of the others.", 0, -1, OU_ARGS_PARSE},          \
        {"symmetric_difference", set_symmetric_difference, "The items in exactly one of both.", 1, 1},              \
        {"issubset", set_issubset, "Does the other one contain all of this?", 1, 1},                                \
        {"issuperset", set_issuperset, "Does this contain all of the other one?", 1, 1}, {                          \
        "isdisjoint", set_isdisjoint, "Is no item common to both?", 1, 1                                            \
    }

static const OuNativeDef set_methods[] = {
    SHARED_METHODS,
    {"add", set_add, "Adds an item.", 1, 1},
    {"discard", set_discard, "Removes an item if it is there.", 1, 1},
    {"remove", set_remove, "Removes an item; KeyError when absent.", 1, 1},
    {"pop", set_pop, "Removes and returns some item."},
    {"clear", set_clear, "Removes all items."},
    {"update", set_update, "Adds all items of iterables.", 0, -1, OU_ARGS_PARSE},
    {"intersection_update", set_intersection_update, "Keeps the common items.", 0, -1, OU_ARGS_PARSE},
    {"difference_update", set_difference_update, "Removes the items of the others.", 0, -1, OU_ARGS_PARSE},
    {"symmetric_difference_update", set_symmetric_difference_update, "Keeps items of one only.", 1, 1},
    OU_DEF_END};

static const OuNativeDef frozenset_methods[] = {SHARED_METHODS, OU_DEF_END};

#define SHARED_SLOTS                                                                                      \
    .repr = set_repr, .compare = set_compare, .iter = set_iter, .len = set_len, .contains = set_contains, \
    .binary = {[OU_BIN_OR] = set_or, [OU_BIN_AND] = set_and, [OU_BIN_SUB] = set_sub, [OU_BIN_XOR] = set_xor}

const OuNativeType ou_set_type = {
    .weakrefs = true,
    .slots =
        {SHARED_SLOTS, .make = set_make, .init = set_init,
         .inplace = {[OU_BIN_OR] = set_ior, [OU_BIN_AND] = set_iand, [OU_BIN_SUB] = set_isub, [OU_BIN_XOR] = set_ixor}},
    .methods = set_methods,
    .doc = "Unordered collection of unique items.",
};

const OuNativeType ou_frozenset_type = {.weakrefs = true,
                                        .slots = {SHARED_SLOTS, .hash = frozenset_hash, .make = frozenset_make},
                                        .methods = frozenset_methods,
                                        .doc = "Immutable set."};
