/* tuple, list, dict, set, slice, range: structures and C API. */
#ifndef OU_VM_OBJECTS_CONTAINERS_H
#define OU_VM_OBJECTS_CONTAINERS_H

#include "vm/vm.h"

/* The signatures of functions in tables: a native (OuNativeFn), a getter or unary slot, a setter, and other slots. */
#define OU_NATIVE(name) OuValue name(OuVM *vm, OuValue *args, uint32_t nargs)
#define OU_UNARY(name) OuValue name(OuVM *vm, OuValue self)
#define OU_SETTER(name) int name(OuVM *vm, OuValue self, OuValue value)
#define OU_BINARY(name) OuValue name(OuVM *vm, OuValue a, OuValue b)
#define OU_COMPARE(name) OuValue name(OuVM *vm, OuValue a, OuValue b, OuCompare op)
#define OU_MAKE(name) OuValue name(OuVM *vm, OuType *type, const OuValue *args, uint32_t nargs, OuValue kwnames)
#define OU_CALL(name) OuValue name(OuVM *vm, OuValue self, const OuValue *args, uint32_t nargs, OuValue kwnames)
#define OU_INIT(name) int name(OuVM *vm, OuValue self, const OuValue *args, uint32_t nargs, OuValue kwnames)

/* --- tuple: length in aux when below 65535, else at the end of its own mapping ---------------------- */

struct OuTuple {
    OuCell cell;
    OuValue items[];
};
#define OU_TUPLE_LONG 0xffffu
size_t ou_tuple_long_length(const OuTuple *self);
static inline OuTuple *ou_as_tuple(OuValue value) { return (OuTuple *)(uintptr_t)value; }
static inline size_t ou_tuple_length(const OuTuple *self) {
    return self->cell.aux != OU_TUPLE_LONG ? self->cell.aux : ou_tuple_long_length(self);
}
/* Items empty: fill with ou_slot_init. The empty tuple is shared: never fill a tuple of length 0. */
OuTuple *ou_tuple_new(OuVM *vm, size_t length);
OuValue ou_tuple_from(OuVM *vm, const OuValue *items, size_t length); /* items borrowed */
/* Takes the items over, also on failure, and sets them to OU_EMPTY_TEMP. An item that is OU_NOTHING is the failure of
 * whoever was to make it: OU_NOTHING then. */
OuValue ou_tuple_from_take(OuVM *vm, OuValue *items, size_t length);

/* How many of the arguments of a call are named by `kwnames` (a tuple, or OU_NOTHING). */
static inline uint32_t ou_keyword_count(OuValue kwnames) {
    return kwnames == OU_NOTHING ? 0 : (uint32_t)ou_tuple_length(ou_as_tuple(kwnames));
}

/* --- list ---------------------------------------------------------------------------------------- */

struct OuList {
    OuCell cell;
    uint32_t length;
    uint32_t capacity;
    OuValue *items; /* buffer of capacity words */
};
static inline OuList *ou_as_list(OuValue value) { return (OuList *)(uintptr_t)value; }
OuList *ou_list_new(OuVM *vm, size_t capacity);
OuValue ou_list_from_take(OuVM *vm, OuValue *items, size_t length); /* takes the items over as well */
int ou_list_append(OuVM *vm, OuList *self, OuValue item);           /* borrows the item */
int ou_list_append_take(OuVM *vm, OuList *self, OuValue item);
int ou_list_insert(OuVM *vm, OuList *self, int64_t index, OuValue item);
int ou_list_extend(OuVM *vm, OuList *self, OuValue iterable);
int ou_list_reserve(OuVM *vm, OuList *self, size_t capacity);
int ou_list_sort(OuVM *vm, OuList *self, OuValue key, OuValue reverse); /* both may be OU_NOTHING */

/* --- dict: insertion-ordered pairs; an index table from 9 entries on ---------------------------------- */

struct OuDict {
    OuCell cell;   /* aux: OU_DICT_* bits */
    uint32_t used; /* pairs in use, deleted ones (key 0) included */
    uint32_t live;
    OuValue *pairs;      /* key, value, key, value; then, when general, a 64-bit hash each; then the index table */
    uint32_t capacity;   /* pairs that fit */
    uint32_t index_size; /* power of two, 0: none (at most 8 pairs: searched one by one) */
};
#define OU_DICT_GENERAL 1u   /* keys beyond exact str and numbers: hashes are stored */
#define OU_DICT_NAMESPACE 2u /* a module's names: adding or deleting one changes vm->namespace_epoch */
static inline OuDict *ou_as_dict(OuValue value) { return (OuDict *)(uintptr_t)value; }
OuDict *ou_dict_new(OuVM *vm, size_t capacity);
/* Borrowed value or OU_NOTHING (absent: no exception; else raised). Valid until code can run. */
OuValue ou_dict_peek(OuVM *vm, OuDict *self, OuValue key);
/* 1 found (*out owned), 0 absent, -1 raised. */
int ou_dict_find(OuVM *vm, OuDict *self, OuValue key, OuValue *out);
int ou_dict_set(OuVM *vm, OuDict *self, OuValue key, OuValue value); /* borrows both */
int ou_dict_delete(OuVM *vm, OuDict *self, OuValue key);             /* 1 deleted, 0 absent, -1 raised */
int ou_dict_pop(OuVM *vm, OuDict *self, OuValue key, OuValue *out);  /* 1 moved out, 0 absent, -1 raised */
/* By interned name: no hashing, no exception, no user code (a dict with only str keys; else compares by value). */
OuValue ou_dict_peek_name(OuDict *self, const OuStr *name);
/* The place of a name's value inside the dict, or NULL. Moves when a key is added or deleted. */
OuValue *ou_dict_place(OuDict *self, const OuStr *name);
int ou_dict_set_name(OuVM *vm, OuDict *self, OuStr *name, OuValue value);           /* borrows */
int ou_dict_set_text(OuVM *vm, OuDict *self, const char *name, OuValue value_take); /* consumes the value */
/* Iterates live pairs: start with *position 0; borrowed results; false at the end. */
bool ou_dict_next(OuDict *self, uint32_t *position, OuValue *key, OuValue *value);
int ou_dict_update(OuVM *vm, OuDict *self, OuValue other); /* mapping or pairs, as dict.update */
int ou_dict_merge(OuVM *vm, OuDict *self, OuDict *other, bool override);
OuValue ou_dict_copy(OuVM *vm, OuDict *self);
void ou_dict_clear(OuVM *vm, OuDict *self);

/* --- set and frozenset: CPython's table algorithm, so that sets of numbers print in its order ----------- */

typedef struct OuSetEntry {
    OuValue key; /* OU_NOTHING: never used; a dummy: deleted */
    int64_t hash;
} OuSetEntry;
typedef struct OuSet {
    OuCell cell;
    uint32_t fill, used; /* used + dummies, live */
    uint32_t mask;       /* table size - 1; 0: no table yet */
    uint32_t finger;
    OuSetEntry *table;
    bool hash_known; /* frozenset: hash is computed */
    int64_t hash;
} OuSet;
OuSet *ou_set_new(OuVM *vm, uint8_t kind);          /* OU_KIND_SET or OU_KIND_FROZENSET */
int ou_set_add(OuVM *vm, OuSet *self, OuValue key); /* borrows */
int ou_set_update(OuVM *vm, OuSet *self, OuValue iterable);
OuSetEntry *ou_set_next(OuSet *self, uint32_t *position); /* the next live entry, or NULL */
OuSet *ou_set_peek(OuVM *vm, OuValue value);              /* the plain set or frozenset behind a value, or NULL */

/* --- slice and range ---------------------------------------------------------------------------------- */

typedef struct OuSlice {
    OuCell cell;
    OuValue step, start, stop; /* owned, in the order of their death */
} OuSlice;
OuValue ou_slice_new(OuVM *vm, OuValue start, OuValue stop, OuValue step); /* borrows */
/* start, stop and step as numbers: may run code. -1 raised. Then, against a length: how many items there are. */
int ou_slice_unpack(OuVM *vm, OuSlice *self, int64_t *start, int64_t *stop, int64_t *step);
int64_t ou_slice_adjust(int64_t length, int64_t *start, int64_t *stop, int64_t step);
/* A bound of a slice, clamped to 64 bits; None (when it is allowed) leaves *out alone. -1 raised. */
int ou_slice_bound(OuVM *vm, OuValue value, bool none, int64_t *out);
/* start and stop clamped into [0, length] for methods with optional start, end (index, find, count). */
void ou_clamp_bounds(int64_t length, int64_t *start, int64_t *stop);

typedef struct OuRange {
    OuCell cell;
    OuValue start, stop, step, length; /* exact ints */
} OuRange;

/* --- what list and tuple share: slots and methods ------------------------------------------------------ */
typedef struct OuItems {
    const OuValue *at; /* borrowed: until code can run */
    size_t count;
} OuItems;
static inline OuItems ou_items(OuValue sequence) {
    if (ou_is_list(sequence)) { return (OuItems){ou_as_list(sequence)->items, ou_as_list(sequence)->length}; }
    return (OuItems){ou_as_tuple(sequence)->items, ou_tuple_length(ou_as_tuple(sequence))};
}

/* Equality with an item that its container may lose meanwhile. */
int ou_equal_held(OuVM *vm, OuValue stored, OuValue item);
OU_UNARY(ou_sequence_repr);
OU_COMPARE(ou_sequence_compare);
int ou_sequence_contains(OuVM *vm, OuValue self, OuValue item);
OuValue ou_sequence_getitem(OuVM *vm, OuValue self, OuValue key);
OU_BINARY(ou_sequence_add);
OU_BINARY(ou_sequence_repeat);
OU_NATIVE(ou_sequence_find); /* index() */
OU_NATIVE(ou_sequence_count);
#define OU_SEQUENCE_SLOTS                                                                       \
    .repr = ou_sequence_repr, .compare = ou_sequence_compare, .contains = ou_sequence_contains, \
    .getitem = ou_sequence_getitem, .binary = {[OU_BIN_ADD] = ou_sequence_add, [OU_BIN_MUL] = ou_sequence_repeat}
/* An index into a sequence of that length, negative ones resolved. -1 raised. */
int ou_sequence_index(OuVM *vm, OuValue key, int64_t length, const char *type, const char *range_error, int64_t *index);
/* The number of repetitions: 1, 0 not an integer, -1 raised. Negative becomes 0. */
int ou_sequence_times(OuVM *vm, OuValue times, int64_t *count);
/* Is this container being printed already? Enters it: 1 yes, 0 no, -1 raised. */
int ou_repr_enter(OuVM *vm, OuValue container);
void ou_repr_leave(OuVM *vm, OuValue container);

/* --- iterators whose structures the loop knows, and the rest of them -------------------------------------- */
/* Iterators over an indexed container: list, tuple, str, bytes, reversed list, __getitem__ sequence, the dict and set ones.
 * `container` is the object as given (an instance of a subclass is kept alive, too); emptied on exhaustion. */
typedef struct OuIndexIterator {
    OuCell cell;
    OuValue container; /* owned; OU_NOTHING: exhausted */
    OuValue second;    /* owned: sentinel of a callable iterator; else OU_NOTHING */
    int64_t index;     /* next index or table position */
    uint64_t expected; /* dict, set: number of items when it began */
} OuIndexIterator;

typedef struct OuRangeIterator {
    OuCell cell;
    int64_t next, step;
    uint64_t remaining;
} OuRangeIterator;

/* enumerate, zip, map, filter, reversed: sources and a counter. */
typedef struct OuPipe {
    OuCell cell;       /* aux: number of sources */
    OuValue function;  /* owned: map, filter; or a big enumerate counter */
    int64_t count;     /* enumerate: next number; zip: strict */
    OuValue sources[]; /* owned iterators */
} OuPipe;

/* dict_keys, dict_values, dict_items. */
typedef struct OuView {
    OuCell cell;
    OuValue dict; /* owned: the dict, or an instance of a subclass */
} OuView;

OuValue ou_index_iterator_new(OuVM *vm, uint8_t kind, OuValue container); /* borrows */

#endif
