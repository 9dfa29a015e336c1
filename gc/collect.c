/* The cycle collector: a backup tracer over the counted heap.
 *
 *   IDLE       nothing to do; new cells are born white
 *   PREPARE    all marks are cleared, then the roots are marked
 *   MARK       trace. Snapshot at the beginning: whatever was reachable at the roots scan gets marked, because every
 *              reference that leaves a slot is shaded (heap->marking). New cells are born marked from here on. May not
 *              end while a destroyer waits: the slots that dying cells still own are edges nobody sees.
 *   WEAK       over all unmarked cells: weak references to them are cleared, callbacks of reachable ones queued, cells
 *              with a finaliser found; these are marked, but traced only when every page has been seen
 *   MARK2      trace from the cells with a finaliser: they and what they reach (the suspects) stay whole
 *   CALLBACKS  of weak references
 *   FINALIZE   in order of birth; then all that was unreachable is examined again, by counts as CPython does it:
 *              what nothing outside refers to becomes unmarked, the rest is let go
 *   HOLD       +1 on each unmarked cell, so that none can die while edges are cut
 *   CLEAR      their slots are emptied
 *   RELEASE    -1: each dies alone and empty; the counts free, the tracer never does
 *
 * A cell on the way is found by page bitmaps and page cursors, never by a stored pointer, so cells may be freed between
 * any two steps. Only the list of finalisers has pointers; the destroyer tells when one of them dies. Nothing here
 * needs memory to go on. User code runs in CALLBACKS and FINALIZE, and in CLEAR when garbage held the last reference to
 * something that is none; it cannot reach the unmarked cells. */
#include <assert.h>
#include <stdlib.h>
#include <time.h>

#include "gc/private.h"

#define USER_CODE_COST 1024 /* budget taken by a finaliser or a callback */
#define AGAIN_COST 8        /* budget taken by a cell beside its slots */

static OuCollector *collector_of(OuHeap *heap) { return &heap->priv->collector; }

/* --- marking ------------------------------------------------------------------------------------------------ */

static inline void shade(OuHeap *heap, OuCell *cell) {
    if (ou_cell_leaf(cell) || ou_cell_marked(cell)) { return; }
    ou_cell_gray(heap, cell);
    if (heap->phase == OU_MARK2) {
        cell->flags |= OU_FLAG_HELD;
        ou_cell_suspect(cell);
    }
}

void ou_shade(OuHeap *heap, OuCell *cell) { shade(heap, cell); }

static void shade_value(void *context, OuValue value, const char *name) {
    if (ou_is_cell(value)) { shade((OuHeap *)context, ou_cell(value)); }
}

/* Slots of a span counted from the low end: containers shift and compact downward, so scanning from the high end down
 * never loses one that moved. */
static OuValue *slot_from_low(const OuSpan *span, size_t index) {
    size_t at = span->step < 0 ? span->count - 1 - index : index;
    return span->first + (ptrdiff_t)at * span->step;
}

/* Goes on with the partly scanned container. true: done with it. */
static bool scan_partial(OuHeap *heap, int64_t *budget) {
    OuCollector *self = collector_of(heap);
    OuCell *cell = self->partial;
    OuSpan spans[OU_MAX_SPANS];
    /* Its place may have been freed, even taken by another cell: that one is marked and may be scanned in part. */
    if (cell->kind == OU_KIND_FREE || (cell->flags & OU_FLAG_DEAD) || !heap->kinds[cell->kind]->spans) {
        self->partial = NULL;
        return true;
    }
    uint32_t count = heap->kinds[cell->kind]->spans(heap, cell, spans);
    for (; self->partial_span < count; self->partial_span++, self->partial_at = SIZE_MAX) {
        OuSpan *span = &spans[self->partial_span];
        size_t left = self->partial_at < span->count ? self->partial_at : span->count;
        for (; left > 0 && *budget > 0; --*budget) {
            OuValue value = *slot_from_low(span, --left);
            if (ou_is_cell(value)) { shade(heap, ou_cell(value)); }
        }
        self->partial_at = left;
        if (left > 0) { return false; }
    }
    self->partial = NULL;
    return true;
}

static void scan(OuHeap *heap, OuCell *cell, int64_t *budget) {
    const OuKindOps *ops = heap->kinds[cell->kind];
    OuSpan spans[OU_MAX_SPANS];
    uint32_t count = ops->spans ? ops->spans(heap, cell, spans) : 0;
    size_t total = AGAIN_COST;
    for (uint32_t i = 0; i < count; i++) { total += spans[i].count; }
    OuCell *owner = ou_owner_of(heap, ops, cell);
    if (owner) { shade(heap, owner); }
    if (total > heap->priv->big_slots) {
        OuCollector *self = collector_of(heap);
        self->partial = cell;
        self->partial_span = 0;
        self->partial_at = SIZE_MAX;
        return;
    }
    *budget -= (int64_t)total;
    for (uint32_t i = 0; i < count; i++) {
        OuValue *slot = spans[i].first;
        for (size_t left = spans[i].count; left > 0; left--, slot += spans[i].step) {
            if (ou_is_cell(*slot)) { shade(heap, ou_cell(*slot)); }
        }
    }
}

/* Scans until nothing is left (true) or the budget is used up. */
static bool drain(OuHeap *heap, int64_t *budget) {
    OuCollector *self = collector_of(heap);
    for (;;) {
        if (self->partial && !scan_partial(heap, budget)) { return false; }
        if (*budget <= 0) { return false; }
        OuCell *cell = ou_space_next_todo(heap);
        if (cell == NULL) { return true; }
        if (cell->kind != OU_KIND_FREE && (cell->flags & OU_FLAG_DEAD) == 0) { scan(heap, cell, budget); }
    }
}

static void drain_all(OuHeap *heap) {
    int64_t budget = OU_UNLIMITED;
    while (!drain(heap, &budget)) { budget = OU_UNLIMITED; }
}

void ou_slots_moved(OuHeap *heap, OuCell *cell, size_t at, ptrdiff_t by) {
    OuCollector *self = collector_of(heap);
    if (heap->marking && self->partial == cell && self->partial_span == 0 && by > 0 && at < self->partial_at &&
        self->partial_at != SIZE_MAX) {
        self->partial_at += (size_t)by;
    }
}

void ou_slots_permuted(OuHeap *heap, OuCell *cell) {
    OuCollector *self = collector_of(heap);
    if (heap->marking && self->partial == cell) {
        self->partial_span = 0;
        self->partial_at = SIZE_MAX;
    }
}

/* From now on the cell's references move without decrements: they must all be marked first. */
void ou_heap_resuming(OuHeap *heap, OuCell *cell) {
    OuCollector *self = collector_of(heap);
    if (!heap->marking || ou_cell_leaf(cell)) { return; }
    if (ou_cell_marked(cell) && !ou_cell_todo(cell) && self->partial != cell) { return; }
    ou_cell_mark(cell);
    ou_cell_walk(heap, cell, shade_value, heap, false);
}

/* --- phases: each does what the budget allows and says whether it has ended ------------------------------------- */

static void enter(OuHeap *heap, OuPhase phase, OuEach each) {
    heap->phase = phase;
    ou_cursor_open(heap, &collector_of(heap)->cursor, OU_SPACE_TRACKED, each);
}

/* Does `visit` to the cells on the way of the phase's cursor. true: to all of them. */
static inline bool sweep(OuHeap *heap, int64_t *budget, void (*visit)(OuHeap *heap, OuCell *cell)) {
    for (; *budget > 0; *budget -= AGAIN_COST) {
        OuCell *cell = ou_cursor_next(heap, &collector_of(heap)->cursor);
        if (cell == NULL) { return true; }
        visit(heap, cell);
    }
    return false;
}

static void park(OuHeap *heap, bool parked) {
    ou_space_park(heap, OU_SPACE_TRACKED, parked || heap->priv->fail_at != 0);
}

static void finish(OuHeap *heap) {
    OuCollector *self = collector_of(heap);
    heap->phase = OU_IDLE;
    park(heap, false);
    heap->stats.collections++;
    heap->stats.collected += self->held;
    ou_pace_cycle_ended(heap, self->held + self->finalized > 0);
}

static bool phase_prepare(OuHeap *heap) {
    ou_space_clear_marks(heap);
    heap->phase = OU_MARK;
    heap->marking = true;
    park(heap, true);
    if (heap->hooks.roots) { heap->hooks.roots(heap, shade_value, heap); }
    ou_chain_visit(heap, shade_value, heap);
    return true;
}

static bool phase_mark(OuHeap *heap, int64_t *budget, bool force) {
    if (!drain(heap, budget)) { return false; }
    if (heap->chain) {
        if (!force) {
            *budget = 0;
            return false;
        }
        ou_chain_visit(heap, shade_value, heap);
        drain_all(heap);
    }
    heap->marking = false;
#ifndef NDEBUG
    if (heap->priv->oracles) { assert(ou_audit_marks(heap, stderr) == 0); }
#endif
    enter(heap, OU_WEAK, OU_EACH_UNMARKED);
    return true;
}

static void condemn(OuHeap *heap, OuCell *cell) {
    OuCollector *self = collector_of(heap);
    if (cell->flags & OU_FLAG_DEAD) { return; }
    self->garbage++;
    if (heap->kinds[cell->kind]->weakref) { ou_weak_detach(heap, (OuWeak *)(void *)cell); }
    if (cell->flags & OU_FLAG_WEAKREFS) { ou_weak_condemn(heap, cell, &self->callbacks); }
    if ((cell->flags & (OU_FLAG_FINALIZER | OU_FLAG_FINALIZED)) == OU_FLAG_FINALIZER) {
        cell->flags |= OU_FLAG_PENDING | OU_FLAG_HELD;
        ou_cell_suspect(cell);
        ou_cell_gray(heap, cell);
        self->pending++;
        self->suspects = true;
    }
}

static bool phase_weak(OuHeap *heap, int64_t *budget) {
    if (!sweep(heap, budget, condemn)) { return false; }
    heap->phase = OU_MARK2;
    return true;
}

static bool phase_callbacks(OuHeap *heap, int64_t *budget) {
    OuWeakQueue *queue = &collector_of(heap)->callbacks;
    while (*budget > 0) {
        OuWeak *weak = queue->first;
        if (weak == NULL) {
            heap->phase = OU_FINALIZE;
            return true;
        }
        *budget -= USER_CODE_COST;
        if (heap->hooks.weak_callback && !heap->no_user_code) { heap->hooks.weak_callback(heap, &weak->cell); }
        ou_weak_remove(queue, weak);
        ou_decref_cell(heap, ou_weak_holder(weak));
    }
    return false;
}

/* --- finalisers -------------------------------------------------------------------------------------------------- */

static int compare_births(const void *a, const void *b) {
    uint64_t left = ((const OuFinal *)a)->birth, right = ((const OuFinal *)b)->birth;
    return left < right ? -1 : left > right;
}

/* Fills the list with waiting cells, the earliest births if there is no room for all. */
static void gather(OuHeap *heap) {
    OuCollector *self = collector_of(heap);
    size_t room = self->pending, count = 0;
    self->finals_bytes = room * sizeof *self->finals;
    self->finals = room <= OU_FINAL_BATCH ? self->batch : ou_space_raw_new(heap, self->finals_bytes);
    if (self->finals == NULL) {
        self->finals = self->batch;
        room = OU_FINAL_BATCH;
    }
    ou_cursor_open(heap, &self->cursor, OU_SPACE_TRACKED, OU_EACH_SUSPECT);
    for (OuCell *cell; (cell = ou_cursor_next(heap, &self->cursor)) != NULL;) {
        if ((cell->flags & OU_FLAG_PENDING) == 0) { continue; }
        OuFinal entry = {heap->kinds[cell->kind]->birth(heap, cell), cell};
        if (count < room) {
            self->finals[count++] = entry;
            if (count == room) { qsort(self->finals, count, sizeof entry, compare_births); }
        } else {
            size_t at = count;
            while (at > 0 && self->finals[at - 1].birth > entry.birth) { at--; }
            if (at == count) { continue; }
            memmove(&self->finals[at + 1], &self->finals[at], (count - 1 - at) * sizeof entry);
            self->finals[at] = entry;
        }
    }
    assert(count == room);
    self->finals_count = count;
    self->finals_next = 0;
}

static void drop_finals(OuHeap *heap) {
    OuCollector *self = collector_of(heap);
    if (self->finals && self->finals != self->batch) { ou_space_raw_free(heap, self->finals, self->finals_bytes); }
    self->finals = NULL;
    self->finals_count = self->finals_next = 0;
}

void ou_collect_forget(OuHeap *heap, OuCell *cell) {
    OuCollector *self = collector_of(heap);
    if ((cell->flags & OU_FLAG_HELD) && heap->phase == OU_RELEASE) { self->deferred--; }
    cell->flags &= (uint8_t)~OU_FLAG_HELD;
    if ((cell->flags & OU_FLAG_PENDING) == 0) { return; }
    cell->flags &= (uint8_t)~OU_FLAG_PENDING;
    self->pending--;
    uint64_t birth = heap->kinds[cell->kind]->birth(heap, cell);
    size_t low = self->finals_next, high = self->finals_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (self->finals[middle].birth < birth) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    if (low < self->finals_count && self->finals[low].birth == birth) { self->finals[low].cell = NULL; }
}

static void finalize_one(OuHeap *heap, OuCell *cell) {
    OuCollector *self = collector_of(heap);
    cell->flags &= (uint8_t)~OU_FLAG_PENDING;
    self->pending--;
    if (heap->no_user_code) { return; }
    cell->flags |= OU_FLAG_FINALIZED;
    cell->count++;
    self->finalizing = cell;
    heap->kinds[cell->kind]->finalize(heap, cell);
    self->finalizing = NULL;
    self->finalized++;
    heap->stats.finalized++;
    ou_decref_cell(heap, cell);
}

/* --- suspects ---------------------------------------------------------------------------------------------------- */

static bool is_suspect(const OuCell *cell) { return (cell->flags & (OU_FLAG_HELD | OU_FLAG_DEAD)) == OU_FLAG_HELD; }

static void each_suspect(OuHeap *heap, void (*visit)(OuHeap *heap, OuCell *cell)) {
    OuCursor *cursor = &collector_of(heap)->cursor;
    ou_cursor_open(heap, cursor, OU_SPACE_TRACKED, OU_EACH_SUSPECT);
    for (OuCell *cell; (cell = ou_cursor_next(heap, cursor)) != NULL;) {
        if (is_suspect(cell)) { visit(heap, cell); }
    }
}

static void add_to_child(void *context, OuValue child, const char *name) {
    if (is_suspect(ou_cell(child))) { ou_cell(child)->count += *(const uint32_t *)context; }
}

static void take_from_children(OuHeap *heap, OuCell *cell) {
    ou_cell_unmark(cell);
    ou_cell_walk(heap, cell, add_to_child, &(uint32_t){(uint32_t)-1}, false);
}

static void shade_referred(OuHeap *heap, OuCell *cell) {
    if (cell->count > 0) { shade(heap, cell); }
}

static void give_to_children(OuHeap *heap, OuCell *cell) {
    ou_cell_walk(heap, cell, add_to_child, &(uint32_t){1}, false);
}

static void acquit(OuHeap *heap, OuCell *cell) { cell->flags &= (uint8_t)~OU_FLAG_HELD; }

/* After the finalisers: which unreachable cells does anything outside refer to now? The others refer to suspects
 * as well (an instance to its class), so all of them are examined together, as in CPython. Takes the references among suspects off the
 * counts; who is left with one, and what it reaches, lives. Runs no user code, leaves all counts as they were. */
static void reexamine(OuHeap *heap) {
    OuCell *cell;
    ou_cursor_open(heap, &collector_of(heap)->cursor, OU_SPACE_TRACKED, OU_EACH_UNMARKED);
    while ((cell = ou_cursor_next(heap, &collector_of(heap)->cursor)) != NULL) {
        if ((cell->flags & OU_FLAG_DEAD) == 0) {
            cell->flags |= OU_FLAG_HELD;
            ou_cell_suspect(cell);
        }
    }
    each_suspect(heap, take_from_children);
    each_suspect(heap, shade_referred);
    drain_all(heap);
    each_suspect(heap, give_to_children);
    each_suspect(heap, acquit);
}

/* For gc.DEBUG_SAVEALL and its kin. */
static void offer_garbage(OuHeap *heap) {
    OuCell *cell;
    ou_cursor_open(heap, &collector_of(heap)->cursor, OU_SPACE_TRACKED, OU_EACH_UNMARKED);
    while ((cell = ou_cursor_next(heap, &collector_of(heap)->cursor)) != NULL) {
        if ((cell->flags & OU_FLAG_DEAD) == 0 && heap->hooks.garbage(heap, cell)) { shade(heap, cell); }
    }
    drain_all(heap);
}

static bool phase_finalize(OuHeap *heap, int64_t *budget) {
    OuCollector *self = collector_of(heap);
    while (*budget > 0) {
        if (self->finals_next < self->finals_count) {
            OuCell *cell = self->finals[self->finals_next++].cell;
            if (cell) {
                *budget -= USER_CODE_COST;
                finalize_one(heap, cell);
            }
            continue;
        }
        drop_finals(heap);
        if (self->pending > 0) {
            gather(heap);
            continue;
        }
        if (self->suspects) { reexamine(heap); }
        if (heap->hooks.garbage && !heap->no_user_code) { offer_garbage(heap); }
        enter(heap, OU_HOLD, OU_EACH_UNMARKED);
        return true;
    }
    return false;
}

/* --- taking garbage apart ------------------------------------------------------------------------------------------ */

static void hold(OuHeap *heap, OuCell *cell) {
    if (cell->flags & OU_FLAG_DEAD) { return; }
    cell->flags |= OU_FLAG_HELD;
    cell->count++;
    collector_of(heap)->held++;
}

static bool phase_hold(OuHeap *heap, int64_t *budget) {
    if (!sweep(heap, budget, hold)) { return false; }
#ifndef NDEBUG
    if (heap->priv->oracles && collector_of(heap)->held > 0 && !heap->no_user_code) {
        assert(ou_audit_garbage(heap, stderr) == 0);
    }
#endif
    enter(heap, OU_CLEAR, OU_EACH_UNMARKED);
    return true;
}

/* Empties slots of the partly cleared cell. true: done with it. */
static bool clear_partial(OuHeap *heap, int64_t *budget) {
    OuCollector *self = collector_of(heap);
    OuCell *cell = self->partial;
    const OuKindOps *ops = heap->kinds[cell->kind];
    OuSlots slots;
    ou_slots_open(heap, cell, &slots, self->partial_at);
    for (OuValue *slot; (slot = ou_slots_next(&slots)) != NULL; --*budget) {
        if (*budget <= 0) { return false; }
        self->partial_at++;
        OuValue value = *slot;
        *slot = OU_NOTHING;
        ou_decref(heap, value);
    }
    if (ops->emptied) { ops->emptied(heap, cell); }
    self->partial = NULL;
    return true;
}

static bool phase_clear(OuHeap *heap, int64_t *budget) {
    OuCollector *self = collector_of(heap);
    for (;;) {
        if (self->partial && !clear_partial(heap, budget)) { return false; }
        if (*budget <= 0) { return false; }
        OuCell *cell = ou_cursor_next(heap, &self->cursor);
        if (cell == NULL) {
            enter(heap, OU_RELEASE, OU_EACH_UNMARKED);
            return true;
        }
        *budget -= AGAIN_COST;
        if (cell->flags & OU_FLAG_HELD) {
            self->partial = cell;
            self->partial_at = 0;
        }
    }
}

/* Something still refers to cleared cells: a reference that no root and no slot accounts for. They are empty but valid;
 * the debug build stops here. */
static void count_survivors(OuHeap *heap) {
    OuCollector *self = collector_of(heap);
    heap->stats.survivors += self->deferred;
    self->deferred = 0;
    ou_cursor_open(heap, &self->cursor, OU_SPACE_TRACKED, OU_EACH_LIVE);
    for (OuCell *cell; (cell = ou_cursor_next(heap, &self->cursor)) != NULL;) {
        if (is_suspect(cell)) { acquit(heap, cell); }
    }
}

static void let_go(OuHeap *heap, OuCell *cell) {
    if ((cell->flags & OU_FLAG_HELD) == 0) { return; }
    if (--cell->count > 0) {
        /* An owner edge still leads here, say from an instance to its class: marked, HELD and not held any more until
         * that one dies. */
        ou_cell_mark(cell);
        collector_of(heap)->deferred++;
    } else {
        cell->flags &= (uint8_t)~OU_FLAG_HELD;
        ou_destroy(heap, cell);
    }
}

static bool phase_release(OuHeap *heap, int64_t *budget) {
    if (!sweep(heap, budget, let_go)) { return false; }
    if (collector_of(heap)->deferred > 0) {
        assert(heap->no_user_code);
        count_survivors(heap);
    }
    finish(heap);
    return true;
}

/* --- cycles ---------------------------------------------------------------------------------------------------------- */

void ou_collect_start(OuHeap *heap) {
    OuCollector *self = collector_of(heap);
    assert(heap->phase == OU_IDLE && self->partial == NULL && self->callbacks.first == NULL);
    self->finalized = self->garbage = self->held = self->deferred = self->pending = 0;
    self->suspects = false;
    heap->phase = OU_PREPARE;
}

/* One phase as far as the budget goes. */
static bool advance(OuHeap *heap, int64_t *budget, bool force) {
    OuCollector *self = collector_of(heap);
    switch (heap->phase) {
    case OU_IDLE: return true;
    case OU_PREPARE: return phase_prepare(heap);
    case OU_MARK: return phase_mark(heap, budget, force);
    case OU_WEAK: return phase_weak(heap, budget);
    case OU_MARK2:
        if (!drain(heap, budget)) { return false; }
        heap->phase = OU_CALLBACKS;
        return true;
    case OU_CALLBACKS: return phase_callbacks(heap, budget);
    case OU_FINALIZE:
        if (self->garbage == 0) {
            finish(heap); /* nothing was unmarked */
            return true;
        }
        return phase_finalize(heap, budget);
    case OU_HOLD: return phase_hold(heap, budget);
    case OU_CLEAR: return phase_clear(heap, budget);
    case OU_RELEASE: return phase_release(heap, budget);
    }
    return false;
}

static bool work(OuHeap *heap, int64_t budget, bool force) {
    while (heap->phase != OU_IDLE && (force || budget > 0)) {
        if (!advance(heap, &budget, force) && !force) { break; }
        if (force) { budget = OU_UNLIMITED; }
    }
    return heap->phase == OU_IDLE;
}

bool ou_collect_step(OuHeap *heap, int64_t budget, bool force) {
    if (heap->collecting) { return false; }
    heap->collecting = true;
    bool idle = work(heap, budget, force);
    heap->collecting = false;
    return idle;
}

static uint64_t now_ns(void) {
    struct timespec now;
    timespec_get(&now, TIME_UTC);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

static void notify(OuHeap *heap, int phase, size_t collected, size_t uncollectable) {
    if (heap->hooks.collection && !heap->no_user_code) {
        heap->hooks.collection(heap, phase, collected, uncollectable);
    }
}

size_t ou_heap_collect(OuHeap *heap, uint32_t rounds) {
    OuCollector *self = collector_of(heap);
    size_t total = 0;
    if (heap->collecting) { return 0; }
    heap->collecting = true;
    uint64_t started = now_ns(), survivors = heap->stats.survivors;
    notify(heap, 0, 0, 0);
    if (heap->phase != OU_IDLE) {
        work(heap, OU_UNLIMITED, true);
        total += self->held;
    }
    do {
        ou_collect_start(heap);
        work(heap, OU_UNLIMITED, true);
        total += self->held;
    } while (rounds-- > 1 && self->held + self->finalized > 0);
    uint64_t took = now_ns() - started;
    heap->stats.pause_total_ns += took;
    if (took > heap->stats.pause_max_ns) { heap->stats.pause_max_ns = took; }
    notify(heap, 1, total, (size_t)(heap->stats.survivors - survivors));
    heap->collecting = false;
    return total;
}

void ou_collect_everything(OuHeap *heap) {
    OuCollector *self = collector_of(heap);
    assert(!heap->collecting && heap->chain == NULL && heap->no_user_code);
    work(heap, OU_UNLIMITED, true);
    ou_collect_start(heap);
    ou_space_clear_marks(heap);
    park(heap, true);
    heap->collecting = true;
    self->garbage = 1;
    enter(heap, OU_HOLD, OU_EACH_UNMARKED);
    work(heap, OU_UNLIMITED, true);
    heap->collecting = false;
}

void ou_heap_safepoint(OuHeap *heap) {
    if (heap->pending & OU_PENDING_STRESS) {
        uint64_t number = ++heap->priv->safepoints;
        if (heap->options.audit_every && number % heap->options.audit_every == 0 && ou_heap_audit(heap, stderr) > 0) {
            abort();
        }
        if (heap->options.collect_every && heap->enabled && number % heap->options.collect_every == 0) {
            ou_heap_request(heap, OU_PENDING_COLLECT);
        }
    }
    if (heap->pending & OU_PENDING_COLLECT) {
        ou_heap_unrequest(heap, OU_PENDING_COLLECT);
        if (!heap->collecting && !heap->no_user_code) { ou_heap_collect(heap, 1); }
    }
}

/* --- looking at the heap ------------------------------------------------------------------------------------------------ */

void ou_heap_enumerate(OuHeap *heap, bool (*visit)(void *context, OuCell *cell), void *context) {
    OuCursor cursor;
    ou_collect_step(heap, OU_UNLIMITED, true);
    ou_cursor_open(heap, &cursor, OU_SPACE_TRACKED, OU_EACH_LIVE);
    for (OuCell *cell; (cell = ou_cursor_next(heap, &cursor)) != NULL;) {
        if ((cell->flags & (OU_FLAG_DEAD | OU_FLAG_HELD)) || heap->kinds[cell->kind]->hidden ||
            (heap->phase >= OU_MARK && !ou_cell_marked(cell))) {
            continue;
        }
        if (!visit(context, cell)) { break; }
    }
    ou_cursor_close(heap, &cursor);
}

void ou_cell_walk(OuHeap *heap, OuCell *cell, void (*visit)(void *context, OuValue child, const char *name),
                  void *context, bool with_names) {
    const OuKindOps *ops = heap->kinds[cell->kind];
    if (ops->leaf) { return; }
    bool dying = (cell->flags & OU_FLAG_DEAD) != 0;
    char text[128];
    with_names = with_names && (ops->edges || ops->edge_name);
    OuSlots slots;
    ou_slots_open(heap, cell, &slots, dying ? cell->count : 0);
    for (OuValue *slot; (slot = ou_slots_next(&slots)) != NULL;) {
        if (!ou_is_cell(*slot)) { continue; }
        const char *name = dying ? "a dying object" : NULL;
        if (with_names && ops->edges) {
            name = ops->edges[slots.at - 1];
        } else if (with_names) {
            text[0] = '\0';
            ops->edge_name(heap, cell, slots.span, slots.at - 1, text, sizeof text);
            name = text;
        }
        visit(context, *slot, name);
    }
    OuCell *owner = ou_owner_of(heap, ops, cell);
    if (owner) { visit(context, ou_word(owner), with_names ? "class" : NULL); }
}
