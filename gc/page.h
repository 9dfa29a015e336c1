/* Pages: where cells and buffers lie, and the mark bits of the collector.
 *
 *   chunk   4 MiB of address space from mmap, aligned; its page 0 holds the descriptor
 *   page    64 KiB, aligned: header, bitmaps (tracked pages only), cells of one size class
 *   space   what a page is for: tracked cells, leaf cells, raw buffers
 *
 * A tracked page has one mark and one todo bit for each 16 bytes, indexed by (offset in page) >> 4: unique since no
 * cell is smaller. Leaf and raw pages have none. A cell above OU_SMALL_LIMIT has a mapping of its own that begins with
 * the same header, so the address alone leads to the page.
 *
 * With OU_MALLOC_CELLS every cell and buffer is a malloc block of its own and a prefix stands in for the page: the
 * inline functions below are the only ones that differ, beside page.c and tests/malloc_space.c. */
#ifndef OU_GC_PAGE_H
#define OU_GC_PAGE_H

#include <stddef.h>

#include "gc/object.h"

#ifndef OU_MALLOC_CELLS
#define OU_MALLOC_CELLS 0
#endif

#define OU_PAGE_SIZE 65536u
#define OU_PAGE_STEP 4096u /* cells are carved and charged in such steps */
#define OU_CELL_MIN 16u
#define OU_SMALL_LIMIT 32224u /* larger cells and buffers have a mapping of their own */
#define OU_CLASS_COUNT 48u
#define OU_BITMAP_WORDS 64u /* 65536 / 16 / 64 */

enum { OU_SPACE_TRACKED, OU_SPACE_LEAF, OU_SPACE_RAW, OU_SPACE_COUNT };

/* A node of a ring, or the head of one. */
typedef struct OuLink {
    struct OuLink *next, *prev;
} OuLink;

static inline void ou_link_init(OuLink *head) { head->next = head->prev = head; }
static inline void ou_link_insert(OuLink *before, OuLink *self) {
    self->prev = before;
    self->next = before->next;
    before->next = self->next->prev = self;
}
static inline void ou_link_remove(OuLink *self) {
    self->prev->next = self->next;
    self->next->prev = self->prev;
}

/* A free cell: its header says kind FREE, the next word links the page's free list. */
typedef struct OuFree {
    OuCell cell;
    struct OuFree *next;
} OuFree;

#define OU_PAGE_FULL 0x80000000u /* bit in `used`: nothing free, page in no list */

enum {
    OU_PAGE_CURRENT = 1,  /* allocation comes from here; `used` is one too high, so that it never gets 0 */
    OU_PAGE_QUEUED = 2,   /* on the collector's queue: may not be given back */
    OU_PAGE_PINNED = 4,   /* under the collector's cursor: may not be given back */
    OU_PAGE_LARGE = 8,    /* the header of one large cell's mapping */
    OU_PAGE_SUSPECT = 16, /* the running collection found, or looks for, garbage here */
    OU_PAGE_YOUNG = 32    /* in the young set: may not be given back while a cycle is about it */
};

typedef struct OuPage {
    OuFree *free;
    uint32_t used; /* cells handed out, see OU_PAGE_FULL and OU_PAGE_CURRENT */
    uint32_t cell_size;
    uint8_t leaf; /* space != tracked: the one byte that marking reads of a page without bitmaps */
    uint8_t space;
    uint8_t flags;
    uint8_t size_class;
    uint16_t todo_count;
    uint16_t accounted;   /* `used` as the pacing last saw it */
    uint32_t bump;        /* offset of the first byte never carved */
    uint32_t charged;     /* bytes of this page in the account */
    OuLink link;          /* pages with room of one class, or large cells */
    struct OuPage *queue; /* next on the collector's queue, or the next warm page */
    union {
        size_t mapping;      /* large: bytes of the mapping */
        uint64_t reciprocal; /* others: 2^32 / cell_size, rounded up */
    };
} OuPage;
_Static_assert(sizeof(OuPage) == 64, "page header");

#define OU_TRACKED_FIRST (sizeof(OuPage) + 2u * OU_BITMAP_WORDS * 8u)
_Static_assert((OU_PAGE_SIZE - OU_TRACKED_FIRST) / 2 == OU_SMALL_LIMIT, "largest class: two in a page");

static inline OuPage *ou_page_of(const void *cell) {
    return (OuPage *)((uintptr_t)cell & ~(uintptr_t)(OU_PAGE_SIZE - 1));
}

static inline uint32_t ou_page_live(const OuPage *page) {
    return (page->used & ~OU_PAGE_FULL) - ((page->flags & OU_PAGE_CURRENT) != 0);
}

/* Where the first cell of a page begins. */
static inline uint32_t ou_page_first(unsigned space) {
    return space == OU_SPACE_TRACKED ? OU_TRACKED_FIRST : (uint32_t)sizeof(OuPage);
}

static inline uint64_t *ou_page_mark(OuPage *page) { return (uint64_t *)(page + 1); }
static inline uint64_t *ou_page_todo(OuPage *page) { return (uint64_t *)(page + 1) + OU_BITMAP_WORDS; }

extern const uint16_t ou_class_sizes[OU_CLASS_COUNT];
/* The class for `bytes` <= OU_SMALL_LIMIT. */
unsigned ou_class_of(size_t bytes);
/* The same for a constant of at most 128 bytes. */
#define OU_CLASS_SMALL(bytes) ((bytes) <= 16 ? 0u : (unsigned)(((bytes) + 7) / 8 - 2))

/* system.c: memory from the system. */
/* `align` is a power of two of at least 4096. NULL: no memory. Zero-filled. Not charged. */
void *ou_system_map(size_t bytes, size_t align);
void ou_system_unmap(void *memory, size_t bytes);
/* Gives the memory back but keeps the addresses; reads as zero afterwards. */
void ou_system_discard(void *memory, size_t bytes);

/* Keeps the contents; may move. NULL: no memory, nothing changed. */
void *ou_system_resize(void *memory, size_t old_bytes, size_t bytes);
void *ou_system_resize_aligned(void *memory, size_t old_bytes, size_t bytes, size_t align);

/* page.c, or malloc_space.c: the space of cells. */
#if OU_MALLOC_CELLS
typedef struct OuPrefix {
    OuLink link; /* all blocks of one space; first, so that it is the block's address */
    OuLink queue;
    size_t size; /* bytes of the cell */
    uint8_t space, mark, todo, unused;
    uint32_t magic;
} OuPrefix;

static inline OuPrefix *ou_prefix_of(const void *cell) { return (OuPrefix *)(uintptr_t)cell - 1; }

typedef struct OuSpace {
    OuLink lists[OU_SPACE_COUNT];
    OuLink queue;
    size_t live[OU_SPACE_COUNT], bytes[OU_SPACE_COUNT];
    unsigned young_count; /* 0 */
} OuSpace;
#else
typedef struct OuChunk {
    OuLink link;
    OuLink room;   /* chunks with a free page */
    uint64_t free; /* bit n: page n is free; bit 0 is the descriptor's */
} OuChunk;

/* Where a walk over all pages is: page `index` of a chunk, or behind the chunks a large cell. With `at` NULL it goes over
 * the young set. */
typedef struct OuPlace {
    OuLink *at;
    uint32_t index;
    bool large;
} OuPlace;

#define OU_CHUNK_SIZE (4u << 20)
#define OU_CHUNK_PAGES (OU_CHUNK_SIZE / OU_PAGE_SIZE)
#define OU_WARM_PAGES 16u
#define OU_CACHE_ENTRIES 16u
#define OU_YOUNG_PAGES 32u
#define OU_CACHE_BYTES (4u << 20)

typedef struct OuSpace {
    OuPage *active[OU_SPACE_COUNT][OU_CLASS_COUNT]; /* what heap->current would be; may be NULL */
    OuLink room[OU_SPACE_COUNT][OU_CLASS_COUNT];    /* pages with something free */
    bool parked[OU_SPACE_COUNT];                    /* heap->current is the empty page: every allocation is slow */
    OuLink chunks, chunks_room;
    size_t chunk_count;
    OuPage *warm; /* empty pages kept for reuse, still charged */
    unsigned warm_count;
    OuPage *young[OU_YOUNG_PAGES];       /* see ou_space_young_suspect */
    uint32_t young_seen[OU_YOUNG_PAGES]; /* cells on each when last looked through; as many again are the same */
    unsigned young_count, young_due;     /* the set is complete with so many */
    unsigned young_suspects;             /* of the running cycle */
    OuLink large;
    OuPage *queue_first, *queue_last;
    uint32_t queue_word; /* where in the first page's bitmap the marker is */
    struct {
        void *memory;
        size_t bytes;
    } cache[OU_CACHE_ENTRIES]; /* freed mappings, still charged */
    unsigned cache_count;
    size_t cache_bytes;
    size_t raw_large;   /* bytes of live large buffers */
    int64_t estimate;   /* live bytes as last seen page by page */
    OuPlace recounting; /* where ou_space_recount is */
} OuSpace;
#endif

bool ou_space_init(OuHeap *heap);
void ou_space_fini(OuHeap *heap);
/* Takes allocation from the fast path (or back to it). */
void ou_space_park(OuHeap *heap, unsigned space, bool parked);
/* At least `bytes` of memory, contents undefined but for the header of a large cell. NULL: no memory. */
void *ou_space_new(OuHeap *heap, unsigned space, size_t bytes, bool zero);
void ou_space_free(OuHeap *heap, OuCell *cell);
void *ou_space_raw_new(OuHeap *heap, size_t bytes);
void ou_space_raw_free(OuHeap *heap, void *buffer, size_t bytes);
/* A buffer of another size, a leaf cell grown: where it lies now, if that could be had without copying; else NULL. */
void *ou_space_raw_stretch(OuHeap *heap, void *old, size_t old_bytes, size_t bytes);
OuCell *ou_space_stretch(OuHeap *heap, OuCell *cell, size_t bytes);
/* Frees what is kept for reuse only. Returns whether that was anything. */
bool ou_space_trim(OuHeap *heap);
/* Exact figures; `cells` leaves raw buffers out. */
void ou_space_count(OuHeap *heap, size_t *cells, size_t *tracked, size_t *bytes);
/* A cheap upper estimate of live bytes: what was seen when each page was last looked at. */
int64_t ou_space_estimate(OuHeap *heap);
/* Looks at some more pages. true: at all of them since the last time it said so. */
bool ou_space_recount(OuHeap *heap);
/* Sets or clears all marks, on the way of the collector's cursor, until the budget is used up. true: all of them. While
 * no cycle runs every mark is set, so that a pass over some pages finds whatever lies elsewhere marked. */
bool ou_space_set_marks(OuHeap *heap, bool marks, int64_t *budget);
/* The young set: tracked pages that are mostly filled with new cells, in the order in which allocation came to them. A cycle
 * is about those that were there when it began. */
/* Makes these the suspects, but for pages where nothing seems to have been made, and marks or unmarks them. */
void ou_space_young_suspect(OuHeap *heap, bool marks);
/* They leave the set, but for pages that allocation still takes from; while no young cycle runs, all do. */
void ou_space_young_forget(OuHeap *heap);
/* The pages that allocation takes from join it. The next cycle is due when as many more have as make a set. */
void ou_space_young_begin(OuHeap *heap);
void ou_space_enqueue(OuHeap *heap, OuPage *page);

/* What to go over: pages, empty ones too; all cells; unmarked ones; all or unmarked ones on pages that have
 * OU_PAGE_SUSPECT. */
typedef enum OuEach { OU_EACH_PAGE, OU_EACH_LIVE, OU_EACH_UNMARKED, OU_EACH_SUSPECT, OU_EACH_GARBAGE } OuEach;

/* Goes over the live cells of a space. While it stands on a page that page is pinned, so cells may be freed and
 * allocated between two steps; new cells may or may not be met. So the collector's; any other cursor must be done
 * before a cell is freed. */
typedef struct OuCursor {
    unsigned space;
    OuEach each;
    bool open;
#if OU_MALLOC_CELLS
    OuLink *at;
#else
    OuPlace place;
    OuPage *page;  /* pinned */
    uint32_t word; /* of the page's bitmap */
    uint64_t bits; /* of that word: cells still to meet, free ones among them */
#endif
} OuCursor;

void ou_cursor_open(OuHeap *heap, OuCursor *self, unsigned space, OuEach each);
static inline bool ou_cursor_unmarked(const OuCursor *self) {
    return self->each == OU_EACH_UNMARKED || self->each == OU_EACH_GARBAGE;
}
void ou_cursor_close(OuHeap *heap, OuCursor *self);

#if OU_MALLOC_CELLS
size_t ou_cell_size(const OuCell *cell);
bool ou_cell_leaf(const OuCell *cell); /* static cells have no prefix */
static inline bool ou_cell_marked(const OuCell *cell) { return ou_prefix_of(cell)->mark != 0; }
static inline void ou_cell_mark(OuCell *cell) { ou_prefix_of(cell)->mark = 1; }
static inline void ou_cell_unmark(OuCell *cell) { ou_prefix_of(cell)->mark = 0; }
static inline bool ou_cell_todo(const OuCell *cell) { return ou_prefix_of(cell)->todo != 0; }
static inline void ou_cell_suspect(OuCell *cell) { (void)cell; }
void ou_cell_gray(OuHeap *heap, OuCell *cell);
#else
/* Usable bytes of a cell, header included: its size class or mapping. */
static inline size_t ou_cell_size(const OuCell *cell) {
    const OuPage *page = ou_page_of(cell);
    bool large = (page->flags & OU_PAGE_LARGE) != 0;
    return __builtin_expect(large, 0) ? page->mapping - ou_page_first(page->space) : page->cell_size;
}
static inline bool ou_cell_leaf(const OuCell *cell) { return ou_page_of(cell)->leaf != 0; }
static inline size_t ou_bit_word(const OuCell *cell) { return ((uintptr_t)cell & 0xffff) >> 10; }
static inline uint64_t ou_bit(const OuCell *cell) { return 1ull << (((uintptr_t)cell >> 4) & 63); }
static inline bool ou_cell_marked(const OuCell *cell) {
    return (ou_page_mark(ou_page_of(cell))[ou_bit_word(cell)] & ou_bit(cell)) != 0;
}
static inline void ou_cell_mark(OuCell *cell) { ou_page_mark(ou_page_of(cell))[ou_bit_word(cell)] |= ou_bit(cell); }
static inline void ou_cell_unmark(OuCell *cell) { ou_page_mark(ou_page_of(cell))[ou_bit_word(cell)] &= ~ou_bit(cell); }
static inline bool ou_cell_todo(const OuCell *cell) {
    return (ou_page_todo(ou_page_of(cell))[ou_bit_word(cell)] & ou_bit(cell)) != 0;
}
static inline void ou_cell_suspect(OuCell *cell) { ou_page_of(cell)->flags |= OU_PAGE_SUSPECT; }
/* Marks a tracked cell and puts it on the list of cells to scan. */
static inline void ou_cell_gray(OuHeap *heap, OuCell *cell) {
    OuPage *page = ou_page_of(cell);
    size_t word = ou_bit_word(cell);
    uint64_t bit = ou_bit(cell);
    uint64_t *todo = ou_page_todo(page);
    ou_page_mark(page)[word] |= bit;
    if ((todo[word] & bit) == 0) {
        todo[word] |= bit;
        page->todo_count++;
        if ((page->flags & OU_PAGE_QUEUED) == 0) { ou_space_enqueue(heap, page); }
    }
}
#endif

#endif
