/* The finalisers of a cycle: OU_GATHER lists the cells, OU_FINALIZE sorts them by birth and runs them; see collect.c. */
#include "gc/private.h"

/* Lets finals[at] sink to its place among the first `count`, the latest birth on top. */
static void sift(OuFinal *finals, size_t at, size_t count) {
    OuFinal entry = finals[at];
    for (size_t child; (child = 2 * at + 1) < count; at = child) {
        if (child + 1 < count && finals[child + 1].birth > finals[child].birth) { child++; }
        if (finals[child].birth <= entry.birth) { break; }
        finals[at] = finals[child];
    }
    finals[at] = entry;
}

/* The list keeps the earliest births if there is no room for all: the latest is on top then. */
static void gather_one(OuHeap *heap, OuCell *cell) {
    OuCollector *self = ou_collector(heap);
    if ((cell->flags & OU_FLAG_PENDING) == 0) { return; }
    OuFinal entry = {heap->kinds[cell->kind]->birth(heap, cell), cell};
    if (self->finals_count < self->finals_room) {
        self->finals_ordered &= self->finals_count == 0 || self->finals[self->finals_count - 1].birth < entry.birth;
        self->finals[self->finals_count++] = entry;
        if (self->finals_count < self->finals_room || self->finals_room >= self->pending) { return; }
        for (size_t at = self->finals_count / 2; at-- > 0;) { sift(self->finals, at, self->finals_count); }
        self->finals_ordered = false;
    } else if (entry.birth < self->finals[0].birth) {
        self->finals[0] = entry;
        sift(self->finals, 0, self->finals_count);
    }
}

static void drop_finals(OuHeap *heap) {
    OuCollector *self = ou_collector(heap);
    if (self->finals && self->finals != self->batch) { ou_space_raw_free(heap, self->finals, self->finals_bytes); }
    self->finals = NULL;
    self->finals_count = self->finals_next = 0;
}

/* Births of young cells lie close together: each entry goes to the place that its birth names, with gaps, unless these
 * would be many. */
static void spread(OuHeap *heap) {
    OuCollector *self = ou_collector(heap);
    uint64_t low = UINT64_MAX, high = 0;
    for (size_t i = 0; i < self->finals_count; i++) {
        low = self->finals[i].birth < low ? self->finals[i].birth : low;
        high = self->finals[i].birth > high ? self->finals[i].birth : high;
    }
    if (self->finals == self->batch || high - low >= 2 * self->finals_count) { return; }
    size_t count = (size_t)(high - low) + 1, bytes = count * sizeof(OuFinal);
    OuFinal *finals = ou_space_raw_new(heap, bytes);
    if (finals == NULL) { return; }
    for (size_t i = 0; i < count; i++) { finals[i] = (OuFinal){low + i, NULL}; }
    for (size_t i = 0; i < self->finals_count; i++) { finals[self->finals[i].birth - low] = self->finals[i]; }
    drop_finals(heap);
    self->finals = finals;
    self->finals_bytes = bytes;
    self->finals_count = count;
    self->finals_ordered = true;
}

/* Until the finalisers run nothing on the list can die: nobody reaches it. Later batches are made in one step. */
bool ou_phase_gather(OuHeap *heap, int64_t *budget) {
    OuCollector *self = ou_collector(heap);
    if (self->finals == NULL) {
        self->finals_bytes = self->pending * sizeof *self->finals;
        self->finals = self->pending > OU_FINAL_BATCH ? ou_space_raw_new(heap, self->finals_bytes) : NULL;
        self->finals_room = self->finals ? self->pending : OU_FINAL_BATCH;
        if (self->finals == NULL) { self->finals = self->batch; }
        self->finals_ordered = true;
    }
    int64_t all = OU_UNLIMITED;
    if (!ou_sweep(heap, self->finalized ? &all : budget, gather_one)) { return false; }
    if (heap->young && !self->finals_ordered) { spread(heap); }
    self->finals_next = 0;
    self->finals_heap = self->finals_count / 2;
    self->finals_sorted = self->finals_ordered ? 0 : self->finals_count;
    heap->phase = OU_FINALIZE;
    return true;
}

/* One step of a heap sort. true: sorted. */
static bool sort_step(OuCollector *self) {
    if (self->finals_heap > 0) {
        sift(self->finals, --self->finals_heap, self->finals_count);
    } else if (self->finals_sorted > 1) {
        OuFinal last = self->finals[--self->finals_sorted];
        self->finals[self->finals_sorted] = self->finals[0];
        self->finals[0] = last;
        sift(self->finals, 0, self->finals_sorted);
    }
    return self->finals_sorted <= 1;
}

void ou_collect_forget(OuHeap *heap, OuCell *cell) {
    OuCollector *self = ou_collector(heap);
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
    OuCollector *self = ou_collector(heap);
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

/* The finalisers of the list, then those of the next batch. That one is sorted in one step: once user code has run, a
 * cell on the list may die, and it is looked for by its birth. */
bool ou_phase_finalize(OuHeap *heap, int64_t *budget) {
    OuCollector *self = ou_collector(heap);
    while (*budget > 0) {
        if (self->finals_sorted > 1) {
            for (; (*budget > 0 || self->finalized > 0) && !sort_step(self); *budget -= 2 * OU_AGAIN_COST) {}
        } else if (self->finals_next < self->finals_count) {
            OuCell *cell = self->finals[self->finals_next++].cell;
            if (cell) {
                *budget -= OU_USER_CODE_COST;
                finalize_one(heap, cell);
            }
        } else {
            drop_finals(heap);
            ou_enter(heap, self->pending > 0 ? OU_GATHER : OU_EXAMINE, OU_EACH_SUSPECT);
            return true;
        }
    }
    return false;
}
