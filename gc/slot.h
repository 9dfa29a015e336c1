/* The only ways to change a reference inside a heap cell. Registers of the VM are not slots.
 *
 * They exist so that the collector's barrier lives here alone: an overwritten reference is shaded by its decrement, one
 * that leaves without a decrement (ou_slot_take) is shaded here. */
#ifndef OU_GC_SLOT_H
#define OU_GC_SLOT_H

#include "gc/heap.h"

/* First store into an empty slot of a fresh or empty place. Takes over the reference `value`. */
static inline void ou_slot_init(OuValue *slot, OuValue value) { *slot = value; }

/* Stores `value` (taken over), then releases what was there: that may run user code, last. */
static inline void ou_slot_set(OuHeap *heap, OuValue *slot, OuValue value) {
    OuValue old = *slot;
    *slot = value;
    ou_decref(heap, old);
}

/* Moves the reference out and leaves the slot empty. The caller owns the result. */
static inline OuValue ou_slot_take(OuHeap *heap, OuValue *slot) {
    OuValue value = *slot;
    *slot = OU_NOTHING;
    if (__builtin_expect(heap->marking, 0) && ou_is_cell(value)) { ou_shade(heap, ou_cell(value)); }
    return value;
}

/* Empties the slot, then releases what was there. */
static inline void ou_slot_clear(OuHeap *heap, OuValue *slot) { ou_slot_set(heap, slot, OU_NOTHING); }

/* The references of `cell` at index `at` and above moved by `by` places (negative: down). */
void ou_slots_moved(OuHeap *heap, OuCell *cell, size_t at, ptrdiff_t by);
/* The references of `cell` changed places among themselves (sort, reverse, rehash). */
void ou_slots_permuted(OuHeap *heap, OuCell *cell);

#endif
