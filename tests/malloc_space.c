/* The flavour in which every cell and every buffer is a malloc block of its own, so that valgrind and ASan see each
 * access to a dead one. A prefix with links, mark and todo byte stands in for the page. */
#include "gc/private.h"

#if OU_MALLOC_CELLS

#include <assert.h>
#include <stdlib.h>

#define MAGIC 0x0a0b0c0du

bool ou_cell_leaf(const OuCell *cell) { return ou_is_static(cell) || ou_prefix_of(cell)->space != OU_SPACE_TRACKED; }
static size_t round_word(size_t bytes) { return bytes < OU_CELL_MIN ? OU_CELL_MIN : (bytes + 7) & ~(size_t)7; }

static OuPrefix *block_new(OuHeap *heap, unsigned kind, size_t size) {
    OuSpace *space = ou_space(heap);
    if (size > SIZE_MAX / 2 || !ou_heap_charge(heap, size)) { return NULL; }
    OuPrefix *self = malloc(sizeof *self + size);
    if (self == NULL) {
        ou_heap_uncharge(heap, size);
        return NULL;
    }
    *self = (OuPrefix){.size = size, .space = (uint8_t)kind, .magic = MAGIC};
    ou_link_insert(space->lists[kind].prev, &self->link);
    space->live[kind]++;
    space->bytes[kind] += size;
    return self;
}

static void block_free(OuHeap *heap, OuPrefix *self) {
    OuSpace *space = ou_space(heap);
    OuCursor *cursor = &heap->priv->collector.cursor;
    assert(self->magic == MAGIC);
    if (cursor->open && cursor->at == &self->link) { cursor->at = self->link.next; }
    if (heap->priv->collector.partial == (OuCell *)(void *)(self + 1)) { heap->priv->collector.partial = NULL; }
    ou_link_remove(&self->link);
    if (self->todo) { ou_link_remove(&self->queue); }
    space->live[self->space]--;
    space->bytes[self->space] -= self->size;
    ou_heap_uncharge(heap, self->size);
    self->magic = 0;
    free(self);
}

bool ou_space_init(OuHeap *heap) {
    static OuPage empty_page;
    OuSpace *space = ou_space(heap);
    for (unsigned i = 0; i < OU_SPACE_COUNT; i++) { ou_link_init(&space->lists[i]); }
    ou_link_init(&space->queue);
    for (unsigned i = 0; i < 2 * OU_CLASS_COUNT; i++) {
        heap->current[i / OU_CLASS_COUNT][i % OU_CLASS_COUNT] = &empty_page;
    }
    return true;
}

void ou_space_fini(OuHeap *heap) { (void)heap; }
void ou_space_park(OuHeap *heap, unsigned space, bool parked) { (void)heap, (void)space, (void)parked; }

void *ou_space_new(OuHeap *heap, unsigned kind, size_t bytes, bool zero) {
    size_t size = round_word(bytes);
    OuPrefix *block = size < bytes ? NULL : block_new(heap, kind, size);
    if (block == NULL) { return NULL; }
    if (zero) { memset(block + 1, 0, size); }
    ou_pace_refill(heap, kind == OU_SPACE_TRACKED && heap->phase >= OU_MARK ? 0 : size);
    return block + 1;
}

void ou_space_free(OuHeap *heap, OuCell *cell) { block_free(heap, ou_prefix_of(cell)); }
void *ou_space_raw_new(OuHeap *heap, size_t bytes) { return ou_space_new(heap, OU_SPACE_RAW, bytes, false); }

void ou_space_raw_free(OuHeap *heap, void *buffer, size_t bytes) {
    assert(ou_prefix_of(buffer)->size == round_word(bytes));
    block_free(heap, ou_prefix_of(buffer));
}

/* Every resize copies, so that whoever keeps the old address is found out. */
void *ou_space_raw_stretch(OuHeap *heap, void *old, size_t old_bytes, size_t bytes) { return NULL; }

OuCell *ou_space_stretch(OuHeap *heap, OuCell *cell, size_t bytes) { return NULL; }

size_t ou_cell_size(const OuCell *cell) { return ou_is_static(cell) ? sizeof(OuStaticCell) : ou_prefix_of(cell)->size; }
size_t ou_size_round(size_t bytes) { return round_word(bytes); }

bool ou_space_trim(OuHeap *heap) { return false; }

void ou_space_count(OuHeap *heap, size_t *cells, size_t *tracked, size_t *bytes) {
    OuSpace *space = ou_space(heap);
    *tracked = space->live[OU_SPACE_TRACKED];
    *cells = *tracked + space->live[OU_SPACE_LEAF];
    *bytes = 0;
    for (unsigned i = 0; i < OU_SPACE_COUNT; i++) { *bytes += space->bytes[i]; }
}

int64_t ou_space_estimate(OuHeap *heap) { return (int64_t)heap->stats.charged; }
bool ou_space_recount(OuHeap *heap) { return true; }

/* There are no young sets here, so nobody asks for the marks while no cycle runs. */
void ou_space_young_forget(OuHeap *heap) {}
void ou_young_examine(OuHeap *heap, bool again) {}
void ou_young_finish(OuHeap *heap) {}
void ou_space_young_begin(OuHeap *heap) {}

bool ou_space_set_marks(OuHeap *heap, bool marks, int64_t *budget) {
    OuLink *head = &ou_space(heap)->lists[OU_SPACE_TRACKED];
    heap->priv->collector.cursor.open = false;
    for (OuLink *at = head->next; at != head; at = at->next) {
        assert(!((OuPrefix *)at)->todo);
        ((OuPrefix *)at)->mark = marks;
    }
    return true;
}

void ou_cell_gray(OuHeap *heap, OuCell *cell) {
    OuPrefix *self = ou_prefix_of(cell);
    self->mark = 1;
    if (!self->todo) { ou_link_insert(ou_space(heap)->queue.prev, &self->queue); }
    self->todo = 1;
}

OuCell *ou_space_next_todo(OuHeap *heap) {
    OuLink *first = ou_space(heap)->queue.next;
    if (first == &ou_space(heap)->queue) { return NULL; }
    OuPrefix *self = (OuPrefix *)(void *)((char *)first - offsetof(OuPrefix, queue));
    ou_link_remove(first);
    self->todo = 0;
    return (OuCell *)(void *)(self + 1);
}

void ou_cursor_open(OuHeap *heap, OuCursor *self, unsigned space, OuEach each) {
    *self = (OuCursor){.space = space, .each = each, .open = true, .at = ou_space(heap)->lists[space].next};
}

OuCell *ou_cursor_next(OuHeap *heap, OuCursor *self, int64_t *budget) {
    while (self->at != &ou_space(heap)->lists[self->space]) {
        if (budget && --*budget < 0) { return NULL; }
        OuPrefix *block = (OuPrefix *)self->at;
        OuCell *cell = (OuCell *)(void *)(block + 1);
        self->at = block->link.next;
        if (!(ou_cursor_unmarked(self) && block->mark) && cell->kind != OU_KIND_FREE) { return cell; }
    }
    self->open = false;
    return NULL;
}

void ou_cursor_close(OuHeap *heap, OuCursor *self) { self->open = false; }

#endif
