/* What list and tuple share: slots and methods. */
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

#endif
