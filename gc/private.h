/* What gc/ keeps for a heap and shows to nobody else. Only files of gc/ and their unit tests include this. */
#ifndef OU_GC_PRIVATE_H
#define OU_GC_PRIVATE_H

#include "gc/audit.h"
#include "gc/collect.h"
#include "gc/fast.h"
#include "gc/heap.h"
#include "gc/page.h"
#include "gc/slot.h"
#include "gc/static.h"
#include "gc/weak.h"

#define OU_UNLIMITED INT64_MAX

/* Weak references whose callbacks are to be called: linked by `next`, one reference each. Queues on the C stack are
 * linked so that the marker and the audit see them. */
typedef struct OuWeakQueue {
    struct OuWeakQueue *outer;
    OuWeak *first, *last;
} OuWeakQueue;

typedef struct OuWeakTable {
    struct {
        const OuCell *target;
        OuWeak *first;
    } * entries;     /* open addressing, linear probing; a raw buffer */
    size_t capacity; /* a power of two, or 0 */
    size_t count;
} OuWeakTable;

/* A cell to finalise; one that dies first becomes NULL. */
typedef struct OuFinal {
    uint64_t birth;
    OuCell *cell;
} OuFinal;

#define OU_FINAL_BATCH 64u

typedef struct OuCollector {
    OuCursor cursor; /* of the running phase */
    /* A container too big for one step: MARK counts the slots of `partial_span` that are left, from the high end down;
     * CLEAR counts the slots done, in order of release. */
    OuCell *partial;
    uint32_t partial_span;
    size_t partial_at;
    OuWeakQueue callbacks;
    OuFinal *finals; /* to finalise next, in order of birth */
    size_t finals_count, finals_next, finals_bytes;
    OuFinal batch[OU_FINAL_BATCH]; /* when there is no memory for all */
    size_t pending;                /* cells with OU_FLAG_PENDING */
    OuCell *finalizing;            /* its finaliser runs; one reference */
    size_t finalized;              /* of this cycle */
    size_t garbage;                /* unmarked cells that WEAK met */
    bool suspects;                 /* MARK2 had something to keep */
    size_t held;
    size_t deferred; /* released but not dead at once */
} OuCollector;

typedef struct OuPacing {
    int64_t base_cells; /* live tracked cells when the last cycle ended */
    int64_t next_check; /* estimate at which to look closely */
    size_t base_charged;
    uint32_t backoff; /* 1, 2 or 4 */
} OuPacing;

typedef struct OuHeapPrivate {
    OuSpace space;
    OuWeakTable weak;
    OuWeakQueue *queues;
    OuCollector collector;
    OuPacing pacing;
    uint64_t alloc_count, fail_at;
    bool fail_from;
    uint64_t safepoints;
    size_t big_slots; /* containers with more slots are scanned in parts */
    bool oracles;     /* debug builds: check marks and counts at phase ends */
} OuHeapPrivate;

static inline OuSpace *ou_space(OuHeap *heap) { return &heap->priv->space; }

/* heap.c */
/* Takes bytes into the account; false: that would pass the cap. */
bool ou_heap_charge(OuHeap *heap, size_t bytes);
void ou_heap_uncharge(OuHeap *heap, size_t bytes);
/* Counts an allocation; false: it is to fail. */
bool ou_heap_admit(OuHeap *heap);

/* destroy.c */
/* The slots of a cell that are still owned, in order of release: `index` counts from 0 over all spans. */
typedef struct OuSlots {
    OuSpan spans[OU_MAX_SPANS];
    uint32_t count; /* of spans */
    uint32_t span;
    size_t at;
} OuSlots;
void ou_slots_open(OuHeap *heap, OuCell *cell, OuSlots *self, size_t from);
/* The next slot, or NULL. */
static inline OuValue *ou_slots_next(OuSlots *self) {
    while (self->span < self->count) {
        OuSpan *span = &self->spans[self->span];
        if (self->at < span->count) { return span->first + (ptrdiff_t)self->at++ * span->step; }
        self->span++;
        self->at = 0;
    }
    return NULL;
}
/* What the cell's `owner` edge leads to, or NULL. */
static inline OuCell *ou_owner_of(OuHeap *heap, const OuKindOps *ops, OuCell *cell) {
    return ops->owner ? ops->owner(heap, cell) : NULL;
}
/* Reports the references that destroyer chains, callback queues and the collector itself own. */
void ou_chain_visit(OuHeap *heap, OuVisit visit, void *context);

/* weak.c */
void ou_weak_fini(OuHeap *heap);
/* Clears the weak references of unreachable `target`; those reachable and with a callback go on the queue. */
void ou_weak_condemn(OuHeap *heap, OuCell *target, OuWeakQueue *queue);
/* The reference that the queue had is the caller's now. */
void ou_weak_remove(OuWeakQueue *queue, OuWeak *weak);

/* collect.c */
/* Works on the running cycle until the budget (in slots looked at) is used up; true: no cycle runs any more. Does
 * nothing inside the collector. `force` lets MARK end under a destroyer. */
bool ou_collect_step(OuHeap *heap, int64_t budget, bool force);
/* Starts a cycle; one must not be running. */
void ou_collect_start(OuHeap *heap);
/* The cell, waiting for its finaliser, is about to die by its count: the collector forgets it. */
void ou_collect_forget(OuHeap *heap, OuCell *cell);
/* Clears every cell there is. */
void ou_collect_everything(OuHeap *heap);

/* pace.c */
void ou_pace_init(OuHeap *heap);
void ou_pace_refill(OuHeap *heap);
void ou_pace_cycle_ended(OuHeap *heap, bool found);

/* audit.c */
/* What is reachable must be marked: returns how many cells are not. */
size_t ou_audit_marks(OuHeap *heap, FILE *report);
/* The count of a held cell must come from held cells, plus one: returns how many differ. */
size_t ou_audit_garbage(OuHeap *heap, FILE *report);

#endif
