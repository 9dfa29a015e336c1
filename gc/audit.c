/* Oracles: count again what the heap claims, and compare. Side tables come from plain malloc. */
#include "gc/audit.h"

#include <inttypes.h>
#include <stdlib.h>

#include "gc/private.h"

#define MAX_LINES 10

/* A hash table from cell to number. */
typedef struct Table {
    struct {
        OuCell *cell;
        uint64_t number;
    } * entries;
    size_t mask;
} Table;

static bool table_init(Table *self, size_t cells) {
    size_t capacity = 64;
    while (capacity < cells * 2) { capacity *= 2; }
    self->entries = calloc(capacity, sizeof *self->entries);
    self->mask = capacity - 1;
    return self->entries != NULL;
}

/* The number of a cell; 0 at first when `add`. NULL: unknown cell. */
static uint64_t *table_at(Table *self, OuCell *cell, bool add) {
    size_t at = (size_t)(((uint64_t)(uintptr_t)cell * 0x9e3779b97f4a7c15ull) >> 24) & self->mask;
    while (self->entries[at].cell != cell) {
        if (self->entries[at].cell == NULL) {
            if (!add) { return NULL; }
            self->entries[at].cell = cell;
            break;
        }
        at = (at + 1) & self->mask;
    }
    return &self->entries[at].number;
}

typedef struct Audit {
    OuHeap *heap;
    Table table;
    FILE *report;
    bool only_garbage;
    size_t bad;
    OuCell **stack; /* ou_audit_marks: cells to visit */
    size_t depth;
} Audit;

static void complain(Audit *self, const OuCell *cell, uint64_t expected, const char *what) {
    const OuKindOps *ops = self->heap->kinds[cell->kind];
    if (self->bad++ < MAX_LINES && self->report) {
        fprintf(self->report, "audit: %s at %p: count %" PRIu32 ", %s %" PRIu64 " (flags %02x)\n",
                ops ? ops->name : "unknown kind", (const void *)cell, cell->count, what, expected, cell->flags);
    }
}

static bool is_held(OuHeap *heap, const OuCell *cell) {
    return heap->phase >= OU_WEAK && (cell->flags & OU_FLAG_HELD) && !ou_cell_marked(cell);
}

static void add_cell(OuHeap *heap, OuCell *cell, void *context) {
    Audit *self = context;
    *table_at(&self->table, cell, true) += is_held(heap, cell) ? 1 : 0;
}

static void add_garbage(OuHeap *heap, OuCell *cell, void *context) {
    Audit *self = context;
    if (!ou_cell_leaf(cell) && is_held(heap, cell)) { *table_at(&self->table, cell, true) = 1; }
}

static void count_reference(void *context, OuValue value, const char *name) {
    Audit *self = context;
    if (!ou_is_cell(value) || ou_is_static(ou_cell(value))) { return; }
    uint64_t *number = table_at(&self->table, ou_cell(value), false);
    if (number) {
        ++*number;
    } else if (!self->only_garbage && self->bad++ < MAX_LINES && self->report) {
        fprintf(self->report, "audit: %s refers to %p, which is no live cell\n", name ? name : "something",
                (const void *)ou_cell(value));
    }
}

/* Dying cells are left to the chain that they hang on. */
static void count_children(OuHeap *heap, OuCell *cell, void *context) {
    Audit *self = context;
    if ((cell->flags & OU_FLAG_DEAD) == 0 && table_at(&self->table, cell, false)) {
        ou_cell_walk(heap, cell, count_reference, self, false);
    }
}

static void compare(OuHeap *heap, OuCell *cell, void *context) {
    Audit *self = context;
    const uint64_t *expected = table_at(&self->table, cell, false);
    if (expected == NULL || (cell->flags & OU_FLAG_DEAD) || cell->count == *expected) { return; }
    /* Native code may own leaves in C variables: the collector never looks at those. Only a missing reference is a
     * fault. */
    if (heap->kinds[cell->kind]->leaf && cell->count > *expected) { return; }
    complain(self, cell, *expected, self->only_garbage ? "unrooted reference? held and from garbage:" : "references");
}

/* Counts again what refers to the cells that `add` puts into the table. */
static size_t recount(Audit *self, void (*add)(OuHeap *heap, OuCell *cell, void *context)) {
    OuHeap *heap = self->heap;
    if (!table_init(&self->table, ou_heap_stats(heap)->live_cells + 1)) { return 0; }
    ou_heap_each(heap, true, add, self);
    ou_heap_each(heap, true, count_children, self);
    if (!self->only_garbage) {
        if (heap->hooks.roots) { heap->hooks.roots(heap, count_reference, self); }
        ou_chain_visit(heap, count_reference, self);
    }
    ou_heap_each(heap, true, compare, self);
    free(self->table.entries);
    return self->bad;
}

size_t ou_heap_audit(OuHeap *heap, FILE *report) { return recount(&(Audit){.heap = heap, .report = report}, add_cell); }

typedef struct Tally {
    size_t counts[256], bytes[256];
} Tally;

static void tally(OuHeap *heap, OuCell *cell, void *context) {
    Tally *self = context;
    self->counts[cell->kind]++;
    self->bytes[cell->kind] += ou_cell_bytes(heap, cell);
}

void ou_heap_table(OuHeap *heap, FILE *report) {
    Tally sums = {{0}, {0}};
    ou_heap_each(heap, true, tally, &sums);
    fprintf(report, "%-24s %10s %12s\n", "type", "count", "bytes");
    for (unsigned kind = 0; kind < 256; kind++) {
        if (sums.counts[kind] > 0) {
            fprintf(report, "%-24s %10zu %12zu\n", heap->kinds[kind]->name, sums.counts[kind], sums.bytes[kind]);
        }
    }
}

size_t ou_audit_garbage(OuHeap *heap, FILE *report) {
    return recount(&(Audit){.heap = heap, .report = report, .only_garbage = true}, add_garbage);
}

static void reach(void *context, OuValue value, const char *name) {
    Audit *self = context;
    if (!ou_is_cell(value) || ou_cell_leaf(ou_cell(value)) || table_at(&self->table, ou_cell(value), false)) { return; }
    OuCell *cell = ou_cell(value);
    *table_at(&self->table, cell, true) = 1;
    self->stack[self->depth++] = cell;
    if (!ou_cell_marked(cell)) { complain(self, cell, 0, "reachable but not marked:"); }
}

size_t ou_audit_marks(OuHeap *heap, FILE *report) {
    Audit audit = {.heap = heap, .report = report};
    if (!table_init(&audit.table, ou_heap_stats(heap)->live_cells + 1)) { return 0; }
    audit.stack = malloc((heap->stats.live_tracked + 1) * sizeof *audit.stack);
    if (audit.stack) {
        if (heap->hooks.roots) { heap->hooks.roots(heap, reach, &audit); }
        ou_chain_visit(heap, reach, &audit);
        while (audit.depth > 0) { ou_cell_walk(heap, audit.stack[--audit.depth], reach, &audit, false); }
        free(audit.stack);
    }
    free(audit.table.entries);
    return audit.bad;
}
