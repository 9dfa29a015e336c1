/* Pages, classes, buffers, the cap, failure injection. */
#include "tests/unit/gc_kit.h"

static uint32_t below(uint32_t limit) {
    static uint64_t state = 0x2545f4914f6cdd1dull;
    state ^= state << 13, state ^= state >> 7, state ^= state << 17;
    return (uint32_t)(state >> 20) % limit;
}

START_TEST(heap_size_classes_waste_at_most_a_fifth) {
    for (size_t bytes = 1; bytes <= OU_SMALL_LIMIT; bytes += 1 + bytes / 100) {
        size_t size = ou_size_round(bytes);
        ck_assert_uint_ge(size, bytes);
        ck_assert_uint_eq(ou_size_round(size), size);
        ck_assert_uint_eq(size % 8, 0);
        if (bytes <= 128) {
            ck_assert_uint_le(size, bytes < 16 ? 16 : (bytes + 7) / 8 * 8);
            ck_assert(OU_MALLOC_CELLS || ou_class_sizes[OU_CLASS_SMALL(bytes)] == size);
        } else if (bytes <= 2048) {
            ck_assert_uint_le(size, bytes + bytes / 4);
        }
    }
    ck_assert_uint_ge(ou_size_round(OU_SMALL_LIMIT + 1), OU_SMALL_LIMIT + 1);
}
END_TEST

static bool all_bytes(OuCell *cell, unsigned char byte) {
    unsigned char *bytes = (unsigned char *)cell;
    bool same = true;
    for (size_t at = 8; at < ou_cell_size(cell); at++) { same &= bytes[at] == byte; }
    return same;
}

START_TEST(heap_cells_are_zero_and_do_not_overlap) {
    kit_open(NULL);
    for (size_t bytes = 16; bytes < 200000; bytes = bytes * 9 / 8 + 1) {
        unsigned char *cells[20];
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < 20; i++) {
                OuCell *cell = ou_cell_new(&kit, i % 2 ? KIT_LEAF : KIT_HIDDEN, bytes);
                ck_assert_ptr_nonnull(cell);
                ck_assert_uint_eq(cell->count, 1);
                ck_assert_uint_ge(ou_cell_size(cell), bytes);
                ck_assert(ou_cell_leaf(cell) == (i % 2 == 1));
                cells[i] = (unsigned char *)cell;
                ck_assert(all_bytes(cell, 0));
                memset(cells[i] + 8, i + 1, ou_cell_size(cell) - 8);
            }
            for (int i = 0; i < 20; i++) {
                OuCell *cell = (OuCell *)(void *)cells[i];
                ck_assert(all_bytes(cell, (unsigned char)(i + 1)));
                memset(cells[i] + 8, 0, ou_cell_size(cell) - 8);
                ou_cell_discard(&kit, cell);
            }
        }
    }
    ck_assert_uint_eq(kit_live(), 0);
    kit_close();
}
END_TEST

START_TEST(heap_fast_path_gives_the_same_cells) {
    kit_open(NULL);
    for (int round = 0; round < 3; round++) {
        static OuCell *cells[20000];
        for (int i = 0; i < 20000; i++) {
            cells[i] =
                i % 2 ? ou_cell_new_sized(&kit, KIT_LEAF, true, 40) : ou_cell_new_sized(&kit, KIT_HIDDEN, false, 24);
            size_t rest = (i % 2 ? 40u : 24u) - 8u;
            static const char zeros[40];
            if (cells[i]->count != 1 || cells[i]->kind != (i % 2 ? KIT_LEAF : KIT_HIDDEN) ||
                memcmp(cells[i] + 1, zeros, rest) != 0) {
                ck_abort_msg("cell %d", i);
            }
            memset(cells[i] + 1, 0xee, rest);
        }
        ck_assert_uint_eq(kit_live(), 20000);
        for (int i = 0; i < 20000; i++) {
            memset(cells[i * 7919 % 20000] + 1, 0, 16);
            ou_cell_free_fast(&kit, cells[i * 7919 % 20000]);
        }
        ck_assert_uint_eq(kit_live(), 0);
    }
    kit_close();
}
END_TEST

START_TEST(heap_gives_empty_pages_back) {
    kit_open(NULL);
    size_t before = kit.stats.charged;
    Vec *vec = kit_new_vec();
    for (uint32_t i = 0; i < 500000; i++) {
        vec_push(vec, ou_word(i % 2 ? (void *)kit_new_leaf(i) : (void *)kit_new(i, i % 8, false)));
    }
    ck_assert_uint_gt(kit.stats.charged, before + 20000000);
    kit_drop(vec);
    /* At most one current page a class, the warm pages and the cache. */
    ck_assert_uint_lt(kit.stats.charged, before + (7u << 20));
    kit_close();
}
END_TEST

START_TEST(heap_large_cells_grow_shrink_and_collect) {
    kit_open(NULL);
    for (uint32_t slots = 4000; slots < 100000; slots = slots * 5 / 4) {
        Node *node = kit_new(1, slots, true);
        kit_link(node, slots - 1, node);
        kit_link(node, 0, node);
        kit_roots[0] = ou_word(node);
        ck_assert_uint_eq(ou_heap_collect(&kit, 1), 0);
        kit_audit();
        kit_roots[0] = OU_NOTHING;
        kit_drop(node);
        ck_assert_uint_eq(ou_heap_collect(&kit, 1), 1);
        ck_assert_uint_eq(kit_live(), 0);
    }
    Leaf *leaf = kit_new_leaf(5);
    for (size_t bytes = 16; bytes < 5000000; bytes = bytes * 3 / 2 + 8) {
        Leaf *moved = (Leaf *)(void *)ou_cell_grow(&kit, &leaf->cell, bytes);
        ck_assert_ptr_nonnull(moved);
        leaf = moved;
        ck_assert_uint_ge(ou_cell_size(&leaf->cell), bytes);
        ck_assert_uint_eq(leaf->number, 5);
        ck_assert_uint_eq(leaf->cell.count, 1);
        ck_assert_uint_eq(kit_live(), 1);
        memset((char *)leaf + 16, 0x55, bytes > 16 ? bytes - 16 : 0);
    }
    kit_drop(leaf);
    kit_close();
}
END_TEST

/* What goes over all pages in steps meets large cells that are gone, or lie elsewhere, at the next step. */
START_TEST(heap_large_cells_come_and_go_under_the_walkers) {
    enum { COUNT = OU_MALLOC_CELLS ? 7 : 700 };
    static OuCell *leaves[COUNT];
    kit_open(NULL);
    for (uint32_t round = 0; round < 6; round++) {
        for (uint32_t i = 0; i < COUNT; i++) { leaves[i] = ou_cell_new(&kit, KIT_LEAF, 1100000); }
        kit_roots[0] = ou_word(kit_new(1, 5000, false));
        if (round % 2 == 0) {
            ou_space_recount(&kit);
        } else {
            ou_collect_start(&kit, "test");
            ou_collect_step(&kit, 16 * (80 + (int64_t)round * 100), false);
        }
        for (uint32_t i = 0; i < COUNT; i++) {
            if (round > 3) {
                leaves[i] = ou_cell_grow(&kit, leaves[i], 1300000);
                ck_assert_ptr_nonnull(leaves[i]);
            }
            kit_drop(leaves[i]);
        }
        while (!ou_space_recount(&kit)) {}
        while (kit.phase != OU_IDLE && !ou_collect_step(&kit, 100, false)) {}
        kit_drop(ou_cell(kit_roots[0]));
        kit_roots[0] = OU_NOTHING;
        ck_assert_uint_eq(kit_live(), 0);
    }
    kit_close();
}
END_TEST

START_TEST(heap_buffers_keep_their_contents) {
    kit_open(NULL);
    size_t idle = kit.stats.charged;
    unsigned char *buffer = NULL;
    size_t have = 0;
    for (int i = 0; i < 4000; i++) {
        size_t want = below(i % 10 ? 3000 : 600000) + 1;
        unsigned char *moved = ou_buffer_resize(&kit, buffer, have, want);
        ck_assert_ptr_nonnull(moved);
        bool same = true;
        for (size_t at = 0; at < have && at < want; at++) { same &= moved[at] == (unsigned char)(at * 31); }
        ck_assert(same);
        for (size_t at = 0; at < want; at++) { moved[at] = (unsigned char)(at * 31); }
        buffer = moved;
        have = want;
    }
    ou_buffer_free(&kit, buffer, have);
    ou_buffer_free(&kit, NULL, 0);
    ck_assert_uint_eq(ou_heap_stats(&kit)->live_bytes, 0);
    ou_space_trim(&kit);
    ck_assert_uint_lt(kit.stats.charged, idle + 48 * 65536 + 4096);
    kit_close();
}
END_TEST

START_TEST(heap_never_passes_the_cap) {
    for (size_t cap = 20000; cap < 12000000; cap = cap * 3 / 2) {
        OuHeapOptions options = {.cap = cap};
        kit_open(&options);
        kit.priv->oracles = false;
        int failures = 0;
        for (int i = 0; i < 30000 && failures < 300; i++) {
            uint32_t at = below(60);
            OuValue old = kit_roots[at];
            kit_roots[at] = OU_NOTHING;
            ou_decref(&kit, old);
            Node *node = kit_try_node(1, below(5) ? below(10) : below(9000), false);
            failures += node == NULL;
            if (node && node->slot_count > 0 && below(2)) {
                uint32_t to = below(60);
                node->slots[0] = kit_roots[to];
                kit_roots[to] = OU_NOTHING;
            }
            old = kit_roots[at];
            kit_roots[at] = ou_word(node);
            ou_decref(&kit, old);
            if (kit.stats.peak_charged > cap) { ck_abort_msg("cap %zu passed", cap); }
        }
        ck_assert(failures > 0 || cap > 200000);
        kit_audit();
        /* What was taken can be had again. */
        for (int i = 0; i < 60; i++) {
            OuValue old = kit_roots[i];
            kit_roots[i] = OU_NOTHING;
            ou_decref(&kit, old);
        }
        size_t half = (cap - kit.stats.charged) / 2;
        if (half > OU_SMALL_LIMIT) {
            void *buffer = ou_buffer_new(&kit, half);
            ck_assert_ptr_nonnull(buffer);
            ou_buffer_free(&kit, buffer, half);
        }
        ck_assert(!ou_heap_reserve(&kit, cap));
        size_t left = cap - kit.stats.charged;
        ck_assert(ou_heap_reserve(&kit, left));
        ck_assert(!ou_heap_reserve(&kit, 1));
        ou_heap_unreserve(&kit, left);
        ck_assert_ptr_null(ou_buffer_new(&kit, SIZE_MAX - 100));
        ck_assert_ptr_null(ou_buffer_new(&kit, (size_t)1 << 62));
        kit_close();
    }
}
END_TEST

START_TEST(heap_init_fails_cleanly_under_a_tiny_cap) {
    OuHeap heap;
    OuHeapOptions options = {.cap = 100};
    ck_assert(!ou_heap_init(&heap, kit_kinds, NULL, &options));
    ck_assert_uint_eq(ou_heap_fini(&heap), 0);
}
END_TEST

START_TEST(heap_several_live_side_by_side) {
    OuHeap other;
    kit_open(NULL);
    ck_assert(ou_heap_init(&other, kit_kinds, NULL, NULL));
    OuCell *cell = ou_cell_new(&other, KIT_LEAF, 16);
    kit_drop(kit_new(1, 1, false));
    ck_assert_uint_eq(ou_heap_stats(&other)->live_cells, 1);
    ck_assert_uint_eq(kit_live(), 0);
    ou_decref_cell(&other, cell);
    ck_assert_uint_eq(ou_heap_fini(&other), 0);
    kit_close();
}
END_TEST

/* --- failure injection -------------------------------------------------------------------------------------- */

/* Builds and drops a little of everything; false: an allocation failed and nothing is left over. */
static bool scenario(void) {
    Vec *vec = (Vec *)(void *)ou_cell_new_sized(&kit, KIT_VEC, false, sizeof(Vec));
    if (vec == NULL) { return false; }
    kit_roots[0] = ou_word(vec);
    bool fine = true;
    for (uint32_t i = 0; i < 40 && fine; i++) {
        Node *node = kit_try_node(i, i * 150, i % 3 == 0);
        fine = node && vec_push(vec, ou_word(node));
        if (node && !fine) {
            kit_drop(node);
        } else if (node && i % 2 && node->slot_count) {
            kit_link(node, 0, vec);
        }
        if (fine) {
            OuWeak *weak = (OuWeak *)(void *)ou_cell_new(&kit, KIT_WEAK, sizeof *weak);
            fine = weak && ou_weak_attach(&kit, weak, &node->cell) && vec_push(vec, ou_word(weak));
            if (weak && !fine) { kit_drop(weak); }
        }
        fine = fine && ou_heap_reserve(&kit, 1000);
        if (fine) { ou_heap_unreserve(&kit, 1000); }
    }
    kit_audit();
    kit_roots[0] = OU_NOTHING;
    kit_drop(vec);
    ou_heap_collect(&kit, 3);
    return fine;
}

START_TEST(heap_every_failed_allocation_leaves_a_sound_heap) {
    bool from = _i == 1;
    uint64_t failures = 0;
    for (uint64_t nth = 1;; nth++) {
        kit_open(NULL);
        ou_heap_fail_at(&kit, nth, from);
        bool fine = scenario();
        kit_log[0] = '\0';
        ck_assert_uint_eq(kit_live(), 0);
        kit_close();
        if (fine) { break; }
        failures++;
    }
    ck_assert_uint_gt(failures, 120);
}
END_TEST

START_TEST(heap_injection_counts_from_where_it_is_set) {
    OuHeapOptions options = {.fail_at = 3};
    kit_open(&options);
    Leaf *a = kit_new_leaf(1), *b = kit_new_leaf(2);
    ck_assert_ptr_null(ou_cell_new_sized(&kit, KIT_LEAF, true, 16));
    Leaf *c = kit_new_leaf(3);
    ou_heap_fail_at(&kit, 2, true);
    Leaf *d = kit_new_leaf(4);
    for (int i = 0; i < 5; i++) {
        ck_assert_ptr_null(ou_cell_new_sized(&kit, KIT_HIDDEN, false, sizeof(Node)));
        ck_assert_ptr_null(ou_buffer_new(&kit, 10));
        ck_assert(!ou_heap_reserve(&kit, 10));
        ck_assert_ptr_null(ou_cell_grow(&kit, &d->cell, 100));
    }
    ou_heap_fail_at(&kit, UINT64_MAX, false);
    uint64_t count = kit.stats.allocations;
    kit_drop(ou_cell_new_sized(&kit, KIT_LEAF, true, 16));
    kit_drop(ou_cell_new_sized(&kit, KIT_LEAF, true, 16));
    ck_assert_uint_eq(kit.stats.allocations, count + 2);
    kit_drop(a), kit_drop(b), kit_drop(c), kit_drop(d);
    kit_close();
}
END_TEST

/* --- anything --------------------------------------------------------------------------------------------------- */

START_TEST(heap_survives_random_allocation_and_collection) {
    enum { SLOTS = 3000 };
    static struct {
        OuCell *cell;
        void *buffer;
        size_t bytes;
    } held[SLOTS];
    memset(held, 0, sizeof held);
    kit_open(NULL);
    Vec *all = kit_new_vec();
    kit_roots[0] = ou_word(all);
    for (uint32_t i = 0; i < SLOTS; i++) { vec_push(all, OU_NOTHING); }
    for (int step = 0; step < 400000; step++) {
        uint32_t at = below(SLOTS);
        if (held[at].buffer) {
            unsigned char *bytes = held[at].buffer;
            if (bytes[0] != (unsigned char)at || bytes[held[at].bytes - 1] != (unsigned char)at) {
                ck_abort_msg("buffer %u", at);
            }
            ou_buffer_free(&kit, bytes, held[at].bytes);
            held[at].buffer = NULL;
        } else if (all->items[at]) {
            ou_slot_clear(&kit, &all->items[at]);
        } else {
            uint32_t size = below(100) ? below(below(20) ? 100 : 3000) : below(60000);
            if (below(3) == 0) {
                held[at].bytes = size + 1;
                held[at].buffer = ou_buffer_new(&kit, size + 1);
                memset(held[at].buffer, (int)at, size + 1);
            } else if (below(2)) {
                OuCell *leaf = ou_cell_new(&kit, KIT_LEAF, size + 16);
                all->items[at] = ou_word(leaf);
            } else {
                Node *node = kit_new(at, size / 8 + 1, false);
                all->items[at] = ou_word(node);
                kit_link(node, 0, below(3) ? (void *)all : (void *)node);
            }
        }
        if (kit.phase == OU_IDLE && below(5000) == 0) { ou_collect_start(&kit, "test"); }
        if (kit.phase != OU_IDLE && below(3) == 0) { ou_collect_step(&kit, 200, false); }
        if (step % 20000 == 0) { kit_audit(); }
    }
    for (uint32_t i = 0; i < SLOTS; i++) {
        if (held[i].buffer) { ou_buffer_free(&kit, held[i].buffer, held[i].bytes); }
    }
    kit_close();
}
END_TEST

static void fill(Suite *suite) {
    TCase *topic = kit_case(suite, "cells");
    tcase_add_test(topic, heap_size_classes_waste_at_most_a_fifth);
    tcase_add_test(topic, heap_cells_are_zero_and_do_not_overlap);
    tcase_add_test(topic, heap_fast_path_gives_the_same_cells);
    tcase_add_test(topic, heap_gives_empty_pages_back);
    tcase_add_test(topic, heap_large_cells_grow_shrink_and_collect);
    tcase_add_test(topic, heap_large_cells_come_and_go_under_the_walkers);
    tcase_add_test(topic, heap_buffers_keep_their_contents);
    tcase_add_test(topic, heap_several_live_side_by_side);
    topic = kit_case(suite, "limits");
    tcase_add_test(topic, heap_never_passes_the_cap);
    tcase_add_test(topic, heap_init_fails_cleanly_under_a_tiny_cap);
    tcase_add_loop_test(topic, heap_every_failed_allocation_leaves_a_sound_heap, 0, 2);
    tcase_add_test(topic, heap_injection_counts_from_where_it_is_set);
    topic = kit_case(suite, "fuzz");
    tcase_add_test(topic, heap_survives_random_allocation_and_collection);
}

int main(void) { return kit_main("heap", fill); }
