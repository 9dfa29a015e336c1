/* What list and tuple share. `sequence` is a plain list or tuple cell. */
#ifndef OU_VM_OBJECTS_SEQUENCE_H
#define OU_VM_OBJECTS_SEQUENCE_H

#include "vm/objects/containers.h"

/* "[a, b]" with the recursion guard; self may be an instance of a subclass. */
OuValue ou_sequence_repr(OuVM *vm, OuValue self, const char *open, const char *close);
OuValue ou_sequence_compare(OuVM *vm, OuValue a, OuValue b, OuCompare op);
/* An index into a sequence of that length, negative ones resolved. -1 raised. */
int ou_sequence_index(OuVM *vm, OuValue key, int64_t length, const char *type, const char *range_error, int64_t *index);
/* The number of repetitions: 1, 0 not an integer, -1 raised. Negative becomes 0. */
int ou_sequence_times(OuVM *vm, OuValue times, int64_t *count);
OuValue ou_sequence_find(OuVM *vm, OuValue sequence, OuValue *args, uint32_t nargs, const char *absent);
OuValue ou_sequence_count(OuVM *vm, OuValue sequence, OuValue item);
/* Is this container being printed already? Enters it: 1 yes, 0 no, -1 raised. */
int ou_repr_enter(OuVM *vm, OuValue container);
void ou_repr_leave(OuVM *vm, OuValue container);

#endif
