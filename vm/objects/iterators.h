/* Iterators whose structures the loop knows, and the rest of them. */
#ifndef OU_VM_OBJECTS_ITERATORS_H
#define OU_VM_OBJECTS_ITERATORS_H

#include "vm/objects/containers.h"
#include "vm/objects/str.h"

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
