/* set and frozenset: CPython 3.11's table algorithm (setobject.c), so that iteration order is the reference's. */
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

OuSet *ou_set_new(OuVM *vm, uint8_t kind) {
    OuSet *self = (OuSet *)ou_cell_new(&vm->heap, kind, sizeof *self);
    if (self == NULL) { ou_raise_memory(vm); }
    return self;
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
    if (size > (size_t)1 << 31) { return ou_raised(ou_raise_memory(vm)); }
    OuSetEntry *table = ou_buffer_new(&vm->heap, size * sizeof *table);
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

/* Same key? 1 yes, 0 no, -1 raised, 2 the table changed meanwhile. */
static int same_key(OuVM *vm, OuSet *self, size_t at, OuValue key) {
    OuValue stored = self->table[at].key;
    if (stored == key) { return 1; }
    if (ou_is_str(stored) && ou_is_str(key)) { return ou_str_equal(ou_as_str(stored), ou_as_str(key)); }
    if (!ou_is_cell(stored) && !ou_is_cell(key)) { return ou_equal(vm, stored, key); }
    OuValue *regs = ou_regs_open(vm, 1);
    if (regs == NULL) { return -1; }
    OuSetEntry *table = self->table;
    uint32_t mask = self->mask;
    regs[0] = ou_incref(stored);
    int same = ou_equal(vm, stored, key);
    bool changed = self->table != table || self->mask != mask || self->table[at].key != stored;
    ou_regs_close(vm, regs);
    if (same < 0) { return -1; }
    changed = changed || self->table != table || self->mask != mask || self->table[at].key != stored;
    return changed ? 2 : same;
}

/* The place of the key, or the unused place where the search ended (*found 0). -1 raised. The table must exist. */
static int64_t look(OuVM *vm, OuSet *self, OuValue key, int64_t hash, bool *found) {
restart:;
    *found = false;
    if (self->table == NULL) { return 0; }
    size_t mask = self->mask, i = (size_t)hash & mask;
    uint64_t perturb = (uint64_t)hash;
    for (;;) {
        size_t at = i;
        int probes = i + LINEAR_PROBES <= mask ? LINEAR_PROBES : 0;
        do {
            OuSetEntry *entry = &self->table[at];
            if (entry->key == OU_NOTHING) { return (int64_t)at; }
            if (entry->hash == hash) {
                int same = same_key(vm, self, at, key);
                if (same < 0) { return -1; }
                if (same == 2) { goto restart; }
                if (same) {
                    *found = true;
                    return (int64_t)at;
                }
            }
            at++;
        } while (probes--);
        perturb >>= PERTURB_SHIFT;
        i = (i * 5 + 1 + perturb) & mask;
    }
}

/* The last deleted place on the way of a hash to its first unused one, or NULL: a new key goes there, as in CPython 3.11. */
static OuSetEntry *dummy_on_the_way(OuSet *self, int64_t hash) {
    size_t mask = self->mask, perturb = (size_t)hash, at = (size_t)hash & mask;
    OuSetEntry *dummy = NULL;
    for (;;) {
        size_t probes = at + LINEAR_PROBES <= mask ? LINEAR_PROBES : 0;
        for (size_t i = 0; i <= probes; i++) {
            OuSetEntry *entry = &self->table[at + i];
            if (entry->key == OU_NOTHING) { return dummy; }
            if (entry->hash == -1) { dummy = entry; }
        }
        perturb >>= PERTURB_SHIFT;
        at = (at * 5 + 1 + perturb) & mask;
    }
}

static int add_entry(OuVM *vm, OuSet *self, OuValue key, int64_t hash) {
    bool found;
    int64_t at = look(vm, self, key, hash, &found);
    if (at < 0 || found) { return at < 0 ? -1 : 0; }
    if (self->table == NULL) {
        if (resize(vm, self, 0) < 0) { return -1; }
        at = (int64_t)((size_t)hash & self->mask);
    }
    OuSetEntry *dummy = self->fill > self->used ? dummy_on_the_way(self, hash) : NULL;
    if (dummy != NULL) {
        ou_slot_init(&dummy->key, ou_incref(key));
        dummy->hash = hash;
        self->used++;
        return 0;
    }
    /* Growth comes after the insertion, as in the reference; when it fails the set is still sound as long as one
     * place is free. */
    if ((size_t)self->fill + 1 >= (size_t)self->mask) {
        if (resize(vm, self, (size_t)self->used * 4) < 0) { return -1; }
        return add_entry(vm, self, key, hash);
    }
    ou_slot_init(&self->table[at].key, ou_incref(key));
    self->table[at].hash = hash;
    self->fill++;
    self->used++;
    if ((size_t)self->fill * 5 < (size_t)self->mask * 3) { return 0; }
    return resize(vm, self, self->used > 50000 ? (size_t)self->used * 2 : (size_t)self->used * 4);
}

static int has_entry(OuVM *vm, OuSet *self, OuValue key, int64_t hash) {
    bool found;
    return look(vm, self, key, hash, &found) < 0 ? -1 : found;
}

static int discard_entry(OuVM *vm, OuSet *self, OuValue key, int64_t hash) {
    bool found;
    int64_t at = look(vm, self, key, hash, &found);
    if (at < 0 || !found) { return at < 0 ? -1 : 0; }
    OuSetEntry *entry = &self->table[at];
    entry->hash = -1;
    self->used--;
    ou_slot_set(&vm->heap, &entry->key, OU_SET_DUMMY);
    return 1;
}

int ou_set_add(OuVM *vm, OuSet *self, OuValue key) {
    int64_t hash;
    return ou_hash(vm, key, &hash) < 0 ? -1 : add_entry(vm, self, key, hash);
}

int ou_set_has(OuVM *vm, OuSet *self, OuValue key) {
    int64_t hash;
    return ou_hash(vm, key, &hash) < 0 ? -1 : has_entry(vm, self, key, hash);
}

int ou_set_discard(OuVM *vm, OuSet *self, OuValue key) {
    int64_t hash;
    return ou_hash(vm, key, &hash) < 0 ? -1 : discard_entry(vm, self, key, hash);
}

static OuSetEntry *next_entry(OuSet *self, uint32_t *position) {
    while (self->table != NULL && *position <= self->mask) {
        OuSetEntry *entry = &self->table[(*position)++];
        if (is_live(entry)) { return entry; }
    }
    return NULL;
}

bool ou_set_next(OuSet *self, uint32_t *position, OuValue *key) {
    OuSetEntry *entry = next_entry(self, position);
    *key = entry != NULL ? entry->key : OU_NOTHING;
    return entry != NULL;
}

/* All keys leave at once and die in table order. */
static void set_clear(OuVM *vm, OuSet *self) {
    if (self->table == NULL) { return; }
    OuSet *dead = (OuSet *)ou_cell_new(&vm->heap, OU_KIND_SET, sizeof *dead);
    if (dead == NULL) { /* no memory: one by one */
        OuSetEntry *entry;
        uint32_t position = 0;
        while ((entry = next_entry(self, &position)) != NULL) {
            entry->hash = -1;
            self->used--;
            ou_slot_set(&vm->heap, &entry->key, OU_SET_DUMMY);
        }
        return;
    }
    for (size_t i = 0; vm->heap.marking && i <= self->mask; i++) { /* they leave: shade them */
        OuValue moved = ou_slot_take(&vm->heap, &self->table[i].key);
        ou_slot_init(&self->table[i].key, moved);
    }
    dead->table = self->table;
    dead->mask = self->mask;
    dead->fill = self->fill;
    dead->used = self->used;
    self->table = NULL;
    self->mask = self->fill = self->used = 0; /* the finger stays, as in the reference */
    ou_slots_permuted(&vm->heap, &self->cell);
    ou_drop(vm, ou_word(dead));
}

static OuSet *peek_any(OuVM *vm, OuValue value) {
    OuValue plain = ou_plain_peek(vm, value, OU_KIND_SET);
    if (plain == OU_NOTHING) { plain = ou_plain_peek(vm, value, OU_KIND_FROZENSET); }
    return (OuSet *)(uintptr_t)plain;
}

static int merge(OuVM *vm, OuSet *self, OuSet *other) {
    if (self == other || other->used == 0) { return 0; }
    if (((size_t)self->fill + other->used) * 5 >= mask_of(self) * 3) {
        if (resize(vm, self, ((size_t)self->used + other->used) * 2) < 0) { return -1; }
    } else if (self->table == NULL && resize(vm, self, 0) < 0) {
        return -1;
    }
    if (self->fill == 0) {
        bool same = self->mask == other->mask && other->fill == other->used;
        for (size_t i = 0; i <= other->mask; i++) {
            if (!is_live(&other->table[i])) { continue; }
            OuValue key = ou_incref(other->table[i].key);
            if (same) {
                ou_slot_init(&self->table[i].key, key);
                self->table[i].hash = other->table[i].hash;
            } else {
                insert_clean(self->table, self->mask, key, other->table[i].hash);
            }
        }
        self->fill = self->used = other->used;
        return 0;
    }
    OuValue *regs = ou_regs_open(vm, 1);
    if (regs == NULL) { return -1; }
    uint32_t position = 0;
    int status = 0;
    OuSetEntry *entry;
    while (status == 0 && (entry = next_entry(other, &position)) != NULL) {
        int64_t hash = entry->hash;
        ou_reg_set(vm, &regs[0], ou_incref(entry->key));
        status = add_entry(vm, self, regs[0], hash);
    }
    ou_regs_close(vm, regs);
    return status;
}

/* Calls `visit` for every key of an iterable; stops when it returns other than 0. Sets give their stored hashes. */
typedef int (*Visit)(OuVM *vm, OuSet *self, OuValue key, int64_t hash, void *context);

static int each_key(OuVM *vm, OuSet *self, OuValue iterable, Visit visit, void *context) {
    OuSet *other = peek_any(vm, iterable);
    OuValue *regs = ou_regs_open(vm, 2);
    if (regs == NULL) { return -1; }
    int status = 0;
    uint32_t position = 0;
    if (other != NULL) {
        OuSetEntry *entry;
        while (status == 0 && (entry = next_entry(other, &position)) != NULL) {
            int64_t hash = entry->hash;
            ou_reg_set(vm, &regs[0], ou_incref(entry->key));
            status = visit(vm, self, regs[0], hash, context);
        }
    } else if (ou_is_dict(iterable)) {
        OuValue key, value;
        int64_t hash = 0;
        while (status == 0 && ou_dict_next(ou_as_dict(iterable), &position, &key, &value)) {
            ou_reg_set(vm, &regs[0], ou_incref(key));
            status = ou_hash(vm, regs[0], &hash) < 0 ? -1 : visit(vm, self, regs[0], hash, context);
        }
    } else {
        regs[1] = ou_iter(vm, iterable);
        status = regs[1] == OU_NOTHING ? -1 : 0;
        while (status == 0) {
            int64_t hash = 0;
            ou_reg_set(vm, &regs[0], ou_next(vm, regs[1]));
            if (regs[0] == OU_NOTHING) {
                status = vm->pending != OU_NOTHING ? -1 : 0;
                break;
            }
            status = ou_hash(vm, regs[0], &hash) < 0 ? -1 : visit(vm, self, regs[0], hash, context);
        }
    }
    ou_regs_close(vm, regs);
    return status;
}

static int visit_add(OuVM *vm, OuSet *self, OuValue key, int64_t hash, void *context) {
    return add_entry(vm, self, key, hash);
}

static int visit_discard(OuVM *vm, OuSet *self, OuValue key, int64_t hash, void *context) {
    return discard_entry(vm, self, key, hash) < 0 ? -1 : 0;
}

static int visit_toggle(OuVM *vm, OuSet *self, OuValue key, int64_t hash, void *context) {
    int removed = discard_entry(vm, self, key, hash);
    return removed != 0 ? (removed < 0 ? -1 : 0) : add_entry(vm, self, key, hash);
}

/* Adds the key to `context` when `self` has it. */
static int visit_common(OuVM *vm, OuSet *self, OuValue key, int64_t hash, void *context) {
    int found = has_entry(vm, self, key, hash);
    return found <= 0 ? found : add_entry(vm, context, key, hash);
}

static int visit_stop_found(OuVM *vm, OuSet *self, OuValue key, int64_t hash, void *context) {
    return has_entry(vm, self, key, hash);
}

static int visit_stop_absent(OuVM *vm, OuSet *self, OuValue key, int64_t hash, void *context) {
    int found = has_entry(vm, self, key, hash);
    return found < 0 ? -1 : !found;
}

int ou_set_update(OuVM *vm, OuSet *self, OuValue iterable) {
    OuSet *other = peek_any(vm, iterable);
    if (other != NULL) { return merge(vm, self, other); }
    if (ou_is_dict(iterable)) {
        size_t live = ou_as_dict(iterable)->live;
        if ((self->fill + live) * 5 >= mask_of(self) * 3 && resize(vm, self, (self->used + live) * 2) < 0) {
            return -1;
        }
    }
    return each_key(vm, self, iterable, visit_add, NULL);
}

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

const OuKindOps ou_set_ops = {.name = "set",
                              .spans = set_spans,
                              .drop = set_drop,
                              .emptied = set_emptied,
                              .extra_bytes = set_extra,
                              .edge_name = set_edge_name};
const OuKindOps ou_frozenset_ops = {.name = "frozenset",
                                    .spans = set_spans,
                                    .drop = set_drop,
                                    .emptied = set_emptied,
                                    .extra_bytes = set_extra,
                                    .edge_name = set_edge_name};

/* --- the algebra: results are owned, of the left operand's base type -------------------------------------------------- */

/* A set of `kind` with the keys of an iterable (OU_NOTHING: empty). */
static OuValue make_set(OuVM *vm, uint8_t kind, OuValue iterable) {
    OuSet *self = ou_set_new(vm, kind);
    if (self == NULL || iterable == OU_NOTHING) { return ou_word(self); }
    OuValue *regs = ou_regs_open(vm, 1);
    if (regs == NULL) {
        ou_drop(vm, ou_word(self));
        return OU_NOTHING;
    }
    regs[0] = ou_word(self);
    OuValue result = ou_set_update(vm, self, iterable) < 0 ? OU_NOTHING : ou_reg_take(&regs[0]);
    ou_regs_close(vm, regs);
    return result;
}

static OuValue set_copy(OuVM *vm, OuSet *self) { return make_set(vm, self->cell.kind, ou_word(self)); }

/* A register around a fresh set, so that it may be filled while code runs. */
static OuValue *open_with(OuVM *vm, OuValue set_take) {
    OuValue *regs = set_take != OU_NOTHING ? ou_regs_open(vm, 1) : NULL;
    if (regs == NULL) {
        ou_drop(vm, set_take);
        return NULL;
    }
    regs[0] = set_take;
    return regs;
}

static OuValue close_with(OuVM *vm, OuValue *regs, int status) {
    OuValue result = status < 0 ? OU_NOTHING : ou_reg_take(&regs[0]);
    ou_regs_close(vm, regs);
    return result;
}

static OuValue intersection(OuVM *vm, OuSet *self, OuValue other) {
    OuSet *set = peek_any(vm, other);
    if (set == self) { return set_copy(vm, self); }
    OuValue *regs = open_with(vm, make_set(vm, self->cell.kind, OU_NOTHING));
    if (regs == NULL) { return OU_NOTHING; }
    if (set != NULL && set->used > self->used) {
        other = ou_word(self);
        self = set;
    }
    return close_with(vm, regs, each_key(vm, self, other, visit_common, (OuSet *)(uintptr_t)regs[0]));
}

static int difference_update(OuVM *vm, OuSet *self, OuValue other) {
    OuSet *set = peek_any(vm, other);
    if (set == self) {
        set_clear(vm, self);
        return 0;
    }
    if (set != NULL && set->used >> 3 > self->used) {
        OuValue *regs = open_with(vm, intersection(vm, self, other));
        if (regs == NULL) { return -1; }
        int status = each_key(vm, self, regs[0], visit_discard, NULL);
        ou_regs_close(vm, regs);
        if (status < 0) { return -1; }
    } else if (each_key(vm, self, other, visit_discard, NULL) < 0) {
        return -1;
    }
    if (self->fill - self->used <= mask_of(self) / 4) { return 0; }
    return resize(vm, self, self->used > 50000 ? (size_t)self->used * 2 : (size_t)self->used * 4);
}

/* Keys of `context[0]` that are not in the container `context[1]` go to self. */
static int visit_missing(OuVM *vm, OuSet *self, OuValue key, int64_t hash, void *context) {
    OuValue other = *(OuValue *)context;
    OuSet *set = peek_any(vm, other);
    int found = set != NULL ? has_entry(vm, set, key, hash) : ou_contains(vm, other, key);
    return found != 0 ? (found < 0 ? -1 : 0) : add_entry(vm, self, key, hash);
}

static OuValue difference(OuVM *vm, OuSet *self, OuValue other) {
    OuSet *set = peek_any(vm, other);
    bool sized = set != NULL || ou_is_dict(other);
    size_t count = set != NULL ? set->used : ou_is_dict(other) ? ou_as_dict(other)->live : 0;
    if (!sized || (self->used >> 2) > count) {
        OuValue *copy = open_with(vm, set_copy(vm, self));
        return copy == NULL ? OU_NOTHING
                            : close_with(vm, copy, difference_update(vm, (OuSet *)(uintptr_t)copy[0], other));
    }
    OuValue *regs = open_with(vm, make_set(vm, self->cell.kind, OU_NOTHING));
    if (regs == NULL) { return OU_NOTHING; }
    return close_with(vm, regs, each_key(vm, (OuSet *)(uintptr_t)regs[0], ou_word(self), visit_missing, &other));
}

static int symmetric_update(OuVM *vm, OuSet *self, OuValue other) {
    OuSet *set = peek_any(vm, other);
    if (set == self) {
        set_clear(vm, self);
        return 0;
    }
    if (set != NULL || ou_is_dict(other)) { return each_key(vm, self, other, visit_toggle, NULL); }
    OuValue *regs = open_with(vm, make_set(vm, self->cell.kind, other));
    if (regs == NULL) { return -1; }
    int status = each_key(vm, self, regs[0], visit_toggle, NULL);
    ou_regs_close(vm, regs);
    return status;
}

static OuValue symmetric(OuVM *vm, OuSet *self, OuValue other) {
    OuValue *regs = open_with(vm, make_set(vm, self->cell.kind, other));
    if (regs == NULL) { return OU_NOTHING; }
    return close_with(vm, regs, symmetric_update(vm, (OuSet *)(uintptr_t)regs[0], ou_word(self)));
}

static int is_subset(OuVM *vm, OuSet *self, OuSet *other) {
    if (self->used > other->used) { return 0; }
    int absent = each_key(vm, other, ou_word(self), visit_stop_absent, NULL);
    return absent < 0 ? -1 : !absent;
}

/* The set takes over the contents of a fresh one (consumed), whose cell takes the old contents to their death. */
static void become_take(OuVM *vm, OuSet *self, OuValue fresh_take) {
    OuSet *fresh = (OuSet *)(uintptr_t)fresh_take, saved = *fresh;
    for (size_t i = 0; vm->heap.marking && self->table != NULL && i <= self->mask; i++) {
        OuValue moved = ou_slot_take(&vm->heap, &self->table[i].key);
        ou_slot_init(&self->table[i].key, moved);
    }
    fresh->table = self->table;
    fresh->mask = self->mask;
    fresh->fill = self->fill;
    fresh->used = self->used;
    self->table = saved.table;
    self->mask = saved.mask;
    self->fill = saved.fill;
    self->used = saved.used;
    ou_slots_permuted(&vm->heap, &self->cell);
    ou_slots_permuted(&vm->heap, &fresh->cell);
    ou_drop(vm, fresh_take);
}

/* --- slots ---------------------------------------------------------------------------------------------------------- */

static OU_UNARY(set_repr) {
    OuSet *set = peek_any(vm, self);
    bool plain = ou_is_kind(self, OU_KIND_SET);
    if (set->used == 0) { return ou_format(vm, "%T()", self); }
    int inside = ou_repr_enter(vm, self);
    if (inside != 0) { return inside < 0 ? OU_NOTHING : ou_format(vm, "%T(...)", self); }
    OuBuilder out;
    ou_builder_init(&out, vm);
    if (!plain) {
        ou_builder_text(&out, ou_type_name(vm, self));
        ou_builder_text(&out, "(");
    }
    ou_builder_text(&out, "{");
    OuValue *regs = ou_regs_open(vm, 1);
    out.failed |= regs == NULL;
    /* CPython prints a list of the keys made beforehand. */
    if (!out.failed) {
        regs[0] = ou_list_of(vm, ou_word(set));
        out.failed |= regs[0] == OU_NOTHING;
    }
    for (uint32_t i = 0; !out.failed && i < ou_as_list(regs[0])->length; i++) {
        OuValue text = ou_repr(vm, ou_as_list(regs[0])->items[i]);
        if (text == OU_NOTHING) {
            out.failed = true;
            break;
        }
        ou_builder_text(&out, i > 0 ? ", " : "");
        ou_builder_str(&out, ou_as_str(text));
        ou_drop(vm, text);
    }
    ou_builder_text(&out, plain ? "}" : "})");
    if (regs != NULL) { ou_regs_close(vm, regs); }
    ou_repr_leave(vm, self);
    if (out.failed) {
        ou_builder_abandon(&out);
        return OU_NOTHING;
    }
    return ou_builder_finish(&out);
}

static uint64_t shuffle(uint64_t hash) { return ((hash ^ 89869747ull) ^ (hash << 16)) * 3644798167ull; }

static int frozenset_hash(OuVM *vm, OuValue value, int64_t *out) {
    OuSet *self = peek_any(vm, value);
    if (!self->hash_known) {
        uint64_t hash = 0;
        uint32_t position = 0;
        OuSetEntry *entry;
        while ((entry = next_entry(self, &position)) != NULL) { hash ^= shuffle((uint64_t)entry->hash); }
        hash ^= ((uint64_t)self->used + 1) * 1927868237ull;
        hash ^= (hash >> 11) ^ (hash >> 25);
        hash = hash * 69069u + 907133923ull;
        self->hash = hash == UINT64_MAX ? 590923713 : (int64_t)hash;
        self->hash_known = 1;
    }
    *out = self->hash;
    return 0;
}

static OuValue set_compare(OuVM *vm, OuValue a, OuValue b, OuCompare op) {
    OuSet *x = peek_any(vm, a), *y = peek_any(vm, b);
    if (x == NULL || y == NULL) { return ou_incref(OU_NOTIMPLEMENTED); }
    int truth;
    switch (op) {
    case OU_EQ:
    case OU_NE:
        if (x->used != y->used || (x->hash_known && y->hash_known && x->hash != y->hash)) {
            truth = 0;
        } else {
            truth = is_subset(vm, x, y);
        }
        truth = truth < 0 ? -1 : truth == (op == OU_EQ);
        break;
    case OU_LE: truth = is_subset(vm, x, y); break;
    case OU_GE: truth = is_subset(vm, y, x); break;
    case OU_LT: truth = x->used >= y->used ? 0 : is_subset(vm, x, y); break;
    default: truth = x->used <= y->used ? 0 : is_subset(vm, y, x); break;
    }
    return ou_truth_unless(truth);
}

static OU_UNARY(set_iter) { return ou_index_iterator_new(vm, OU_KIND_SET_ITERATOR, self); }
static int64_t set_len(OuVM *vm, OuValue self) { return peek_any(vm, self)->used; }

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

static int set_contains(OuVM *vm, OuValue self, OuValue item) {
    int64_t hash;
    OuValue *regs = open_with(vm, lookup_key(vm, item, &hash));
    if (regs == NULL) { return -1; }
    int found = has_entry(vm, peek_any(vm, self), regs[0], hash);
    ou_regs_close(vm, regs);
    return found;
}

static bool has_keywords(OuVM *vm, OuValue kwnames, const char *name) {
    if (kwnames == OU_NOTHING || ou_tuple_length(ou_as_tuple(kwnames)) == 0) { return false; }
    ou_raise_type_error(vm, "%s() takes no keyword arguments", name);
    return true;
}

static OuValue set_make(OuVM *vm, OuType *type, const OuValue *args, uint32_t nargs, OuValue kwnames) {
    OuValue plain = make_set(vm, OU_KIND_SET, OU_NOTHING);
    return plain == OU_NOTHING || type == vm->types[OU_TYPE_SET] ? plain : ou_payload_wrap_take(vm, type, plain);
}

static int set_init(OuVM *vm, OuValue self, const OuValue *args, uint32_t nargs, OuValue kwnames) {
    if (has_keywords(vm, kwnames, "set")) { return -1; }
    if (nargs > 1) { return ou_raised(ou_raise_type_error(vm, "set expected at most 1 argument, got %u", nargs)); }
    set_clear(vm, peek_any(vm, self));
    return nargs ? ou_set_update(vm, peek_any(vm, self), args[0]) : 0;
}

static OuValue frozenset_make(OuVM *vm, OuType *type, const OuValue *args, uint32_t nargs, OuValue kwnames) {
    bool exact = type == vm->types[OU_TYPE_FROZENSET];
    if (exact && has_keywords(vm, kwnames, "frozenset")) { return OU_NOTHING; }
    nargs -= kwnames != OU_NOTHING ? (uint32_t)ou_tuple_length(ou_as_tuple(kwnames)) : 0;
    if (nargs > 1) { return ou_raise_type_error(vm, "frozenset expected at most 1 argument, got %u", nargs); }
    if (exact && nargs && ou_is_kind(args[0], OU_KIND_FROZENSET)) { return ou_incref(args[0]); }
    OuValue plain = make_set(vm, OU_KIND_FROZENSET, nargs ? args[0] : OU_NOTHING);
    return plain == OU_NOTHING || exact ? plain : ou_payload_wrap_take(vm, type, plain);
}

static OuValue set_union_into(OuVM *vm, OuSet *self, const OuValue *others, uint32_t count) {
    OuValue *regs = open_with(vm, set_copy(vm, self));
    if (regs == NULL) { return OU_NOTHING; }
    int status = 0;
    for (uint32_t i = 0; status == 0 && i < count; i++) {
        if (peek_any(vm, others[i]) != self) { /* the copy has these, and a table of the right size */
            status = ou_set_update(vm, (OuSet *)(uintptr_t)regs[0], others[i]);
        }
    }
    return close_with(vm, regs, status);
}

#define BOTH_SETS(a, b) \
    if (peek_any(vm, a) == NULL || peek_any(vm, b) == NULL) { return ou_incref(OU_NOTIMPLEMENTED); }

static OuValue set_or(OuVM *vm, OuValue a, OuValue b) {
    BOTH_SETS(a, b)
    return set_union_into(vm, peek_any(vm, a), &b, 1);
}

static OuValue set_and(OuVM *vm, OuValue a, OuValue b) {
    BOTH_SETS(a, b)
    return intersection(vm, peek_any(vm, a), b);
}

static OuValue set_sub(OuVM *vm, OuValue a, OuValue b) {
    BOTH_SETS(a, b)
    return difference(vm, peek_any(vm, a), b);
}

static OuValue set_xor(OuVM *vm, OuValue a, OuValue b) {
    BOTH_SETS(a, b)
    return symmetric(vm, peek_any(vm, a), b);
}

static OuValue set_ior(OuVM *vm, OuValue a, OuValue b) {
    BOTH_SETS(a, b)
    return ou_set_update(vm, peek_any(vm, a), b) < 0 ? OU_NOTHING : ou_incref(a);
}

static OuValue set_iand(OuVM *vm, OuValue a, OuValue b) {
    BOTH_SETS(a, b)
    OuValue fresh = intersection(vm, peek_any(vm, a), b);
    if (fresh == OU_NOTHING) { return OU_NOTHING; }
    become_take(vm, peek_any(vm, a), fresh);
    return ou_incref(a);
}

static OuValue set_isub(OuVM *vm, OuValue a, OuValue b) {
    BOTH_SETS(a, b)
    return difference_update(vm, peek_any(vm, a), b) < 0 ? OU_NOTHING : ou_incref(a);
}

static OuValue set_ixor(OuVM *vm, OuValue a, OuValue b) {
    BOTH_SETS(a, b)
    return symmetric_update(vm, peek_any(vm, a), b) < 0 ? OU_NOTHING : ou_incref(a);
}

/* --- methods -------------------------------------------------------------------------------------------------------- */

static OU_NATIVE(set_add) { return ou_none_unless(ou_set_add(vm, peek_any(vm, args[0]), args[1])); }

static int discard_argument(OuVM *vm, OuValue *args) {
    int64_t hash;
    OuValue *regs = open_with(vm, lookup_key(vm, args[1], &hash));
    if (regs == NULL) { return -1; }
    int removed = discard_entry(vm, peek_any(vm, args[0]), regs[0], hash);
    ou_regs_close(vm, regs);
    return removed;
}

static OU_NATIVE(set_discard) { return ou_none_unless(discard_argument(vm, args)); }

static OU_NATIVE(set_remove) {
    int removed = discard_argument(vm, args);
    return removed == 0 ? ou_raise_object(vm, OU_EXC_KeyError, args[1]) : ou_none_unless(removed);
}

static OU_NATIVE(set_pop) {
    OuSet *self = peek_any(vm, args[0]);
    if (self->used == 0) {
        OuValue text = ou_str_from_text(vm, "pop from an empty set");
        if (text != OU_NOTHING) {
            ou_raise_object(vm, OU_EXC_KeyError, text);
            ou_drop(vm, text);
        }
        return OU_NOTHING;
    }
    size_t at = self->finger & self->mask;
    while (!is_live(&self->table[at])) { at = at == self->mask ? 0 : at + 1; }
    OuValue key = ou_slot_take(&vm->heap, &self->table[at].key);
    ou_slot_init(&self->table[at].key, OU_SET_DUMMY);
    self->table[at].hash = -1;
    self->used--;
    self->finger = (uint32_t)at + 1;
    return key;
}

static OU_NATIVE(set_clear_method) {
    set_clear(vm, peek_any(vm, args[0]));
    return ou_incref(OU_NONE);
}

static OU_NATIVE(set_copy_method) {
    if (ou_is_kind(args[0], OU_KIND_FROZENSET)) { return ou_incref(args[0]); }
    return set_copy(vm, peek_any(vm, args[0]));
}

static OU_NATIVE(set_union) { return set_union_into(vm, peek_any(vm, args[0]), args + 1, nargs - 1); }

static OU_NATIVE(set_update) {
    int status = 0;
    for (uint32_t i = 1; status == 0 && i < nargs; i++) { status = ou_set_update(vm, peek_any(vm, args[0]), args[i]); }
    return ou_none_unless(status);
}

static OU_NATIVE(set_intersection) {
    if (nargs == 1) { return set_copy_method(vm, args, nargs); }
    OuValue *regs = ou_regs_open(vm, 1);
    if (regs == NULL) { return OU_NOTHING; }
    regs[0] = ou_incref(ou_word(peek_any(vm, args[0])));
    int status = 0;
    for (uint32_t i = 1; status == 0 && i < nargs; i++) {
        OuValue result = intersection(vm, (OuSet *)(uintptr_t)regs[0], args[i]);
        ou_reg_set(vm, &regs[0], result);
        status = result == OU_NOTHING ? -1 : 0;
    }
    return close_with(vm, regs, status);
}

static OU_NATIVE(set_intersection_update) {
    OuValue fresh = nargs == 1 ? set_copy(vm, peek_any(vm, args[0])) : set_intersection(vm, args, nargs);
    if (fresh == OU_NOTHING) { return OU_NOTHING; }
    become_take(vm, peek_any(vm, args[0]), fresh);
    return ou_incref(OU_NONE);
}

static OU_NATIVE(set_difference) {
    if (nargs == 1) { return set_copy_method(vm, args, nargs); }
    OuValue *regs = open_with(vm, difference(vm, peek_any(vm, args[0]), args[1]));
    if (regs == NULL) { return OU_NOTHING; }
    int status = 0;
    for (uint32_t i = 2; status == 0 && i < nargs; i++) {
        status = difference_update(vm, (OuSet *)(uintptr_t)regs[0], args[i]);
    }
    return close_with(vm, regs, status);
}

static OU_NATIVE(set_difference_update) {
    int status = 0;
    for (uint32_t i = 1; status == 0 && i < nargs; i++) {
        status = difference_update(vm, peek_any(vm, args[0]), args[i]);
    }
    return ou_none_unless(status);
}

static OU_NATIVE(set_symmetric_difference) { return symmetric(vm, peek_any(vm, args[0]), args[1]); }

static OU_NATIVE(set_symmetric_difference_update) {
    return ou_none_unless(symmetric_update(vm, peek_any(vm, args[0]), args[1]));
}

static OU_NATIVE(set_issubset) {
    OuSet *self = peek_any(vm, args[0]), *other = peek_any(vm, args[1]);
    if (other != NULL) { return ou_truth_unless(is_subset(vm, self, other)); }
    OuValue common = intersection(vm, self, args[1]);
    if (common == OU_NOTHING) { return OU_NOTHING; }
    bool whole = ((OuSet *)(uintptr_t)common)->used == self->used;
    ou_drop(vm, common);
    return ou_incref(ou_from_bool(whole));
}

static OU_NATIVE(set_issuperset) {
    OuSet *self = peek_any(vm, args[0]), *other = peek_any(vm, args[1]);
    if (other != NULL) { return ou_truth_unless(is_subset(vm, other, self)); }
    int absent = each_key(vm, self, args[1], visit_stop_absent, NULL);
    return ou_truth_unless(absent < 0 ? -1 : !absent);
}

static OU_NATIVE(set_isdisjoint) {
    OuSet *self = peek_any(vm, args[0]), *other = peek_any(vm, args[1]);
    if (self == other) { return ou_incref(ou_from_bool(self->used == 0)); }
    int found = other != NULL && other->used > self->used ? each_key(vm, other, ou_word(self), visit_stop_found, NULL)
                                                          : each_key(vm, self, args[1], visit_stop_found, NULL);
    return ou_truth_unless(found < 0 ? -1 : !found);
}

#define SHARED_METHODS                                                                                             \
    {"copy", set_copy_method, 0, 0, 0, 0, NULL, "A shallow copy."},                                                \
        {"union", set_union, 0, -1, 0, 0, NULL, "All items of all of them."},                                      \
        {"intersection", set_intersection, 0, -1, 0, 0, NULL, "The items common to all."},                         \
        {"difference", set_difference, 0, -1, 0, 0, NULL, "The items that are in none of the others."},            \
        {"symmetric_difference", set_symmetric_difference, 1, 1, 0, 0, NULL, "The items in exactly one of both."}, \
        {"issubset", set_issubset, 1, 1, 0, 0, NULL, "Does the other one contain all of this?"},                   \
        {"issuperset", set_issuperset, 1, 1, 0, 0, NULL, "Does this contain all of the other one?"}, {             \
        "isdisjoint", set_isdisjoint, 1, 1, 0, 0, NULL, "Is no item common to both?"                               \
    }

static const OuNativeDef set_methods[] = {
    SHARED_METHODS,
    {"add", set_add, 1, 1, 0, 0, NULL, "Adds an item."},
    {"discard", set_discard, 1, 1, 0, 0, NULL, "Removes an item if it is there."},
    {"remove", set_remove, 1, 1, 0, 0, NULL, "Removes an item; KeyError when absent."},
    {"pop", set_pop, 0, 0, 0, 0, NULL, "Removes and returns some item."},
    {"clear", set_clear_method, 0, 0, 0, 0, NULL, "Removes all items."},
    {"update", set_update, 0, -1, 0, 0, NULL, "Adds all items of iterables."},
    {"intersection_update", set_intersection_update, 0, -1, 0, 0, NULL, "Keeps the common items."},
    {"difference_update", set_difference_update, 0, -1, 0, 0, NULL, "Removes the items of the others."},
    {"symmetric_difference_update", set_symmetric_difference_update, 1, 1, 0, 0, NULL, "Keeps items of one only."},
    OU_DEF_END};

static const OuNativeDef frozenset_methods[] = {SHARED_METHODS, OU_DEF_END};

const OuNativeType ou_set_type = {
    .index = OU_TYPE_SET,
    .weakrefs = true,
    .slots =
        {.repr = set_repr,
         .compare = set_compare,
         .iter = set_iter,
         .len = set_len,
         .contains = set_contains,
         .make = set_make,
         .init = set_init,
         .binary = {[OU_BIN_OR] = set_or, [OU_BIN_AND] = set_and, [OU_BIN_SUB] = set_sub, [OU_BIN_XOR] = set_xor},
         .inplace = {[OU_BIN_OR] = set_ior, [OU_BIN_AND] = set_iand, [OU_BIN_SUB] = set_isub, [OU_BIN_XOR] = set_ixor}},
    .methods = set_methods,
    .doc = "Unordered collection of unique items.",
};

const OuNativeType ou_frozenset_type = {
    .index = OU_TYPE_FROZENSET,
    .weakrefs = true,
    .slots = {.repr = set_repr,
              .hash = frozenset_hash,
              .compare = set_compare,
              .iter = set_iter,
              .len = set_len,
              .contains = set_contains,
              .make = frozenset_make,
              .binary = {[OU_BIN_OR] = set_or, [OU_BIN_AND] = set_and, [OU_BIN_SUB] = set_sub, [OU_BIN_XOR] = set_xor}},
    .methods = frozenset_methods,
    .doc = "Immutable set.",
};
