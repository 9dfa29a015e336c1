/* The value word: tags, ints, doubles; and the static cells. */
#include <math.h>

#include "tests/unit/gc_kit.h"

START_TEST(value_small_ints_round_trip) {
    static const int64_t numbers[] = {0, 1, -1, 42, OU_SMALL_MAX, OU_SMALL_MIN, 1ll << 40};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        OuValue value = ou_from_small(numbers[i]);
        ck_assert(ou_is_small(value) && !ou_is_cell(value) && !ou_is_flonum(value));
        ck_assert_int_eq(ou_small(value), numbers[i]);
        ck_assert(ou_fits_small(numbers[i]));
    }
    ck_assert(!ou_fits_small(OU_SMALL_MAX + 1) && !ou_fits_small(OU_SMALL_MIN - 1));
    ck_assert_uint_eq(OU_EMPTY_TEMP, ou_from_small(0));
}
END_TEST

static void check_double(double number, bool immediate) {
    OuValue value = ou_try_flonum(number);
    ck_assert_msg((value != OU_NOTHING) == immediate, "%a", number);
    if (immediate) {
        double back = ou_flonum(value);
        ck_assert(memcmp(&back, &number, sizeof back) == 0);
        ck_assert(ou_is_flonum(value) && !ou_is_small(value) && !ou_is_cell(value));
    }
}

START_TEST(value_doubles_in_range_are_immediate) {
    check_double(0.0, true);
    check_double(-0.0, false);
    check_double(1.5, true);
    check_double(-3.25e10, true);
    check_double(0x1p-255, true);
    check_double(0x1.fffffffffffffp-256, false);
    check_double(0x1.fffffffffffffp256, true);
    check_double(0x1p257, false);
    check_double(-0x1p-255, true);
    check_double((double)INFINITY, false);
    check_double((double)NAN, false);
    check_double(0x1p-1074, false);
    uint64_t state = 88172645463325252u;
    for (int i = 0; i < 1000000; i++) {
        state ^= state << 13, state ^= state >> 7, state ^= state << 17;
        double number;
        memcpy(&number, &state, sizeof number);
        double size = fabs(number);
        check_double(number, size >= 0x1p-255 && size < 0x1p257);
    }
}
END_TEST

START_TEST(value_no_value_is_no_cell) {
    ck_assert(!ou_is_cell(OU_NOTHING) && ou_is_cell_or_nothing(OU_NOTHING));
    ck_assert(!ou_is_small(OU_NOTHING) && !ou_is_flonum(OU_NOTHING));
}
END_TEST

static const OuValue constant_word = OU_NONE; /* a link-time constant */

START_TEST(static_cells_have_a_leaf_page_and_balanced_counts) {
    ck_assert_uint_eq((uintptr_t)&ou_static_page % OU_PAGE_SIZE, 0);
    ck_assert_uint_eq(constant_word, OU_NONE);
    ck_assert(ou_from_bool(true) == OU_TRUE && ou_from_bool(false) == OU_FALSE);
    ck_assert_uint_eq(ou_cell(OU_TRUE)->aux, 1);
    ck_assert_uint_eq(ou_cell(OU_FALSE)->aux, 0);
    static const uint8_t kinds[] = {OU_KIND_NONE, OU_KIND_BOOL, OU_KIND_BOOL, OU_KIND_NOTIMPLEMENTED, OU_KIND_ELLIPSIS};
    for (unsigned i = 0; i < 5; i++) {
        OuValue value = OU_STATIC_WORD(i);
        ck_assert(ou_is_cell(value) && ou_is_static(ou_cell(value)));
        ck_assert(ou_cell_leaf(ou_cell(value)));
        ck_assert_uint_eq(ou_cell(value)->kind, kinds[i]);
        ck_assert_uint_eq(ou_cell(value)->count, OU_STATIC_COUNT);
    }
    kit_open(NULL);
    Node *node = kit_new(1, 2, false);
    ou_slot_init(&node->slots[0], ou_incref(OU_NONE));
    ou_slot_init(&node->slots[1], ou_incref(OU_TRUE));
    kit_drop(node);
    ck_assert_uint_eq(ou_cell(OU_NONE)->count, OU_STATIC_COUNT);
    node = kit_new(1, 2, false);
    ou_slot_init(&node->slots[0], ou_incref(OU_NONE));
    kit_link(node, 1, node);
    kit_drop(node);
    kit_close();
    ck_assert_uint_eq(ou_cell(OU_NONE)->count, OU_STATIC_COUNT);
    ck_assert_uint_eq(ou_cell(OU_TRUE)->count, OU_STATIC_COUNT);
}
END_TEST

static void fill(Suite *suite) {
    TCase *topic = kit_case(suite, "value");
    tcase_add_test(topic, value_small_ints_round_trip);
    tcase_add_test(topic, value_doubles_in_range_are_immediate);
    tcase_add_test(topic, value_no_value_is_no_cell);
    tcase_add_test(topic, static_cells_have_a_leaf_page_and_balanced_counts);
}

int main(void) { return kit_main("value", fill); }
