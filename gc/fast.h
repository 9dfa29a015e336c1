/* Allocation and release of small cells, inline. Everything beside the straight path is a call. */
#ifndef OU_GC_FAST_H
#define OU_GC_FAST_H

#include "gc/heap.h"
#include "gc/page.h"

/* A zero-filled cell of `bytes`, at most 128 and constant; `leaf` must be what the kind says. Count 1; NULL: no memory.
 * While failures are injected or (tracked cells) a cycle runs, current[][] is an empty page, so that path pays nothing
 * for either. */
static inline OuCell *ou_cell_new_sized(OuHeap *heap, uint8_t kind, bool leaf, size_t bytes) {
#if OU_MALLOC_CELLS
    return ou_cell_new(heap, kind, bytes);
#else
    OuPage *page = heap->current[leaf][OU_CLASS_SMALL(bytes)];
    OuFree *cell = page->free;
    if (__builtin_expect(cell == NULL, 0)) { return ou_cell_new(heap, kind, bytes); }
    page->free = cell->next;
    page->used++;
    /* The class size, not `bytes`: the whole cell is zero. */
    memset((char *)cell + sizeof(OuCell), 0, (OU_CLASS_SMALL(bytes) + 2) * 8 - sizeof(OuCell));
    cell->cell = (OuCell){.count = 1, .kind = kind};
    return &cell->cell;
#endif
}

#if !OU_MALLOC_CELLS
/* A page got empty, or a full one got room. */
void ou_page_freed(OuHeap *heap, OuPage *page);
#endif

/* Gives back a small dead cell, at most OU_SMALL_LIMIT, of which nothing is left to release. */
static inline void ou_cell_free_fast(OuHeap *heap, OuCell *cell) {
#if OU_MALLOC_CELLS
    ou_cell_discard(heap, cell);
#else
    OuPage *page = ou_page_of(cell);
    OuFree *freed = (OuFree *)(void *)cell;
    freed->cell = (OuCell){.count = 0};
    freed->next = page->free;
    page->free = freed;
    if (__builtin_expect((int32_t)--page->used <= 0, 0)) { ou_page_freed(heap, page); }
#endif
}

/* The same for a cell of any size. */
static inline void ou_cell_free(OuHeap *heap, OuCell *cell) {
#if OU_MALLOC_CELLS
    ou_cell_discard(heap, cell);
#else
    if (__builtin_expect(ou_page_of(cell)->flags & OU_PAGE_LARGE, 0)) {
        ou_cell_discard(heap, cell);
    } else {
        ou_cell_free_fast(heap, cell);
    }
#endif
}

#endif
