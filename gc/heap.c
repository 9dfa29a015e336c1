/* The heap of one VM: accounts, the cap, failure injection, cells and buffers as callers see them. */
#include <assert.h>
#include <stdlib.h>

#include "gc/private.h"

/* The cap may have been lowered below what is taken. */
static bool fits(const OuHeap *heap, size_t bytes) {
    size_t cap = heap->options.cap, charged = heap->stats.charged;
    return cap == 0 || (charged <= cap && bytes <= cap - charged);
}

bool ou_heap_charge(OuHeap *heap, size_t bytes) {
    OuHeapStats *stats = &heap->stats;
    if (!fits(heap, bytes)) {
        ou_space_trim(heap);
        if (!fits(heap, bytes)) { return false; }
    }
    stats->charged += bytes;
    if (stats->charged > stats->peak_charged) { stats->peak_charged = stats->charged; }
    return true;
}

void ou_heap_uncharge(OuHeap *heap, size_t bytes) {
    assert(heap->stats.charged >= bytes);
    heap->stats.charged -= bytes;
}

bool ou_heap_admit(OuHeap *heap) {
    OuHeapPrivate *priv = heap->priv;
    uint64_t number = ++priv->alloc_count;
    heap->stats.allocations = number;
    return priv->fail_at == 0 || (number != priv->fail_at && !(priv->fail_from && number > priv->fail_at));
}

void ou_heap_fail_at(OuHeap *heap, uint64_t nth, bool from) {
    OuHeapPrivate *priv = heap->priv;
    uint64_t at = priv->alloc_count + nth;
    priv->fail_at = nth == 0 ? 0 : at < nth ? UINT64_MAX : at;
    priv->fail_from = from;
    ou_space_park(heap, OU_SPACE_LEAF, nth != 0);
    ou_space_park(heap, OU_SPACE_TRACKED, nth != 0 || heap->phase >= OU_MARK);
}

const OuHeapStats *ou_heap_stats(OuHeap *heap) {
    OuHeapStats *stats = &heap->stats;
    ou_space_count(heap, &stats->live_cells, &stats->live_tracked, &stats->live_bytes);
    return stats;
}

bool ou_heap_reserve(OuHeap *heap, size_t bytes) { return ou_heap_admit(heap) && ou_heap_charge(heap, bytes); }
void ou_heap_unreserve(OuHeap *heap, size_t bytes) { ou_heap_uncharge(heap, bytes); }

bool ou_heap_init(OuHeap *heap, const OuKindOps *const *kinds, const OuHeapHooks *hooks, const OuHeapOptions *options) {
    memset(heap, 0, sizeof *heap);
    heap->priv = calloc(1, sizeof *heap->priv);
    if (heap->priv == NULL) { return false; }
    heap->kinds = kinds;
    if (hooks) { heap->hooks = *hooks; }
    if (options) { heap->options = *options; }
    heap->enabled = true;
    heap->next_birth = 1;
    heap->priv->oracles = true;
    heap->priv->big_slots = 2048;
    if (!ou_heap_charge(heap, sizeof *heap->priv) || !ou_space_init(heap)) {
        free(heap->priv);
        heap->priv = NULL;
        return false;
    }
    ou_pace_init(heap);
    if (heap->options.fail_at) { ou_heap_fail_at(heap, heap->options.fail_at, heap->options.fail_from); }
    if (heap->options.audit_every || heap->options.collect_every || heap->options.step_units) {
        ou_heap_request(heap, OU_PENDING_STRESS);
    }
    return true;
}

/* What no edge leads to and no count will free: the owner is gone. */
static void drop_leftovers(OuHeap *heap, unsigned space) {
    OuCursor *cursor = &heap->priv->collector.cursor;
    ou_cursor_open(heap, cursor, space, OU_EACH_LIVE);
    for (OuCell *cell; (cell = ou_cursor_next(heap, cursor, NULL)) != NULL;) {
        const OuKindOps *ops = heap->kinds[cell->kind];
        if (cell->flags & OU_FLAG_WEAKREFS) { ou_weak_clear_all(heap, cell); }
        if (ops->weakref) { ou_weak_detach(heap, (OuWeak *)(void *)cell); }
        if (ops->drop) { ops->drop(heap, cell); }
        ou_space_free(heap, cell);
    }
}

size_t ou_heap_fini(OuHeap *heap) {
    if (heap->priv == NULL) { return 0; }
    size_t live = ou_heap_stats(heap)->live_cells;
    ou_collect_log_sums(heap);
    heap->no_user_code = true;
    ou_heap_fail_at(heap, 0, false);
    ou_collect_everything(heap);
    drop_leftovers(heap, OU_SPACE_TRACKED);
    drop_leftovers(heap, OU_SPACE_LEAF);
    ou_weak_fini(heap);
    assert(ou_heap_stats(heap)->live_cells == 0);
    assert(heap->stats.live_bytes == 0); /* raw buffers that their owner forgot */
    ou_space_fini(heap);
    ou_heap_uncharge(heap, sizeof *heap->priv);
    assert(heap->stats.charged == 0);
    free(heap->priv);
    heap->priv = NULL;
    return live;
}

void ou_heap_each(OuHeap *heap, bool leaves, void (*visit)(OuHeap *heap, OuCell *cell, void *context), void *context) {
    OuCursor cursor;
    for (unsigned space = OU_SPACE_TRACKED; space <= (leaves ? OU_SPACE_LEAF : OU_SPACE_TRACKED); space++) {
        ou_cursor_open(heap, &cursor, space, OU_EACH_LIVE);
        for (OuCell *cell; (cell = ou_cursor_next(heap, &cursor, NULL)) != NULL;) { visit(heap, cell, context); }
    }
}

size_t ou_cell_bytes(OuHeap *heap, const OuCell *cell) {
    const OuKindOps *ops = heap->kinds[cell->kind];
    return ou_cell_size(cell) + (ops->extra_bytes != NULL ? ops->extra_bytes(heap, cell) : 0);
}

OuCell *ou_cell_new(OuHeap *heap, uint8_t kind, size_t bytes) {
    bool leaf = heap->kinds[kind]->leaf;
    if (!ou_heap_admit(heap)) { return NULL; }
    OuCell *cell = ou_space_new(heap, leaf ? OU_SPACE_LEAF : OU_SPACE_TRACKED, bytes, true);
    if (cell) {
        heap->stats.made++;
        cell->count = 1;
        cell->kind = kind;
        if (!leaf && heap->phase >= OU_MARK) {
            ou_cell_mark(cell);
            ou_pace_spend(heap, bytes);
        }
    }
    return cell;
}

OuCell *ou_cell_grow(OuHeap *heap, OuCell *cell, size_t bytes) {
    assert(cell->count == 1 && ou_cell_leaf(cell));
    if (!ou_heap_admit(heap)) { return NULL; }
    size_t old_bytes = ou_cell_size(cell);
    if (bytes <= old_bytes) { return cell; }
    OuCell *moved = ou_space_stretch(heap, cell, bytes);
    if (moved == NULL && (moved = ou_space_new(heap, OU_SPACE_LEAF, bytes, false)) != NULL) {
        memcpy((void *)moved, cell, old_bytes);
        memset((char *)moved + old_bytes, 0, ou_cell_size(moved) - old_bytes);
        ou_space_free(heap, cell);
    }
    return moved;
}

void ou_cell_discard(OuHeap *heap, OuCell *cell) { ou_space_free(heap, cell); }
void ou_release(OuHeap *heap, OuValue value) { ou_decref(heap, value); }
void *ou_buffer_new(OuHeap *heap, size_t bytes) { return ou_heap_admit(heap) ? ou_space_raw_new(heap, bytes) : NULL; }

void *ou_buffer_resize(OuHeap *heap, void *old, size_t old_bytes, size_t bytes) {
    if (!ou_heap_admit(heap)) { return NULL; }
    if (old == NULL) { return ou_space_raw_new(heap, bytes); }
    void *moved = ou_space_raw_stretch(heap, old, old_bytes, bytes);
    if (moved == NULL && (moved = ou_space_raw_new(heap, bytes)) != NULL) {
        memcpy(moved, old, old_bytes < bytes ? old_bytes : bytes);
        ou_space_raw_free(heap, old, old_bytes);
    }
    return moved;
}

void ou_buffer_free(OuHeap *heap, void *buffer, size_t bytes) {
    if (buffer != NULL) { ou_space_raw_free(heap, buffer, bytes); }
}
