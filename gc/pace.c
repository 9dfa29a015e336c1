/* When to collect and how fast: by the collector's own account of live bytes.
 *
 * Counts free acyclic garbage at once, so what this account sees growing is live or cyclic. A cycle begins when the heap
 * has grown by three tenths of what was live when the last one began, and some spare that small heaps take most of; it
 * is paced to end before the heap has grown by another eighth. So garbage stays below half of the live heap plus the
 * spare, and a heap that only grows is traced when it doubles, about. */
#include "gc/private.h"

#define LEAST_GROWTH (512 << 10)
#define MOST_SPARE (15 << 20)
#define LEAST_ROOM (256 << 10)
#define FIRST_COST 0.75   /* budget for each live byte */
#define FIRST_CREDIT 4096 /* between the start of a cycle and the next slice */
#define YOUNG_CREDIT (32 << 10)

static int64_t at_least(int64_t value, int64_t least) { return value > least ? value : least; }
static int64_t at_most(int64_t value, int64_t most) { return value < most ? value : most; }

static void begin_account(OuHeap *heap, int64_t base) {
    OuPacing *self = &heap->priv->pacing;
    int64_t spare = at_most(LEAST_GROWTH + 3 * base, MOST_SPARE);
    self->base = base;
    self->base_charged = heap->stats.charged;
    self->limit = base * 3 / 10 + spare;
    self->check = base + self->limit;
}

void ou_pace_init(OuHeap *heap) {
    heap->priv->pacing.cost = FIRST_COST;
    begin_account(heap, ou_space_estimate(heap));
}

/* Near the cap growth is limited further: half of what was free when the last cycle ended. */
static bool near_cap(const OuHeap *heap) {
    size_t cap = heap->options.cap, charged = heap->stats.charged, base = heap->priv->pacing.base_charged;
    return cap != 0 && charged > cap - cap / 4 && (base >= cap || charged > base + (cap - base) / 2);
}

void ou_pace_refill(OuHeap *heap, size_t bytes) {
    OuPacing *self = &heap->priv->pacing;
    if (heap->collecting || !heap->enabled) { return; }
    if (heap->phase == OU_IDLE) {
        if (heap->pending & (OU_PENDING_COLLECT | OU_PENDING_HURRY)) { return; }
        bool full = near_cap(heap);
        /* The estimate misses what was freed on pages that nobody allocates from. */
        if ((ou_space_estimate(heap) < self->check && !full) || !ou_space_recount(heap)) { return; }
        int64_t growth = ou_space_estimate(heap) - self->base;
        if (growth >= self->limit || full) { ou_heap_request(heap, full ? OU_PENDING_HURRY : OU_PENDING_COLLECT); }
        self->check = ou_space_estimate(heap) + at_least((self->limit - growth) / 2, LEAST_GROWTH / 8);
    } else {
        ou_pace_spend(heap, bytes);
        /* A destroyer that the cycle waits for may run the program for as long as it likes. */
        bool stuck = heap->priv->collector.waits && self->used > 4 * self->room;
        if (stuck || near_cap(heap)) { ou_heap_request(heap, OU_PENDING_HURRY); }
    }
}

void ou_pace_cycle_started(OuHeap *heap) {
    OuPacing *self = &heap->priv->pacing;
    self->before = ou_space_estimate(heap);
    self->room = at_least(self->before / 8, LEAST_ROOM);
    self->credit = FIRST_CREDIT;
    self->used = self->work = self->slice = 0;
}

void ou_pace_slice_ended(OuHeap *heap) {
    OuPacing *self = &heap->priv->pacing;
    double expected = (double)self->before * self->cost, room = (double)(self->room - self->used);
    double done = (double)self->slice, left;
    self->work += self->slice;
    self->slice = 0;
    if (heap->young) {
        self->credit = YOUNG_CREDIT;
        return;
    }
    left = expected - (double)self->work;
    if (left < expected / 8) { left = expected / 8; }
    /* Late: from here on the program gets hardly more than what a slice takes. */
    int64_t credit = (int64_t)(done * (room > 0 ? room : 0) / left);
    self->credit = at_most(at_least(credit, FIRST_CREDIT), self->room / 4);
}

void ou_pace_cycle_ended(OuHeap *heap, size_t kept) {
    OuPacing *self = &heap->priv->pacing;
    double cost = (double)(self->work + self->slice) / (double)at_least(self->before, 1);
    self->cost = cost < 0.05 ? 0.05 : cost > 2 ? 2 : cost;
    /* What was allocated since the cycle began is taken for growth, it may be garbage already. */
    begin_account(heap, at_least(ou_space_estimate(heap) - self->used - (int64_t)kept, 0));
}
