/* The destroyer: what happens when a count reaches zero.
 *
 * Order, as in CPython 3.11: the cell's finaliser, its weak references and their callbacks, its slots in the order of
 * `spans` (each child's whole subtree before the next child), the cell itself, its owner.
 *
 * No recursion and no allocation, however deep: on the way down the parent's address goes into the slot of the parent
 * that was just consumed, and the number of consumed slots into the parent's count, which is of no other use any more.
 * So a DEAD cell with count n still owns its slots n and up, and slot n - 1 leads to the next cell outward. User code
 * runs only between two steps; heap->chain then tells audit and marker where we are. */
#include <assert.h>

#include "gc/private.h"

/* Any of these: death is not only a matter of slots. */
#define SPECIAL (OU_FLAG_FINALIZER | OU_FLAG_WEAKREFS | OU_FLAG_HELD)

void ou_slots_open(OuHeap *heap, OuCell *cell, OuSlots *self, size_t from) {
    const OuKindOps *ops = heap->kinds[cell->kind];
    self->count = ops->spans ? ops->spans(heap, cell, self->spans) : 0;
    self->span = 0;
    while (self->span < self->count && from >= self->spans[self->span].count) {
        from -= self->spans[self->span].count;
        self->span++;
    }
    self->at = from;
}

/* The slot that leads from a dying cell to the one around it. */
static OuCell *outer_of(OuHeap *heap, OuCell *cell, OuValue **slot) {
    OuSlots slots;
    ou_slots_open(heap, cell, &slots, cell->count - 1);
    *slot = ou_slots_next(&slots);
    return ou_cell(**slot);
}

/* Finaliser, weak references: all the user code that a death can run. false: the cell lives on. */
static bool prepare(OuHeap *heap, OuCell *cell, OuCell *parent) {
    OuChain chain = {.outer = heap->chain, .cell = cell, .parent = parent};
    heap->chain = &chain;
    if (cell->flags & (OU_FLAG_PENDING | OU_FLAG_HELD)) { ou_collect_forget(heap, cell); }
    if (ou_cell_to_finalize(cell) && !heap->no_user_code) {
        cell->flags |= OU_FLAG_FINALIZED;
        cell->count = 1;
        chain.finalizing = true;
        heap->kinds[cell->kind]->finalize(heap, cell);
        chain.finalizing = false;
        heap->stats.finalized++;
        if (--cell->count > 0) {
            /* It left the heap without a decrement above zero: the marker must hear of it. */
            if (heap->marking) { ou_shade(heap, cell); }
            heap->chain = chain.outer;
            return false;
        }
    }
    cell->flags |= OU_FLAG_DEAD;
    if (heap->kinds[cell->kind]->weakref) { ou_weak_detach(heap, (OuWeak *)(void *)cell); }
    if (cell->flags & OU_FLAG_WEAKREFS) { ou_weak_clear_all(heap, cell); }
    heap->chain = chain.outer;
    return true;
}

static inline void free_leaf(OuHeap *heap, const OuKindOps *ops, OuCell *cell) {
    if (ops->drop) { ops->drop(heap, cell); }
    ou_cell_free(heap, cell);
}

/* Releases the slots from `from` on. Returns a child that is to die before the rest, or NULL. */
static inline OuCell *release_slots(OuHeap *heap, const OuKindOps *ops, OuCell *cell, OuCell *parent, size_t from) {
    OuSpan spans[OU_MAX_SPANS];
    uint32_t count = ops->spans ? ops->spans(heap, cell, spans) : 0;
    size_t before = 0; /* slots of the spans in front */
    for (uint32_t i = 0; i < count; before += spans[i++].count) {
        size_t at = from > before ? from - before : 0, end = spans[i].count;
        ptrdiff_t step = spans[i].step;
        OuValue *slot = spans[i].first + (ptrdiff_t)at * step;
        for (; at < end; at++, slot += step) {
            OuValue value = *slot;
            if (!ou_is_cell(value)) { continue; }
            OuCell *child = ou_cell(value);
            if (--child->count > 0) {
                if (__builtin_expect(heap->marking, 0)) { ou_shade(heap, child); }
                continue;
            }
            const OuKindOps *child_ops = heap->kinds[child->kind];
            if (child_ops->leaf) {
                free_leaf(heap, child_ops, child);
                continue;
            }
            assert(before + at + 1 <= UINT32_MAX);
            cell->count = (uint32_t)(before + at + 1);
            *slot = ou_word(parent);
            return child;
        }
    }
    return NULL;
}

/* A cell without slots goes: returns its owner when that one dies of it. */
static inline OuCell *free_cell(OuHeap *heap, const OuKindOps *ops, OuCell *cell) {
    OuCell *owner = ou_owner_of(heap, ops, cell);
    if (ops->drop) { ops->drop(heap, cell); }
    ou_cell_free(heap, cell);
    if (owner) {
        if (--owner->count == 0) { return owner; }
        if (heap->marking) { ou_shade(heap, owner); }
    }
    return NULL;
}

void ou_destroy(OuHeap *heap, OuCell *cell) {
    const OuKindOps *ops = heap->kinds[cell->kind];
    if (ops->leaf) {
        free_leaf(heap, ops, cell);
        return;
    }
    OuCell *parent = NULL;
    for (;;) {
        /* `cell` has just died, its count is 0. */
        size_t from = 0;
        if (((cell->flags & SPECIAL) != 0 || ops->weakref) && !prepare(heap, cell, parent)) {
            cell = NULL;
        } else {
            cell->flags |= OU_FLAG_DEAD;
            ops = heap->kinds[cell->kind]; /* a finaliser may have changed the layout */
        }
        for (;;) {
            if (cell) {
                OuCell *child = release_slots(heap, ops, cell, parent, from);
                if (child) {
                    parent = cell;
                    cell = child;
                    break;
                }
                cell = free_cell(heap, ops, cell);
                if (cell) { break; }
            }
            if (parent == NULL) { return; }
            /* Back to the parent, behind the slot that led here. */
            OuValue *slot;
            cell = parent;
            from = cell->count;
            parent = outer_of(heap, cell, &slot);
            *slot = OU_NOTHING;
            ops = heap->kinds[cell->kind];
        }
        ops = heap->kinds[cell->kind];
    }
}

void ou_chain_visit(OuHeap *heap, OuVisit visit, void *context) {
    for (OuChain *chain = heap->chain; chain; chain = chain->outer) {
        if (chain->finalizing) {
            visit(context, ou_word(chain->cell), "object in its finaliser");
        } else {
            ou_cell_walk(heap, chain->cell, visit, context, false);
        }
        OuValue *slot;
        for (OuCell *cell = chain->parent; cell; cell = outer_of(heap, cell, &slot)) {
            ou_cell_walk(heap, cell, visit, context, false);
        }
    }
    OuCollector *collector = &heap->priv->collector;
    if (collector->finalizing) { visit(context, ou_word(collector->finalizing), "object in its finaliser"); }
    collector->callbacks.outer = heap->priv->queues;
    for (OuWeakQueue *queue = &collector->callbacks; queue; queue = queue->outer) {
        for (OuWeak *weak = queue->first; weak; weak = weak->next) {
            visit(context, ou_word(ou_weak_holder(weak)), "callback queue");
        }
    }
}
