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

/* What a finaliser's object reaches: nothing; left to the next cycle; to be examined again in the next slice; examined. */
typedef enum OuSuspects { OU_SUSPECTS_NONE, OU_SUSPECTS_KEPT, OU_SUSPECTS_DUE, OU_SUSPECTS_EXAMINED } OuSuspects;

typedef struct OuCollector {
    OuCursor cursor; /* of the running phase */
    /* A container too big for one step: MARK counts the slots of `partial_span` that are left, from the high end down;
     * CLEAR counts the slots done, in order of release. */
    OuCell *partial;
    uint32_t partial_span;
    size_t partial_at;
    OuWeakQueue callbacks;
    OuFinal *finals; /* to finalise next, in order of birth */
    size_t finals_count, finals_room, finals_next, finals_bytes;
    size_t finals_heap, finals_sorted; /* heap sort: not yet heaps, not yet sorted */
    bool finals_ordered;               /* they came so */
    OuFinal batch[OU_FINAL_BATCH];     /* when there are few, or no memory for all */
    size_t pending;                    /* cells with OU_FLAG_PENDING */
    OuCell *finalizing;                /* its finaliser runs; one reference */
    OuSuspects suspects;
    bool waits; /* nothing more to do in this slice: MARK waits for a destroyer, or what comes next takes long */
    /* Sets of young pages to pass over first, and after the next one that has no garbage. Of the last look at one: cells,
     * slots left until a look at the clock (negative: time is over), whether finalisers had run, whether any was still to
     * run. */
    unsigned young_skip, young_interval;
    size_t young_examined;
    int64_t young_budget;
    uint64_t young_until;
    bool young_again, young_final;
    bool young_off;           /* no young cycles: marks are not as they expect them */
    size_t marked, finalized; /* of this cycle */
    size_t garbage;           /* unmarked cells that WEAK met */
    size_t held, freed;       /* of them: to be cleared, gone */
    size_t kept_bytes;        /* of garbage that is left to the next cycle */
    uint64_t user_ns;         /* spent in user code during it */
    /* For the log. */
    const char *cause;
    bool asked; /* the program waits for it */
    size_t slices, charged_before;
    uint64_t pause_max_ns, pause_total_ns;
} OuCollector;

/* All in bytes, but work in budget. */
typedef struct OuPacing {
    int64_t base;  /* live when the last cycle began, without its garbage */
    int64_t limit; /* growth above it at which the next one begins */
    int64_t check; /* estimate at which to look closely */
    size_t base_charged;
    double cost; /* work that the last cycle took for each live byte */
    /* Of the running cycle. */
    int64_t before; /* live when it began */
    int64_t room;   /* that may be allocated meanwhile */
    int64_t used;   /* allocated */
    int64_t credit; /* that may be allocated before the next slice */
    int64_t work;   /* done */
    int64_t slice;  /* of it since the last slice */
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

/* Has it a finaliser that was not called? */
static inline bool ou_cell_to_finalize(const OuCell *cell) {
    return (cell->flags & (OU_FLAG_FINALIZER | OU_FLAG_FINALIZED)) == OU_FLAG_FINALIZER;
}

static inline OuSpace *ou_space(OuHeap *heap) { return &heap->priv->space; }
static inline OuCollector *ou_collector(OuHeap *heap) { return &heap->priv->collector; }

#if OU_MALLOC_CELLS
OuCell *ou_space_next_todo(OuHeap *heap);
OuCell *ou_cursor_next(OuHeap *heap, OuCursor *self, int64_t *budget);
#else
/* The cell that a bitmap index belongs to: it starts at 16 * index or 8 bytes on. */
static inline OuCell *ou_cell_at_bit(OuPage *page, uint32_t index) {
    uint32_t first = ou_page_first(page->space);
    if (page->flags & OU_PAGE_LARGE) { return (OuCell *)(void *)((char *)page + first); }
    uint64_t number = ((uint64_t)index * 16 + 8 - first) * page->reciprocal >> 32;
    return (OuCell *)(void *)((char *)page + first + number * page->cell_size);
}

/* Goes to the next word with todo bits. false: there is none. */
bool ou_space_find_todo(OuHeap *heap);
/* The next cell with a todo bit, or NULL. The bit is cleared, but what the cell lies in stays until the next call. */
static inline OuCell *ou_space_next_todo(OuHeap *heap) {
    OuSpace *space = ou_space(heap);
    OuPage *page = space->queue_first;
    uint64_t *todo = page ? &ou_page_todo(page)[space->queue_word & (OU_BITMAP_WORDS - 1)] : NULL;
    if (page == NULL || *todo == 0) {
        if (!ou_space_find_todo(heap)) { return NULL; }
        page = space->queue_first;
        todo = &ou_page_todo(page)[space->queue_word];
    }
    uint64_t bits = *todo;
    *todo = bits & (bits - 1);
    page->todo_count--;
    return ou_cell_at_bit(page, space->queue_word * 64 + (uint32_t)__builtin_ctzll(bits));
}

/* Goes to the next word with cells. false: there is none, or the budget is used up. */
bool ou_cursor_refill(OuHeap *heap, OuCursor *self, int64_t *budget);
/* The next cell, or NULL: there is none, or (then the cursor is still open) the budget is used up, which pages cost.
 * Without a budget it goes on to the end. */
static inline OuCell *ou_cursor_next(OuHeap *heap, OuCursor *self, int64_t *budget) {
    if (budget && *budget <= 0) { return NULL; }
    do {
        while (self->bits) {
            OuCell *cell = ou_cell_at_bit(self->page, self->word * 64 + (uint32_t)__builtin_ctzll(self->bits));
            self->bits &= self->bits - 1;
            /* Its place may have been taken anew since the word was read. */
            if (cell->kind != OU_KIND_FREE && !(ou_cursor_unmarked(self) && ou_cell_marked(cell))) { return cell; }
        }
    } while (ou_cursor_refill(heap, self, budget));
    return NULL;
}
#endif

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
/* Starts a cycle; one must not be running. `cause` is for the log. */
void ou_collect_start(OuHeap *heap, const char *cause);
/* The same about the young pages, of which there must be some. */
void ou_collect_start_young(OuHeap *heap);
/* Brings the running cycle to its end, outside of the collector. */
void ou_collect_finish(OuHeap *heap);
void ou_collect_log_sums(OuHeap *heap);
/* The cell, waiting for its finaliser, is about to die by its count: the collector forgets it. */
void ou_collect_forget(OuHeap *heap, OuCell *cell);
/* Clears every cell there is. */
void ou_collect_everything(OuHeap *heap);

#define OU_USER_CODE_COST 16 /* budget taken by a finaliser or a callback */
#define OU_AGAIN_COST 8      /* budget taken by a cell beside its slots */

/* Begins a phase. */
static inline void ou_enter(OuHeap *heap, OuPhase phase, OuEach each) {
    OuCursor *cursor = &ou_collector(heap)->cursor;
    heap->phase = phase;
    ou_cursor_close(heap, cursor);
    ou_cursor_open(heap, cursor, OU_SPACE_TRACKED, each);
}

/* Does `visit` to the cells on the way of the phase's cursor. true: to all of them. */
static inline bool ou_sweep(OuHeap *heap, int64_t *budget, void (*visit)(OuHeap *heap, OuCell *cell)) {
    OuCursor *cursor = &ou_collector(heap)->cursor;
    for (OuCell *cell; (cell = ou_cursor_next(heap, cursor, budget)) != NULL; *budget -= OU_AGAIN_COST) {
        visit(heap, cell);
    }
    return !cursor->open;
}

/* finalize.c: phases, as those of collect.c */
bool ou_phase_gather(OuHeap *heap, int64_t *budget);
bool ou_phase_finalize(OuHeap *heap, int64_t *budget);

/* young.c */
/* The young set is complete. */
void ou_young_full(OuHeap *heap);
/* Finds garbage on the pages of the young set, frees or holds it, or makes it PENDING if there are finalisers, but not when
 * looking `again`, after they have run. Runs no user code. */
void ou_young_examine(OuHeap *heap, bool again);
/* Its end. */
void ou_young_finish(OuHeap *heap);

/* pace.c */
void ou_pace_init(OuHeap *heap);
/* Part of a page is used up, or a large cell or buffer made: about so many bytes were allocated. */
void ou_pace_refill(OuHeap *heap, size_t bytes);
/* The same for a cell that is made while a cycle runs. */
static inline void ou_pace_spend(OuHeap *heap, size_t bytes) {
    OuPacing *self = &heap->priv->pacing;
    self->credit -= (int64_t)bytes;
    self->used += (int64_t)bytes;
    if (self->credit <= 0) { ou_heap_request(heap, OU_PENDING_COLLECT); }
}
void ou_pace_cycle_started(OuHeap *heap);
static inline void ou_pace_worked(OuHeap *heap, int64_t work) { heap->priv->pacing.slice += work; }
void ou_pace_slice_ended(OuHeap *heap);
/* `kept` bytes of garbage are left to the next cycle. The estimate of the space is up to date. */
void ou_pace_cycle_ended(OuHeap *heap, size_t kept);

/* audit.c */
/* What is reachable must be marked: returns how many cells are not. */
size_t ou_audit_marks(OuHeap *heap, FILE *report);
/* The count of a held cell must come from held cells, plus one: returns how many differ. */
size_t ou_audit_garbage(OuHeap *heap, FILE *report);

#endif
