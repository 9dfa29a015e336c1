/* dict: pairs in insertion order, an index table from nine pairs on.
 *
 * Keys are simple (exact str, int, float, bool, None) or general. As long as all keys are simple no hash is stored:
 * hashing them again is cheap and runs no user code. The first general key makes the dict OU_DICT_GENERAL. */
#include "vm/lib/lib.h"
#include "vm/objects/help.h"

#define ABSENT (-1)
#define RAISED (-2)
#define SEARCHED_LIMIT 8u /* largest capacity without an index */
#define CAPACITY_LIMIT 0x40000000u

/* What is known about the key of one operation. */
typedef struct Probe {
    OuValue key;
    int64_t hash;
    bool simple;
    bool hashed;
} Probe;

/* --- storage -------------------------------------------------------------------------------------------------------- */

static size_t index_width(uint32_t index_size) { return index_size <= 256 ? 1 : index_size <= 65536 ? 2 : 4; }

static size_t buffer_bytes(uint32_t capacity, uint32_t index_size, bool general) {
    size_t bytes = (size_t)capacity * (general ? 24 : 16) + (size_t)index_size * index_width(index_size);
    return (bytes + 7) & ~(size_t)7;
}

static bool is_general(const OuDict *self) { return (self->cell.aux & OU_DICT_GENERAL) != 0; }
static size_t own_bytes(const OuDict *self) { return buffer_bytes(self->capacity, self->index_size, is_general(self)); }
static int64_t *hashes_of(const OuDict *self) { return (int64_t *)(void *)(self->pairs + (size_t)self->capacity * 2); }
static void *index_of(const OuDict *self) { return self->pairs + (size_t)self->capacity * (is_general(self) ? 3 : 2); }

static uint32_t index_get(const void *index, uint32_t size, size_t at) {
    if (size <= 256) { return ((const uint8_t *)index)[at]; }
    return size <= 65536 ? ((const uint16_t *)index)[at] : ((const uint32_t *)index)[at];
}

static void index_put(void *index, uint32_t size, size_t at, uint32_t entry) {
    if (size <= 256) {
        ((uint8_t *)index)[at] = (uint8_t)entry;
    } else if (size <= 65536) {
        ((uint16_t *)index)[at] = (uint16_t)entry;
    } else {
        ((uint32_t *)index)[at] = entry;
    }
}

static size_t index_start(int64_t hash, uint32_t size) {
    return (size_t)(((uint64_t)hash * 0x9e3779b97f4a7c15ull) >> 32) & (size - 1);
}

static void index_add(void *index, uint32_t size, int64_t hash, uint32_t position) {
    size_t at = index_start(hash, size);
    while (index_get(index, size, at) != 0) { at = (at + 1) & (size - 1); }
    index_put(index, size, at, position + 1);
}

static void names_changed(OuVM *vm, const OuDict *self) {
    if (self->cell.aux & OU_DICT_NAMESPACE) { vm->namespace_epoch++; }
}

static bool is_simple(OuValue key) {
    if (!ou_is_cell(key)) { return true; }
    uint8_t kind = ou_cell(key)->kind;
    return kind == OU_KIND_STR || kind == OU_KIND_INT || kind == OU_KIND_FLOAT || kind == OU_KIND_BOOL ||
           kind == OU_KIND_NONE;
}

static OuValue key_at(const OuDict *self, uint32_t position) { return self->pairs[(size_t)position * 2]; }
static OuValue *value_place(const OuDict *self, int64_t position) { return &self->pairs[position * 2 + 1]; }

/* The hash of a key that is in the dict: no user code. */
static int64_t stored_hash(OuVM *vm, const OuDict *self, uint32_t position) {
    int64_t hash = 0;
    if (is_general(self)) { return hashes_of(self)[position]; }
    (void)ou_hash(vm, key_at(self, position), &hash);
    return hash;
}

static uint32_t index_size_for(uint32_t capacity) {
    uint32_t size = 16;
    if (capacity <= SEARCHED_LIMIT) { return 0; }
    while (size < capacity + capacity / 2) { size *= 2; }
    return size;
}

/* Lays the live pairs of `from` out in a new buffer that `self` gets. false: no memory (not raised), nothing changed. */
static bool lay_out(OuVM *vm, const OuDict *from, OuDict *self, uint32_t capacity, bool general) {
    uint32_t index_size = index_size_for(capacity), to = 0;
    size_t bytes = buffer_bytes(capacity, index_size, general);
    OuValue *pairs = ou_buffer_new(&vm->heap, bytes);
    if (pairs == NULL) { return false; }
    int64_t *hashes = (int64_t *)(void *)(pairs + (size_t)capacity * 2);
    void *index = pairs + (size_t)capacity * (general ? 3 : 2);
    memset(index, 0, bytes - (size_t)capacity * (general ? 24 : 16));
    for (uint32_t i = 0; i < from->used; i++) {
        if (key_at(from, i) == OU_NOTHING) { continue; }
        if (general || index_size) {
            int64_t hash = stored_hash(vm, from, i);
            if (general) { hashes[to] = hash; }
            if (index_size) { index_add(index, index_size, hash, to); }
        }
        ou_slot_init(&pairs[(size_t)to * 2], key_at(from, i));
        ou_slot_init(&pairs[(size_t)to * 2 + 1], *value_place(from, i));
        to++;
    }
    self->pairs = pairs;
    self->used = self->live = to;
    self->capacity = capacity;
    self->index_size = index_size;
    self->cell.aux = (uint16_t)(general ? self->cell.aux | OU_DICT_GENERAL : self->cell.aux & ~OU_DICT_GENERAL);
    return true;
}

static bool rebuild(OuVM *vm, OuDict *self, uint32_t capacity, bool general) {
    OuDict old = *self;
    if (!lay_out(vm, &old, self, capacity, general)) { return false; }
    if (self->used != old.used) { ou_slots_permuted(&vm->heap, &self->cell); }
    if (old.pairs != NULL) { ou_buffer_free(&vm->heap, old.pairs, own_bytes(&old)); }
    names_changed(vm, self);
    return true;
}

/* The capacity for so many pairs: small ones come in three sizes. */
static uint32_t capacity_for(uint32_t pairs) { return pairs <= 3 ? 3 : pairs <= 5 ? 5 : pairs <= 8 ? 8 : pairs; }

/* Room for one more pair with this key. */
static int make_room(OuVM *vm, OuDict *self, bool simple) {
    bool general = is_general(self) || !simple;
    uint32_t capacity = self->capacity;
    if (self->used < capacity && general == is_general(self)) { return 0; }
    if (self->live >= capacity - capacity / 4) {
        capacity = capacity < 8 ? capacity_for(capacity + 1) : capacity + capacity / 2;
    }
    if (ou_charge(vm, capacity) < 0) { return -1; }
    if (capacity > CAPACITY_LIMIT || !rebuild(vm, self, capacity, general)) { return ou_raised(ou_raise_memory(vm)); }
    return 0;
}

OuDict *ou_dict_new(OuVM *vm, size_t capacity) {
    OuDict *self = ou_new_cell(vm, OU_KIND_DICT, sizeof *self);
    if (self != NULL && capacity > 0 &&
        (capacity > CAPACITY_LIMIT || !rebuild(vm, self, capacity_for((uint32_t)capacity), false))) {
        ou_drop(vm, ou_word(self));
        return ou_no_memory(vm);
    }
    return self;
}

/* --- search --------------------------------------------------------------------------------------------------------- */

static int probe_begin(OuVM *vm, Probe *probe, OuValue key) {
    probe->key = key;
    probe->simple = is_simple(key);
    probe->hashed = false;
    if (!probe->simple) {
        if (ou_hash(vm, key, &probe->hash) < 0) { return -1; }
        probe->hashed = true;
    }
    return 0;
}

static void probe_hash(OuVM *vm, Probe *probe) {
    if (!probe->hashed) {
        (void)ou_hash(vm, probe->key, &probe->hash); /* simple: cannot fail */
        probe->hashed = true;
    }
}

/* Equality of two simple keys that are not identical: no user code, no exception. */
static bool simple_equal(OuVM *vm, OuValue a, OuValue b) {
    bool text = ou_is_str(a);
    if (text || ou_is_str(b)) {
        return text && ou_is_str(b) && !(ou_str_is_interned(ou_as_str(a)) && ou_str_is_interned(ou_as_str(b))) &&
               ou_str_equal(ou_as_str(a), ou_as_str(b));
    }
    if (ou_both_small(a, b) || a == OU_NONE || b == OU_NONE) { return false; }
    return ou_equal(vm, a, b) == 1;
}

static bool has_changed(const OuDict *self, const OuDict *before, uint32_t position, OuValue stored) {
    return self->pairs != before->pairs || self->used != before->used || self->capacity != before->capacity ||
           key_at(self, position) != stored;
}

/* Is the probe's key at this position? 1 yes, 0 no, -1 raised, 2 the dict changed meanwhile. */
static int matches(OuVM *vm, OuDict *self, uint32_t position, Probe *probe) {
    OuValue stored = key_at(self, position);
    if (stored == OU_NOTHING || stored == probe->key) { return stored != OU_NOTHING; }
    if (probe->simple && is_simple(stored)) { return simple_equal(vm, stored, probe->key); }
    probe_hash(vm, probe);
    if (stored_hash(vm, self, position) != probe->hash) { return 0; }
    OuDict before = *self;
    OuValue *regs = ou_regs_hold_take(vm, ou_incref(stored));
    if (regs == NULL) { return -1; }
    int same = ou_equal(vm, stored, probe->key);
    bool changed = has_changed(self, &before, position, stored);
    ou_regs_close(vm, regs);
    if (same < 0) { return -1; }
    return changed || has_changed(self, &before, position, stored) ? 2 : same;
}

/* Position of the key, ABSENT or RAISED. No code runs between its answer and its return. */
static int64_t locate(OuVM *vm, OuDict *self, Probe *probe) {
restart:
    if (self->live == 0) { return ABSENT; }
    if (self->index_size == 0) {
        for (uint32_t i = 0; i < self->used; i++) {
            if (self->pairs[(size_t)i * 2] == probe->key) { return i; }
        }
        for (uint32_t i = 0; i < self->used; i++) {
            int same = matches(vm, self, i, probe);
            if (same == 2) { goto restart; }
            if (same != 0) { return same < 0 ? RAISED : (int64_t)i; }
        }
        return ABSENT;
    }
    probe_hash(vm, probe);
    for (size_t at = index_start(probe->hash, self->index_size);; at = (at + 1) & (self->index_size - 1)) {
        uint32_t entry = index_get(index_of(self), self->index_size, at);
        if (entry == 0) { return ABSENT; }
        if (entry > self->used) { continue; }
        int same = matches(vm, self, entry - 1, probe);
        if (same == 2) { goto restart; }
        if (same != 0) { return same < 0 ? RAISED : (int64_t)entry - 1; }
    }
}

static int64_t find(OuVM *vm, OuDict *self, OuValue key) {
    Probe probe;
    return probe_begin(vm, &probe, key) < 0 ? RAISED : locate(vm, self, &probe);
}

/* Appends a pair (borrowed) whose key is absent. */
static int append_pair(OuVM *vm, OuDict *self, Probe *probe, OuValue key, OuValue value) {
    if (make_room(vm, self, probe->simple) < 0) { return -1; }
    uint32_t position = self->used;
    if (self->index_size || is_general(self)) {
        probe_hash(vm, probe);
        if (is_general(self)) { hashes_of(self)[position] = probe->hash; }
        if (self->index_size) { index_add(index_of(self), self->index_size, probe->hash, position); }
    }
    ou_slot_init(&self->pairs[(size_t)position * 2], ou_incref(key));
    ou_slot_init(value_place(self, position), ou_incref(value));
    self->used++;
    self->live++;
    names_changed(vm, self);
    return 0;
}

/* Takes a pair out; the caller owns both parts. The last pair gives its place back. */
static void take_pair(OuVM *vm, OuDict *self, uint32_t position, OuValue *key, OuValue *value) {
    if (self->live == 1) {
        if (self->index_size) { memset(index_of(self), 0, self->index_size * index_width(self->index_size)); }
    } else if (position == self->used - 1 && self->index_size) {
        /* Nothing was entered after it, so no chain of probes runs over its index entry. */
        size_t at = index_start(stored_hash(vm, self, position), self->index_size);
        while (index_get(index_of(self), self->index_size, at) != position + 1) {
            at = (at + 1) & (self->index_size - 1);
        }
        index_put(index_of(self), self->index_size, at, 0);
    }
    *key = ou_slot_take(&vm->heap, &self->pairs[(size_t)position * 2]);
    *value = ou_slot_take(&vm->heap, value_place(self, position));
    self->live--;
    if (self->live == 0) {
        self->used = 0;
    } else if (position == self->used - 1) {
        self->used--;
    }
    names_changed(vm, self);
}

/* --- API ------------------------------------------------------------------------------------------------------------ */

OuValue ou_dict_peek(OuVM *vm, OuDict *self, OuValue key) {
    int64_t position = find(vm, self, key);
    return position < 0 ? OU_NOTHING : *value_place(self, position);
}

int ou_dict_find(OuVM *vm, OuDict *self, OuValue key, OuValue *out) {
    int64_t position = find(vm, self, key);
    *out = OU_NOTHING;
    if (position < 0) { return position == RAISED ? -1 : 0; }
    *out = ou_incref(*value_place(self, position));
    return 1;
}

int ou_dict_set(OuVM *vm, OuDict *self, OuValue key, OuValue value) {
    Probe probe;
    int64_t position = probe_begin(vm, &probe, key) < 0 ? RAISED : locate(vm, self, &probe);
    if (position == RAISED) { return -1; }
    if (position == ABSENT) { return append_pair(vm, self, &probe, key, value); }
    ou_slot_set(&vm->heap, value_place(self, position), ou_incref(value));
    return 0;
}

/* Consumes the value only. */
static int set_take(OuVM *vm, OuDict *self, OuValue key, OuValue value) {
    OuValue *regs = ou_regs_hold_take(vm, value);
    return regs == NULL ? -1 : ou_regs_status(vm, regs, ou_dict_set(vm, self, key, value));
}

int ou_dict_pop(OuVM *vm, OuDict *self, OuValue key, OuValue *out) {
    int64_t position = find(vm, self, key);
    *out = OU_NOTHING;
    if (position < 0) { return position == RAISED ? -1 : 0; }
    OuValue old = key_at(self, (uint32_t)position), *regs = NULL;
    if (!is_simple(old) && (regs = ou_regs_open(vm, 1)) == NULL) { return -1; } /* its death may run code */
    take_pair(vm, self, (uint32_t)position, &old, out);
    if (regs == NULL) {
        ou_drop(vm, old);
        return 1;
    }
    regs[0] = old;
    *out = ou_regs_close_keeping(vm, regs, *out);
    return *out == OU_NOTHING ? -1 : 1;
}

int ou_dict_delete(OuVM *vm, OuDict *self, OuValue key) {
    int64_t position = find(vm, self, key);
    if (position < 0) { return position == RAISED ? -1 : 0; }
    OuValue *regs = ou_regs_open(vm, 2);
    if (regs == NULL) { return -1; }
    take_pair(vm, self, (uint32_t)position, &regs[0], &regs[1]);
    return ou_regs_status(vm, regs, 1);
}

OuValue *ou_dict_place(OuDict *self, const OuStr *name) {
    OuValue word = ou_word(name);
    if (self->live == 0) { return NULL; }
    bool interned = ou_str_is_interned(name);
    if (self->index_size == 0) {
        bool strange = !interned;
        for (uint32_t i = 0; i < self->used; i++) {
            OuValue key = key_at(self, i);
            if (key == word) { return value_place(self, i); }
            strange |= ou_is_str(key) && !ou_str_is_interned(ou_as_str(key));
        }
        for (uint32_t i = 0; strange && i < self->used; i++) {
            OuValue key = key_at(self, i);
            if (ou_is_str(key) && ou_str_equal(ou_as_str(key), name)) { return value_place(self, i); }
        }
        return NULL;
    }
    int64_t hash = ou_str_hash((OuStr *)(uintptr_t)word);
    const void *index = index_of(self);
    for (size_t at = index_start(hash, self->index_size);; at = (at + 1) & (self->index_size - 1)) {
        uint32_t entry = index_get(index, self->index_size, at);
        if (entry == 0) { return NULL; }
        OuValue key = entry > self->used ? OU_NOTHING : key_at(self, entry - 1);
        if (key == word || (ou_is_str(key) && !(interned && ou_str_is_interned(ou_as_str(key))) &&
                            ou_str_equal(ou_as_str(key), name))) {
            return value_place(self, entry - 1);
        }
    }
}

OuValue ou_dict_peek_name(OuDict *self, const OuStr *name) {
    OuValue *place = ou_dict_place(self, name);
    return place != NULL ? *place : OU_NOTHING;
}

int ou_dict_set_name(OuVM *vm, OuDict *self, OuStr *name, OuValue value) {
    OuValue *place = ou_dict_place(self, name);
    if (place != NULL) {
        ou_slot_set(&vm->heap, place, ou_incref(value));
        return 0;
    }
    return ou_dict_set(vm, self, ou_word(name), value);
}

int ou_dict_set_text(OuVM *vm, OuDict *self, const char *name, OuValue value_take) {
    if (value_take == OU_NOTHING) { return -1; }
    OuStr *key = ou_str_interned(vm, name);
    if (key == NULL) { return ou_raised(ou_dropped(vm, value_take)); }
    int status = set_take(vm, self, ou_word(key), value_take);
    ou_drop(vm, ou_word(key));
    return status;
}

bool ou_dict_next(OuDict *self, uint32_t *position, OuValue *key, OuValue *value) {
    while (*position < self->used) {
        size_t at = (size_t)(*position)++ * 2;
        if (self->pairs[at] != OU_NOTHING) {
            *key = self->pairs[at];
            *value = self->pairs[at + 1];
            return true;
        }
    }
    return false;
}

void ou_dict_clear(OuVM *vm, OuDict *self) {
    if (self->pairs == NULL) { return; }
    /* A dict that nothing sees carries the pairs and dies as a dict does. */
    OuDict *dead = (OuDict *)ou_cell_new(&vm->heap, OU_KIND_DICT, sizeof *dead);
    for (uint32_t i = 0; dead == NULL && i < self->used; i++) { /* no memory: one by one */
        OuValue key, value;
        if (key_at(self, i) == OU_NOTHING) { continue; }
        take_pair(vm, self, i, &key, &value);
        ou_drop(vm, key);
        ou_drop(vm, value);
    }
    if (dead == NULL) { return; }
    ou_slots_leave(vm, self->pairs, (size_t)self->used * 2, 1);
    OuCell header = dead->cell;
    *dead = *self;
    dead->cell = header;
    dead->cell.aux = self->cell.aux & OU_DICT_GENERAL;
    self->pairs = NULL;
    self->used = self->live = self->capacity = self->index_size = 0;
    self->cell.aux &= (uint16_t)~OU_DICT_GENERAL;
    ou_slots_permuted(&vm->heap, &self->cell);
    names_changed(vm, self);
    ou_drop(vm, ou_word(dead));
}

OuValue ou_dict_copy(OuVM *vm, OuDict *self) {
    OuDict *out = ou_dict_new(vm, 0);
    if (out == NULL || self->live == 0) { return ou_word(out); }
    if (!lay_out(vm, self, out, capacity_for(self->live), is_general(self))) {
        ou_drop(vm, ou_word(out));
        return ou_raise_memory(vm);
    }
    for (size_t i = 0; i < (size_t)out->used * 2; i++) { ou_incref(out->pairs[i]); }
    return ou_word(out);
}

/* Puts a pair into two registers. */
static void hold_pair(OuVM *vm, OuValue *regs, OuValue key, OuValue value) {
    ou_incref(value);
    ou_reg_set(vm, &regs[0], ou_incref(key));
    ou_reg_set(vm, &regs[1], value);
}

int ou_dict_merge(OuVM *vm, OuDict *self, OuDict *other, bool override) {
    if (self == other || other->live == 0) { return 0; }
    OuValue *regs = ou_regs_open(vm, 2);
    if (regs == NULL) { return -1; }
    uint32_t position = 0, live = other->live;
    int status = 0;
    OuValue key, value;
    while (status == 0 && ou_dict_next(other, &position, &key, &value)) {
        hold_pair(vm, regs, key, value);
        int64_t known = override ? ABSENT : find(vm, self, key);
        status = known == RAISED || (known == ABSENT && ou_dict_set(vm, self, key, value) < 0) ? -1 : 0;
        if (status == 0 && other->live != live) {
            status = ou_raised(ou_raise(vm, OU_EXC_RuntimeError, "dict mutated during update"));
        }
    }
    return ou_regs_status(vm, regs, status);
}

static int update_from_keys(OuVM *vm, OuDict *self, OuValue other, OuValue keys_take) {
    OuValue *regs = ou_regs_open(vm, 3); /* keys(), then its iterator; key; value */
    if (regs == NULL) { return ou_raised(ou_dropped(vm, keys_take)); }
    regs[0] = keys_take;
    ou_reg_set(vm, &regs[0], ou_call0(vm, regs[0]));
    if (regs[0] != OU_NOTHING) { ou_reg_set(vm, &regs[0], ou_iter(vm, regs[0])); }
    int more = regs[0] != OU_NOTHING ? 1 : -1;
    while (more > 0 && (more = ou_next_into(vm, regs[0], &regs[1])) > 0) {
        ou_reg_set(vm, &regs[2], ou_getitem(vm, other, regs[1]));
        if (regs[2] == OU_NOTHING || ou_dict_set(vm, self, regs[1], regs[2]) < 0) { more = -1; }
    }
    return ou_regs_status(vm, regs, more);
}

/* One element of an iterable of pairs, made a list or tuple in *reg, with two items. */
static int check_pair(OuVM *vm, OuValue *reg, long long number) {
    if (!ou_is_list(*reg) && !ou_is_tuple(*reg)) { ou_reg_set(vm, reg, ou_list_of(vm, *reg)); }
    if (*reg == OU_NOTHING && ou_pending_is(vm, OU_EXC_TypeError)) {
        ou_clear_pending(vm);
        ou_raise_type_error(vm, "cannot convert dictionary update sequence element #%lld to a sequence", number);
    }
    if (*reg == OU_NOTHING) { return -1; }
    size_t length = ou_items(*reg).count;
    if (length == 2) { return 0; }
    return ou_raised_value(vm, "dictionary update sequence element #%lld has length %zu; 2 is required", number,
                           length);
}

static int update_from_pairs(OuVM *vm, OuDict *self, OuValue other) {
    OuValue *regs = ou_regs_open(vm, 4); /* iterator, pair, key, value */
    if (regs == NULL) { return -1; }
    regs[0] = ou_iter(vm, other);
    int more = regs[0] != OU_NOTHING ? 1 : -1;
    for (long long number = 0; more > 0 && (more = ou_next_into(vm, regs[0], &regs[1])) > 0; number++) {
        more = check_pair(vm, &regs[1], number) < 0 ? -1 : 1;
        if (more < 0) { break; }
        hold_pair(vm, &regs[2], ou_items(regs[1]).at[0], ou_items(regs[1]).at[1]);
        more = ou_dict_set(vm, self, regs[2], regs[3]) < 0 ? -1 : 1;
    }
    return ou_regs_status(vm, regs, more);
}

int ou_dict_update(OuVM *vm, OuDict *self, OuValue other) {
    if (ou_is_dict(other)) { return ou_dict_merge(vm, self, ou_as_dict(other), true); }
    OuValue keys;
    int found = ou_find_attr(vm, other, vm->names[OU_NAME_P_keys], &keys);
    if (found < 0) { return -1; }
    if (!found) { return update_from_pairs(vm, self, other); }
    OuValue plain = ou_plain_peek(vm, other, OU_KIND_DICT);
    if (plain != OU_NOTHING && ou_type_of(vm, other)->slots.iter == ou_dict_type.slots.iter) {
        ou_drop(vm, keys);
        return ou_dict_merge(vm, self, ou_as_dict(plain), true);
    }
    return update_from_keys(vm, self, other, keys);
}

/* --- memory --------------------------------------------------------------------------------------------------------- */

static uint32_t dict_spans(OuHeap *heap, OuCell *cell, OuSpan *out) {
    OuDict *self = (OuDict *)cell;
    out[0] = (OuSpan){self->pairs, (size_t)self->used * 2, 1};
    return self->used ? 1 : 0;
}

OU_BUFFER_OPS(dict, OuDict, pairs, own_bytes)

static void dict_emptied(OuHeap *heap, OuCell *cell) {
    OuDict *self = (OuDict *)cell;
    self->used = self->live = 0;
    if (self->index_size) { memset(index_of(self), 0, self->index_size * index_width(self->index_size)); }
    names_changed((OuVM *)heap, self);
}

static void dict_edge_name(OuHeap *heap, OuCell *cell, uint32_t span, size_t index, char *buffer, size_t size) {
    OuValue key = ((OuDict *)cell)->pairs[index & ~(size_t)1];
    char text[64];
    if (index & 1 && ou_is_str(key) && ou_str_copy_utf8(ou_as_str(key), text, sizeof text)) {
        snprintf(buffer, size, "['%s']", text);
    } else {
        snprintf(buffer, size, index & 1 ? "value %zu" : "[key %zu]", index / 2);
    }
}

const OuKindOps ou_dict_ops = {.name = "dict",
                               .spans = dict_spans,
                               .drop = dict_drop,
                               .emptied = dict_emptied,
                               .extra_bytes = dict_extra,
                               .edge_name = dict_edge_name};

/* --- slots ---------------------------------------------------------------------------------------------------------- */

static OuDict *dict_of(OuVM *vm, OuValue value) { return ou_as_dict(ou_plain_peek(vm, value, OU_KIND_DICT)); }

static OU_UNARY(dict_repr) {
    OuDict *dict = dict_of(vm, self);
    if (dict->live == 0) { return ou_str_from_text(vm, "{}"); }
    int inside = ou_repr_enter(vm, self);
    if (inside != 0) { return inside < 0 ? OU_NOTHING : ou_str_from_text(vm, "{...}"); }
    OuValue *regs = ou_regs_open(vm, 2), key, value;
    OuBuilder out = {.vm = vm, .failed = regs == NULL};
    for (uint32_t position = 0; !out.failed && ou_dict_next(dict, &position, &key, &value);) {
        ou_builder_text(&out, out.str != NULL ? ", " : "{");
        hold_pair(vm, regs, key, value);
        ou_builder_repr(&out, regs[0]);
        ou_builder_text(&out, ": ");
        ou_builder_repr(&out, regs[1]);
    }
    ou_builder_text(&out, "}");
    if (regs != NULL) { ou_regs_close(vm, regs); }
    ou_repr_leave(vm, self);
    return ou_builder_finish(&out);
}

static OU_COMPARE(dict_compare) {
    OuValue x = ou_plain_peek(vm, a, OU_KIND_DICT), y = ou_plain_peek(vm, b, OU_KIND_DICT);
    if (x == OU_NOTHING || y == OU_NOTHING || (op != OU_EQ && op != OU_NE)) { return ou_not_implemented(); }
    OuDict *left = ou_as_dict(x), *right = ou_as_dict(y);
    int same = left->live == right->live;
    OuValue *regs = same ? ou_regs_open(vm, 3) : NULL;
    if (same && regs == NULL) { return OU_NOTHING; }
    uint32_t position = 0;
    OuValue key, value;
    while (same > 0 && ou_dict_next(left, &position, &key, &value)) {
        hold_pair(vm, regs, key, value);
        OuValue other;
        same = ou_dict_find(vm, right, regs[0], &other);
        if (same > 0) {
            ou_reg_set(vm, &regs[2], other);
            same = ou_equal(vm, regs[1], other);
        }
    }
    if (regs != NULL) { ou_regs_close(vm, regs); }
    return same < 0 ? OU_NOTHING : ou_new_bool((same != 0) == (op == OU_EQ));
}

static OU_UNARY(dict_iter) { return ou_index_iterator_new(vm, OU_KIND_DICT_KEY_ITERATOR, self); }
static int64_t dict_len(OuVM *vm, OuValue self) { return dict_of(vm, self)->live; }

static int dict_contains(OuVM *vm, OuValue self, OuValue item) {
    int64_t position = find(vm, dict_of(vm, self), item);
    return position == RAISED ? -1 : position != ABSENT;
}

static OuValue dict_getitem(OuVM *vm, OuValue self, OuValue key) {
    OuDict *dict = dict_of(vm, self);
    int64_t position = find(vm, dict, key);
    if (position >= 0) { return ou_incref(*value_place(dict, position)); }
    if (position == RAISED) { return OU_NOTHING; }
    if (!ou_is_dict(self)) {
        OuValue out;
        int found = ou_call_special(vm, self, vm->names[OU_NAME_missing], &key, 1, &out);
        if (found != 0) { return found < 0 ? OU_NOTHING : out; }
    }
    return ou_raise_object(vm, OU_EXC_KeyError, key);
}

static int dict_setitem(OuVM *vm, OuValue self, OuValue key, OuValue value) {
    if (value != OU_NOTHING) { return ou_dict_set(vm, dict_of(vm, self), key, value); }
    int deleted = ou_dict_delete(vm, dict_of(vm, self), key);
    if (deleted == 0) { ou_raise_object(vm, OU_EXC_KeyError, key); }
    return deleted > 0 ? 0 : -1;
}

static OU_MAKE(dict_make) { return ou_made_take(vm, type, OU_TYPE_DICT, ou_word(ou_dict_new(vm, 0))); }

static int update_common(OuVM *vm, const char *name, OuValue self, const OuValue *args, uint32_t nargs,
                         OuValue kwnames) {
    OuDict *dict = dict_of(vm, self);
    uint32_t keywords = ou_keyword_count(kwnames);
    int given = ou_positional(vm, name, false, 0, 1, nargs, kwnames);
    if (given < 0 || (given > 0 && ou_dict_update(vm, dict, args[0]) < 0)) { return -1; }
    for (uint32_t i = 0; i < keywords; i++) {
        if (ou_dict_set(vm, dict, ou_as_tuple(kwnames)->items[i], args[given + (int)i]) < 0) { return -1; }
    }
    return 0;
}

static OU_INIT(dict_init) { return update_common(vm, "dict", self, args, nargs, kwnames); }

static OU_BINARY(dict_or) {
    OuValue x = ou_plain_peek(vm, a, OU_KIND_DICT), y = ou_plain_peek(vm, b, OU_KIND_DICT);
    if (x == OU_NOTHING || y == OU_NOTHING) { return ou_not_implemented(); }
    OuValue *regs = ou_regs_hold_take(vm, ou_dict_copy(vm, ou_as_dict(x)));
    return regs == NULL ? OU_NOTHING : ou_regs_first(vm, regs, ou_dict_update(vm, ou_as_dict(regs[0]), b));
}

static OU_BINARY(dict_ior) { return ou_dict_update(vm, dict_of(vm, a), b) < 0 ? OU_NOTHING : ou_incref(a); }

/* --- methods -------------------------------------------------------------------------------------------------------- */

static OU_NATIVE(dict_get) {
    OuDict *dict = dict_of(vm, args[0]);
    int64_t position = find(vm, dict, args[1]);
    if (position == RAISED) { return OU_NOTHING; }
    return ou_incref(position >= 0 ? *value_place(dict, position) : nargs > 2 ? args[2] : OU_NONE);
}

static OU_NATIVE(dict_pop) {
    OuDict *dict = dict_of(vm, args[0]);
    OuValue out;
    int found = dict->live == 0 ? 0 : ou_dict_pop(vm, dict, args[1], &out); /* empty: the key is not even hashed */
    if (found != 0) { return found < 0 ? OU_NOTHING : out; }
    return nargs > 2 ? ou_incref(args[2]) : ou_raise_object(vm, OU_EXC_KeyError, args[1]);
}

static OU_NATIVE(dict_popitem) {
    OuDict *dict = dict_of(vm, args[0]);
    if (dict->live == 0) { return ou_raise(vm, OU_EXC_KeyError, "popitem(): dictionary is empty"); }
    OuTuple *pair = ou_tuple_new(vm, 2);
    if (pair == NULL) { return OU_NOTHING; }
    uint32_t position = dict->used - 1;
    while (dict->pairs[(size_t)position * 2] == OU_NOTHING) { position--; }
    if (dict->used - position > 8 + dict->live / 4) { /* many holes behind it: skip them only once */
        if (rebuild(vm, dict, dict->capacity, is_general(dict))) { position = dict->used - 1; }
    }
    take_pair(vm, dict, position, &pair->items[0], &pair->items[1]);
    return ou_word(pair);
}

static OU_NATIVE(dict_setdefault) {
    OuDict *dict = dict_of(vm, args[0]);
    OuValue value = nargs > 2 ? args[2] : OU_NONE;
    Probe probe;
    int64_t position = probe_begin(vm, &probe, args[1]) < 0 ? RAISED : locate(vm, dict, &probe);
    if (position >= 0) { return ou_incref(*value_place(dict, position)); }
    if (position == RAISED || append_pair(vm, dict, &probe, args[1], value) < 0) { return OU_NOTHING; }
    return ou_incref(value);
}

static OU_NATIVE(dict_update) {
    return ou_none_unless(update_common(vm, "update", args[0], args + 1, nargs - 1, ou_take_kwnames(vm)));
}

static OuValue view_new(OuVM *vm, uint8_t kind, OuValue dict) { return ou_new_row(vm, kind, sizeof(OuView), 1, &dict); }
static OU_NATIVE(dict_keys) { return view_new(vm, OU_KIND_DICT_KEYS, args[0]); }
static OU_NATIVE(dict_values) { return view_new(vm, OU_KIND_DICT_VALUES, args[0]); }
static OU_NATIVE(dict_items) { return view_new(vm, OU_KIND_DICT_ITEMS, args[0]); }
static OU_NATIVE(dict_copy) { return ou_dict_copy(vm, dict_of(vm, args[0])); }

static OU_NATIVE(dict_clear) {
    ou_dict_clear(vm, dict_of(vm, args[0]));
    return ou_new_none();
}

OU_LIBRARY_METHOD(dict_fromkeys)
static OU_NATIVE(dict_reversed) { return ou_index_iterator_new(vm, OU_KIND_DICT_REVERSE_KEY_ITERATOR, args[0]); }

static const OuNativeDef dict_methods[] = {
    {"get", dict_get, "The value of a key, or a default.", 1, 2, OU_ARGS_UNPACK},
    {"pop", dict_pop, "Removes a key and returns its value.", 1, 2, OU_ARGS_UNPACK},
    {"popitem", dict_popitem, "Removes and returns the last pair."},
    {"setdefault", dict_setdefault, "The value of a key, inserted when absent.", 1, 2, OU_ARGS_UNPACK},
    {"update", dict_update, "Takes over pairs of a mapping or iterable.", 0, -1, OU_ARGS_RAW},
    {"keys", dict_keys, "A view of the keys."},
    {"values", dict_values, "A view of the values."},
    {"items", dict_items, "A view of the pairs."},
    {"copy", dict_copy, "A shallow copy."},
    {"clear", dict_clear, "Removes all pairs."},
    {"__reversed__", dict_reversed, "Iterates over the keys from the end."},
    OU_DEF_END};

static const OuNativeDef dict_class_methods[] = {
    {"fromkeys", dict_fromkeys, "A dict with these keys and one value.", 1, 2, OU_ARGS_UNPACK}, OU_DEF_END};

const OuNativeType ou_dict_type = {
    .slots = {.repr = dict_repr,
              .compare = dict_compare,
              .iter = dict_iter,
              .len = dict_len,
              .contains = dict_contains,
              .getitem = dict_getitem,
              .setitem = dict_setitem,
              .make = dict_make,
              .init = dict_init,
              .binary = {[OU_BIN_OR] = dict_or},
              .inplace = {[OU_BIN_OR] = dict_ior}},
    .methods = dict_methods,
    .class_methods = dict_class_methods,
    .doc = "Mapping in insertion order.",
};
