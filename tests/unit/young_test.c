/* Young cycles: what they find on the pages that were filled last, and what they leave alone. */
#include "tests/unit/gc_kit.h"

#if !OU_MALLOC_CELLS

/* From now on what is made lies on young pages; what was made lies on old ones, which keep their cells. */
static void grow_old(void) {
    OuSpace *space = ou_space(&kit);
    ou_space_young_forget(&kit);
    for (unsigned i = 0; i < OU_CLASS_COUNT; i++) {
        if (space->active[OU_SPACE_TRACKED][i] == NULL) { continue; }
        while (space->active[OU_SPACE_TRACKED][i]->free) {
            Node *node = kit_new(0, 0, false);
            kit_roots[63] = kit_roots[63] ? kit_roots[63] : ou_word(kit_new_vec());
            if (ou_page_of(node)->size_class != i) {
                kit_drop(node);
                break;
            }
            vec_push(kit_vec(kit_roots[63]), ou_word(node));
        }
    }
}

/* One whole young cycle in steps; returns how many there were. */
static size_t young_cycle(int64_t budget) {
    size_t steps = 1;
    ck_assert_uint_gt(ou_space(&kit)->young_count, 0);
    ou_collect_start_young(&kit);
    for (; !ou_collect_step(&kit, budget, false); steps++) {
        if (steps % 100 == 1) { kit_audit(); }
    }
    kit_audit();
    return steps;
}

START_TEST(young_cycles_keep_cyclic_churn_beside_a_big_heap_small) {
    kit_open(NULL);
    kit.priv->oracles = false;
    Vec *all = kit_new_vec();
    kit_roots[0] = ou_word(all);
    for (uint32_t i = 0; i < 300000; i++) {
        vec_push(all, ou_word(kit_new(i, 2, false)));
        if (kit.pending) { ou_heap_safepoint(&kit); }
    }
    size_t before = kit.stats.charged;
    kit.stats.peak_charged = before;
    for (uint32_t i = 0; i < 1000000; i++) {
        kit_ring(i, 2, _i && i % 10 == 0);
        kit_log[0] = '\0';
        if (kit.pending) { ou_heap_safepoint(&kit); }
    }
    ck_assert_uint_lt(kit.stats.peak_charged, before + (12u << 20)); /* so many sets are passed over at first */
    ck_assert_uint_eq(kit.stats.survivors, 0);
    kit_close();
}
END_TEST

START_TEST(young_cycles_clear_weak_references_then_finalise_then_free) {
    kit_open(NULL);
    Node *ring = kit_ring(1, 4, true);
    OuWeak *weak = kit_new_weak(7, ring, true), *inner = kit_new_weak(8, ring, true);
    kit_roots[0] = ou_word(weak);
    ring->slots[1] = ou_word(inner); /* unreachable itself: not called */
    young_cycle(INT64_MAX);
    ck_assert_str_eq(kit_log, "C7 F1 F2 F3 F4 ");
    ck_assert_uint_eq(kit_live(), 2); /* the weak reference and its callback */
    kit_close();
}
END_TEST

/* Births close together and, the second time, far apart. */
START_TEST(young_cycles_finalise_in_order_of_birth) {
    enum { COUNT = 1000 };
    static Node *nodes[COUNT];
    kit_open(NULL);
    for (uint32_t i = 0; i < COUNT; i++) { nodes[i] = kit_ring(i, 1, true); }
    kit_shuffle_births(nodes, COUNT);
    for (uint32_t i = 0; _i && i < COUNT; i++) { nodes[i]->birth *= 1000; }
    kit_on_finalize = kit_check_birth;
    young_cycle(1000);
    ck_assert_uint_eq(kit.stats.finalized, COUNT);
    ck_assert_uint_eq(kit_live(), 0);
    kit_close();
}
END_TEST

static void resurrect(Node *node) {
    kit_say("F", node->id);
    if (node->id == 2) { kit_roots[0] = ou_incref(ou_word(node)); }
}

START_TEST(young_cycles_let_the_resurrected_live_and_finalise_once) {
    kit_open(NULL);
    kit_ring(1, 3, true);
    kit_ring(4, 2, true);
    kit_on_finalize = resurrect;
    young_cycle(10);
    ck_assert_str_eq(kit_log, "F1 F2 F3 F4 F5 ");
    ck_assert_uint_eq(kit_live(), 3);
    Node *kept = kit_node(kit_roots[0]);
    ck_assert_uint_eq(kit_node(kept->slots[0])->id, 3);
    kit_roots[0] = OU_NOTHING;
    kit_drop(kept);
    ou_space_young_begin(&kit);
    young_cycle(10);
    ck_assert_str_eq(kit_log, "F1 F2 F3 F4 F5 ");
    ck_assert_uint_eq(kit_live(), 0);
    kit_close();
}
END_TEST

static void make_new(Node *node) {
    kit_say("F", node->id);
    if (node->id < 10) { kit_ring(10 + node->id, 1, true); }
}

START_TEST(young_cycles_leave_new_garbage_of_finalisers_to_the_next) {
    kit_open(NULL);
    kit_ring(1, 2, true);
    kit_on_finalize = make_new;
    young_cycle(INT64_MAX);
    ck_assert_str_eq(kit_log, "F1 F2 ");
    ck_assert_uint_eq(kit_live(), 2);
    young_cycle(INT64_MAX);
    ck_assert_str_eq(kit_log, "F1 F2 F11 F12 ");
    ck_assert_uint_eq(kit_live(), 0);
    kit_close();
}
END_TEST

/* Nothing on an old page is looked at; garbage that held its last reference ends its life. */
START_TEST(young_cycles_end_what_garbage_held_outside) {
    kit_open(NULL);
    Node *old = kit_new(1, 0, true), *other = kit_new(2, 0, false), *leaf_holder = kit_new(3, 0, false);
    kit_roots[1] = ou_word(other);
    kit_roots[2] = ou_word(leaf_holder);
    grow_old();
    size_t live = kit_live();
    Node *ring = kit_ring(4, 2, false), *head = kit_new(6, 3, false);
    ring->slots[1] = ou_word(head);
    head->slots[0] = ou_word(old);
    kit_link(head, 1, other);
    head->slots[2] = ou_word(kit_new_leaf(5));
    kit_link(kit_node(ring->slots[0]), 1, head);
    young_cycle(INT64_MAX);
    ck_assert_str_eq(kit_log, "F1 ");
    ck_assert_uint_eq(kit_live(), live - 1);
    ck_assert_uint_eq(other->cell.count, 1);
    kit_close();
}
END_TEST

START_TEST(young_cycles_keep_what_old_cells_refer_to) {
    kit_open(NULL);
    Node *old = kit_new(1, 1, false);
    kit_roots[1] = ou_word(old);
    grow_old();
    Node *ring = kit_ring(2, 5, false);
    kit_link(old, 0, ring);
    kit_ring(7, 5, false);
    size_t live = kit_live();
    young_cycle(INT64_MAX);
    ck_assert_uint_eq(kit_live(), live - 5);
    kit_close();
}
END_TEST

/* The references of a big container stay on the counts; it is taken apart in steps when it is garbage. */
START_TEST(young_cycles_take_big_garbage_apart_in_steps) {
    kit_open(NULL);
    Node *ring = kit_ring(1, 2, false);
    Vec *big = kit_new_vec();
    ring->slots[1] = ou_word(big);
    for (uint32_t i = 0; i < 20000; i++) { vec_push(big, ou_word(kit_new_leaf(i))); }
    ck_assert_uint_gt(young_cycle(100), 150);
    ck_assert_uint_eq(kit_live(), 0);
    ring = kit_ring(1, 2, false);
    big = kit_new_vec();
    ring->slots[1] = ou_word(big);
    for (uint32_t i = 0; i < 20000; i++) { vec_push(big, ou_incref(ou_word(ring))); }
    ou_space_young_begin(&kit);
    young_cycle(100);
    ck_assert_uint_eq(kit_live(), 3);
    ck_assert_uint_eq(ou_heap_collect(&kit, 1), 3);
    kit_close();
}
END_TEST

/* A destroyer waits in a finaliser: neither what it destroys nor what that still owns is garbage. */
static void look_through(Node *node) {
    kit_say("F", node->id);
    if (node->id == 1) { young_cycle(INT64_MAX); }
}

START_TEST(young_cycles_inside_a_destroyer_leave_the_dying_alone) {
    kit_open(NULL);
    Node *outer = kit_new(5, 2, false), *inner = kit_new(1, 1, true), *tail = kit_new(2, 1, true);
    outer->slots[0] = ou_word(inner);
    outer->slots[1] = ou_word(tail);
    inner->slots[0] = ou_word(kit_new(3, 0, true));
    kit_ring(8, 2, false);
    kit_on_finalize = look_through;
    kit_drop(outer);
    ck_assert_str_eq(kit_log, "F1 F3 F2 ");
    ck_assert_uint_eq(kit_live(), 0);
    kit_close();
}
END_TEST

static void fill(Suite *suite) {
    TCase *topic = kit_case(suite, "young");
    tcase_add_loop_test(topic, young_cycles_keep_cyclic_churn_beside_a_big_heap_small, 0, 2);
    tcase_add_test(topic, young_cycles_clear_weak_references_then_finalise_then_free);
    tcase_add_loop_test(topic, young_cycles_finalise_in_order_of_birth, 0, 2);
    tcase_add_test(topic, young_cycles_let_the_resurrected_live_and_finalise_once);
    tcase_add_test(topic, young_cycles_leave_new_garbage_of_finalisers_to_the_next);
    tcase_add_test(topic, young_cycles_end_what_garbage_held_outside);
    tcase_add_test(topic, young_cycles_keep_what_old_cells_refer_to);
    tcase_add_test(topic, young_cycles_take_big_garbage_apart_in_steps);
    tcase_add_test(topic, young_cycles_inside_a_destroyer_leave_the_dying_alone);
}
#else
/* Nothing joins a young set where every cell is a block of its own. */
START_TEST(young_cycles_need_pages) {
    kit_open(NULL);
    for (uint32_t i = 0; i < 10000; i++) { kit_ring(i, 2, false); }
    ck_assert_uint_eq(ou_space(&kit)->young_count, 0);
    ck_assert_uint_eq(kit.pending & OU_PENDING_YOUNG, 0);
    kit_close();
}
END_TEST

static void fill(Suite *suite) { tcase_add_test(kit_case(suite, "young"), young_cycles_need_pages); }
#endif

int main(void) { return kit_main("young", fill); }
