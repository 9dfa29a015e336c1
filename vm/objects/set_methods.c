/* set and frozenset as Python sees them: algebra, slots, methods. */
#include "vm/objects/help.h"

/* The plain set behind a value that is known to be one. */
static OuSet *set_of(OuValue value) { return (OuSet *)(uintptr_t)value; }

/* --- the algebra: results are owned, of the left operand's base type -------------------------------------------------- */

static int visit_discard(OuVM *vm, OuSet *self, OuValue key, int64_t hash, OuValue context) {
    return ou_set_discard_hashed(vm, self, key, hash) < 0 ? -1 : 0;
}

static int visit_toggle(OuVM *vm, OuSet *self, OuValue key, int64_t hash, OuValue context) {
    int removed = ou_set_discard_hashed(vm, self, key, hash);
    return removed == 0 ? ou_set_add_hashed(vm, self, key, hash) : removed < 0 ? -1 : 0;
}

/* Adds the key to the set `context` when self has it. */
static int visit_common(OuVM *vm, OuSet *self, OuValue key, int64_t hash, OuValue context) {
    int found = ou_set_has_hashed(vm, self, key, hash);
    return found > 0 ? ou_set_add_hashed(vm, set_of(context), key, hash) : found;
}

/* Adds the key to self when the container `context` has it not. */
static int visit_missing(OuVM *vm, OuSet *self, OuValue key, int64_t hash, OuValue context) {
    OuSet *set = ou_set_peek(vm, context);
    int found = set != NULL ? ou_set_has_hashed(vm, set, key, hash) : ou_contains(vm, context, key);
    return found == 0 ? ou_set_add_hashed(vm, self, key, hash) : found < 0 ? -1 : 0;
}

static int visit_stop_found(OuVM *vm, OuSet *self, OuValue key, int64_t hash, OuValue context) {
    return ou_set_has_hashed(vm, self, key, hash);
}

static int visit_stop_absent(OuVM *vm, OuSet *self, OuValue key, int64_t hash, OuValue context) {
    int found = ou_set_has_hashed(vm, self, key, hash);
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
    return ou_regs_first(vm, regs, ou_set_walk(vm, other, self, visit_common, regs[0]));
}

/* set.update with the opposite effect, and with either: a set by itself becomes empty. */
static int difference_update(OuVM *vm, OuSet *self, OuValue other) {
    OuSet *set = ou_set_peek(vm, other);
    int status;
    if (set == self) {
        ou_set_clear(vm, self);
        return 0;
    }
    if (set != NULL && set->used >> 3 > self->used) {
        OuValue *regs = ou_regs_hold_take(vm, intersection(vm, self, other));
        status =
            regs == NULL ? -1 : ou_regs_status(vm, regs, ou_set_walk(vm, regs[0], self, visit_discard, OU_NOTHING));
    } else {
        status = ou_set_walk(vm, other, self, visit_discard, OU_NOTHING);
    }
    return status == 0 && ou_set_is_sparse(self) ? ou_set_rehash(vm, self) : status;
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
                              : ou_set_walk(vm, ou_word(self), set_of(regs[0]), visit_missing, other));
}

static int symmetric_update(OuVM *vm, OuSet *self, OuValue other) {
    OuSet *set = ou_set_peek(vm, other);
    if (set == self) {
        ou_set_clear(vm, self);
        return 0;
    }
    if (set != NULL || ou_is_dict(other)) { return ou_set_walk(vm, other, self, visit_toggle, OU_NOTHING); }
    OuValue *regs = ou_regs_hold_take(vm, make_set(vm, self->cell.kind, other));
    return regs == NULL ? -1 : ou_regs_status(vm, regs, ou_set_walk(vm, regs[0], self, visit_toggle, OU_NOTHING));
}

static OuValue symmetric(OuVM *vm, OuSet *self, OuValue other) {
    OuValue *regs = ou_regs_hold_take(vm, make_set(vm, self->cell.kind, other));
    return regs == NULL ? OU_NOTHING : ou_regs_first(vm, regs, symmetric_update(vm, set_of(regs[0]), ou_word(self)));
}

static int is_subset(OuVM *vm, OuSet *self, OuSet *other) {
    if (self->used > other->used) { return 0; }
    int absent = ou_set_walk(vm, ou_word(self), other, visit_stop_absent, OU_NOTHING);
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

static OU_UNARY(set_repr) {
    OuSet *set = ou_set_peek(vm, self);
    bool plain = ou_is_kind(self, OU_KIND_SET);
    if (set->used == 0) { return ou_format(vm, "%T()", self); }
    int inside = ou_repr_enter(vm, self);
    if (inside != 0) { return inside < 0 ? OU_NOTHING : ou_format(vm, "%T(...)", self); }
    OuValue *regs = ou_regs_open(vm, 1), result = OU_NOTHING;
    if (regs != NULL) {
        regs[0] = ou_list_of(vm, ou_word(set)); /* CPython prints a list of the keys made beforehand */
        OuBuilder out = {.vm = vm, .failed = regs[0] == OU_NOTHING};
        if (!plain) {
            ou_builder_text(&out, ou_type_name(vm, self));
            ou_builder_text(&out, "(");
        }
        for (uint32_t i = 0; !out.failed && i < ou_as_list(regs[0])->length; i++) {
            ou_builder_text(&out, i > 0 ? ", " : "{");
            ou_builder_repr(&out, ou_as_list(regs[0])->items[i]);
        }
        ou_builder_text(&out, plain ? "}" : "})");
        result = ou_builder_finish(&out);
        ou_regs_close(vm, regs);
    }
    ou_repr_leave(vm, self);
    return result;
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

/* Looks for a key that may be a set: `how` is ou_set_has_hashed or ou_set_discard_hashed. */
static int with_key(OuVM *vm, OuValue self, OuValue item, int (*how)(OuVM *, OuSet *, OuValue, int64_t)) {
    int64_t hash;
    OuValue *regs = ou_regs_hold_take(vm, lookup_key(vm, item, &hash));
    return regs == NULL ? -1 : ou_regs_status(vm, regs, how(vm, ou_set_peek(vm, self), regs[0], hash));
}

static int set_contains(OuVM *vm, OuValue self, OuValue item) { return with_key(vm, self, item, ou_set_has_hashed); }

static OU_MAKE(set_make) { return ou_made_take(vm, type, OU_TYPE_SET, make_set(vm, OU_KIND_SET, OU_NOTHING)); }

static OU_INIT(set_init) {
    int given = ou_positional(vm, "set", true, 0, 1, nargs, kwnames);
    if (given < 0) { return -1; }
    ou_set_clear(vm, ou_set_peek(vm, self));
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
OPERATOR(iand, itself_unless(ou_set_become_take(vm, self, intersection(vm, self, b)), a))
OPERATOR(isub, itself_unless(difference_update(vm, self, b), a))
OPERATOR(ixor, itself_unless(symmetric_update(vm, self, b), a))

/* --- methods -------------------------------------------------------------------------------------------------------- */

static OU_NATIVE(set_add) { return ou_none_unless(ou_set_add(vm, ou_set_peek(vm, args[0]), args[1])); }
static OU_NATIVE(set_discard) { return ou_none_unless(with_key(vm, args[0], args[1], ou_set_discard_hashed)); }
static OU_NATIVE(set_pop) { return ou_set_pop(vm, ou_set_peek(vm, args[0])); }

static OU_NATIVE(set_remove) {
    int removed = with_key(vm, args[0], args[1], ou_set_discard_hashed);
    return removed == 0 ? ou_raise_object(vm, OU_EXC_KeyError, args[1]) : ou_none_unless(removed);
}

static OU_NATIVE(set_clear) {
    ou_set_clear(vm, ou_set_peek(vm, args[0]));
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
    return ou_none_unless(ou_set_become_take(vm, self, fresh));
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
    int absent = ou_set_walk(vm, args[1], self, visit_stop_absent, OU_NOTHING);
    return ou_truth_unless(absent < 0 ? -1 : !absent);
}

static OU_NATIVE(set_isdisjoint) {
    OuSet *self = ou_set_peek(vm, args[0]), *other = ou_set_peek(vm, args[1]);
    if (self == other) { return ou_new_bool(self->used == 0); }
    bool swap = other != NULL && other->used > self->used;
    int found = ou_set_walk(vm, swap ? ou_word(self) : args[1], swap ? other : self, visit_stop_found, OU_NOTHING);
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
