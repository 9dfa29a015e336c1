/* The table of set and frozenset: CPython 3.11's algorithm (setobject.c), so that iteration order is the reference's. */
#include "vm/objects/help.h"

#define LINEAR_PROBES 9
#define PERTURB_SHIFT 5
#define MIN_SIZE 8
#define OU_SET_DUMMY OU_EMPTY_TEMP /* with hash -1, which no key has: the word alone is int 0 */

static bool is_live(const OuSetEntry *entry) {
    return entry->key != OU_NOTHING && !(entry->key == OU_SET_DUMMY && entry->hash == -1);
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

int ou_set_rehash(OuVM *vm, OuSet *self) { return resize(vm, self, (size_t)self->used * (self->used > 50000 ? 2 : 4)); }

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

int ou_set_add_hashed(OuVM *vm, OuSet *self, OuValue key, int64_t hash) {
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
        return ou_set_add_hashed(vm, self, key, hash);
    }
    ou_slot_init(&place->key, ou_incref(key));
    place->hash = hash;
    self->fill += unused;
    self->used++;
    return !unused || (size_t)self->fill * 5 < (size_t)self->mask * 3 ? 0 : ou_set_rehash(vm, self);
}

int ou_set_has_hashed(OuVM *vm, OuSet *self, OuValue key, int64_t hash) {
    OuSetEntry *place;
    return look(vm, self, key, hash, &place);
}

int ou_set_discard_hashed(OuVM *vm, OuSet *self, OuValue key, int64_t hash) {
    OuSetEntry *entry;
    int found = look(vm, self, key, hash, &entry);
    if (found <= 0) { return found; }
    entry->hash = -1;
    self->used--;
    ou_slot_set(&vm->heap, &entry->key, OU_SET_DUMMY);
    return 1;
}

int ou_set_add(OuVM *vm, OuSet *self, OuValue key) {
    int64_t hash;
    return ou_hash(vm, key, &hash) < 0 ? -1 : ou_set_add_hashed(vm, self, key, hash);
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
void ou_set_clear(OuVM *vm, OuSet *self) {
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
        ou_slot_set(&vm->heap, &entry->key, OU_SET_DUMMY);
    }
}

int ou_set_become_take(OuVM *vm, OuSet *self, OuValue fresh_take) {
    if (fresh_take == OU_NOTHING) { return -1; }
    swap_tables(vm, self, (OuSet *)(uintptr_t)fresh_take);
    ou_drop(vm, fresh_take);
    return 0;
}

OuValue ou_set_pop(OuVM *vm, OuSet *self) {
    if (self->used == 0) { return ou_raise(vm, OU_EXC_KeyError, "pop from an empty set"); }
    size_t at = self->finger & self->mask;
    while (!is_live(&self->table[at])) { at = at == self->mask ? 0 : at + 1; }
    OuValue key = ou_slot_take(&vm->heap, &self->table[at].key);
    ou_slot_init(&self->table[at].key, OU_SET_DUMMY);
    self->table[at].hash = -1;
    self->used--;
    self->finger = (uint32_t)at + 1;
    return key;
}

/* Keys that come one by one: the last is held in a register, because a comparison may remove it from its set. */
int ou_set_walk(OuVM *vm, OuValue iterable, OuSet *self, OuSetVisit visit, OuValue context) {
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
    return ou_set_add_hashed(vm, self, key, hash);
}

static int merge(OuVM *vm, OuSet *self, OuSet *other) {
    if (self == other || other->used == 0) { return 0; }
    if (((size_t)self->fill + other->used) * 5 >= mask_of(self) * 3) {
        if (resize(vm, self, ((size_t)self->used + other->used) * 2) < 0) { return -1; }
    } else if (self->table == NULL && resize(vm, self, 0) < 0) {
        return -1;
    }
    if (self->fill > 0) { return ou_set_walk(vm, ou_word(other), self, visit_add, OU_NOTHING); }
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
    return ou_set_walk(vm, iterable, self, visit_add, OU_NOTHING);
}

bool ou_set_is_sparse(const OuSet *self) { return self->fill - self->used > mask_of(self) / 4; }

/* --- memory --------------------------------------------------------------------------------------------------------- */

static uint32_t set_spans(OuHeap *heap, OuCell *cell, OuSpan *out) {
    OuSet *self = (OuSet *)cell;
    if (self->table == NULL) { return 0; }
    out[0] = (OuSpan){&self->table[0].key, (size_t)self->mask + 1, 2};
    return 1;
}

static void set_drop(OuHeap *heap, OuCell *cell) {
    OuSet *self = (OuSet *)cell;
    if (self->table != NULL) { ou_buffer_free(heap, self->table, table_bytes(self)); }
}

static void set_emptied(OuHeap *heap, OuCell *cell) {
    OuSet *self = (OuSet *)cell;
    self->fill = self->used = self->finger = 0;
    if (self->table != NULL) { memset(self->table, 0, table_bytes(self)); }
}

static size_t set_extra(OuHeap *heap, const OuCell *cell) { return table_bytes((const OuSet *)cell); }

static void set_edge_name(OuHeap *heap, OuCell *cell, uint32_t span, size_t index, char *buffer, size_t size) {
    snprintf(buffer, size, "element");
}

#define SET_OPS(title)                                                                                         \
    {                                                                                                          \
        .name = title, .spans = set_spans, .drop = set_drop, .emptied = set_emptied, .extra_bytes = set_extra, \
        .edge_name = set_edge_name                                                                             \
    }
const OuKindOps ou_set_ops = SET_OPS("set"), ou_frozenset_ops = SET_OPS("frozenset");
