/* The heap of one VM: pages of cells and raw buffers, byte accounts, the cap, failure injection, the collector's state.
 * An OuVM begins with its OuHeap. No global state: heaps live side by side.
 *
 * No function here ever starts a collection: allocation may only request one (heap->pending). */
#ifndef OU_GC_HEAP_H
#define OU_GC_HEAP_H

#include <stdio.h>
#include <time.h>

#include "gc/object.h"
#include "gc/page.h"

/* Bits of heap->pending, tested at safepoints. */
#define OU_PENDING_COLLECT 0x1u /* the collector wants a slice */
#define OU_PENDING_SIGNAL 0x2u  /* a signal arrived (set by an async-signal-safe store) */
#define OU_PENDING_HURRY 0x4u   /* the collector wants to finish its cycle now */
#define OU_PENDING_YOUNG 0x20u  /* the collector wants a young cycle */
#define OU_PENDING_STEPS 0x10u  /* the layer above counts steps: always set then */
#define OU_PENDING_STRESS 0x8u  /* debug: collect and/or audit at each safepoint */

/* Nanoseconds of a clock of the system. */
static inline uint64_t ou_clock_ns(clockid_t clock) {
    struct timespec now;
    clock_gettime(clock, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

/* Visitor over owning references held outside the heap. `name` may be NULL. */
typedef void (*OuVisit)(void *context, OuValue value, const char *name);

/* What the layer above supplies. */
typedef struct OuHeapHooks {
    /* Reports every owning reference held outside cells: registers, VM fields, pending exceptions. */
    void (*roots)(OuHeap *heap, OuVisit visit, void *context);
    /* Calls the callback of a dead weak reference (a cell of the weak kind). Swallows errors. */
    void (*weak_callback)(OuHeap *heap, OuCell *weakref);
    /* Events around one full collection; any may be NULL. `phase` 0 = start, 1 = stop. */
    void (*collection)(OuHeap *heap, int phase, size_t collected, size_t uncollectable);
    /* While debugging: offered each cell about to be cleared; true: it is kept, with what it reaches. */
    bool (*garbage)(OuHeap *heap, OuCell *cell);
} OuHeapHooks;

typedef struct OuHeapOptions {
    size_t cap;             /* bytes; 0 = none */
    uint64_t fail_at;       /* fail the Nth allocation from the start (1-based); 0 = none */
    bool fail_from;         /* and every later one */
    uint32_t audit_every;   /* debug: audit at every Nth safepoint; 0 = never */
    uint32_t collect_every; /* debug: collect at every Nth safepoint; 0 = never */
    uint32_t step_units;    /* debug: collect in steps of so many slots, one at each safepoint; 0 = by need */
    FILE *log;              /* a line for each collection; NULL: none */
    bool boxed;             /* no immediates: see design, -X boxed */
} OuHeapOptions;

#define OU_CYCLES_KEPT 5u

typedef struct OuHeapStats {
    size_t live_cells;   /* cells handed out and not freed; filled by ou_heap_stats */
    size_t live_tracked; /* of them on tracked pages; filled by ou_heap_stats */
    size_t live_bytes;   /* of live cells and raw buffers, rounded to their class; by ou_heap_stats */
    size_t charged;      /* bytes taken from the system for the heap, as the cap counts them */
    size_t peak_charged;
    uint64_t allocations; /* on the slow path; all of them while failures are injected */
    uint64_t made;        /* cells, counted as the allocations are */
    uint64_t collections, collected, finalized, survivors;
    uint64_t pause_total_ns, asked_ns; /* CPU time of the collector without user code; of it in ou_heap_collect */
    uint64_t pauses, pause_max_ns;     /* slices outside ou_heap_collect */
    char last[OU_CYCLES_KEPT][200];    /* the last collections, as in the log; number n at n modulo OU_CYCLES_KEPT */
} OuHeapStats;

/* In this order, with OU_GATHER and OU_FINALIZE left out or repeated; see collect.c. A young cycle begins with OU_CALLBACKS. From
 * OU_MARK on new tracked cells are born marked. */
typedef enum OuPhase {
    OU_IDLE,
    OU_PREPARE,
    OU_MARK,
    OU_WEAK,
    OU_MARK2,
    OU_CALLBACKS,
    OU_GATHER,
    OU_FINALIZE,
    OU_EXAMINE,
    OU_CLEAR,
    OU_ACCOUNT
} OuPhase;

/* A chain of cells being destroyed; nested destroyers link their chains so that the audit sees the slots that are not
 * yet released. */
typedef struct OuChain {
    struct OuChain *outer;
    OuCell *cell;    /* innermost dying cell */
    OuCell *parent;  /* the dying cell around it, or NULL; further ones hang in the slots being released */
    bool finalizing; /* its finaliser runs: it is alive and the chain holds one reference */
} OuChain;

struct OuHeap {
    OuPage *current[2][OU_CLASS_COUNT]; /* [leaf][class]: page of the next cell, or an empty page; never NULL */
    volatile uint32_t pending;          /* OU_PENDING_* */
    bool marking;                       /* decrements to a count above zero must shade */
    bool collecting;                    /* inside the collector: no second one starts */
    bool enabled;                       /* automatic collection */
    bool no_user_code;                  /* tear-down: finalisers and callbacks are no longer called */
    bool young;                         /* the running cycle is about the young pages only */
    OuPhase phase;
    const OuKindOps *const *kinds; /* indexed by kind */
    OuHeapHooks hooks;
    OuHeapOptions options;
    OuHeapStats stats;
    OuChain *chain;             /* innermost destroyer */
    uint64_t next_birth;        /* serial numbers for cells with finalisers */
    struct OuHeapPrivate *priv; /* page lists, weak table, collector cursors: gc/ only */
};

/* Prepares an empty heap. false: no memory. `kinds` and `hooks` must outlive it. */
bool ou_heap_init(OuHeap *heap, const OuKindOps *const *kinds, const OuHeapHooks *hooks, const OuHeapOptions *options);
/* Clears all that is left (no user code runs), returns how many cells were still live before that and gives every page
 * back. */
size_t ou_heap_fini(OuHeap *heap);
/* Brings heap->stats up to date and returns it. */
const OuHeapStats *ou_heap_stats(OuHeap *heap);
/* Fails the nth allocation from now on (1 = the next one), and all later ones with `from`; 0 turns it off. A huge n
 * only counts: see stats.allocations. */
void ou_heap_fail_at(OuHeap *heap, uint64_t nth, bool from);
/* Sets and clears bits of heap->pending, safe against a signal handler doing the same. */
static inline void ou_heap_request(OuHeap *heap, uint32_t bits) {
    __atomic_fetch_or(&heap->pending, bits, __ATOMIC_RELAXED);
}

static inline void ou_heap_unrequest(OuHeap *heap, uint32_t bits) {
    __atomic_fetch_and(&heap->pending, ~bits, __ATOMIC_RELAXED);
}

/* A zero-filled cell of at least `bytes` (header included), count 1. NULL when there is no memory. */
OuCell *ou_cell_new(OuHeap *heap, uint8_t kind, size_t bytes);
/* Grows an unshared leaf cell to at least `bytes`, contents kept; it may move. NULL: no memory, and the old cell is
 * untouched. */
OuCell *ou_cell_grow(OuHeap *heap, OuCell *cell, size_t bytes);
/* Gives back a cell that was never published and owns nothing. */
void ou_cell_discard(OuHeap *heap, OuCell *cell);
/* The size that a request for `bytes` is rounded up to. */
size_t ou_size_round(size_t bytes);

/* Calls `visit` for each live tracked cell, with `leaves` for the others too, dying and held ones among them. It may look
 * and set flags of the kind, but neither allocate nor free. */
void ou_heap_each(OuHeap *heap, bool leaves, void (*visit)(OuHeap *heap, OuCell *cell, void *context), void *context);

/* Bytes of the cell and of what it keeps outside of it: its spans, tables and the like. */
size_t ou_cell_bytes(OuHeap *heap, const OuCell *cell);

/* Raw buffers: charged like cells; the owner remembers the size. */
void *ou_buffer_new(OuHeap *heap, size_t bytes); /* not cleared; NULL: no memory */
/* Contents kept; `old` may be NULL with old_bytes 0. NULL: no memory, the old one is untouched. */
void *ou_buffer_resize(OuHeap *heap, void *old, size_t old_bytes, size_t bytes);
void ou_buffer_free(OuHeap *heap, void *buffer, size_t bytes);
/* Charges memory that a library will take for us (GMP scratch) against cap and injection. */
bool ou_heap_reserve(OuHeap *heap, size_t bytes);
void ou_heap_unreserve(OuHeap *heap, size_t bytes);

static inline void ou_decref_cell(OuHeap *heap, void *cell) {
    OuCell *self = (OuCell *)cell;
    if (--self->count == 0) {
        ou_destroy(heap, self);
    } else if (__builtin_expect(heap->marking, 0)) {
        ou_shade(heap, self);
    }
}

/* Gives up one reference; may run user code. Does nothing for immediates and OU_NOTHING. */
static inline void ou_decref(OuHeap *heap, OuValue value) {
    if (ou_is_cell(value)) { ou_decref_cell(heap, ou_cell(value)); }
}

/* The same out of line, for places where code size matters. */
void ou_release(OuHeap *heap, OuValue value);

#endif
