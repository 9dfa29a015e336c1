/* The cycle collector: a backup tracer over the counted heap, in slices.
 *
 *   IDLE       nothing to do; every mark is set
 *   PREPARE    all marks are cleared, page by page; then the roots are marked in one step
 *   MARK       trace. Snapshot at the beginning (Yuasa): whatever was reachable at the roots scan gets marked, because
 *              every reference that leaves a slot is shaded (heap->marking). New cells are born marked from here on. May
 *              not end while a destroyer waits: the slots that dying cells still own are edges nobody sees.
 *   WEAK       over all unmarked cells: each is held (+1), so that none can die while edges are cut; weak references to
 *              them are cleared, callbacks of reachable ones queued, cells with a finaliser found; these are marked,
 *              but traced only when every page has been seen
 *   MARK2      trace from the cells with a finaliser: they and what they reach (the suspects) are no longer held and
 *              stay whole
 *   CALLBACKS  of weak references
 *   GATHER     the cells with a finaliser go on a list
 *   FINALIZE   the list is sorted by birth, and each is finalised
 *   EXAMINE    all that was unreachable is examined again, by counts as CPython does it: what nothing outside refers to
 *              becomes unmarked and held, the rest is let go. That is one step: when there is much, and nobody waits for
 *              the result, the suspects are left to the next cycle instead, where they are ordinary garbage
 *   CLEAR      the slots of held cells are emptied, and the hold is released: each dies alone and empty, now or when the
 *              last cell that refers to it is emptied. The counts free, the tracer never does
 *   ACCOUNT    live bytes are counted again for the pacing
 *
 * A young cycle (young.c) finds its garbage in one step and begins with CALLBACKS; when finalisers have run, EXAMINE looks
 * for garbage a second time.
 *
 * A cell on the way is found by page bitmaps and page cursors, never by a stored pointer, so cells may be freed between
 * any two steps. Only the list of finalisers has pointers; the destroyer tells when one of them dies. Nothing here
 * needs memory to go on. User code runs in CALLBACKS and FINALIZE, and in CLEAR when garbage held the last reference to
 * something that is none; it cannot reach the unmarked cells. */
#include <assert.h>
#include <inttypes.h>
#include <stdlib.h>

#include "gc/private.h"

#define QUANTUM 2000 /* budget between two looks at the clock */
#define SLICE_NS 250000u
#define EXAMINE_LIMIT 4000u /* cells that are examined again in one step while the program waits */

/* --- marking ------------------------------------------------------------------------------------------------ */

static inline void shade(OuHeap *heap, OuCell *cell) {
    if (ou_cell_leaf(cell) || ou_cell_marked(cell)) { return; }
    ou_cell_gray(heap, cell);
    if (heap->phase == OU_MARK2) {
        cell->count--; /* WEAK held it */
        ou_collector(heap)->held--;
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
    OuCollector *self = ou_collector(heap);
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
    size_t total = OU_AGAIN_COST;
    for (uint32_t i = 0; i < count; i++) { total += spans[i].count; }
    OuCell *owner = ou_owner_of(heap, ops, cell);
    if (owner) { shade(heap, owner); }
    if (total > heap->priv->big_slots) {
        OuCollector *self = ou_collector(heap);
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
    OuCollector *self = ou_collector(heap);
    for (;;) {
        if (self->partial && !scan_partial(heap, budget)) { return false; }
        if (*budget <= 0) { return false; }
        OuCell *cell = ou_space_next_todo(heap);
        if (cell == NULL) { return true; }
        self->marked++;
        if (cell->kind != OU_KIND_FREE && (cell->flags & OU_FLAG_DEAD) == 0) { scan(heap, cell, budget); }
    }
}

static void drain_all(OuHeap *heap) {
    int64_t budget = OU_UNLIMITED;
    while (!drain(heap, &budget)) { budget = OU_UNLIMITED; }
}

void ou_slots_moved(OuHeap *heap, OuCell *cell, size_t at, ptrdiff_t by) {
    OuCollector *self = ou_collector(heap);
    if (heap->marking && self->partial == cell && self->partial_span == 0 && by > 0 && at < self->partial_at &&
        self->partial_at != SIZE_MAX) {
        self->partial_at += (size_t)by;
    }
}

void ou_slots_permuted(OuHeap *heap, OuCell *cell) {
    OuCollector *self = ou_collector(heap);
    if (heap->marking && self->partial == cell) {
        self->partial_span = 0;
        self->partial_at = SIZE_MAX;
    }
}

/* From now on the cell's references move without decrements: they must all be marked first. */
void ou_heap_resuming(OuHeap *heap, OuCell *cell) {
    OuCollector *self = ou_collector(heap);
    if (!heap->marking || ou_cell_leaf(cell)) { return; }
    if (ou_cell_marked(cell) && !ou_cell_todo(cell) && self->partial != cell) { return; }
    ou_cell_mark(cell);
    ou_cell_walk(heap, cell, shade_value, heap, false);
}

/* --- phases: each does what the budget allows and says whether it has ended ------------------------------------- */

static void park(OuHeap *heap, bool parked) {
    ou_space_park(heap, OU_SPACE_TRACKED, parked || heap->priv->fail_at != 0);
}

static void notify(OuHeap *heap, int phase, size_t collected, size_t uncollectable) {
    if (heap->hooks.collection && !heap->no_user_code) {
        heap->hooks.collection(heap, phase, collected, uncollectable);
    }
}

static void finish(OuHeap *heap) {
    OuCollector *self = ou_collector(heap);
    heap->phase = OU_IDLE;
    park(heap, false);
    heap->stats.collections++;
    heap->stats.collected += self->freed;
    if (heap->young) {
        ou_young_finish(heap);
    } else {
        ou_pace_cycle_ended(heap, self->kept_bytes);
        if (self->garbage > self->marked / 8) { self->young_interval = self->young_skip = 0; }
    }
    ou_space_young_begin(heap);
}

static bool phase_prepare(OuHeap *heap, int64_t *budget) {
    if (!ou_space_set_marks(heap, false, budget)) { return false; }
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
            ou_collector(heap)->waits = true;
            return false;
        }
        ou_chain_visit(heap, shade_value, heap);
        drain_all(heap);
    }
    heap->marking = false;
#ifndef NDEBUG
    if (heap->priv->oracles) { assert(ou_audit_marks(heap, stderr) == 0); }
#endif
    ou_enter(heap, OU_WEAK, OU_EACH_UNMARKED);
    return true;
}

static void condemn(OuHeap *heap, OuCell *cell) {
    OuCollector *self = ou_collector(heap);
    if (cell->flags & OU_FLAG_DEAD) { return; }
    self->garbage++;
    ou_cell_suspect(cell);
    if (heap->kinds[cell->kind]->weakref) { ou_weak_detach(heap, (OuWeak *)(void *)cell); }
    if (cell->flags & OU_FLAG_WEAKREFS) { ou_weak_condemn(heap, cell, &self->callbacks); }
    cell->flags |= OU_FLAG_HELD;
    if (ou_cell_to_finalize(cell) && !heap->no_user_code) {
        cell->flags |= OU_FLAG_PENDING;
        ou_cell_gray(heap, cell);
        self->pending++;
        self->suspects = OU_SUSPECTS_KEPT;
    } else {
        cell->count++;
        self->held++;
    }
}

static bool phase_weak(OuHeap *heap, int64_t *budget) {
    if (!ou_sweep(heap, budget, condemn)) { return false; }
    heap->phase = OU_MARK2;
    return true;
}

static bool phase_callbacks(OuHeap *heap, int64_t *budget) {
    OuWeakQueue *queue = &ou_collector(heap)->callbacks;
    while (*budget > 0) {
        OuWeak *weak = queue->first;
        if (weak == NULL) {
            ou_enter(heap, ou_collector(heap)->pending > 0 ? OU_GATHER : OU_EXAMINE, OU_EACH_SUSPECT);
            return true;
        }
        *budget -= OU_USER_CODE_COST;
        if (heap->hooks.weak_callback && !heap->no_user_code) { heap->hooks.weak_callback(heap, &weak->cell); }
        ou_weak_remove(queue, weak);
        ou_decref_cell(heap, ou_weak_holder(weak));
    }
    return false;
}

/* --- suspects ---------------------------------------------------------------------------------------------------- */

static bool is_garbage(const OuCell *cell) { return (cell->flags & (OU_FLAG_HELD | OU_FLAG_DEAD)) == OU_FLAG_HELD; }

static void each_garbage(OuHeap *heap, void (*visit)(OuHeap *heap, OuCell *cell)) {
    OuCursor *cursor = &ou_collector(heap)->cursor;
    ou_enter(heap, heap->phase, OU_EACH_SUSPECT);
    for (OuCell *cell; (cell = ou_cursor_next(heap, cursor, NULL)) != NULL;) {
        if (is_garbage(cell)) { visit(heap, cell); }
    }
}

static void add_to_child(void *context, OuValue child, const char *name) {
    if (is_garbage(ou_cell(child))) { ou_cell(child)->count += *(const uint32_t *)context; }
}

static void take_from_children(OuHeap *heap, OuCell *cell) {
    ou_cell_walk(heap, cell, add_to_child, &(uint32_t){(uint32_t)-1}, false);
}

/* Suspects have no hold now: they get one, and it is taken off those that something outside refers to. */
static void hold_suspect(OuHeap *heap, OuCell *cell) {
    if (!ou_cell_marked(cell)) { return; }
    ou_cell_unmark(cell);
    cell->count++;
    ou_collector(heap)->held++;
}

static void shade_referred(OuHeap *heap, OuCell *cell) {
    if (cell->count > 1) { shade(heap, cell); }
}

static void give_to_children(OuHeap *heap, OuCell *cell) {
    ou_cell_walk(heap, cell, add_to_child, &(uint32_t){1}, false);
}

static void acquit(OuHeap *heap, OuCell *cell) {
    if (!ou_cell_marked(cell) || !is_garbage(cell)) { return; }
    cell->flags &= (uint8_t)~OU_FLAG_HELD;
    if (ou_collector(heap)->suspects == OU_SUSPECTS_KEPT) {
        ou_collector(heap)->kept_bytes += ou_cell_bytes(heap, cell);
    }
}

/* After the finalisers: which unreachable cells does anything outside refer to now? The others refer to suspects as well
 * (an instance to its class), so all of them are examined together. Takes the references among them off the counts; who
 * is left with one beside its hold, and what it reaches, lives. Runs no user code, leaves the counts as they were. */
static void reexamine(OuHeap *heap) {
    each_garbage(heap, hold_suspect);
    each_garbage(heap, take_from_children);
    heap->phase = OU_MARK2;
    each_garbage(heap, shade_referred);
    drain_all(heap);
    each_garbage(heap, give_to_children);
}

static void offer(OuHeap *heap, OuCell *cell) {
    if (!ou_cell_marked(cell) && heap->hooks.garbage(heap, cell)) { shade(heap, cell); }
}

/* For gc.DEBUG_SAVEALL and its kin. */
static void offer_garbage(OuHeap *heap) {
    heap->phase = OU_MARK2;
    each_garbage(heap, offer);
    drain_all(heap);
    each_garbage(heap, acquit);
}

static bool phase_examine(OuHeap *heap, int64_t *budget, bool force) {
    OuCollector *self = ou_collector(heap);
    if (heap->young && self->suspects == OU_SUSPECTS_KEPT && !force) {
        self->suspects = OU_SUSPECTS_DUE;
        self->waits = true;
        return false;
    }
    if (heap->young && self->suspects != OU_SUSPECTS_NONE) {
        self->suspects = OU_SUSPECTS_NONE;
        heap->phase = OU_WEAK;
        ou_young_examine(heap, true);
        heap->phase = OU_CALLBACKS;
        return true;
    }
    if (self->suspects == OU_SUSPECTS_KEPT && (force || self->garbage <= EXAMINE_LIMIT)) {
        reexamine(heap);
        self->suspects = OU_SUSPECTS_EXAMINED;
        ou_enter(heap, OU_EXAMINE, OU_EACH_SUSPECT);
    }
    if (self->suspects != OU_SUSPECTS_NONE && !ou_sweep(heap, budget, acquit)) { return false; }
    if (heap->hooks.garbage && !heap->no_user_code) { offer_garbage(heap); }
#ifndef NDEBUG
    if (heap->priv->oracles && self->held > 0 && !heap->no_user_code) { assert(ou_audit_garbage(heap, stderr) == 0); }
#endif
    ou_enter(heap, OU_CLEAR, OU_EACH_GARBAGE);
    return true;
}

/* --- taking garbage apart ------------------------------------------------------------------------------------------ */

/* A cell without slots goes, and its owners that it was the last to refer to. */
static void free_cleared(OuHeap *heap, OuCell *cell) {
    while (cell) {
        const OuKindOps *ops = heap->kinds[cell->kind];
        OuCell *owner = ou_owner_of(heap, ops, cell);
        /* References that a finaliser made. */
        if (cell->flags & OU_FLAG_WEAKREFS) { ou_weak_clear_all(heap, cell); }
        if (ops->weakref) { ou_weak_detach(heap, (OuWeak *)(void *)cell); }
        if (ops->drop) { ops->drop(heap, cell); }
        ou_cell_free(heap, cell);
        ou_collector(heap)->freed++;
        if (owner == NULL || --owner->count > 0) { return; }
        if (ou_cell_marked(owner)) {
            ou_destroy(heap, owner);
            return;
        }
        cell = owner;
    }
}

/* Gives up a reference from garbage. What dies of it is empty garbage, a leaf, or something that was reachable when the
 * cycle began. */
static inline void release(OuHeap *heap, OuValue value) {
    if (!ou_is_cell(value) || --ou_cell(value)->count > 0) { return; }
    OuCell *cell = ou_cell(value);
    if (ou_cell_leaf(cell) || ou_cell_marked(cell)) {
        ou_destroy(heap, cell);
    } else {
        free_cleared(heap, cell);
    }
}

static void let_go(OuHeap *heap, OuCell *cell) {
    const OuKindOps *ops = heap->kinds[cell->kind];
    if (ops->emptied) { ops->emptied(heap, cell); }
    cell->flags &= (uint8_t)~OU_FLAG_HELD;
    if (--cell->count == 0) { free_cleared(heap, cell); }
}

/* Empties slots of the partly cleared cell. true: done with it. */
static bool clear_partial(OuHeap *heap, int64_t *budget) {
    OuCollector *self = ou_collector(heap);
    OuCell *cell = self->partial;
    OuSlots slots;
    ou_slots_open(heap, cell, &slots, self->partial_at);
    for (OuValue *slot; (slot = ou_slots_next(&slots)) != NULL; --*budget) {
        if (*budget <= 0) { return false; }
        self->partial_at++;
        OuValue value = *slot;
        *slot = OU_NOTHING;
        release(heap, value);
    }
    self->partial = NULL;
    let_go(heap, cell);
    return true;
}

static void clear(OuHeap *heap, OuCell *cell, int64_t *budget) {
    OuCollector *self = ou_collector(heap);
    const OuKindOps *ops = heap->kinds[cell->kind];
    OuSpan spans[OU_MAX_SPANS];
    uint32_t count = ops->spans ? ops->spans(heap, cell, spans) : 0;
    size_t total = 2 * OU_AGAIN_COST;
    for (uint32_t i = 0; i < count; i++) { total += spans[i].count; }
    if (total > heap->priv->big_slots) {
        self->partial = cell;
        self->partial_at = 0;
        return;
    }
    *budget -= (int64_t)total;
    for (uint32_t i = 0; i < count; i++) {
        OuValue *slot = spans[i].first;
        for (size_t left = spans[i].count; left > 0; left--, slot += spans[i].step) {
            OuValue value = *slot;
            *slot = OU_NOTHING;
            release(heap, value);
        }
    }
    let_go(heap, cell);
}

static bool phase_clear(OuHeap *heap, int64_t *budget) {
    OuCollector *self = ou_collector(heap);
    while (self->held != self->freed) {
        if (self->partial && !clear_partial(heap, budget)) { return false; }
        OuCell *cell = ou_cursor_next(heap, &self->cursor, budget);
        if (cell == NULL) { break; }
        if (cell->flags & OU_FLAG_HELD) { clear(heap, cell, budget); }
    }
    if (self->held != self->freed && self->cursor.open) { return false; }
    ou_cursor_close(heap, &self->cursor);
    /* A survivor: no root and no slot accounts for a reference to it. It is empty but valid. */
    assert(self->freed == self->held || heap->no_user_code);
    heap->stats.survivors += self->held - self->freed;
    ou_enter(heap, OU_ACCOUNT, OU_EACH_SUSPECT);
    return true;
}

static bool phase_account(OuHeap *heap, int64_t *budget) {
    if (ou_collector(heap)->cursor.open && !ou_space_set_marks(heap, true, budget)) { return false; }
    for (; *budget > 0; *budget -= QUANTUM) {
        if (heap->young || ou_space_recount(heap)) {
            finish(heap);
            return true;
        }
    }
    return false;
}

/* --- cycles ---------------------------------------------------------------------------------------------------------- */

/* Starts a cycle, but for its first phase. */
static void start(OuHeap *heap, const char *cause) {
    OuCollector *self = ou_collector(heap);
    assert(heap->phase == OU_IDLE && self->partial == NULL && self->callbacks.first == NULL);
    self->finalized = self->garbage = self->held = self->freed = self->pending = self->marked = 0;
    self->kept_bytes = self->finals_count = 0;
    self->suspects = OU_SUSPECTS_NONE;
    self->cause = cause;
    self->slices = 0;
    self->pause_max_ns = self->pause_total_ns = 0;
    self->charged_before = heap->stats.charged;
}

void ou_collect_start(OuHeap *heap, const char *cause) {
    heap->young = false;
    start(heap, cause);
    ou_space_young_forget(heap);
    ou_pace_cycle_started(heap);
    ou_enter(heap, OU_PREPARE, OU_EACH_PAGE);
}

void ou_collect_start_young(OuHeap *heap) {
    heap->young = true;
    start(heap, "young");
    park(heap, true);
    heap->phase = OU_WEAK;
    ou_young_examine(heap, false);
    heap->phase = OU_CALLBACKS;
}

/* Keeps the time of user code out of the collector's. */
static bool with_user_code(OuHeap *heap, int64_t *budget, bool (*phase)(OuHeap *heap, int64_t *budget)) {
    OuCollector *self = ou_collector(heap);
    if (self->callbacks.first == NULL && (heap->phase == OU_CALLBACKS || self->finals_sorted > 1)) {
        return phase(heap, budget); /* there is none */
    }
    uint64_t started = ou_clock_ns(CLOCK_THREAD_CPUTIME_ID);
    bool ended = phase(heap, budget);
    self->user_ns += ou_clock_ns(CLOCK_THREAD_CPUTIME_ID) - started;
    return ended;
}

/* One phase as far as the budget goes. */
static bool advance(OuHeap *heap, int64_t *budget, bool force) {
    switch (heap->phase) {
    case OU_IDLE: return true;
    case OU_PREPARE: return phase_prepare(heap, budget);
    case OU_MARK: return phase_mark(heap, budget, force);
    case OU_WEAK: return phase_weak(heap, budget);
    case OU_MARK2:
        if (!drain(heap, budget)) { return false; }
        heap->phase = OU_CALLBACKS;
        return true;
    case OU_CALLBACKS: return with_user_code(heap, budget, phase_callbacks);
    case OU_GATHER: return ou_phase_gather(heap, budget);
    case OU_FINALIZE: return with_user_code(heap, budget, ou_phase_finalize);
    case OU_EXAMINE: return phase_examine(heap, budget, force);
    case OU_CLEAR: return phase_clear(heap, budget);
    case OU_ACCOUNT: return phase_account(heap, budget);
    }
    return false;
}

static bool work(OuHeap *heap, int64_t budget, bool force) {
    while (heap->phase != OU_IDLE && (force || budget > 0)) {
        int64_t granted = budget = force ? OU_UNLIMITED : budget;
        bool ended = advance(heap, &budget, force);
        ou_pace_worked(heap, granted - budget);
        if (!ended && !force) { break; }
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

/* Accounts for a slice, or a whole cycle, that began at `started` (CPU time); user code is not the collector's. */
static void account_pause(OuHeap *heap, uint64_t started) {
    OuHeapStats *stats = &heap->stats;
    OuCollector *self = ou_collector(heap);
    uint64_t took = ou_clock_ns(CLOCK_THREAD_CPUTIME_ID) - started - self->user_ns;
    self->user_ns = 0;
    self->slices++;
    self->pause_total_ns += took;
    if (took > self->pause_max_ns) { self->pause_max_ns = took; }
    stats->pause_total_ns += took;
    if (self->asked) {
        stats->asked_ns += took;
    } else {
        stats->pauses++;
        if (took > stats->pause_max_ns) { stats->pause_max_ns = took; }
    }
}

/* Remembers a cycle when it has ended; its line in the log. */
static void log_cycle(OuHeap *heap) {
    OuCollector *self = ou_collector(heap);
    char *line = heap->stats.last[heap->stats.collections % OU_CYCLES_KEPT];
    snprintf(line, sizeof heap->stats.last[0],
             "gc %" PRIu64 ": %s, %zu slices, longest %.3f ms, total %.3f ms, %zu marked, %zu freed, %zu finalised, "
             "heap %zu K -> %zu K\n",
             heap->stats.collections, self->cause, self->slices, (double)self->pause_max_ns / 1e6,
             (double)self->pause_total_ns / 1e6, self->marked, self->freed, self->finalized, self->charged_before >> 10,
             heap->stats.charged >> 10);
    if (heap->options.log) { fputs(line, heap->options.log); }
}

void ou_collect_log_sums(OuHeap *heap) {
    const OuHeapStats *stats = &heap->stats;
    if (heap->options.log == NULL) { return; }
    fprintf(heap->options.log,
            "gc: %" PRIu64 " collections, %" PRIu64 " freed, %" PRIu64
            " slices, longest %.3f ms, total %.3f ms (%.3f ms "
            "asked for) of %.3f ms, peak heap %zu K\n",
            stats->collections, stats->collected, stats->pauses, (double)stats->pause_max_ns / 1e6,
            (double)stats->pause_total_ns / 1e6, (double)stats->asked_ns / 1e6,
            (double)ou_clock_ns(CLOCK_PROCESS_CPUTIME_ID) / 1e6, stats->peak_charged >> 10);
}

/* Runs the cycle to its end. */
static void run_out(OuHeap *heap) {
    uint64_t started = ou_clock_ns(CLOCK_THREAD_CPUTIME_ID);
    work(heap, OU_UNLIMITED, true);
    account_pause(heap, started);
    log_cycle(heap);
}

/* Gives up a cycle that is not yet past MARK. */
static void abandon(OuHeap *heap) {
    OuCollector *self = ou_collector(heap);
    if (heap->phase != OU_PREPARE && heap->phase != OU_MARK) { return; }
    while (ou_space_next_todo(heap)) {}
    ou_cursor_close(heap, &self->cursor);
    self->partial = NULL;
    heap->marking = false;
    ou_enter(heap, OU_IDLE, OU_EACH_PAGE);
    ou_space_set_marks(heap, true, &(int64_t){OU_UNLIMITED});
    park(heap, false);
    ou_pace_init(heap);
    notify(heap, 1, 0, 0);
}

size_t ou_heap_collect(OuHeap *heap, uint32_t rounds) {
    OuCollector *self = ou_collector(heap);
    size_t total = 0;
    if (heap->collecting) { return 0; }
    heap->collecting = true;
    uint64_t survivors = heap->stats.survivors;
    self->asked = true;
    abandon(heap);
    if (heap->phase != OU_IDLE) {
        run_out(heap);
        total += self->freed;
        notify(heap, 1, total, 0);
    }
    heap->young = false;
    notify(heap, 0, 0, 0);
    do {
        ou_collect_start(heap, "asked");
        run_out(heap);
        total += self->freed;
    } while (rounds-- > 1 && self->freed + self->finalized > 0);
    notify(heap, 1, total, (size_t)(heap->stats.survivors - survivors));
    self->asked = heap->collecting = false;
    return total;
}

/* One slice, ended by the clock, or with `hurry` the rest of the cycle; of a young one if a cycle has yet to begin. */
static void slice(OuHeap *heap, bool hurry, bool young) {
    OuCollector *self = ou_collector(heap);
    heap->collecting = true;
    bool begins = heap->phase == OU_IDLE;
    young = young && !hurry;
    if (begins) {
        heap->young = young;
        notify(heap, 0, 0, 0);
    }
    if (begins && !young) { ou_collect_start(heap, hurry ? "heap nearly full" : "growth"); }
    if (hurry) {
        run_out(heap);
    } else {
        uint64_t started = ou_clock_ns(CLOCK_THREAD_CPUTIME_ID);
        if (begins && young) { ou_collect_start_young(heap); }
        bool full = begins && young && self->pending > 0; /* that took the time, and finalisers are to come */
        uint64_t until = ou_clock_ns(CLOCK_MONOTONIC) + (full ? 0 : SLICE_NS);
        self->waits = false;
        do {
            work(heap, QUANTUM, false);
        } while (heap->phase != OU_IDLE && !self->waits && ou_clock_ns(CLOCK_MONOTONIC) < until);
        account_pause(heap, started);
        ou_pace_slice_ended(heap);
        if (heap->phase == OU_IDLE) { log_cycle(heap); }
    }
    if (heap->phase == OU_IDLE) { notify(heap, 1, self->freed, 0); }
    heap->collecting = false;
}

void ou_heap_enable(OuHeap *heap, bool enabled) {
    heap->enabled = enabled;
    if (enabled || heap->collecting) { return; }
    abandon(heap);
    if (heap->phase != OU_IDLE) { ou_collect_finish(heap); }
}

void ou_collect_finish(OuHeap *heap) { slice(heap, true, false); }

void ou_collect_everything(OuHeap *heap) {
    assert(!heap->collecting && heap->chain == NULL && heap->no_user_code);
    work(heap, OU_UNLIMITED, true);
    ou_collect_start(heap, "end");
    ou_space_set_marks(heap, false, &(int64_t){OU_UNLIMITED});
    park(heap, true);
    heap->collecting = true;
    ou_enter(heap, OU_WEAK, OU_EACH_UNMARKED);
    work(heap, OU_UNLIMITED, true);
    heap->collecting = false;
}

/* Debug: audits, collections and steps at safepoints, as the options say. */
static void stress(OuHeap *heap) {
    const OuHeapOptions *options = &heap->options;
    uint64_t number = ++heap->priv->safepoints;
    /* An audit takes time with the heap: the larger, the rarer. */
    uint64_t audit_every = options->audit_every * (1 + (uint64_t)ou_space_estimate(heap) / (1u << 20));
    if (audit_every && number % audit_every == 0 && ou_heap_audit(heap, stderr) > 0) { abort(); }
    if (!heap->enabled || heap->collecting || heap->no_user_code) { return; }
    if (options->collect_every && number % options->collect_every == 0) { ou_heap_collect(heap, 1); }
    if (options->step_units) {
        if (heap->phase == OU_IDLE && number % 2 == 0 && ou_space(heap)->young_count > 0) {
            ou_collect_start_young(heap);
        } else if (heap->phase == OU_IDLE) {
            ou_collect_start(heap, "stress");
        }
        ou_collect_step(heap, options->step_units, false);
    }
}

void ou_heap_safepoint(OuHeap *heap) {
    if (heap->pending & OU_PENDING_STRESS) { stress(heap); }
    uint32_t wanted = heap->pending & (OU_PENDING_COLLECT | OU_PENDING_HURRY | OU_PENDING_YOUNG);
    if (wanted) {
        ou_heap_unrequest(heap, wanted);
        bool young = (wanted & OU_PENDING_YOUNG) != 0;
        bool can = !heap->collecting && !heap->no_user_code && heap->enabled;
        if (can) { slice(heap, (wanted & OU_PENDING_HURRY) != 0, young); }
    }
    /* A finaliser or callback may have turned the collector off: its cycle does not stop half-way. */
    if (!heap->enabled) { ou_heap_enable(heap, false); }
}
