/* Hidden classes: which attributes an instance has, in which order they came, in which slots they lie.
 *
 * A slot's index is fixed per class and name in the order in which the class first saw the names (so
 * attributes die in that order, as in CPython); a shape adds the order of insertion. At most 30 names
 * a class have slots, as in CPython; an instance that needs more turns to a dict. */
#ifndef OU_VM_SHAPE_H
#define OU_VM_SHAPE_H

#include "vm/vm.h"

#define OU_SHAPE_SLOTS 30u
#define OU_SHAPE_MAX 65535u /* ids are 16 bits in the cell header */
#define OU_SHAPES_PER_CLASS 512u

struct OuShape {
    OuType *type;      /* borrowed: the type owns its shapes */
    OuShape *parent;   /* borrowed: one attribute less; NULL for the root */
    OuShape *sibling;  /* borrowed: next child of the parent */
    OuShape *children; /* borrowed: shapes with one attribute more */
    OuShape *next;     /* borrowed: next shape of the class */
    uint32_t present;  /* bit per slot index */
    uint16_t id;
    uint8_t slot;  /* the slot that this shape added to its parent */
    uint8_t count; /* attributes */
};

uint32_t ou_version_next(OuVM *vm);
static inline OuShape *ou_shape_of(OuVM *vm, const OuCell *cell) { return vm->shapes[cell->aux]; }
/* The shape of a fresh instance; made on demand. NULL: raised. */
OuShape *ou_shape_root(OuVM *vm, OuType *type);
/* The shape after adding slot `slot`. NULL without an exception: use a dict. NULL with one: raised. */
OuShape *ou_shape_add(OuVM *vm, OuShape *self, uint32_t slot);
/* The shape after deleting slot `slot`. */
OuShape *ou_shape_remove(OuVM *vm, OuShape *self, uint32_t slot);
/* Index of the name's slot in the class, or -1. */
int ou_shape_slot(const OuType *type, const OuStr *name);
/* The same, giving the name a slot if there is room: -1 no room, -2 raised. */
int ou_shape_slot_ensure(OuVM *vm, OuType *type, OuStr *name);
/* Writes the slot indexes in order of insertion; returns how many. */
uint32_t ou_shape_order(const OuShape *self, uint8_t *slots);
/* New versions for all shapes of the class: no inline cache matches any more. */
void ou_shape_renew(OuVM *vm, OuType *type);
void ou_shape_free_all(OuVM *vm, OuType *type);

#endif
