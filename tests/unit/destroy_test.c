/* The destroyer: order of death, resurrection, depth, audit in the middle. */
#include <pthread.h>

#include "tests/unit/gc_kit.h"

static Node *chain_of(uint32_t first, uint32_t count) {
    Node *head = NULL;
    for (uint32_t i = count; i-- > 0;) {
        Node *node = kit_new(first + i, 2, true);
        node->slots[0] = ou_word(head);
        head = node;
    }
    return head;
}

START_TEST(destroy_runs_finaliser_before_children_and_each_subtree_whole) {
    kit_open(NULL);
    Node *top = kit_new(1, 3, true);
    top->slots[0] = ou_word(chain_of(10, 3));
    top->slots[2] = ou_word(chain_of(20, 2));
    kit_drop(top);
    ck_assert_str_eq(kit_log, "F1 F10 F11 F12 F20 F21 ");
    ck_assert_uint_eq(kit_live(), 0);
    kit_close();
}
END_TEST

START_TEST(destroy_follows_the_step_of_the_span) {
    kit_open(NULL);
    Node *top = kit_new(1, 4, true);
    top->cell.flags |= KIT_DOWNWARD;
    for (uint32_t i = 0; i < 4; i++) { top->slots[i] = ou_word(chain_of(10 * (i + 1), 2)); }
    kit_drop(top);
    ck_assert_str_eq(kit_log, "F1 F40 F41 F30 F31 F20 F21 F10 F11 ");
    Vec *vec = kit_new_vec();
    for (uint32_t i = 0; i < 100; i++) { vec_push(vec, i % 3 ? ou_from_small(i) : ou_word(kit_new_leaf(i))); }
    vec_push(vec, ou_word(chain_of(5, 1)));
    vec_push(vec, ou_word(chain_of(6, 1)));
    kit_log[0] = '\0';
    kit_drop(vec);
    ck_assert_str_eq(kit_log, "F6 F5 ");
    kit_close();
}
END_TEST

START_TEST(destroy_releases_the_owner_last) {
    kit_open(NULL);
    Node *owner = kit_new(9, 1, true);
    owner->slots[0] = ou_word(chain_of(8, 1));
    Node *outer = kit_new(1, 2, false), *inner = kit_new(2, 1, true);
    inner->owner = &owner->cell;
    inner->slots[0] = ou_word(chain_of(3, 1));
    outer->slots[0] = ou_word(inner);
    outer->slots[1] = ou_word(chain_of(4, 1));
    kit_drop(outer);
    ck_assert_str_eq(kit_log, "F2 F3 F9 F8 F4 ");
    ck_assert_uint_eq(kit_live(), 0);
    kit_close();
}
END_TEST

static void resurrect(Node *node) {
    kit_say("F", node->id);
    ou_incref_cell(node);
    kit_roots[0] = ou_word(node);
}

START_TEST(destroy_lets_a_finaliser_keep_the_object_once) {
    kit_open(NULL);
    Node *outer = kit_new(1, 2, false), *inner = kit_new(2, 1, true);
    inner->slots[0] = ou_word(chain_of(3, 1));
    outer->slots[0] = ou_word(inner);
    outer->slots[1] = ou_word(kit_new(4, 0, false));
    OuWeak *weak = kit_new_weak(7, inner, true);
    kit_on_finalize = resurrect;
    kit_drop(outer);
    ck_assert_str_eq(kit_log, "F2 ");
    ck_assert_ptr_eq(ou_weak_get(&kit, weak), &inner->cell);
    ck_assert_uint_eq(inner->cell.count, 1);
    ck_assert(inner->slots[0] != OU_NOTHING);
    kit_on_finalize = NULL;
    kit_roots[0] = OU_NOTHING;
    kit_drop(inner);
    ck_assert_str_eq(kit_log, "F2 C7 F3 ");
    kit_drop(weak);
    ck_assert_uint_eq(kit_live(), 0);
    kit_close();
}
END_TEST

/* In a finaliser: everything is consistent, and other things die inside. */
static void audit_and_drop(Node *node) {
    kit_say("F", node->id);
    kit_audit();
    Node *other = kit_new(100 + node->id, 2, false);
    other->slots[0] = ou_word(kit_new(0, 0, false));
    Node *nested = kit_new(500 + node->id, 1, node->id < 50 && node->id % 2);
    other->slots[1] = ou_word(nested);
    kit_drop(other);
    kit_audit();
}

START_TEST(destroy_is_consistent_for_the_audit_inside_every_finaliser) {
    kit_open(NULL);
    Node *shared = kit_new(40, 1, true);
    Node *top = kit_new(1, 3, true);
    top->slots[0] = ou_word(chain_of(10, 5));
    kit_link(top, 1, shared);
    top->slots[2] = ou_word(chain_of(20, 5));
    Vec *vec = kit_new_vec();
    for (uint32_t i = 0; i < 20; i++) {
        vec_push(vec, ou_word(chain_of(20 + i, 1)));
        kit_link(kit_node(vec->items[i]), 1, shared);
    }
    top->owner = &vec->cell;
    kit_drop(shared);
    kit_on_finalize = audit_and_drop;
    kit_roots[1] = ou_word(kit_new(3, 0, false));
    kit_roots[0] = ou_word(top);
    kit_audit();
    kit_roots[0] = OU_NOTHING;
    kit_drop(top);
    ck_assert_uint_eq(kit_live(), 1);
    kit_close();
}
END_TEST

START_TEST(destroy_calls_no_user_code_when_told) {
    kit_open(NULL);
    Node *node = chain_of(1, 3);
    OuWeak *weak = kit_new_weak(1, node, true);
    kit.no_user_code = true;
    kit_drop(node);
    ck_assert_str_eq(kit_log, "");
    ck_assert_ptr_null(weak->target);
    kit_drop(weak);
    kit_close();
}
END_TEST

START_TEST(destroy_handles_the_last_slot_of_a_huge_container) {
    kit_open(NULL);
    Vec *vec = kit_new_vec();
    for (uint32_t i = 0; i < 3000000; i++) {
        vec_push(vec, i % 1000 ? ou_from_small(i) : ou_word(kit_new(i, 1, false)));
    }
    kit_drop(vec);
    ck_assert_uint_eq(kit_live(), 0);
    kit_close();
}
END_TEST

/* --- on a stack of 256 KiB ---------------------------------------------------------------------------------- */

static void on_small_stack(void *(*body)(void *)) {
    pthread_attr_t attributes;
    pthread_t thread;
    ck_assert(pthread_attr_init(&attributes) == 0);
    ck_assert(pthread_attr_setstacksize(&attributes, 256 * 1024) == 0);
    ck_assert(pthread_create(&thread, &attributes, body, NULL) == 0);
    ck_assert(pthread_join(thread, NULL) == 0);
    pthread_attr_destroy(&attributes);
}

static void count_finaliser(Node *node) {
    (void)node;
    kit_roots[63] = ou_from_small(ou_small(kit_roots[63]) + 1);
}

static void *deep_chain(void *unused) {
    Node *head = NULL;
    for (uint32_t i = 0; i < 1000000; i++) {
        Node *node = kit_new(i, 2, i % 2 == 0);
        node->slots[i % 2] = ou_word(head);
        head = node;
    }
    kit_drop(head);
    return unused;
}

static void *deep_lists(void *unused) {
    Vec *head = NULL;
    for (uint32_t i = 0; i < 1000000; i++) {
        Vec *vec = kit_new_vec();
        vec_push(vec, ou_word(head));
        head = vec;
    }
    kit_drop(head);
    return unused;
}

static void *deep_owners(void *unused) {
    Node *head = NULL;
    for (uint32_t i = 0; i < 1000000; i++) {
        Node *node = kit_new(i, 0, false);
        node->owner = (OuCell *)head;
        head = node;
    }
    kit_drop(head);
    return unused;
}

static void *deep_ring(void *unused) {
    Node *last = kit_new(0, 2, false), *head = last;
    for (uint32_t i = 1; i < 1000000; i++) {
        Node *node = kit_new(i, 2, i % 1000 == 0);
        node->slots[i % 2] = ou_word(head);
        head = node;
    }
    last->slots[0] = ou_word(head);
    ck_assert_uint_eq(ou_heap_collect(&kit, 1), 1000000);
    return unused;
}

START_TEST(destroy_needs_no_stack_for_a_million_levels) {
    static void *(*const bodies[])(void *) = {deep_chain, deep_lists, deep_owners, deep_ring};
    kit_open(NULL);
    kit.priv->oracles = false;
    kit_roots[63] = ou_from_small(0);
    kit_on_finalize = count_finaliser;
    on_small_stack(bodies[_i]);
    ck_assert_uint_eq(kit_live(), 0);
    static const int64_t finalisers[] = {500000, 0, 0, 999};
    ck_assert_int_eq(ou_small(kit_roots[63]), finalisers[_i]);
    kit_close();
}
END_TEST

static void fill(Suite *suite) {
    TCase *topic = kit_case(suite, "order");
    tcase_add_test(topic, destroy_runs_finaliser_before_children_and_each_subtree_whole);
    tcase_add_test(topic, destroy_follows_the_step_of_the_span);
    tcase_add_test(topic, destroy_releases_the_owner_last);
    tcase_add_test(topic, destroy_lets_a_finaliser_keep_the_object_once);
    tcase_add_test(topic, destroy_is_consistent_for_the_audit_inside_every_finaliser);
    tcase_add_test(topic, destroy_calls_no_user_code_when_told);
    topic = kit_case(suite, "size");
    tcase_add_test(topic, destroy_handles_the_last_slot_of_a_huge_container);
    tcase_add_loop_test(topic, destroy_needs_no_stack_for_a_million_levels, 0, 4);
}

int main(void) { return kit_main("destroy", fill); }
