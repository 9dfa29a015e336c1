/* The cell header, the operations a kind of cell offers to the memory layer, and counting.
 *
 * gc/ knows a kind only through its OuKindOps. Every reference that a cell owns lies in a slot that
 * its `spans` operation reports, or is its `owner` edge. */
#ifndef OU_GC_OBJECT_H
#define OU_GC_OBJECT_H

#include <stddef.h>

#include "gc/value.h"

typedef struct OuHeap OuHeap;

/* 8 bytes in front of every cell. `count` is exact: it equals the number of owning references. While
 * the destroyer is inside a dying cell (DEAD) `count` is the number of slots it has consumed. */
typedef struct OuCell {
    uint32_t count;
    uint8_t kind;
    uint8_t flags;
    uint16_t aux; /* the kind's own: shape id of an instance, length of a short tuple */
} OuCell;

/* Cell flags. Only gc/ writes the first four. */
#define OU_FLAG_DEAD 0x01      /* on a destroyer chain */
#define OU_FLAG_HELD 0x02      /* garbage: held by one reference while unmarked, to be examined again while marked */
#define OU_FLAG_PENDING 0x04   /* found by the collector, its finaliser is still to run */
#define OU_FLAG_FINALIZED 0x08 /* its finaliser has been called: never again */
#define OU_FLAG_FINALIZER 0x10 /* ops->finalize is to be called when it dies; it has a birth serial */
#define OU_FLAG_WEAKREFS 0x20  /* the weak table has an entry for it */
#define OU_FLAG_KIND_A 0x40    /* the kind's own */
#define OU_FLAG_KIND_B 0x80    /* the kind's own */

#define OU_KIND_FREE 0              /* a free cell; never a live one */
#define OU_STATIC_COUNT 0x40000000u /* where the count of a static cell starts */

/* `count` slots, the first to die at `first`, each next one `step` words on (negative: downward). */
typedef struct OuSpan {
    OuValue *first;
    size_t count;
    ptrdiff_t step;
} OuSpan;

#define OU_MAX_SPANS 4

typedef struct OuKindOps {
    const char *name;
    bool leaf;    /* owns no references: lives on leaf pages, never scanned */
    bool hidden;  /* a private part of another cell: no enumeration may hand it out */
    bool weakref; /* its layout starts with OuWeak: it leaves its target's list before its slots are released */
    /* Reports the slots in the order in which they are released (CPython's order); returns how many
     * spans were written. Must stay stable while the cell dies: it may not read a slot's content.
     * NULL for a leaf. */
    uint32_t (*spans)(OuHeap *heap, OuCell *cell, OuSpan *out);
    /* One more owned reference that is not stored in a slot (an instance's class, through its shape).
     * NULL when there is none. Released last, after the cell itself is gone. The collector never cuts it: in
     * each cycle there must be a slot. */
    OuCell *(*owner)(OuHeap *heap, OuCell *cell);
    /* Called once, when the cell has OU_FLAG_FINALIZER and dies or is found to be garbage. May run any
     * code and may resurrect. gc/ has set FINALIZED and holds one reference meanwhile. Must leave no
     * exception pending. */
    void (*finalize)(OuHeap *heap, OuCell *cell);
    /* Serial number of birth of a cell with OU_FLAG_FINALIZER. */
    uint64_t (*birth)(OuHeap *heap, const OuCell *cell);
    /* Releases raw buffers and outside resources. All slots are already released. Runs no user code. */
    void (*drop)(OuHeap *heap, OuCell *cell);
    /* Brings the cell to an empty but valid state after the collector zeroed all its slots. May be NULL. */
    void (*emptied)(OuHeap *heap, OuCell *cell);
    /* Raw bytes owned outside the cell. NULL: none. */
    size_t (*extra_bytes)(OuHeap *heap, const OuCell *cell);
    /* The names of the edges of a kind with one span, by slot; or a function that writes the name of the edge in slot
     * `index` of span `span` ("attribute 'next'", "item 3"). */
    const char *const *edges;
    void (*edge_name)(OuHeap *heap, OuCell *cell, uint32_t span, size_t index, char *buffer, size_t size);
} OuKindOps;

/* Destroys a cell whose count just became zero: finaliser, weak references, slots, cell; iterative,
 * depth first, no allocation. May run user code. */
void ou_destroy(OuHeap *heap, OuCell *cell);

/* Called by a decrement that left a count above zero while the collector marks. */
void ou_shade(OuHeap *heap, OuCell *cell);

static inline void ou_incref_cell(void *cell) { ((OuCell *)cell)->count++; }

static inline OuValue ou_incref(OuValue value) {
    if (ou_is_cell(value)) { ou_cell(value)->count++; }
    return value;
}

#endif
