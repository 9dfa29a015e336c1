/* Weak references: lists, order of callbacks, death by count and by the collector. */
#include "tests/unit/gc_kit.h"

START_TEST(weak_list_is_newest_first_and_detaches_anywhere) {
    kit_open(NULL);
    Node *target = kit_new(1, 0, false);
    OuWeak *weak[4];
    for (uint16_t i = 0; i < 4; i++) { weak[i] = kit_new_weak(i, target, false); }
    OuWeak *at = ou_weak_first(&kit, &target->cell);
    for (int i = 3; i >= 0; i--, at = at->next) { ck_assert_ptr_eq(at, weak[i]); }
    ck_assert_ptr_null(at);
    kit_drop(weak[1]);
    kit_drop(weak[3]);
    ck_assert_ptr_eq(ou_weak_first(&kit, &target->cell), weak[2]);
    ck_assert_ptr_eq(weak[2]->next, weak[0]);
    kit_drop(weak[0]);
    kit_drop(weak[2]);
    ck_assert_ptr_null(ou_weak_first(&kit, &target->cell));
    ck_assert((target->cell.flags & OU_FLAG_WEAKREFS) == 0);
    kit_drop(target);
    kit_close();
}
END_TEST

START_TEST(weak_callbacks_run_newest_first_after_all_are_cleared) {
    kit_open(NULL);
    Node *target = kit_new(1, 0, true);
    OuWeak *weak[3];
    for (uint16_t i = 0; i < 3; i++) { weak[i] = kit_new_weak(i, target, i != 1); }
    kit_drop(target);
    ck_assert_str_eq(kit_log, "F1 C2 C0 ");
    for (int i = 0; i < 3; i++) {
        ck_assert_ptr_null(ou_weak_get(&kit, weak[i]));
        ck_assert_uint_eq(weak[i]->callback, OU_NOTHING);
        ou_weak_detach(&kit, weak[i]);
        kit_drop(weak[i]);
    }
    ck_assert_uint_eq(kit_live(), 0);
    kit_close();
}
END_TEST

START_TEST(weak_reference_that_dies_with_its_target_is_not_called) {
    kit_open(NULL);
    Node *target = kit_new(1, 1, false);
    target->slots[0] = ou_word(kit_new_weak(1, target, true));
    kit_drop(target); /* the reference is alive when the target dies: it is called, as in CPython */
    ck_assert_str_eq(kit_log, "C1 ");
    Node *outer = kit_new(2, 2, false);
    target = kit_new(3, 0, false);
    outer->slots[0] = ou_word(kit_new_weak(2, target, true));
    outer->slots[1] = ou_word(target);
    kit_drop(outer); /* the reference died first */
    ck_assert_str_eq(kit_log, "C1 ");
    ck_assert_uint_eq(kit_live(), 0);
    kit_close();
}
END_TEST

static void drop_other_root(OuWeak *weak) {
    kit_say("C", weak->cell.aux);
    kit_audit();
    OuValue other = kit_roots[0];
    kit_roots[0] = OU_NOTHING;
    ou_decref(&kit, other);
    kit_audit();
}

START_TEST(weak_callback_may_drop_the_other_references) {
    kit_open(NULL);
    Node *target = kit_new(1, 0, false);
    OuWeak *older = kit_new_weak(1, target, true), *newer = kit_new_weak(2, target, true);
    kit_roots[0] = ou_word(older);
    kit_roots[1] = ou_word(newer);
    kit_on_callback = drop_other_root;
    kit_drop(target);
    ck_assert_str_eq(kit_log, "C2 C1 ");
    kit_audit();
    kit_close();
}
END_TEST

START_TEST(weak_garbage_is_cleared_and_only_reachable_callbacks_run) {
    kit_open(NULL);
    Node *a = kit_new(1, 2, true);
    kit_link(a, 0, a);
    OuWeak *inside = kit_new_weak(1, a, true);
    a->slots[1] = ou_word(inside);
    OuWeak *outside = kit_new_weak(2, a, true);
    kit_roots[0] = ou_word(outside);
    Node *live = kit_new(5, 0, false);
    kit_roots[1] = ou_word(live);
    OuWeak *trash = kit_new_weak(3, live, true);
    Node *b = kit_new(6, 2, false);
    kit_link(b, 0, b);
    b->slots[1] = ou_word(trash);
    kit_drop(a);
    kit_drop(b);
    ck_assert_uint_eq(ou_heap_collect(&kit, 1), 4);
    ck_assert_str_eq(kit_log, "C2 F1 ");
    ck_assert_ptr_null(ou_weak_get(&kit, outside));
    ck_assert(outside->callback != OU_NOTHING);
    ck_assert_ptr_null(ou_weak_first(&kit, &live->cell));
    kit_close();
}
END_TEST

static void make_weak(Node *node) {
    kit_say("F", node->id);
    kit_roots[node->id] = ou_word(kit_new_weak((uint16_t)node->id, node, true));
    ck_assert_ptr_eq(ou_weak_get(&kit, kit_weak(kit_roots[node->id])), &node->cell);
}

START_TEST(weak_made_in_a_finaliser_is_cleared) {
    kit_open(NULL);
    kit_on_finalize = make_weak;
    kit_drop(kit_new(1, 0, true));
    ck_assert_str_eq(kit_log, "F1 C1 ");
    ck_assert_ptr_null(kit_weak(kit_roots[1])->target);
    Node *ring = kit_new(2, 1, true);
    kit_link(ring, 0, ring);
    kit_drop(ring);
    ck_assert_uint_eq(ou_heap_collect(&kit, 1), 1);
    ck_assert_ptr_null(kit_weak(kit_roots[2])->target);
    ck_assert_str_eq(kit_log, "F1 C1 F2 C2 ");
    kit_close();
}
END_TEST

START_TEST(weak_table_keeps_ten_thousand_targets_apart) {
    enum { COUNT = 10000 };
    static Node *targets[COUNT];
    static OuWeak *weak[COUNT];
    kit_open(NULL);
    for (uint32_t i = 0; i < COUNT; i++) {
        targets[i] = kit_new(i, 0, false);
        weak[i] = kit_new_weak((uint16_t)i, targets[i], false);
    }
    srand(1);
    for (uint32_t left = COUNT; left > 0; left--) {
        uint32_t at = (uint32_t)rand() % left;
        ck_assert_ptr_eq(ou_weak_first(&kit, &targets[at]->cell), weak[at]);
        if (left % 2) {
            kit_drop(weak[at]);
            kit_drop(targets[at]);
        } else {
            kit_drop(targets[at]);
            ck_assert_ptr_null(weak[at]->target);
            kit_drop(weak[at]);
        }
        targets[at] = targets[left - 1];
        weak[at] = weak[left - 1];
    }
    ck_assert_uint_eq(kit_live(), 0);
    kit_close();
}
END_TEST

START_TEST(weak_attach_without_memory_changes_nothing) {
    kit_open(NULL);
    Node *target = kit_new(1, 0, false);
    OuWeak *weak = (OuWeak *)(void *)ou_cell_new(&kit, KIT_WEAK, sizeof(OuWeak));
    ou_heap_fail_at(&kit, 1, true);
    ck_assert(!ou_weak_attach(&kit, weak, &target->cell));
    ou_heap_fail_at(&kit, 0, false);
    ck_assert_ptr_null(weak->target);
    ck_assert((target->cell.flags & OU_FLAG_WEAKREFS) == 0);
    ck_assert(ou_weak_attach(&kit, weak, &target->cell));
    kit_drop(weak);
    kit_drop(target);
    kit_close();
}
END_TEST

static void fill(Suite *suite) {
    TCase *topic = kit_case(suite, "weak");
    tcase_add_test(topic, weak_list_is_newest_first_and_detaches_anywhere);
    tcase_add_test(topic, weak_callbacks_run_newest_first_after_all_are_cleared);
    tcase_add_test(topic, weak_reference_that_dies_with_its_target_is_not_called);
    tcase_add_test(topic, weak_callback_may_drop_the_other_references);
    tcase_add_test(topic, weak_garbage_is_cleared_and_only_reachable_callbacks_run);
    tcase_add_test(topic, weak_made_in_a_finaliser_is_cleared);
    tcase_add_test(topic, weak_table_keeps_ten_thousand_targets_apart);
    tcase_add_test(topic, weak_attach_without_memory_changes_nothing);
}

int main(void) { return kit_main("weak", fill); }
