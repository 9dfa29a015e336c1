/* Weak references: a hash table from target to the list of its references, newest first. */
#include <assert.h>

#include "gc/private.h"

#define INITIAL_CAPACITY 16u

static size_t hash_of(const OuWeakTable *table, const OuCell *target) {
    uint64_t bits = (uint64_t)(uintptr_t)target * 0x9e3779b97f4a7c15ull;
    return (size_t)(bits >> 32) & (table->capacity - 1);
}

/* Where the target is or would go. */
static size_t find(const OuWeakTable *table, const OuCell *target) {
    size_t at = hash_of(table, target);
    while (table->entries[at].target && table->entries[at].target != target) { at = (at + 1) & (table->capacity - 1); }
    return at;
}

static bool table_grow(OuHeap *heap, OuWeakTable *table) {
    OuWeakTable bigger = {.capacity = table->capacity ? table->capacity * 2 : INITIAL_CAPACITY, .count = table->count};
    size_t bytes = bigger.capacity * sizeof *bigger.entries;
    bigger.entries = ou_buffer_new(heap, bytes);
    if (bigger.entries == NULL) { return false; }
    memset((void *)bigger.entries, 0, bytes);
    for (size_t i = 0; i < table->capacity; i++) {
        if (table->entries[i].target) { bigger.entries[find(&bigger, table->entries[i].target)] = table->entries[i]; }
    }
    ou_buffer_free(heap, table->entries, table->capacity * sizeof *table->entries);
    *table = bigger;
    return true;
}

/* Takes the target's entry out and closes the gap. */
static void forget_target(OuHeap *heap, size_t at, OuCell *target) {
    OuWeakTable *table = &heap->priv->weak;
    size_t mask = table->capacity - 1, hole = at;
    for (size_t i = (at + 1) & mask; table->entries[i].target; i = (i + 1) & mask) {
        size_t home = hash_of(table, table->entries[i].target);
        if (((i - home) & mask) >= ((i - hole) & mask)) {
            table->entries[hole] = table->entries[i];
            hole = i;
        }
    }
    table->entries[hole].target = NULL;
    target->flags &= (uint8_t)~OU_FLAG_WEAKREFS;
    if (--table->count == 0 && table->capacity > 64 * INITIAL_CAPACITY) { ou_weak_fini(heap); }
}

void ou_weak_fini(OuHeap *heap) {
    OuWeakTable *table = &heap->priv->weak;
    assert(table->count == 0);
    ou_buffer_free(heap, table->entries, table->capacity * sizeof *table->entries);
    *table = (OuWeakTable){.entries = NULL};
}

bool ou_weak_attach(OuHeap *heap, OuWeak *weak, OuCell *target) {
    OuWeakTable *table = &heap->priv->weak;
    if (table->count * 2 >= table->capacity && !table_grow(heap, table)) { return false; }
    size_t at = find(table, target);
    if (table->entries[at].target == NULL) {
        table->entries[at].target = target;
        table->entries[at].first = NULL;
        table->count++;
    }
    OuWeak *older = table->entries[at].first;
    weak->target = target;
    weak->prev = NULL;
    weak->next = older;
    if (older) { older->prev = weak; }
    table->entries[at].first = weak;
    target->flags |= OU_FLAG_WEAKREFS;
    return true;
}

void ou_weak_detach(OuHeap *heap, OuWeak *weak) {
    OuCell *target = weak->target;
    if (target == NULL) { return; }
    if (weak->next) { weak->next->prev = weak->prev; }
    if (weak->prev) {
        weak->prev->next = weak->next;
    } else {
        size_t at = find(&heap->priv->weak, target);
        heap->priv->weak.entries[at].first = weak->next;
        if (weak->next == NULL) { forget_target(heap, at, target); }
    }
    weak->target = NULL;
    weak->next = weak->prev = NULL;
}

OuWeak *ou_weak_first(OuHeap *heap, const OuCell *target) {
    const OuWeakTable *table = &heap->priv->weak;
    if ((target->flags & OU_FLAG_WEAKREFS) == 0) { return NULL; }
    return table->entries[find(table, target)].first;
}

OuCell *ou_weak_get(OuHeap *heap, const OuWeak *weak) {
    OuCell *target = weak->target;
    if (target == NULL || (target->flags & OU_FLAG_DEAD)) { return NULL; }
    if (heap->marking) {
        ou_shade(heap, target);
    } else if (heap->phase >= OU_WEAK && !ou_cell_leaf(target) && !ou_cell_marked(target)) {
        return NULL;
    }
    return target;
}

static void push(OuWeakQueue *queue, OuWeak *weak) {
    ou_weak_holder(weak)->count++;
    weak->next = NULL;
    weak->prev = queue->last;
    *(queue->last ? &queue->last->next : &queue->first) = weak;
    queue->last = weak;
}

void ou_weak_remove(OuWeakQueue *queue, OuWeak *weak) {
    *(weak->next ? &weak->next->prev : &queue->last) = weak->prev;
    *(weak->prev ? &weak->prev->next : &queue->first) = weak->next;
    weak->next = weak->prev = NULL;
}

/* Is the callback of a reference to a dying target to be called? Not when the reference itself dies or has been found
 * unreachable: calling would hand garbage to user code. */
static bool wants_call(OuHeap *heap, const OuWeak *weak) {
    return weak->callback != OU_NOTHING && !heap->no_user_code && weak->cell.count > 0 &&
           (weak->cell.flags & OU_FLAG_DEAD) == 0 && ou_weak_holder(weak)->count > 0 &&
           (ou_weak_holder(weak)->flags & OU_FLAG_DEAD) == 0 &&
           (heap->phase < OU_WEAK || ou_cell_marked(ou_weak_holder(weak)));
}

/* Clears all references to `target`; those whose callbacks are to be called, and without the flag `never`, go on the
 * queue. */
static void clear_list(OuHeap *heap, OuCell *target, OuWeakQueue *queue, uint8_t never) {
    OuWeak *first = ou_weak_first(heap, target);
    if (first == NULL) { return; }
    forget_target(heap, find(&heap->priv->weak, target), target);
    for (OuWeak *weak = first, *next; weak; weak = next) {
        next = weak->next;
        weak->target = NULL;
        weak->next = weak->prev = NULL;
        if (wants_call(heap, weak) && (ou_weak_holder(weak)->flags & never) == 0) { push(queue, weak); }
    }
}

void ou_weak_clear_all(OuHeap *heap, OuCell *target) {
    OuWeakQueue queue = {.outer = heap->priv->queues};
    clear_list(heap, target, &queue, 0);
    if (queue.first == NULL) { return; }
    heap->priv->queues = &queue;
    for (OuWeak *weak = queue.first; weak; weak = weak->next) {
        if (heap->hooks.weak_callback) { heap->hooks.weak_callback(heap, &weak->cell); }
    }
    /* CPython drops the callbacks when all have been called, the last called first. */
    while (queue.last) {
        OuWeak *weak = queue.last;
        ou_weak_remove(&queue, weak);
        ou_slot_clear(heap, &weak->callback);
        ou_decref_cell(heap, ou_weak_holder(weak));
    }
    heap->priv->queues = queue.outer;
}

void ou_weak_condemn(OuHeap *heap, OuCell *target, OuWeakQueue *queue) {
    clear_list(heap, target, queue, OU_FLAG_PENDING);
}
