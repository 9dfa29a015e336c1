/* What the unit tests of gc/ share: a few kinds of cells, an array of roots, a log of user code.
 *
 * NODE   slots inline, an optional owner edge, an optional finaliser; KIND_A: slots die last to first
 * VEC    slots in a raw buffer, like a list; dies last to first
 * LEAF   a number
 * WEAK   a weak reference; its callback value is any cell, "calling" it logs */
#ifndef OU_TESTS_GC_KIT_H
#define OU_TESTS_GC_KIT_H

#include "tests/unit/report.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gc/private.h"

enum { KIT_NODE = 5, KIT_VEC, KIT_LEAF, KIT_WEAK, KIT_HIDDEN };

typedef struct Node {
    OuCell cell;
    uint64_t birth;
    uint32_t id, slot_count;
    OuCell *owner; /* owned: the owner edge */
    OuValue slots[];
} Node;

typedef struct Vec {
    OuCell cell;
    uint32_t length, capacity;
    OuValue *items;
} Vec;

typedef struct Leaf {
    OuCell cell;
    uint64_t number;
} Leaf;

#define KIT_DOWNWARD OU_FLAG_KIND_A
#define KIT_CLEARED OU_FLAG_KIND_B

static OuHeap kit;
static OuValue kit_roots[64];
static char kit_log[65536];
static void (*kit_on_finalize)(Node *node);
static void (*kit_on_callback)(OuWeak *weak);
static uint32_t kit_dropped;
static uint64_t kit_last_birth;

static inline void kit_say(const char *what, uint32_t id) {
    size_t used = strlen(kit_log);
    snprintf(kit_log + used, sizeof kit_log - used, "%s%u ", what, id);
}

static inline Node *kit_node(OuValue value) { return (Node *)(uintptr_t)value; }
static inline Vec *kit_vec(OuValue value) { return (Vec *)(uintptr_t)value; }
static inline OuWeak *kit_weak(OuValue value) { return (OuWeak *)(uintptr_t)value; }

static uint32_t node_spans(OuHeap *heap, OuCell *cell, OuSpan *out) {
    Node *self = (Node *)(void *)cell;
    (void)heap;
    bool down = (cell->flags & KIT_DOWNWARD) != 0 && self->slot_count > 0;
    out[0] = (OuSpan){self->slots + (down ? self->slot_count - 1 : 0), self->slot_count, down ? -1 : 1};
    return 1;
}

static OuCell *node_owner(OuHeap *heap, OuCell *cell) {
    (void)heap;
    return ((Node *)(void *)cell)->owner;
}

static void node_finalize(OuHeap *heap, OuCell *cell) {
    (void)heap;
    if (!(cell->flags & OU_FLAG_FINALIZED) || cell->count == 0) { ck_abort_msg("finaliser called wrongly"); }
    if (kit_on_finalize) {
        kit_on_finalize((Node *)(void *)cell);
    } else {
        kit_say("F", ((Node *)(void *)cell)->id);
    }
}

static uint64_t node_birth(OuHeap *heap, const OuCell *cell) {
    (void)heap;
    return ((const Node *)(const void *)cell)->birth;
}

static void node_drop(OuHeap *heap, OuCell *cell) {
    (void)heap, (void)cell;
    kit_dropped++;
}

static void node_emptied(OuHeap *heap, OuCell *cell) {
    (void)heap;
    cell->flags |= KIT_CLEARED;
}

static void node_edge_name(OuHeap *heap, OuCell *cell, uint32_t span, size_t index, char *buffer, size_t size) {
    (void)heap, (void)cell;
    snprintf(buffer, size, "slot %u.%zu", span, index);
}

static uint32_t vec_spans(OuHeap *heap, OuCell *cell, OuSpan *out) {
    Vec *self = (Vec *)(void *)cell;
    (void)heap;
    if (self->length == 0) { return 0; }
    out[0] = (OuSpan){self->items + self->length - 1, self->length, -1};
    return 1;
}

static void vec_drop(OuHeap *heap, OuCell *cell) {
    Vec *self = (Vec *)(void *)cell;
    ou_buffer_free(heap, self->items, self->capacity * sizeof(OuValue));
    kit_dropped++;
}

static void vec_emptied(OuHeap *heap, OuCell *cell) {
    (void)heap;
    ((Vec *)(void *)cell)->length = 0;
}

static size_t vec_extra(OuHeap *heap, const OuCell *cell) {
    (void)heap;
    return ((const Vec *)(const void *)cell)->capacity * sizeof(OuValue);
}

static uint32_t weak_spans(OuHeap *heap, OuCell *cell, OuSpan *out) {
    (void)heap;
    out[0] = (OuSpan){&((OuWeak *)(void *)cell)->callback, 1, 1};
    return 1;
}

static const OuKindOps static_ops = {.name = "static", .leaf = true};
static const OuKindOps node_ops = {.name = "node",
                                   .spans = node_spans,
                                   .owner = node_owner,
                                   .finalize = node_finalize,
                                   .birth = node_birth,
                                   .drop = node_drop,
                                   .emptied = node_emptied,
                                   .edge_name = node_edge_name};
static const OuKindOps hidden_ops = {.name = "hidden", .hidden = true, .spans = node_spans};
static const OuKindOps vec_ops = {
    .name = "vec", .spans = vec_spans, .drop = vec_drop, .emptied = vec_emptied, .extra_bytes = vec_extra};
static const OuKindOps leaf_ops = {.name = "leaf", .leaf = true};
static const OuKindOps weak_ops = {.name = "weak", .weakref = true, .spans = weak_spans};
static const OuKindOps *const kit_kinds[256] = {NULL,      &static_ops, &static_ops, &static_ops, &static_ops,
                                                &node_ops, &vec_ops,    &leaf_ops,   &weak_ops,   &hidden_ops};

static void kit_visit_roots(OuHeap *heap, OuVisit visit, void *context) {
    (void)heap;
    for (size_t i = 0; i < sizeof kit_roots / sizeof *kit_roots; i++) { visit(context, kit_roots[i], "root"); }
}

static void kit_callback(OuHeap *heap, OuCell *weakref) {
    (void)heap;
    OuWeak *weak = (OuWeak *)(void *)weakref;
    ck_assert_ptr_null(weak->target);
    if (kit_on_callback) {
        kit_on_callback(weak);
    } else {
        kit_say("C", weakref->aux);
    }
}

static const OuHeapHooks kit_hooks = {.roots = kit_visit_roots, .weak_callback = kit_callback};

static inline void kit_open(const OuHeapOptions *options) {
    memset(kit_roots, 0, sizeof kit_roots);
    kit_log[0] = '\0';
    kit_on_finalize = NULL;
    kit_on_callback = NULL;
    kit_last_birth = 0;
    kit_dropped = 0;
    ck_assert(ou_heap_init(&kit, kit_kinds, &kit_hooks, options));
}

/* A NODE; NULL when there is no memory. */
static inline Node *kit_try_node(uint32_t id, uint32_t slots, bool finalizer) {
    size_t bytes = sizeof(Node) + slots * sizeof(OuValue);
    Node *self = (Node *)(void *)(bytes <= 128 ? ou_cell_new_sized(&kit, KIT_NODE, false, bytes)
                                               : ou_cell_new(&kit, KIT_NODE, bytes));
    if (self) {
        self->id = id;
        self->slot_count = slots;
        if (finalizer) {
            self->cell.flags |= OU_FLAG_FINALIZER;
            self->birth = kit.next_birth++;
        }
    }
    return self;
}

static inline Node *kit_new(uint32_t id, uint32_t slots, bool finalizer) {
    Node *self = kit_try_node(id, slots, finalizer);
    if (self == NULL) { ck_abort_msg("no memory"); }
    return self;
}

static inline Vec *kit_new_vec(void) {
    Vec *self = (Vec *)(void *)ou_cell_new(&kit, KIT_VEC, sizeof(Vec));
    if (self == NULL) { ck_abort_msg("no memory"); }
    return self;
}

static inline bool vec_push(Vec *self, OuValue take) {
    if (self->length == self->capacity) {
        uint32_t more = self->capacity ? self->capacity * 2 : 4;
        OuValue *items = ou_buffer_resize(&kit, self->items, self->capacity * sizeof(OuValue), more * sizeof(OuValue));
        if (items == NULL) { return false; }
        self->items = items;
        self->capacity = more;
    }
    self->items[self->length++] = take;
    return true;
}

static inline Leaf *kit_new_leaf(uint64_t number) {
    Leaf *self = (Leaf *)(void *)ou_cell_new(&kit, KIT_LEAF, sizeof(Leaf));
    if (self == NULL) { ck_abort_msg("no memory"); }
    self->number = number;
    return self;
}

static inline OuWeak *kit_new_weak(uint16_t id, void *target, bool callback) {
    OuWeak *self = (OuWeak *)(void *)ou_cell_new(&kit, KIT_WEAK, sizeof(OuWeak));
    if (self == NULL) { ck_abort_msg("no memory"); }
    self->cell.aux = id;
    if (callback) { ou_slot_init(&self->callback, ou_word(kit_new_leaf(id))); }
    ck_assert(ou_weak_attach(&kit, self, target));
    return self;
}

/* Stores a new reference to `child`. */
static inline void kit_link(Node *self, uint32_t slot, void *child) {
    ou_incref_cell(child);
    ou_slot_set(&kit, &self->slots[slot], ou_word(child));
}

/* Nodes of two slots in a ring, whose one reference to the returned first is in the last. */
static inline Node *kit_ring(uint32_t first, uint32_t count, bool finalizer) {
    Node *head = kit_new(first, 2, finalizer), *last = head;
    for (uint32_t i = 1; i < count; i++) {
        Node *node = kit_new(first + i, 2, finalizer);
        last->slots[0] = ou_word(node);
        last = node;
    }
    last->slots[0] = ou_word(head);
    return head;
}

/* Gives the nodes each other's births, so that these are in another order than addresses. */
static inline void kit_shuffle_births(Node **nodes, uint32_t count) {
    srand(7);
    for (uint32_t i = 0; i < count; i++) {
        uint64_t *other = &nodes[(uint32_t)rand() % count]->birth, birth = nodes[i]->birth;
        nodes[i]->birth = *other;
        *other = birth;
    }
}

/* For kit_on_finalize: births must come in order. */
static inline void kit_check_birth(Node *node) {
    ck_assert_uint_gt(node->birth, kit_last_birth);
    kit_last_birth = node->birth;
}

static inline void kit_drop(void *cell) { ou_decref_cell(&kit, cell); }

static inline size_t kit_live(void) { return ou_heap_stats(&kit)->live_cells; }

#define kit_audit() ck_assert_uint_eq(ou_heap_audit(&kit, stderr), 0)

/* Drops the roots, collects, and expects that nothing is left. */
static inline void kit_close(void) {
    for (size_t i = 0; i < sizeof kit_roots / sizeof *kit_roots; i++) {
        OuValue value = kit_roots[i];
        kit_roots[i] = OU_NOTHING;
        ou_decref(&kit, value);
    }
    ou_heap_fail_at(&kit, 0, false);
    ou_heap_collect(&kit, 10);
    ck_assert_uint_eq(kit.stats.survivors, 0);
    ck_assert_uint_eq(ou_heap_fini(&kit), 0);
}

/* The tests' main function. */
static inline int kit_main(const char *name, void (*fill)(Suite *suite)) {
    Suite *suite = suite_create(name);
    fill(suite);
    return unit_report(name, suite);
}

/* One TCase for each topic. */
static inline TCase *kit_case(Suite *suite, const char *name) {
    TCase *topic = tcase_create(name);
    tcase_set_timeout(topic, 300);
    suite_add_tcase(suite, topic);
    return topic;
}

#endif
