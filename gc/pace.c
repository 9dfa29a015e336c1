/* When to collect: by the collector's own accounts of cells and bytes, looked at when a page is used up.
 *
 * Counts free acyclic garbage at once, so what these figures see growing is live or cyclic. */
#include "gc/private.h"

#define MIN_CELLS 10000 /* growth that is always allowed */
#define MIN_BYTES (32u << 20)
#define CHECK_STEP 2000 /* cells between two exact counts */

static int64_t cells_allowed(const OuPacing *self) {
    int64_t growth = self->base_cells / 2;
    return (growth > MIN_CELLS ? growth : MIN_CELLS) * self->backoff;
}

static size_t bytes_allowed(const OuHeap *heap, const OuPacing *self) {
    size_t growth = self->base_charged / 2;
    growth = (growth > MIN_BYTES ? growth : MIN_BYTES) * self->backoff;
    size_t cap = heap->options.cap;
    /* Near the cap a tenth of what was free is allowed, so that garbage cannot be what fills it. */
    if (cap != 0 && cap > self->base_charged) {
        size_t free_bytes = cap - self->base_charged;
        if (growth > free_bytes - free_bytes / 10) { growth = free_bytes - free_bytes / 10; }
    }
    return growth;
}

void ou_pace_init(OuHeap *heap) {
    OuPacing *self = &heap->priv->pacing;
    self->backoff = 1;
    self->base_charged = heap->stats.charged;
    self->next_check = MIN_CELLS;
}

void ou_pace_refill(OuHeap *heap) {
    OuPacing *self = &heap->priv->pacing;
    if (heap->collecting || !heap->enabled || (heap->pending & OU_PENDING_COLLECT)) { return; }
    if (heap->stats.charged > self->base_charged &&
        heap->stats.charged - self->base_charged > bytes_allowed(heap, self)) {
        ou_heap_request(heap, OU_PENDING_COLLECT);
        return;
    }
    if (ou_space_estimate(heap) < self->next_check) { return; }
    /* The estimate misses cells freed on pages that nobody allocates from. */
    int64_t live = ou_space_recount(heap), limit = self->base_cells + cells_allowed(self);
    if (live >= limit) { ou_heap_request(heap, OU_PENDING_COLLECT); }
    int64_t step = (limit - live) / 2;
    self->next_check = live + (step > CHECK_STEP ? step : CHECK_STEP);
}

void ou_pace_cycle_ended(OuHeap *heap, bool found) {
    OuPacing *self = &heap->priv->pacing;
    self->backoff = found ? 1 : self->backoff < 4 ? self->backoff * 2 : 4;
    self->base_cells = ou_space_recount(heap);
    self->base_charged = heap->stats.charged;
    self->next_check = self->base_cells + cells_allowed(self);
}
