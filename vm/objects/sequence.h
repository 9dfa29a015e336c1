/* What list and tuple share. `sequence` is a plain list or tuple cell, `kind` OU_KIND_LIST or OU_KIND_TUPLE. */
#ifndef OU_VM_OBJECTS_SEQUENCE_H
#define OU_VM_OBJECTS_SEQUENCE_H

#include "vm/objects/containers.h"

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
/* "[a, b]" with the recursion guard; self may be an instance of a subclass. */
OuValue ou_sequence_repr(OuVM *vm, OuValue self, uint8_t kind);
OuValue ou_sequence_compare(OuVM *vm, OuValue a, OuValue b, OuCompare op, uint8_t kind);
int ou_sequence_contains(OuVM *vm, OuValue sequence, OuValue item);
OuValue ou_sequence_add(OuVM *vm, OuValue a, OuValue b, uint8_t kind);
OuValue ou_sequence_repeat(OuVM *vm, OuValue a, OuValue b, uint8_t kind);
OuValue ou_sequence_getitem(OuVM *vm, OuValue self, OuValue key, uint8_t kind);
/* An index into a sequence of that length, negative ones resolved. -1 raised. */
int ou_sequence_index(OuVM *vm, OuValue key, int64_t length, const char *type, const char *range_error, int64_t *index);
/* The number of repetitions: 1, 0 not an integer, -1 raised. Negative becomes 0. */
int ou_sequence_times(OuVM *vm, OuValue times, int64_t *count);
/* The methods index and count. */
OuValue ou_sequence_find(OuVM *vm, OuValue *args, uint32_t nargs, uint8_t kind);
OuValue ou_sequence_count(OuVM *vm, OuValue sequence, OuValue item);
/* Is this container being printed already? Enters it: 1 yes, 0 no, -1 raised. */
int ou_repr_enter(OuVM *vm, OuValue container);
void ou_repr_leave(OuVM *vm, OuValue container);

#endif
