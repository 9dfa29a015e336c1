/* Young cycles: garbage found by counts alone on the pages that were filled last, however large the heap is.
 *
 * Trial deletion (Christopher 1984; CPython's collector): take the references from young cells to young cells off the
 * counts; what is left with a count is referred to from elsewhere, and lives with all that it reaches among the young. This
 * holds for any set of cells: a reference that is not taken off only keeps more alive. So a page that is mostly old is
 * left out, and so are owner edges, and the references of a container that has too many slots.
 *
 * Here, unlike in a whole cycle, no reference that somebody forgot to show can be missed, since it is counted. So garbage
 * is freed at once, one cell after another, unless that would end the life of something outside, which may run user code:
 * then the cell is held and left to OU_CLEAR. When there are finalisers the counts are put back and everything is taken
 * for marked until they have run; then the pages are looked through again.
 *
 * Most cyclic garbage dies young, and pages full of it become empty while they are hot. Where there is none, ever more sets
 * are passed over. The other phases of the cycle are in collect.c. */
#include "gc/private.h"

#if !OU_MALLOC_CELLS

#define QUANTUM 4000     /* slots between two looks at the clock */
#define TAKE_NS 220000   /* for the first of two walks over the slots */
#define FEW 8            /* less than one in so many cells was garbage: not worth it */
#define FIRST_SKIPPED 3u /* sets */
#define MOST_SKIPPED 7u  /* later */

void ou_young_full(OuHeap *heap) {
    OuCollector *self = ou_collector(heap);
    if (self->young_off || !heap->enabled || heap->phase != OU_IDLE || heap->hooks.garbage) { return; }
    if (self->young_skip > 0) {
        self->young_skip--;
        ou_space_young_forget(heap);
        ou_space_young_begin(heap);
    } else {
        ou_heap_request(heap, OU_PENDING_YOUNG);
    }
}

static inline bool is_young(const OuCell *cell) { return (ou_page_of(cell)->flags & OU_PAGE_SUSPECT) != 0; }

static inline uint32_t spans_of(OuHeap *heap, OuCell *cell, OuSpan *spans) {
    const OuKindOps *ops = heap->kinds[cell->kind];
    return ops->spans ? ops->spans(heap, cell, spans) : 0;
}

/* Adds to the counts of the young cells in these slots; with `mark` they become marked. */
static inline void add_to_young(OuHeap *heap, const OuSpan *spans, uint32_t count, uint32_t by, bool mark) {
    for (uint32_t i = 0; i < count; i++) {
        const OuValue *slot = spans[i].first;
        for (size_t left = spans[i].count; left > 0; left--, slot += spans[i].step) {
            if (!ou_is_cell(*slot) || !is_young(ou_cell(*slot))) { continue; }
            ou_cell(*slot)->count += by;
            if (mark && !ou_cell_marked(ou_cell(*slot))) { ou_cell_gray(heap, ou_cell(*slot)); }
        }
    }
}

static bool is_time_over(OuCollector *self) {
    bool over = self->young_budget < 0 || ou_clock_ns(CLOCK_MONOTONIC) > self->young_until;
    self->young_budget = over ? -1 : QUANTUM;
    return over;
}

/* Takes the references of a cell to young ones off, unless it has too many or time is over; HELD says that it was done. */
static inline void take(OuHeap *heap, OuCell *cell) {
    OuCollector *self = ou_collector(heap);
    OuSpan spans[OU_MAX_SPANS];
    uint32_t count = spans_of(heap, cell, spans);
    size_t slots = 4;
    for (uint32_t i = 0; i < count; i++) { slots += spans[i].count; }
    if (slots > heap->priv->big_slots || (self->young_budget < (int64_t)slots && is_time_over(self))) { return; }
    self->young_budget -= (int64_t)slots;
    cell->flags |= OU_FLAG_HELD;
    add_to_young(heap, spans, count, (uint32_t)-1, false);
}

/* Puts them back; what they lead to becomes marked with `mark`. */
static void give(OuHeap *heap, OuCell *cell, bool mark) {
    OuSpan spans[OU_MAX_SPANS];
    if ((cell->flags & OU_FLAG_HELD) == 0) { return; }
    cell->flags &= (uint8_t)~OU_FLAG_HELD;
    add_to_young(heap, spans, spans_of(heap, cell, spans), 1, mark);
}

/* Gives up a reference of garbage to something else. false: that would be its death. */
static inline bool give_up(OuHeap *heap, OuCell *cell) {
    if (cell->count > 1) {
        cell->count--;
        return true;
    }
    if (!ou_cell_leaf(cell)) { return false; }
    ou_destroy(heap, cell);
    return true;
}

/* Frees an unmarked cell. Its references to young cells are off their counts, who may be gone already. */
static inline void free_young(OuHeap *heap, OuCell *cell, bool again) {
    OuCollector *self = ou_collector(heap);
    const OuKindOps *ops = heap->kinds[cell->kind];
    OuSpan spans[OU_MAX_SPANS];
    bool whole = (cell->flags & OU_FLAG_HELD) != 0;
    for (uint32_t i = 0, count = whole ? spans_of(heap, cell, spans) : 0; i < count; i++) {
        OuValue *slot = spans[i].first;
        for (size_t left = spans[i].count; left > 0; left--, slot += spans[i].step) {
            if (!ou_is_cell(*slot)) { continue; }
            OuCell *child = ou_cell(*slot);
            bool young = is_young(child);
            if (again && young && ou_cell_marked(child)) { /* it may live by references of garbage alone */
                child->count++;
                young = false;
            }
            if (young || give_up(heap, child)) {
                *slot = OU_NOTHING;
            } else {
                whole = false;
            }
        }
    }
    OuCell *owner = whole ? ou_owner_of(heap, ops, cell) : NULL;
    if (!whole || (owner && owner->count == 1)) {
        cell->flags |= OU_FLAG_HELD;
        cell->count = 1;
        self->held++;
        return;
    }
    if (ops->drop) { ops->drop(heap, cell); }
    ou_cell_free_fast(heap, cell);
    if (owner) { owner->count--; }
}

/* Does `visit` to the cells on the young pages, from the high end of each down: freed so, cells are taken again in order of
 * address, and births stay in that order. */
static inline void each_young(OuHeap *heap, void (*visit)(OuHeap *heap, OuCell *cell)) {
    OuSpace *space = ou_space(heap);
    for (unsigned i = 0; i < space->young_suspects; i++) {
        OuPage *page = space->young[i];
        size_t first = ou_page_first(OU_SPACE_TRACKED), size = page->cell_size;
        if ((page->flags & OU_PAGE_SUSPECT) == 0) { continue; }
        for (size_t at = first + (page->bump - first) / size * size; at > first; at -= size) {
            OuCell *cell = (OuCell *)(void *)((char *)page + at - size);
            if (cell->kind != OU_KIND_FREE) { visit(heap, cell); }
        }
    }
}

static inline void take_living(OuHeap *heap, OuCell *cell) {
    OuCollector *self = ou_collector(heap);
    self->young_examined++;
    if ((cell->flags & OU_FLAG_DEAD) == 0) { take(heap, cell); }
}

/* What is still to be finalised after that has been done once lives, too. */
static inline void gray_referred(OuHeap *heap, OuCell *cell) {
    OuCollector *self = ou_collector(heap);
    if (cell->count > 0 || (cell->flags & OU_FLAG_DEAD) != 0 || (self->young_again && ou_cell_to_finalize(cell))) {
        ou_cell_gray(heap, cell);
    } else if (ou_cell_to_finalize(cell)) {
        self->young_final = true;
    }
}

static inline void find_final(OuHeap *heap, OuCell *cell) {
    if (!ou_cell_marked(cell) && ou_cell_to_finalize(cell)) { ou_collector(heap)->young_final = true; }
}

static inline void free_unmarked(OuHeap *heap, OuCell *cell) {
    OuCollector *self = ou_collector(heap);
    if (ou_cell_marked(cell)) { return; }
    self->garbage++;
    if (heap->kinds[cell->kind]->weakref) { ou_weak_detach(heap, (OuWeak *)(void *)cell); }
    if (cell->flags & OU_FLAG_WEAKREFS) { ou_weak_condemn(heap, cell, &self->callbacks); }
    if (self->young_again) {
        free_young(heap, cell, true);
    } else {
        free_young(heap, cell, false);
    }
}

static void condemn_unmarked(OuHeap *heap, OuCell *cell) {
    OuCollector *self = ou_collector(heap);
    if (ou_cell_marked(cell)) { return; }
    give(heap, cell, false);
    if (cell->flags & OU_FLAG_WEAKREFS) { ou_weak_condemn(heap, cell, &self->callbacks); }
    if (ou_cell_to_finalize(cell)) {
        cell->flags |= OU_FLAG_PENDING;
        self->pending++;
        self->suspects = OU_SUSPECTS_KEPT;
    }
}

void ou_young_examine(OuHeap *heap, bool again) {
    OuCollector *self = ou_collector(heap);
    self->young_again = again;
    self->young_final = false;
    self->young_budget = 0;
    self->young_until = ou_clock_ns(CLOCK_MONOTONIC) + TAKE_NS;
    self->young_examined = 0;
    ou_space_young_suspect(heap, false);
    each_young(heap, take_living);
    each_young(heap, gray_referred);
    for (OuCell *cell; (cell = ou_space_next_todo(heap)) != NULL;) { give(heap, cell, true); }
    if (self->young_final) { /* unless it has been reached since */
        self->young_final = false;
        each_young(heap, find_final);
    }
    if (self->young_final) {
        each_young(heap, condemn_unmarked);
        ou_space_young_suspect(heap, true);
    } else {
        size_t before = self->garbage;
        each_young(heap, free_unmarked);
        self->freed += self->garbage - before - self->held;
        self->held += self->freed;
    }
}

void ou_young_finish(OuHeap *heap) {
    OuCollector *self = ou_collector(heap);
    ou_space_young_forget(heap);
    bool worth = self->garbage * FEW >= self->young_examined;
    self->young_interval = worth ? 0 : self->young_interval == 0 ? FIRST_SKIPPED : MOST_SKIPPED;
    self->young_skip = self->young_interval;
}

#endif
