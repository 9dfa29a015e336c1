/* Chunks, pages, size classes: the space of small cells and buffers.
 *
 * States of a page: free (bit in its chunk) -> current (allocation comes from it) -> full (in no list) -> with room (in
 * the list of its class) -> current again, or empty -> warm (kept, still charged) or free. A page is charged up to the
 * highest 4 KiB step ever carved from it, until it goes back to its chunk. */
#include "gc/private.h"

/* Multiples of 8 up to 128, then steps of less than 20 %, then what divides a page evenly. */
const uint16_t ou_class_sizes[OU_CLASS_COUNT] = {
    16,   24,   32,   40,   48,   56,   64,   72,   80,   88,   96,   104,   112,   120,   128,   144,
    160,  192,  224,  256,  304,  360,  424,  504,  600,  712,  848,  1008,  1200,  1424,  1696,  2048,
    2680, 3064, 3576, 4024, 4600, 5368, 5856, 6440, 7160, 8056, 9200, 10736, 12888, 16112, 21480, 32224,
};

unsigned ou_class_of(size_t bytes) {
    if (bytes <= 128) { return OU_CLASS_SMALL(bytes); }
    unsigned low = 15, high = OU_CLASS_COUNT - 1;
    while (low < high) {
        unsigned middle = (low + high) / 2;
        if (ou_class_sizes[middle] < bytes) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

#if !OU_MALLOC_CELLS

#include <assert.h>

/* What heap->current points to when there is nothing to take. Never written. */
static OuPage empty_page;

#define PAGE_COST 16 /* budget of the collector */
#define WORD_COST 4
#define RECOUNT_PAGES 256u /* looked at in one step */
#define YOUNG_NEW 8u       /* pages that join the young set until it is looked through */
#define YOUNG_CELLS 20000u /* looked at in one step, but for one page */

static uint32_t round_step(uint32_t bytes) { return (bytes + OU_PAGE_STEP - 1) & ~(OU_PAGE_STEP - 1); }

/* --- chunks -------------------------------------------------------------------------------------------- */

static OuChunk *chunk_of(const void *page) { return (OuChunk *)((uintptr_t)page & ~(uintptr_t)(OU_CHUNK_SIZE - 1)); }

static OuPage *chunk_page(OuChunk *chunk, uint32_t index) {
    return (OuPage *)(void *)((char *)chunk + (size_t)index * OU_PAGE_SIZE);
}

/* A chunk or large cell leaves: the walks that stand on it step back. */
static void leave_places(OuHeap *heap, OuLink *link) {
    OuPlace *places[] = {&heap->priv->collector.cursor.place, &ou_space(heap)->recounting};
    for (unsigned i = 0; i < 2; i++) {
        if (places[i]->at == link) {
            places[i]->at = link->prev;
            places[i]->index = OU_CHUNK_PAGES - 1;
        }
    }
    ou_link_remove(link);
}

static OuChunk *chunk_new(OuHeap *heap) {
    OuSpace *space = ou_space(heap);
    if (!ou_heap_charge(heap, OU_PAGE_STEP)) { return NULL; }
    OuChunk *chunk = ou_system_map(OU_CHUNK_SIZE, OU_CHUNK_SIZE);
    if (chunk == NULL) {
        ou_heap_uncharge(heap, OU_PAGE_STEP);
        return NULL;
    }
    chunk->free = ~(uint64_t)1;
    ou_link_insert(&space->chunks, &chunk->link);
    ou_link_insert(&space->chunks_room, &chunk->room);
    space->chunk_count++;
    return chunk;
}

static void chunk_release(OuHeap *heap, OuChunk *chunk) {
    OuSpace *space = ou_space(heap);
    leave_places(heap, &chunk->link);
    ou_link_remove(&chunk->room);
    space->chunk_count--;
    ou_system_unmap(chunk, OU_CHUNK_SIZE);
    ou_heap_uncharge(heap, OU_PAGE_STEP);
}

/* --- pages --------------------------------------------------------------------------------------------- */

static OuPage *page_take(OuHeap *heap) {
    OuSpace *space = ou_space(heap);
    OuPage *page = space->warm;
    if (page) {
        space->warm = page->queue;
        space->warm_count--;
        return page;
    }
    /* Charging may give chunks back: choose one afterwards. */
    if (!ou_heap_charge(heap, OU_PAGE_STEP)) { return NULL; }
    OuLink *room = space->chunks_room.next;
    OuChunk *chunk = room != &space->chunks_room ? chunk_of(room) : chunk_new(heap);
    if (chunk == NULL) {
        ou_heap_uncharge(heap, OU_PAGE_STEP);
        return NULL;
    }
    page = chunk_page(chunk, (uint32_t)__builtin_ctzll(chunk->free));
    chunk->free &= chunk->free - 1;
    if (chunk->free == 0) { ou_link_remove(&chunk->room); }
    page->charged = OU_PAGE_STEP;
    return page;
}

/* Back to the chunk: memory to the system, address space stays. */
static void page_return(OuHeap *heap, OuPage *page) {
    OuSpace *space = ou_space(heap);
    OuChunk *chunk = chunk_of(page);
    ou_heap_uncharge(heap, page->charged);
    ou_system_discard(page, page->charged);
    if (chunk->free == 0) { ou_link_insert(&space->chunks_room, &chunk->room); }
    chunk->free |= 1ull << ((size_t)((char *)page - (char *)chunk) / OU_PAGE_SIZE);
    if (chunk->free == ~(uint64_t)1 && space->chunk_count > 1) { chunk_release(heap, chunk); }
}

static void page_belongs(OuPage *page, unsigned space) {
    page->space = (uint8_t)space;
    page->leaf = space != OU_SPACE_TRACKED;
}

static void page_set_marks(OuPage *page, bool marks) {
    assert((page->flags & OU_PAGE_QUEUED) == 0);
    memset(ou_page_mark(page), marks ? 0xff : 0, OU_BITMAP_WORDS * sizeof(uint64_t));
    memset(ou_page_todo(page), 0, OU_BITMAP_WORDS * sizeof(uint64_t));
    page->todo_count = 0;
    page->flags &= (uint8_t)~OU_PAGE_SUSPECT;
}

/* A page without cells. OU_PREPARE may not meet it any more, and it may bear white cells. */
static void set_new_marks(OuHeap *heap, OuPage *page) { page_set_marks(page, heap->phase != OU_PREPARE); }

static OuPage *page_new(OuHeap *heap, unsigned space, unsigned size_class) {
    OuPage *page = page_take(heap);
    if (page == NULL) { return NULL; }
    uint32_t charged = page->charged;
    memset(page, 0, sizeof *page);
    page->charged = charged;
    page->cell_size = ou_class_sizes[size_class];
    page->reciprocal = (((uint64_t)1 << 32) + page->cell_size - 1) / page->cell_size;
    page->size_class = (uint8_t)size_class;
    page->bump = ou_page_first(space);
    page_belongs(page, space);
    if (space == OU_SPACE_TRACKED) { set_new_marks(heap, page); }
    return page;
}

static void room_append(OuSpace *space, OuPage *page) {
    ou_link_insert(space->room[page->space][page->size_class].prev, &page->link);
}

static void page_account(OuSpace *space, OuPage *page) {
    uint32_t live = ou_page_live(page);
    if (page->flags & OU_PAGE_LARGE) { return; }
    space->estimate += ((int64_t)live - page->accounted) * page->cell_size;
    page->accounted = (uint16_t)live;
}

/* An empty page that is in no list: keep it warm or give it back. */
static void page_retire(OuHeap *heap, OuPage *page) {
    OuSpace *space = ou_space(heap);
    page_account(space, page);
    if (space->warm_count < OU_WARM_PAGES) {
        page->queue = space->warm;
        space->warm = page;
        space->warm_count++;
    } else {
        page_return(heap, page);
    }
}

/* An empty page leaves the young set. false: a young cycle is about it. */
static bool young_leave(OuSpace *space, OuPage *page) {
    unsigned at = 0;
    while (space->young[at] != page) { at++; }
    if (at < space->young_suspects) { return false; }
    unsigned left = --space->young_count;
    page->flags &= (uint8_t)~OU_PAGE_YOUNG;
    memmove((void *)&space->young[at], (void *)&space->young[at + 1], (left - at) * sizeof *space->young);
    memmove(&space->young_seen[at], &space->young_seen[at + 1], (left - at) * sizeof *space->young_seen);
    return true;
}

static void large_release(OuHeap *heap, OuPage *page);

/* Something that kept the page from being given back has ended. */
static void page_unblocked(OuHeap *heap, OuPage *page) {
    if (page->used != 0 || (page->flags & (OU_PAGE_QUEUED | OU_PAGE_PINNED)) != 0) { return; }
    if ((page->flags & OU_PAGE_YOUNG) && !young_leave(ou_space(heap), page)) { return; }
    if (page->flags & OU_PAGE_LARGE) {
        large_release(heap, page);
    } else {
        ou_link_remove(&page->link);
        page_retire(heap, page);
    }
}

void ou_page_freed(OuHeap *heap, OuPage *page) {
    if (page->used & OU_PAGE_FULL) {
        page->used &= ~OU_PAGE_FULL;
        room_append(ou_space(heap), page);
    }
    page_unblocked(heap, page);
}

/* Links one more step of fresh cells. false: the page is used up, or the cap is reached. */
static bool page_carve(OuHeap *heap, OuPage *page) {
    uint32_t size = page->cell_size;
    uint32_t end = round_step(page->bump + size);
    if (page->bump + size > OU_PAGE_SIZE) { return false; }
    uint32_t count = (end - page->bump) / size;
    uint32_t need = round_step(page->bump + count * size);
    if (need > page->charged) {
        if (!ou_heap_charge(heap, need - page->charged)) { return false; }
        page->charged = need;
    }
    char *at = (char *)page + page->bump + (size_t)(count - 1) * size;
    OuFree *list = page->free;
    for (uint32_t i = 0; i < count; i++, at -= size) {
        OuFree *cell = (OuFree *)(void *)at;
        cell->cell = (OuCell){.count = 0};
        cell->next = list;
        list = cell;
    }
    page->free = list;
    page->bump += count * size;
    return true;
}

/* --- allocation ---------------------------------------------------------------------------------------- */

static void set_active(OuHeap *heap, unsigned kind, unsigned size_class, OuPage *page) {
    OuSpace *space = ou_space(heap);
    space->active[kind][size_class] = page;
    if (kind != OU_SPACE_RAW) { heap->current[kind][size_class] = page && !space->parked[kind] ? page : &empty_page; }
}

/* Puts a current page into the young set, if most of what will lie there will be new. */
static void young_add(OuSpace *space, OuPage *page, uint32_t seen) {
    bool mostly_old = ou_page_live(page) * page->cell_size > OU_PAGE_SIZE / 2;
    if (mostly_old || (page->flags & OU_PAGE_YOUNG) || space->young_count == OU_YOUNG_PAGES) { return; }
    page->flags |= OU_PAGE_YOUNG;
    space->young_seen[space->young_count] = seen;
    space->young[space->young_count++] = page;
}

void ou_space_young_suspect(OuHeap *heap, bool marks) {
    OuSpace *space = ou_space(heap);
    size_t cells = 0;
    bool first = space->young_suspects == 0;
    for (unsigned i = 0; first && i < space->young_count && cells < YOUNG_CELLS; i++) {
        cells += space->young[i]->bump / space->young[i]->cell_size;
        space->young_suspects++;
    }
    for (unsigned i = 0; i < space->young_suspects; i++) {
        OuPage *page = space->young[i];
        if (!(first && ou_page_live(page) != space->young_seen[i]) && !(page->flags & OU_PAGE_SUSPECT)) { continue; }
        page_set_marks(page, marks);
        page->flags |= OU_PAGE_SUSPECT;
    }
}

void ou_space_young_forget(OuHeap *heap) {
    OuSpace *space = ou_space(heap);
    unsigned leave = space->young_suspects ? space->young_suspects : space->young_count, left = 0;
    for (unsigned i = 0; i < space->young_count; i++) {
        OuPage *page = space->young[i];
        if (i < leave && !(space->young_suspects && (page->flags & OU_PAGE_CURRENT))) {
            page->flags &= (uint8_t)~OU_PAGE_YOUNG;
            page_unblocked(heap, page);
        } else {
            bool seen = i < leave && !heap->priv->collector.young_again; /* finalisers make cells there */
            space->young_seen[left] = seen ? ou_page_live(page) : UINT32_MAX;
            space->young[left++] = page;
        }
    }
    space->young_count = left;
    space->young_suspects = 0;
}

void ou_space_young_begin(OuHeap *heap) {
    OuSpace *space = ou_space(heap);
    space->young_due = YOUNG_NEW;
    for (unsigned i = 0; i < OU_CLASS_COUNT; i++) {
        OuPage *page = space->active[OU_SPACE_TRACKED][i];
        if (page) { young_add(space, page, ou_page_live(page)); }
    }
    for (unsigned i = 0; i < space->young_count; i++) {
        space->young_due += (space->young[i]->flags & OU_PAGE_CURRENT) && space->young_due < OU_YOUNG_PAGES;
    }
}

/* The current page has nothing free. */
static void leave_active(OuHeap *heap, OuPage *page) {
    OuSpace *space = ou_space(heap);
    page_account(space, page);
    page->flags &= (uint8_t)~OU_PAGE_CURRENT;
    page->used--;
    set_active(heap, page->space, page->size_class, NULL);
    if (page->free == NULL && page->bump + page->cell_size > OU_PAGE_SIZE) {
        page->used |= OU_PAGE_FULL;
    } else {
        room_append(space, page);
        page_unblocked(heap, page);
    }
}

/* Makes a page current that has a free cell. NULL: no memory. */
static OuPage *refill(OuHeap *heap, unsigned kind, unsigned size_class) {
    OuSpace *space = ou_space(heap);
    OuPage *page = space->active[kind][size_class];
    if (page) { page_account(space, page); }
    /* Tracked cells are counted one by one while a cycle runs. */
    ou_pace_refill(heap, kind == OU_SPACE_TRACKED && heap->phase >= OU_MARK ? 0 : OU_PAGE_STEP);
    if (page) {
        if (page_carve(heap, page)) { return page; }
        leave_active(heap, page);
    }
    OuLink *head = &space->room[kind][size_class], *room = head->next;
    while (room != head && !ou_page_of(room)->free && !page_carve(heap, ou_page_of(room))) { room = room->next; }
    if (room != head) {
        ou_link_remove(room);
        page = ou_page_of(room);
        /* No sweep came by while it was empty. */
        if (kind == OU_SPACE_TRACKED && page->used == 0 && !(page->flags & OU_PAGE_QUEUED)) {
            set_new_marks(heap, page);
        }
    } else {
        page = page_new(heap, kind, size_class);
        if (page == NULL) { return NULL; }
        if (!page_carve(heap, page)) {
            page_retire(heap, page);
            return NULL;
        }
    }
    page->used++;
    page->flags |= OU_PAGE_CURRENT;
    page_account(space, page);
    set_active(heap, kind, size_class, page);
    if (kind == OU_SPACE_TRACKED && heap->phase != OU_PREPARE) {
        young_add(space, page, UINT32_MAX);
        if (space->young_count >= space->young_due) { ou_young_full(heap); }
    }
    return page;
}

static void *small_new(OuHeap *heap, unsigned kind, unsigned size_class) {
    OuPage *page = ou_space(heap)->active[kind][size_class];
    if (page == NULL || page->free == NULL) {
        page = refill(heap, kind, size_class);
        if (page == NULL) { return NULL; }
    }
    OuFree *cell = page->free;
    page->free = cell->next;
    page->used++;
    return cell;
}

/* --- cells and buffers with a mapping of their own --------------------------------------------------------- */

static size_t round_large(size_t bytes) { return (bytes + OU_PAGE_STEP - 1) & ~(size_t)(OU_PAGE_STEP - 1); }

static void cache_drop(OuHeap *heap, unsigned index) {
    OuSpace *space = ou_space(heap);
    size_t bytes = space->cache[index].bytes;
    ou_system_unmap(space->cache[index].memory, bytes);
    space->cache_bytes -= bytes;
    space->cache[index] = space->cache[--space->cache_count];
    ou_heap_uncharge(heap, bytes);
}

/* A mapping of exactly `bytes`, charged. `*zero` tells whether it reads as zero. */
static void *mapping_new(OuHeap *heap, size_t bytes, size_t align, bool *zero) {
    OuSpace *space = ou_space(heap);
    for (unsigned i = space->cache_count; i-- > 0;) {
        char *memory = space->cache[i].memory;
        size_t have = space->cache[i].bytes;
        if (have < bytes || have > bytes + bytes / 4 || ((uintptr_t)memory & (align - 1)) != 0) { continue; }
        space->cache[i] = space->cache[--space->cache_count];
        space->cache_bytes -= have;
        if (have > bytes) {
            ou_system_unmap(memory + bytes, have - bytes);
            ou_heap_uncharge(heap, have - bytes);
        }
        *zero = false;
        return memory;
    }
    if (!ou_heap_charge(heap, bytes)) { return NULL; }
    void *memory = ou_system_map(bytes, align);
    if (memory == NULL && ou_space_trim(heap)) { memory = ou_system_map(bytes, align); }
    if (memory == NULL) { ou_heap_uncharge(heap, bytes); }
    *zero = true;
    return memory;
}

static void mapping_free(OuHeap *heap, void *memory, size_t bytes) {
    OuSpace *space = ou_space(heap);
    if (bytes <= OU_CACHE_BYTES / 4) {
        while (space->cache_count == OU_CACHE_ENTRIES || space->cache_bytes + bytes > OU_CACHE_BYTES) {
            cache_drop(heap, 0);
        }
        space->cache[space->cache_count].memory = memory;
        space->cache[space->cache_count++].bytes = bytes;
        space->cache_bytes += bytes;
    } else {
        ou_system_unmap(memory, bytes);
        ou_heap_uncharge(heap, bytes);
    }
}

static void *large_new(OuHeap *heap, unsigned kind, size_t bytes) {
    OuSpace *space = ou_space(heap);
    size_t first = ou_page_first(kind);
    if (bytes > SIZE_MAX / 2) { return NULL; }
    size_t mapping = round_large(bytes + first);
    bool zero;
    OuPage *page = mapping_new(heap, mapping, OU_PAGE_SIZE, &zero);
    if (page == NULL) { return NULL; }
    if (!zero) { memset((void *)page, 0, mapping); }
    page_belongs(page, kind);
    if (kind == OU_SPACE_TRACKED) { set_new_marks(heap, page); }
    page->flags = OU_PAGE_LARGE;
    page->used = 1;
    page->cell_size = page->bump = OU_PAGE_SIZE; /* walks meet a single cell */
    page->mapping = mapping;
    ou_link_insert(&space->large, &page->link);
    space->estimate += (int64_t)mapping;
    ou_pace_refill(heap, mapping);
    return (char *)page + first;
}

static void large_release(OuHeap *heap, OuPage *page) {
    leave_places(heap, &page->link);
    ou_space(heap)->estimate -= (int64_t)page->mapping;
    mapping_free(heap, page, page->mapping);
}

void *ou_space_new(OuHeap *heap, unsigned kind, size_t bytes, bool zero) {
    if (bytes > OU_SMALL_LIMIT) { return large_new(heap, kind, bytes); }
    unsigned size_class = ou_class_of(bytes);
    void *cell = small_new(heap, kind, size_class);
    if (cell && zero) { memset(cell, 0, ou_class_sizes[size_class]); }
    return cell;
}

void ou_space_free(OuHeap *heap, OuCell *cell) {
    OuPage *page = ou_page_of(cell);
    if (page->flags & OU_PAGE_LARGE) {
        *cell = (OuCell){.count = 0};
        page->used = 0;
        page_unblocked(heap, page);
    } else {
        ou_cell_free_fast(heap, cell);
    }
}

static void raw_large_changes(OuHeap *heap, size_t from, size_t to) {
    OuSpace *space = ou_space(heap);
    space->raw_large += to - from;
    space->estimate += (int64_t)(to - from);
    if (to > from) { ou_pace_refill(heap, to - from); }
}

void *ou_space_raw_new(OuHeap *heap, size_t bytes) {
    if (bytes <= OU_SMALL_LIMIT) { return small_new(heap, OU_SPACE_RAW, ou_class_of(bytes)); }
    if (bytes > SIZE_MAX / 2) { return NULL; }
    bool zero;
    void *buffer = mapping_new(heap, round_large(bytes), OU_PAGE_STEP, &zero);
    if (buffer) { raw_large_changes(heap, 0, round_large(bytes)); }
    return buffer;
}

void ou_space_raw_free(OuHeap *heap, void *buffer, size_t bytes) {
    if (bytes <= OU_SMALL_LIMIT) {
        ou_cell_free_fast(heap, (OuCell *)buffer);
    } else {
        raw_large_changes(heap, round_large(bytes), 0);
        mapping_free(heap, buffer, round_large(bytes));
    }
}

/* Charges for `to` bytes instead of `from`. */
static bool recharge(OuHeap *heap, size_t from, size_t to) {
    if (to > from) { return ou_heap_charge(heap, to - from); }
    ou_heap_uncharge(heap, from - to);
    return true;
}

void *ou_space_raw_stretch(OuHeap *heap, void *old, size_t old_bytes, size_t bytes) {
    size_t from = ou_size_round(old_bytes), to = ou_size_round(bytes);
    if (from == to) { return old; }
    if (bytes <= OU_SMALL_LIMIT || old_bytes <= OU_SMALL_LIMIT || bytes > SIZE_MAX / 2 || !recharge(heap, from, to)) {
        return NULL;
    }
    void *moved = ou_system_resize(old, from, to);
    if (moved == NULL) {
        recharge(heap, to, from);
    } else {
        raw_large_changes(heap, from, to);
    }
    return moved;
}

OuCell *ou_space_stretch(OuHeap *heap, OuCell *cell, size_t bytes) {
    OuPage *page = ou_page_of(cell);
    size_t from = page->mapping, to = round_large(bytes + sizeof *page);
    if ((page->flags & OU_PAGE_LARGE) == 0 || bytes > SIZE_MAX / 2 || !recharge(heap, from, to)) { return NULL; }
    leave_places(heap, &page->link);
    OuPage *moved = ou_system_resize_aligned(page, from, to, OU_PAGE_SIZE);
    if (moved == NULL) {
        recharge(heap, to, from);
    } else {
        page = moved;
        page->mapping = to;
        ou_space(heap)->estimate += (int64_t)(to - from);
    }
    ou_link_insert(&ou_space(heap)->large, &page->link);
    return moved ? (OuCell *)(void *)(moved + 1) : NULL;
}

size_t ou_size_round(size_t bytes) {
    return bytes <= OU_SMALL_LIMIT ? ou_class_sizes[ou_class_of(bytes)] : round_large(bytes);
}

/* --- the whole ------------------------------------------------------------------------------------------- */

bool ou_space_init(OuHeap *heap) {
    OuSpace *space = ou_space(heap);
    ou_link_init(&space->chunks);
    ou_link_init(&space->chunks_room);
    ou_link_init(&space->large);
    space->recounting.at = &space->chunks;
    space->young_due = YOUNG_NEW;
    for (unsigned kind = 0; kind < OU_SPACE_COUNT; kind++) {
        for (unsigned i = 0; i < OU_CLASS_COUNT; i++) {
            ou_link_init(&space->room[kind][i]);
            set_active(heap, kind, i, NULL);
        }
    }
    return ((uintptr_t)&ou_static_page & (OU_PAGE_SIZE - 1)) == 0;
}

void ou_space_fini(OuHeap *heap) {
    OuSpace *space = ou_space(heap);
    ou_space_young_forget(heap);
    for (unsigned kind = 0; kind < OU_SPACE_COUNT; kind++) {
        for (unsigned i = 0; i < OU_CLASS_COUNT; i++) {
            if (space->active[kind][i]) {
                OuPage *page = space->active[kind][i];
                page->bump = OU_PAGE_SIZE; /* nothing more is carved: an empty one retires */
                leave_active(heap, page);
            }
        }
    }
    ou_space_trim(heap);
    while (space->chunks.next != &space->chunks) { chunk_release(heap, chunk_of(space->chunks.next)); }
}

void ou_space_park(OuHeap *heap, unsigned kind, bool parked) {
    OuSpace *space = ou_space(heap);
    space->parked[kind] = parked;
    for (unsigned i = 0; i < OU_CLASS_COUNT; i++) { set_active(heap, kind, i, space->active[kind][i]); }
}

bool ou_space_trim(OuHeap *heap) {
    OuSpace *space = ou_space(heap);
    bool any = space->warm || space->cache_count > 0;
    while (space->warm) {
        OuPage *page = space->warm;
        space->warm = page->queue;
        space->warm_count--;
        page_return(heap, page);
    }
    while (space->cache_count > 0) { cache_drop(heap, 0); }
    return any;
}

/* --- enumeration ------------------------------------------------------------------------------------------ */

/* The next page in use, from {.at = &space->chunks} on: warm ones, which have no live cells, and large cells are among
 * them. NULL: that was all. */
static OuPage *next_page(OuSpace *space, OuPlace *self) {
    if (self->at == NULL) { return self->index < space->young_suspects ? space->young[self->index++] : NULL; }
    while (!self->large) {
        if (self->at == &space->chunks || ++self->index == OU_CHUNK_PAGES) {
            self->at = self->at->next;
            self->index = 0;
            self->large = self->at == &space->chunks;
        } else if ((chunk_of(self->at)->free >> self->index & 1) == 0) {
            return chunk_page(chunk_of(self->at), self->index);
        }
    }
    self->at = self->at == &space->chunks ? space->large.next : self->at->next;
    return self->at != &space->large ? ou_page_of(self->at) : NULL;
}

void ou_space_count(OuHeap *heap, size_t *cells, size_t *tracked, size_t *bytes) {
    OuSpace *space = ou_space(heap);
    size_t live[OU_SPACE_COUNT] = {0};
    OuPlace place = {.at = &space->chunks};
    *bytes = space->raw_large;
    for (OuPage *page; (page = next_page(space, &place)) != NULL;) {
        size_t count = ou_page_live(page);
        live[page->space] += count;
        *bytes += count * (page->flags & OU_PAGE_LARGE ? page->mapping : page->cell_size);
    }
    *tracked = live[OU_SPACE_TRACKED];
    *cells = live[OU_SPACE_TRACKED] + live[OU_SPACE_LEAF];
}

int64_t ou_space_estimate(OuHeap *heap) { return ou_space(heap)->estimate; }

bool ou_space_recount(OuHeap *heap) {
    OuSpace *space = ou_space(heap);
    for (unsigned i = 0; i < RECOUNT_PAGES; i++) {
        OuPage *page = next_page(space, &space->recounting);
        if (page == NULL) {
            space->recounting = (OuPlace){.at = &space->chunks};
            return true;
        }
        page_account(space, page);
    }
    return false;
}

void ou_cursor_open(OuHeap *heap, OuCursor *self, unsigned space, OuEach each) {
    OuLink *first = heap->young && each >= OU_EACH_SUSPECT ? NULL : &ou_space(heap)->chunks;
    *self = (OuCursor){.space = space, .each = each, .open = true, .place.at = first};
}

static bool page_matches(const OuCursor *self, const OuPage *page) {
    /* An empty page that is not current is warm. */
    return page->space == self->space && page->used != 0 &&
           (self->each < OU_EACH_SUSPECT || (page->flags & OU_PAGE_SUSPECT) != 0);
}

/* Leaves the page for `next`, which may be NULL. Only the collector's own cursor lives across frees, and pins. */
static void cursor_move(OuHeap *heap, OuCursor *self, OuPage *next) {
    OuPage *left = self->page;
    bool pins = self == &heap->priv->collector.cursor;
    self->page = next;
    self->word = UINT32_MAX;
    self->bits = 0;
    if (next) {
        if (self->each == OU_EACH_UNMARKED) { page_account(ou_space(heap), next); }
        if (pins) { next->flags |= OU_PAGE_PINNED; }
    }
    if (left && pins) {
        left->flags &= (uint8_t)~OU_PAGE_PINNED;
        page_account(ou_space(heap), left);
        if (self->each == OU_EACH_UNMARKED && (left->flags & OU_PAGE_SUSPECT) == 0) { page_set_marks(left, true); }
        page_unblocked(heap, left);
    }
}

/* The next page on the way. NULL: no more, or the budget is used up. */
static OuPage *cursor_page(OuHeap *heap, OuCursor *self, int64_t *budget) {
    for (;;) {
        if (budget && *budget <= 0) { return NULL; }
        OuPage *page = next_page(ou_space(heap), &self->place);
        if (budget) { *budget -= PAGE_COST; }
        if (page && !page_matches(self, page)) { continue; }
        cursor_move(heap, self, page);
        self->open = page != NULL;
        return page;
    }
}

/* The bits of the carved cells that start in one word's part of the page. */
static uint64_t starts_of(const OuPage *page, uint32_t word) {
    uint32_t at = ou_page_first(page->space), size = page->cell_size, low = word << 10, high = low + 1024;
    uint64_t bits = 0;
    if (low > at) { at += (low - at + size - 1) / size * size; }
    for (high = high < page->bump ? high : page->bump; at < high; at += size) { bits |= 1ull << (at >> 4 & 63); }
    return bits;
}

bool ou_cursor_refill(OuHeap *heap, OuCursor *self, int64_t *budget) {
    OuPage *page = self->page;
    if (page == NULL) { page = cursor_page(heap, self, budget); }
    for (; page; page = cursor_page(heap, self, budget)) {
        while (self->word + 1 < OU_BITMAP_WORDS) {
            self->word++;
            if (budget) { *budget -= WORD_COST; }
            self->bits = starts_of(page, self->word);
            if (ou_cursor_unmarked(self)) { self->bits &= ~ou_page_mark(page)[self->word]; }
            if (self->bits) { return true; }
        }
    }
    return false;
}

void ou_cursor_close(OuHeap *heap, OuCursor *self) {
    if (self->open) { cursor_move(heap, self, NULL); }
    self->open = false;
}

/* --- marks ------------------------------------------------------------------------------------------------ */

bool ou_space_set_marks(OuHeap *heap, bool marks, int64_t *budget) {
    OuCursor *cursor = &heap->priv->collector.cursor;
    for (OuPage *page; (page = cursor_page(heap, cursor, budget)) != NULL;) { page_set_marks(page, marks); }
    return !cursor->open;
}

void ou_space_enqueue(OuHeap *heap, OuPage *page) {
    OuSpace *space = ou_space(heap);
    page->flags |= OU_PAGE_QUEUED;
    page->queue = NULL;
    if (space->queue_last) {
        space->queue_last->queue = page;
    } else {
        space->queue_first = page;
        space->queue_word = 0;
    }
    space->queue_last = page;
}

/* The first page goes to the end of the queue, or leaves it when it has nothing more to scan. */
static void queue_advance(OuHeap *heap) {
    OuSpace *space = ou_space(heap);
    OuPage *page = space->queue_first;
    space->queue_word = 0;
    if (page->todo_count > 0) {
        if (page->queue) {
            space->queue_first = page->queue;
            space->queue_last->queue = page;
            space->queue_last = page;
            page->queue = NULL;
        }
        return;
    }
    space->queue_first = page->queue;
    if (space->queue_first == NULL) { space->queue_last = NULL; }
    page->flags &= (uint8_t)~OU_PAGE_QUEUED;
    page_unblocked(heap, page);
}

bool ou_space_find_todo(OuHeap *heap) {
    OuSpace *space = ou_space(heap);
    while (space->queue_first) {
        OuPage *page = space->queue_first;
        uint64_t *todo = ou_page_todo(page);
        for (uint32_t word = space->queue_word; word < OU_BITMAP_WORDS && page->todo_count > 0; word++) {
            if (todo[word]) {
                space->queue_word = word;
                return true;
            }
        }
        queue_advance(heap);
    }
    return false;
}

#endif
