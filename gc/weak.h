/* Weak references: a table from a cell to the list of its weak references, newest first.
 *
 * A weak reference is a cell whose layout starts with OuWeak; its kind is given by the layer above. The target pointer
 * is not counted. */
#ifndef OU_GC_WEAK_H
#define OU_GC_WEAK_H

#include "gc/heap.h"

typedef struct OuWeak {
    OuCell cell;
    OuCell *target;      /* weak: NULL once dead */
    struct OuWeak *next; /* weak: next older reference to the same target, or callback queue link */
    struct OuWeak *prev; /* weak: next newer one; NULL for the newest */
    OuCell *outer;       /* borrowed: the cell whose hidden part this is and that goes for it, or NULL */
    OuValue callback;    /* owned: called with the weak reference when the target dies; or OU_NOTHING */
} OuWeak;

/* The cell that stands for the reference. */
static inline OuCell *ou_weak_holder(const OuWeak *weak) {
    return weak->outer != NULL ? weak->outer : (OuCell *)(uintptr_t)&weak->cell;
}

/* Registers `weak` as the newest reference to `target`. false: no memory. */
bool ou_weak_attach(OuHeap *heap, OuWeak *weak, OuCell *target);
/* Removes it from its target's list (no callback). Safe when it is already dead. */
void ou_weak_detach(OuHeap *heap, OuWeak *weak);
/* The newest weak reference to `target`, or NULL; follow `next` for older ones. */
OuWeak *ou_weak_first(OuHeap *heap, const OuCell *target);
/* The target, alive (borrowed), or NULL. During a collection a target that the tracer found unreachable is logically
 * dead. */
OuCell *ou_weak_get(OuHeap *heap, const OuWeak *weak);
/* Clears every weak reference to `target`, then calls the callbacks, newest first. The destroyer calls it. */
void ou_weak_clear_all(OuHeap *heap, OuCell *target);

#endif
