/* The cycle collector: garbage, finalisers, resurrection, owners, big containers, failure, pacing. */
#include "tests/unit/gc_kit.h"

START_TEST(collect_frees_rings_and_keeps_what_roots_reach) {
    kit_open(NULL);
    for (int i = 0; i < 100; i++) { kit_ring(0, 10, false); }
    kit_roots[3] = ou_incref(ou_word(kit_ring(0, 7, false)));
    ck_assert_uint_eq(kit_live(), 1007);
    kit_audit();
    ck_assert_uint_eq(ou_heap_collect(&kit, 1), 1000);
    ck_assert_uint_eq(kit_live(), 7);
    kit_audit();
    ck_assert_uint_eq(ou_heap_collect(&kit, 5), 0);
    kit_close();
}
END_TEST

START_TEST(collect_runs_finalisers_by_birth_before_anything_is_cleared) {
    kit_open(NULL);
    Node *first = kit_ring(1, 5, true);
    Node *tail = kit_new(9, 1, false);
    first->slots[1] = ou_word(tail);
    kit_on_finalize = NULL;
    ck_assert_uint_eq(ou_heap_collect(&kit, 1), 6);
    ck_assert_str_eq(kit_log, "F1 F2 F3 F4 F5 ");
    ck_assert_uint_eq(kit_live(), 0);
    kit_close();
}
END_TEST

START_TEST(collect_orders_a_thousand_finalisers_with_and_without_memory) {
    static const OuHeapOptions options = {.cap = 0};
    kit_open(&options);
    static Node *nodes[1000];
    for (uint32_t i = 0; i < 1000; i++) {
        nodes[i] = kit_new(i, 1 + i % 50, true);
        nodes[i]->slots[0] = ou_word(nodes[i]); /* alive by itself */
    }
    kit_shuffle_births(nodes, 1000);
    if (_i) {
        ou_heap_stats(&kit);
        ou_space_trim(&kit);
        kit.options.cap = kit.stats.charged;
    }
    ck_assert_uint_eq(ou_heap_collect(&kit, 1), 1000);
    uint64_t last = 0;
    size_t count = 0;
    for (char *at = kit_log; *at; count++) {
        ck_assert(*at++ == 'F');
        (void)strtoul(at, &at, 10);
        at++;
    }
    (void)last;
    ck_assert_uint_eq(count, 1000);
    kit.options.cap = 0;
    kit_close();
}
END_TEST

static void check_birth(Node *node) {
    kit_check_birth(node);
    kit_dropped += 100000;
}

START_TEST(collect_finalises_in_order_of_birth) {
    kit_open(NULL);
    static Node *nodes[2000];
    for (uint32_t i = 0; i < 2000; i++) {
        nodes[i] = kit_new(i, 1 + i % 50, true);
        nodes[i]->slots[0] = ou_word(nodes[i]);
    }
    kit_shuffle_births(nodes, 2000);
    kit_on_finalize = check_birth;
    if (_i) {
        /* No room for the list: batches. */
        ou_space_trim(&kit);
        kit.options.cap = kit.stats.charged;
    }
    ou_heap_collect(&kit, 1);
    ck_assert_uint_eq(kit_dropped / 100000, 2000);
    kit.options.cap = 0;
    kit_on_finalize = NULL;
    kit_close();
}
END_TEST

/* No room for the list of finalisers: batches. What one of them revives may lose members of later batches, also while
 * such a batch is being sorted. */
static void keep_first(Node *node) {
    kit_say("F", node->id);
    if (node->id == 0) { kit_roots[0] = ou_incref(ou_word(node)); }
}

START_TEST(collect_forgets_the_dead_of_later_batches) {
    enum { COUNT = 400 };
    kit_open(NULL);
    Node *first = kit_new(0, COUNT, true);
    first->slots[0] = ou_word(first);
    for (uint32_t i = 1; i < COUNT; i++) { first->slots[i * 77 % COUNT] = ou_word(kit_new(i, 0, true)); }
    kit_on_finalize = keep_first;
    ou_space_trim(&kit);
    kit.options.cap = kit.stats.charged;
    ou_collect_start(&kit, "test");
    for (uint32_t at = 1; !ou_collect_step(&kit, 1, false);) {
        if (kit_roots[0] != OU_NOTHING && at < COUNT && rand() % (_i + 1) == 0) {
            ou_slot_clear(&kit, &first->slots[at++]);
        }
    }
    size_t count = 0;
    for (const char *at = kit_log; *at; at++) { count += *at == 'F'; }
    ck_assert_uint_eq(count, COUNT);
    kit.options.cap = 0;
    kit_roots[0] = OU_NOTHING;
    kit_drop(first);
    ou_heap_collect(&kit, 1);
    ck_assert_uint_eq(kit_live(), 0);
    kit_close();
}
END_TEST

static void keep_third(Node *node) {
    kit_say("F", node->id);
    for (uint32_t i = 0; i < node->slot_count; i++) {
        if (ou_is_cell(node->slots[i]) && ou_cell(node->slots[i])->kind == KIT_NODE) {
            ck_assert(!(ou_cell(node->slots[i])->flags & KIT_CLEARED));
        }
    }
    if (node->id == 3) {
        ou_incref_cell(node);
        kit_roots[0] = ou_word(node);
    }
    kit_audit();
}

START_TEST(collect_keeps_a_resurrected_ring_whole_and_never_finalises_again) {
    kit_open(NULL);
    kit_ring(1, 5, true);
    kit_ring(11, 3, true);
    kit_on_finalize = keep_third;
    ck_assert_uint_eq(ou_heap_collect(&kit, 1), 3);
    ck_assert_str_eq(kit_log, "F1 F2 F3 F4 F5 F11 F12 F13 ");
    Node *node = kit_node(kit_roots[0]);
    for (uint32_t i = 0; i < 5; i++) {
        ck_assert((node->cell.flags & (KIT_CLEARED | OU_FLAG_HELD | OU_FLAG_PENDING)) == 0);
        node = kit_node(node->slots[0]);
    }
    ck_assert_ptr_eq(node, kit_node(kit_roots[0]));
    kit_audit();
    kit_roots[0] = OU_NOTHING;
    kit_drop(node);
    kit_log[0] = '\0';
    ck_assert_uint_eq(ou_heap_collect(&kit, 1), 5);
    ck_assert_str_eq(kit_log, "");
    kit_close();
}
END_TEST

static void drop_children(Node *node) {
    kit_say("F", node->id);
    for (uint32_t i = 0; i < node->slot_count; i++) { ou_slot_clear(&kit, &node->slots[i]); }
    kit_say("E", node->id);
}

START_TEST(collect_finalises_a_member_at_once_when_its_last_reference_goes) {
    kit_open(NULL);
    kit_ring(1, 4, true);
    kit_on_finalize = drop_children;
    ou_heap_collect(&kit, 1);
    ck_assert_str_eq(kit_log, "F1 F2 F3 F4 E4 E3 E2 E1 ");
    ck_assert_uint_eq(kit_live(), 0);
    kit_close();
}
END_TEST

static void make_more(Node *node) {
    kit_say("F", node->id);
    if (node->id < 8) { kit_ring(node->id + 1, 1, true); }
    ck_assert_uint_eq(ou_heap_collect(&kit, 1), 0);
}

START_TEST(collect_leaves_new_garbage_of_finalisers_to_the_next_round) {
    kit_open(NULL);
    kit_ring(1, 1, true);
    kit_on_finalize = make_more;
    ou_heap_collect(&kit, 1);
    ck_assert_str_eq(kit_log, "F1 ");
    ou_heap_collect(&kit, 2);
    ck_assert_str_eq(kit_log, "F1 F2 F3 ");
    ou_heap_collect(&kit, 20);
    ck_assert_str_eq(kit_log, "F1 F2 F3 F4 F5 F6 F7 F8 ");
    ck_assert_uint_eq(kit_live(), 0);
    kit_close();
}
END_TEST

START_TEST(collect_takes_classes_and_their_instances_together) {
    kit_open(NULL);
    for (uint32_t i = 0; i < 20; i++) {
        Node *class = kit_new(i, 2, false);
        kit_link(class, 0, class);
        for (uint32_t j = 0; j < 20; j++) {
            Node *instance = kit_new(100 + j, j, j % 3 == 0);
            ou_incref_cell(class);
            instance->owner = &class->cell;
            if (j > 0) {
                instance->slots[0] = ou_word(instance);
            } else {
                class->slots[1] = ou_word(instance);
            }
        }
        kit_drop(class);
    }
    ck_assert_uint_eq(ou_heap_collect(&kit, 1), 20 * 21);
    ck_assert_uint_eq(kit_live(), 0);
    kit_close();
}
END_TEST

START_TEST(collect_counts_an_unrooted_reference_as_a_survivor) {
    kit_open(NULL);
    kit.priv->oracles = false;
    Node *ring = kit_ring(1, 3, false);
    ou_incref_cell(ring);
    kit.no_user_code = true; /* the debug build would stop */
    ou_heap_collect(&kit, 1);
    ck_assert_uint_eq(kit.stats.survivors, 1);
    ck_assert(ring->cell.flags & KIT_CLEARED);
    ck_assert_uint_eq(ring->cell.count, 1);
    kit_drop(ring);
    ck_assert_uint_eq(kit_live(), 0);
    kit.stats.survivors = 0;
    kit_close();
}
END_TEST

START_TEST(collect_fini_clears_everything_and_tells_how_much) {
    kit_open(NULL);
    kit_ring(1, 100, true);
    Vec *vec = kit_new_vec();
    for (int i = 0; i < 1000; i++) { vec_push(vec, ou_word(kit_new_leaf(1))); }
    kit_new_leaf(7);
    kit_new_weak(1, vec, true);
    kit_new(5, 5000, false);
    ck_assert_uint_eq(ou_heap_fini(&kit), 100 + 1 + 1000 + 1 + 2 + 1);
    ck_assert_str_eq(kit_log, "");
}
END_TEST

/* --- in the middle of things ---------------------------------------------------------------------------------- */

static void collect_inside(Node *node) {
    kit_say("F", node->id);
    kit_ring(1000, 3, false);
    ou_heap_collect(&kit, 1);
    kit_audit();
    for (uint32_t i = 0; i < node->slot_count; i++) {
        if (ou_is_cell(node->slots[i])) { ck_assert(!(ou_cell(node->slots[i])->flags & KIT_CLEARED)); }
    }
}

START_TEST(collect_inside_a_destroyer_leaves_the_dying_alone) {
    kit_open(NULL);
    Vec *vec = kit_new_vec();
    Node *shared = kit_new(77, 1, false);
    kit_link(shared, 0, shared);
    for (uint32_t i = 0; i < 200; i++) {
        Node *node = kit_new(i, 3, i % 4 == 0);
        node->slots[0] = ou_word(kit_new(500 + i, 1, i % 4 == 1));
        kit_link(node, 1, shared);
        kit_link(node, 2, i % 7 == 0 ? node : shared);
        vec_push(vec, ou_word(node));
    }
    Node *top = kit_new(300, 2, true);
    top->slots[0] = ou_word(vec);
    top->owner = &kit_new(301, 1, true)->cell;
    kit_drop(shared);
    kit_on_finalize = collect_inside;
    kit_drop(top);
    kit_on_finalize = NULL;
    ou_heap_collect(&kit, 2);
    ck_assert_uint_eq(kit_live(), 0);
    kit_close();
}
END_TEST

static size_t seen;
static bool see(void *context, OuCell *cell) {
    (void)context;
    ck_assert((cell->flags & (OU_FLAG_DEAD | OU_FLAG_HELD)) == 0 && cell->kind != KIT_HIDDEN);
    ck_assert(!(cell->flags & KIT_CLEARED));
    seen++;
    return true;
}

static void enumerate_inside(Node *node) {
    kit_say("F", node->id);
    seen = 0;
    ou_heap_enumerate(&kit, see, NULL);
    ck_assert_uint_eq(seen, 2);
}

START_TEST(collect_enumeration_hides_dying_held_and_hidden_cells) {
    kit_open(NULL);
    kit_roots[0] = ou_word(kit_new(1, 1, false));
    kit_roots[1] = ou_word(kit_new_vec());
    kit_roots[2] = ou_word(ou_cell_new(&kit, KIT_HIDDEN, sizeof(Node)));
    kit_ring(5, 3, true);
    kit_ring(6, 300, false);
    kit_on_finalize = enumerate_inside;
    ou_heap_collect(&kit, 1);
    ck_assert_str_eq(kit_log, "F5 F6 F7 ");
    seen = 0;
    ou_heap_enumerate(&kit, see, NULL);
    ck_assert_uint_eq(seen, 2);
    kit_close();
}
END_TEST

/* A slice of one unit at a time over a huge list that shifts, shrinks and is permuted meanwhile. */
START_TEST(collect_follows_a_big_list_that_changes_between_slices) {
    kit_open(NULL);
    Vec *vec = kit_new_vec();
    kit_roots[0] = ou_word(vec);
    for (uint32_t i = 0; i < 20000; i++) { vec_push(vec, ou_word(kit_new(i, 1, false))); }
    srand(_i + 1);
    ou_collect_start(&kit, "test");
    int operations = 0;
    while (!ou_collect_step(&kit, 1 + rand() % 3000, false)) {
        uint32_t at = (uint32_t)rand() % vec->length, by = (uint32_t)rand() % 50 + 1;
        if (kit.phase != OU_MARK || vec->length < 3000) { continue; }
        operations++;
        OuValue taken[64];
        switch (rand() % 4) {
        case 0: /* delete a slice */
            if (at + by > vec->length) { break; }
            memcpy(taken, vec->items + at, by * sizeof *taken);
            memmove(vec->items + at, vec->items + at + by, (vec->length - at - by) * sizeof(OuValue));
            vec->length -= by;
            ou_slots_moved(&kit, &vec->cell, at + by, -(ptrdiff_t)by);
            for (uint32_t i = 0; i < by; i++) { ou_decref(&kit, taken[i]); }
            break;
        case 1: /* move items from the end to the middle: no decrement, but a take */
            for (uint32_t i = 0; i < by; i++) { taken[i] = ou_slot_take(&kit, &vec->items[--vec->length]); }
            at = at < vec->length ? at : 0;
            memmove(vec->items + at + by, vec->items + at, (vec->length - at) * sizeof(OuValue));
            memcpy(vec->items + at, taken, by * sizeof *taken);
            vec->length += by;
            ou_slots_moved(&kit, &vec->cell, at, (ptrdiff_t)by);
            break;
        case 2: /* insert new ones */
            for (uint32_t i = 0; i < by && vec->length < vec->capacity; i++) {
                memmove(vec->items + at + 1, vec->items + at, (vec->length - at) * sizeof(OuValue));
                vec->items[at] = ou_word(kit_new(1, 1, false));
                vec->length++;
                ou_slots_moved(&kit, &vec->cell, at, 1);
            }
            break;
        default: /* reverse, rarely: scanning starts again */
            if (rand() % 20 == 0) {
                for (uint32_t i = 0, j = vec->length - 1; i < j; i++, j--) {
                    OuValue item = vec->items[i];
                    vec->items[i] = vec->items[j];
                    vec->items[j] = item;
                }
                ou_slots_permuted(&kit, &vec->cell);
            }
        }
    }
    ck_assert_int_gt(operations, 0);
    for (uint32_t i = 0; i < vec->length; i++) {
        ck_assert(!(ou_cell(vec->items[i])->flags & KIT_CLEARED));
        ck_assert_uint_eq(ou_cell(vec->items[i])->count, 1);
    }
    kit_audit();
    kit_close();
}
END_TEST

START_TEST(collect_clears_big_garbage_in_slices) {
    kit_open(NULL);
    Vec *vec = kit_new_vec();
    for (uint32_t i = 0; i < 50000; i++) {
        Node *node = kit_new(i, 1, false);
        kit_link(node, 0, vec);
        vec_push(vec, ou_word(node));
    }
    kit_drop(vec);
    int slices = 0;
    ou_collect_start(&kit, "test");
    while (!ou_collect_step(&kit, 100, false)) {
        slices++;
        if (slices % 500 == 0) { kit_audit(); }
    }
    ck_assert_int_gt(slices, 5000);
    ck_assert_uint_eq(kit_live(), 0);
    kit_close();
}
END_TEST

START_TEST(collect_waits_for_the_destroyer_in_slices_only) {
    kit_open(NULL);
    OuChain chain = {.outer = NULL, .cell = &kit_new(1, 0, false)->cell, .finalizing = true};
    kit_roots[0] = ou_word(kit_new(2, 0, false));
    kit.chain = &chain;
    ou_collect_start(&kit, "test");
    for (int i = 0; i < 10; i++) {
        ck_assert(!ou_collect_step(&kit, 1000, false));
        ck_assert_int_eq(kit.phase, OU_MARK);
    }
    ou_heap_collect(&kit, 1);
    ck_assert_int_eq(kit.phase, OU_IDLE);
    kit.chain = NULL;
    kit_drop(chain.cell);
    kit_close();
}
END_TEST

/* --- pacing and safepoints ---------------------------------------------------------------------------------------- */

START_TEST(collect_is_asked_for_when_cyclic_garbage_grows) {
    kit_open(NULL);
    size_t peak = 0;
    for (uint32_t i = 0; i < 300000; i++) {
        kit_ring(i, 2, false);
        if (kit.pending) {
            size_t live = kit_live();
            peak = live > peak ? live : peak;
            ou_heap_safepoint(&kit);
        }
    }
    ck_assert_uint_gt(kit.stats.collections, 5);
    ck_assert_uint_lt(peak, 100000);
    kit_close();
}
END_TEST

/* However much garbage there is, and when there is no memory: an allocation may only ask for a collection. */
START_TEST(collect_never_starts_inside_an_allocation) {
    OuHeapOptions options = {.cap = _i ? 4000000 : 0};
    kit_open(&options);
    for (uint32_t i = 0; i < 200000; i++) {
        Node *node = kit_try_node(i, 1, true);
        if (node) { kit_link(node, 0, node); }
        if (node) { kit_drop(node); }
        void *buffer = ou_buffer_new(&kit, 40000);
        if (buffer) { ou_buffer_free(&kit, buffer, 40000); }
        if (kit.phase != OU_IDLE || kit.stats.collections > 0 || kit.stats.finalized > 0) { ck_abort_msg("collected"); }
    }
    ck_assert_uint_ne(kit.pending, 0);
    ou_heap_safepoint(&kit);
    ck_assert(kit.phase != OU_IDLE || kit.stats.collections > 0);
    kit_close();
}
END_TEST

/* Nothing treats a count as signed. More than 2^32 references need 32 GiB of slots. */
START_TEST(collect_bears_counts_around_two_to_the_31) {
    kit_open(NULL);
    Node *node = kit_new(1, 1, true), *other = kit_new(2, 1, true);
    kit_link(node, 0, other);
    kit_link(other, 0, node);
    kit_roots[0] = ou_word(other);
    kit.priv->oracles = false;
    node->cell.count += 0x7ffffffe;
    for (int i = 0; i < 4; i++) {
        ou_incref(ou_word(node));
        ck_assert_uint_eq(ou_heap_collect(&kit, 1), 0);
    }
    kit_roots[0] = OU_NOTHING;
    kit_drop(other);
    kit_roots[0] = ou_word(node);
    for (int i = 0; i < 8; i++) { kit_drop(node); }
    ck_assert_uint_eq(ou_heap_collect(&kit, 1), 0);
    ck_assert_str_eq(kit_log, "");
    kit_roots[0] = OU_NOTHING;
    node->cell.count = 1;
    ck_assert_uint_eq(ou_heap_collect(&kit, 1), 2);
    ck_assert_str_eq(kit_log, "F1 F2 ");
    kit_close();
}
END_TEST

START_TEST(collect_is_not_asked_for_by_acyclic_churn) {
    kit_open(NULL);
    for (uint32_t i = 0; i < 1000000; i++) {
        Node *node = kit_new(i, 1, false);
        node->slots[0] = ou_word(kit_new(i, 0, false));
        kit_drop(node);
    }
    ck_assert_uint_eq(kit.pending, 0);
    kit.enabled = false;
    Node *all = NULL;
    for (uint32_t i = 0; i < 100000; i++) {
        Node *node = kit_new(i, 1, false);
        node->slots[0] = ou_word(all);
        all = node;
    }
    ck_assert_uint_eq(kit.pending, 0);
    kit_drop(all);
    kit_close();
}
END_TEST

START_TEST(collect_backs_off_while_nothing_is_found) {
    kit_open(NULL);
    Vec *all = kit_new_vec();
    kit_roots[0] = ou_word(all);
    for (uint32_t i = 0; i < 1000000; i++) {
        vec_push(all, ou_word(kit_new(i, 0, false)));
        if (kit.pending) { ou_heap_safepoint(&kit); }
    }
    ck_assert_uint_gt(kit.stats.collections, 0);
    ck_assert_uint_lt(kit.stats.collections, 12);
    kit.priv->oracles = false;
    kit_close();
}
END_TEST

/* Makes rings of two beside `live` cells that stay; checks the peak and how long a step of work was. */
START_TEST(collect_in_slices_keeps_garbage_bounded) {
    const uint32_t live = _i ? 1000000 : 20000;
    kit_open(NULL);
    kit.priv->oracles = false;
    kit.priv->collector.young_off = true;
    Vec *all = kit_new_vec();
    kit_roots[0] = ou_word(all);
    for (uint32_t i = 0; i < live; i++) {
        vec_push(all, ou_word(kit_new(i, 2, false)));
        if (kit.pending) { ou_heap_safepoint(&kit); }
    }
    size_t before = kit.stats.charged;
    kit.stats.peak_charged = before;
    uint64_t slices = kit.stats.pauses, cycles = kit.stats.collections;
    for (uint32_t i = 0; i < 1500000; i++) {
        kit_ring(i, 2, i % 1000 == 0);
        kit_log[0] = '\0';
        if (kit.pending) { ou_heap_safepoint(&kit); }
    }
    ck_assert_uint_lt(kit.stats.peak_charged, before + before / 2 + (16u << 20));
    ck_assert_uint_gt(kit.stats.collections, cycles + 1);
    ck_assert_uint_gt(kit.stats.pauses - slices, 2 * (kit.stats.collections - cycles));
    ck_assert_uint_eq(kit.stats.survivors, 0);
    kit_close();
}
END_TEST

START_TEST(collect_takes_a_huge_ring_apart_in_steps) {
    kit_open(NULL);
    kit.priv->oracles = false;
    kit_ring(0, 1000000, false);
    Node *big = kit_new(1, 1000, false);
    for (uint32_t i = 0; i < 1000; i++) { kit_link(big, i, big); }
    kit_drop(big);
    ou_collect_start(&kit, "test");
    size_t steps = 0, most = 0, live = kit_live();
    for (bool idle = false; !idle; steps++) {
        idle = ou_collect_step(&kit, 5000, false);
        size_t now = kit_live();
        if (live - now > most) { most = live - now; }
        live = now;
    }
    ck_assert_uint_eq(live, 0);
    ck_assert_uint_gt(steps, 2000);
    ck_assert_uint_lt(most, 2000); /* freed in one step */
    kit_close();
}
END_TEST

/* Too many to examine again while the program waits: they are garbage of the next cycle. */
START_TEST(collect_in_slices_leaves_many_finalised_cells_to_the_next_cycle) {
    enum { COUNT = 20000 };
    static Node *nodes[COUNT];
    kit_open(NULL);
    kit.priv->oracles = false;
    for (uint32_t i = 0; i < COUNT; i++) { nodes[i] = kit_ring(2 * i, 2, true); }
    kit_shuffle_births(nodes, COUNT);
    kit_on_finalize = kit_check_birth;
    for (int cycle = 0; cycle < 2; cycle++) {
        ck_assert_uint_eq(kit_live(), 2 * COUNT);
        ck_assert_uint_eq(kit.stats.finalized, cycle * 2 * COUNT);
        size_t steps = 0;
        ou_collect_start(&kit, "test");
        while (!ou_collect_step(&kit, 3000, false)) { steps++; }
        ck_assert_uint_gt(steps, 200);
    }
    ck_assert_uint_eq(kit_live(), 0);
    ck_assert_uint_eq(kit.stats.finalized, 2 * COUNT);
    kit_on_finalize = NULL;
    kit_close();
}
END_TEST

/* A cycle that still marks is given up by whoever wants a whole one, or none. */
START_TEST(collect_gives_up_a_cycle_that_marks) {
    kit_open(NULL);
    for (uint32_t at = 1; at < 400; at += 7) {
        Node *kept = kit_ring(1, 50, false);
        kit_roots[0] = ou_incref(ou_word(kept));
        ou_collect_start(&kit, "test");
        ou_collect_step(&kit, at, false);
        kit_roots[0] = OU_NOTHING;
        kit_drop(kept);
        if (_i) {
            ou_heap_enable(&kit, false);
            ck_assert_int_eq(kit.phase, OU_IDLE);
            ou_heap_enable(&kit, true);
        }
        ck_assert_uint_eq(ou_heap_collect(&kit, 1), 50);
        ck_assert_uint_eq(kit_live(), 0);
        kit_audit();
    }
    kit_close();
}
END_TEST

START_TEST(collect_writes_a_log) {
    OuHeapOptions options = {.log = tmpfile()};
    ck_assert_ptr_nonnull(options.log);
    kit_open(&options);
    kit_ring(1, 4, true);
    ou_heap_collect(&kit, 1);
    kit_close();
    char line[300];
    rewind(options.log);
    ck_assert_ptr_nonnull(fgets(line, sizeof line, options.log));
    ck_assert_ptr_nonnull(strstr(line, "asked, 1 slices"));
    ck_assert_ptr_nonnull(strstr(line, "4 freed, 4 finalised"));
    while (fgets(line, sizeof line, options.log)) {}
    ck_assert_ptr_nonnull(strstr(line, "peak heap"));
    fclose(options.log);
}
END_TEST

START_TEST(collect_stress_options_work_at_safepoints) {
    static const OuHeapOptions options = {.audit_every = 2, .collect_every = 3};
    kit_open(&options);
    for (uint32_t i = 0; i < 60; i++) {
        kit_ring(i, 2, true);
        ou_heap_safepoint(&kit);
    }
    ck_assert_uint_eq(kit.stats.collections, 20);
    ck_assert_uint_eq(kit_live(), 0);
    kit_close();
}
END_TEST

static int events[2];
static void note_event(OuHeap *heap, int phase, size_t collected, size_t uncollectable) {
    events[phase]++;
    ck_assert_uint_eq(collected, phase ? 4 : 0);
    ck_assert_uint_eq(uncollectable, 0);
    ck_assert_uint_eq(ou_heap_collect(heap, 1), 0);
}

START_TEST(collect_reports_its_start_and_stop) {
    kit_open(NULL);
    kit.hooks.collection = note_event;
    kit_ring(1, 4, false);
    ou_heap_collect(&kit, 3);
    ck_assert_int_eq(events[0], 1);
    ck_assert_int_eq(events[1], 1);
    kit.hooks.collection = NULL;
    kit_close();
}
END_TEST

START_TEST(collect_works_with_no_memory_at_all) {
    kit_open(NULL);
    for (uint32_t i = 0; i < 300; i++) {
        kit_ring(i, 4, i % 2 == 0);
        kit_new_weak((uint16_t)i, kit_ring(i, 2, true), true)->cell.flags |= 0;
    }
    ou_heap_fail_at(&kit, 1, true);
    kit.options.cap = kit.stats.charged;
    kit.priv->oracles = false;
    kit.no_user_code = true;
    ck_assert_uint_ge(ou_heap_collect(&kit, 1), 300 * 6);
    kit.stats.survivors = 0;
    kit.options.cap = 0;
    ou_heap_fail_at(&kit, 0, false);
    ck_assert_uint_gt(ou_heap_fini(&kit), 0);
}
END_TEST

/* --- the audit finds faults ------------------------------------------------------------------------------------------ */

START_TEST(table_lists_what_is_alive) {
    kit_open(NULL);
    Node *node = kit_new(1, 2, false);
    node->slots[0] = ou_word(kit_new_leaf(7));
    node->slots[1] = ou_word(kit_new_leaf(8));
    FILE *file = tmpfile();
    char line[100];
    ck_assert_ptr_nonnull(file);
    ou_heap_table(&kit, file);
    rewind(file);
    static const char *const starts[] = {"type ", "node ", "leaf "};
    static const int counts[] = {0, 1, 2};
    for (int i = 0; i < 3; i++) {
        ck_assert_ptr_nonnull(fgets(line, sizeof line, file));
        ck_assert_int_eq(strncmp(line, starts[i], 5), 0);
        if (i > 0) { ck_assert_int_eq(atoi(line + 24), counts[i]); }
    }
    ck_assert_ptr_null(fgets(line, sizeof line, file));
    fclose(file);
    kit_drop(node);
    kit_close();
}
END_TEST

START_TEST(audit_finds_a_count_that_is_off) {
    kit_open(NULL);
    Node *node = kit_new(1, 1, false);
    kit_roots[0] = ou_word(node);
    kit_audit();
    node->cell.count++;
    ck_assert_uint_eq(ou_heap_audit(&kit, NULL), 1);
    node->cell.count -= 2;
    ck_assert_uint_eq(ou_heap_audit(&kit, NULL), 1);
    node->cell.count++;
    Node *child = kit_new(2, 0, false);
    node->slots[0] = ou_word(child);
    kit_audit();
    node->slots[0] = OU_NOTHING;
    ck_assert_uint_eq(ou_heap_audit(&kit, NULL), 1);
    node->slots[0] = ou_word(child);
    kit_close();
}
END_TEST

static void collect_name(void *context, OuValue child, const char *name) {
    (void)child;
    strcat((char *)context, name ? name : "?");
    strcat((char *)context, ";");
}

START_TEST(walk_names_the_edges) {
    char names[100] = "";
    kit_open(NULL);
    Node *node = kit_new(1, 3, false);
    kit_roots[0] = ou_word(node);
    kit_link(node, 0, node);
    kit_link(node, 2, node);
    node->slots[1] = ou_from_small(5);
    node->owner = &kit_new(2, 0, false)->cell;
    ou_cell_walk(&kit, &node->cell, collect_name, names, true);
    ck_assert_str_eq(names, "slot 0.0;slot 0.2;class;");
    kit_close();
}
END_TEST

static void fill(Suite *suite) {
    TCase *topic = kit_case(suite, "garbage");
    tcase_add_test(topic, collect_frees_rings_and_keeps_what_roots_reach);
    tcase_add_test(topic, collect_runs_finalisers_by_birth_before_anything_is_cleared);
    tcase_add_loop_test(topic, collect_orders_a_thousand_finalisers_with_and_without_memory, 0, 2);
    tcase_add_loop_test(topic, collect_finalises_in_order_of_birth, 0, 2);
    tcase_add_loop_test(topic, collect_forgets_the_dead_of_later_batches, 0, 20);
    tcase_add_test(topic, collect_keeps_a_resurrected_ring_whole_and_never_finalises_again);
    tcase_add_test(topic, collect_finalises_a_member_at_once_when_its_last_reference_goes);
    tcase_add_test(topic, collect_leaves_new_garbage_of_finalisers_to_the_next_round);
    tcase_add_test(topic, collect_takes_classes_and_their_instances_together);
    tcase_add_test(topic, collect_counts_an_unrooted_reference_as_a_survivor);
    tcase_add_test(topic, collect_fini_clears_everything_and_tells_how_much);
    topic = kit_case(suite, "in the middle");
    tcase_add_test(topic, collect_inside_a_destroyer_leaves_the_dying_alone);
    tcase_add_test(topic, collect_enumeration_hides_dying_held_and_hidden_cells);
    tcase_add_loop_test(topic, collect_follows_a_big_list_that_changes_between_slices, 0, 20);
    tcase_add_test(topic, collect_clears_big_garbage_in_slices);
    tcase_add_test(topic, collect_waits_for_the_destroyer_in_slices_only);
    topic = kit_case(suite, "pacing");
    tcase_add_test(topic, collect_is_asked_for_when_cyclic_garbage_grows);
    tcase_add_loop_test(topic, collect_never_starts_inside_an_allocation, 0, 2);
    tcase_add_test(topic, collect_bears_counts_around_two_to_the_31);
    tcase_add_test(topic, collect_is_not_asked_for_by_acyclic_churn);
    tcase_add_test(topic, collect_backs_off_while_nothing_is_found);
    tcase_add_loop_test(topic, collect_in_slices_keeps_garbage_bounded, 0, 2);
    tcase_add_test(topic, collect_takes_a_huge_ring_apart_in_steps);
    tcase_add_test(topic, collect_in_slices_leaves_many_finalised_cells_to_the_next_cycle);
    tcase_add_loop_test(topic, collect_gives_up_a_cycle_that_marks, 0, 2);
    tcase_add_test(topic, collect_writes_a_log);
    tcase_add_test(topic, collect_stress_options_work_at_safepoints);
    tcase_add_test(topic, collect_reports_its_start_and_stop);
    tcase_add_test(topic, collect_works_with_no_memory_at_all);
    topic = kit_case(suite, "audit");
    tcase_add_test(topic, table_lists_what_is_alive);
    tcase_add_test(topic, audit_finds_a_count_that_is_off);
    tcase_add_test(topic, walk_names_the_edges);
}

int main(void) { return kit_main("collect", fill); }
