/*
 * Runtime structures through their C interface: what they own, what they do when memory is short.
 */
#include "vm/objects/containers.h"
#include "vm/objects/str.h"
#include "tests/unit/report.h"
#include "vm/ouro.h"

#include <check.h>
#include <stdio.h>

static OuVM *vm;

static void setup(void) {
    vm = ou_vm_new(NULL);
    ck_assert_ptr_nonnull(vm);
}

/* Nothing may be left over: every reference taken in a test was given back. */
static void teardown(void) { ck_assert_uint_eq(ou_vm_free(vm), 0); }

static OuValue text(const char *utf8) {
    OuValue value = ou_str_from_text(vm, utf8);
    ck_assert(value != OU_NOTHING);
    return value;
}

START_TEST(dict_keeps_the_order_of_insertion) {
    OuDict *dict = ou_dict_new(vm, 0);
    char name[16];
    for (int i = 0; i < 1000; i++) {
        snprintf(name, sizeof name, "key%d", i);
        OuValue key = text(name);
        ck_assert_int_eq(ou_dict_set(vm, dict, key, ou_from_small(i)), 0);
        ou_drop(vm, key);
    }
    for (int i = 0; i < 1000; i += 2) {
        snprintf(name, sizeof name, "key%d", i);
        OuValue key = text(name);
        ck_assert_int_eq(ou_dict_delete(vm, dict, key), 1);
        ck_assert_int_eq(ou_dict_delete(vm, dict, key), 0);
        ou_drop(vm, key);
    }
    ck_assert_uint_eq(dict->live, 500);
    OuValue key, value;
    int expected = 1;
    for (uint32_t at = 0; ou_dict_next(dict, &at, &key, &value); expected += 2) {
        ck_assert_int_eq(ou_small(value), expected);
    }
    ck_assert_int_eq(expected, 1001);
    ou_drop(vm, ou_word(dict));
}
END_TEST

START_TEST(tuple_takes_its_items_also_when_it_fails) {
    OuValue items[2] = {text("first"), text("second")};
    OuValue tuple = ou_tuple_from_take(vm, items, 2);
    ck_assert_uint_eq(ou_tuple_length(ou_as_tuple(tuple)), 2);
    ou_drop(vm, tuple);
    OuValue missing[2] = {text("taken"), OU_NOTHING};
    ck_assert(ou_tuple_from_take(vm, missing, 2) == OU_NOTHING);
    OuValue kept[2] = {text("kept"), text("as well")};
    ou_heap_fail_at(&vm->heap, 1, false);
    ck_assert(ou_tuple_from_take(vm, kept, 2) == OU_NOTHING);
    ou_heap_fail_at(&vm->heap, 0, false);
    ou_clear_pending(vm);
}
END_TEST

START_TEST(list_grows_and_survives_a_failed_growth) {
    OuList *list = ou_list_new(vm, 0);
    for (int i = 0; i < 100; i++) { ck_assert_int_eq(ou_list_append(vm, list, ou_from_small(i)), 0); }
    while (list->length < list->capacity) { ck_assert_int_eq(ou_list_append(vm, list, OU_NONE), 0); }
    uint32_t full = list->length;
    ou_heap_fail_at(&vm->heap, 1, false);
    ck_assert_int_lt(ou_list_append(vm, list, OU_NONE), 0);
    ou_heap_fail_at(&vm->heap, 0, false);
    ou_clear_pending(vm);
    ck_assert_uint_eq(list->length, full);
    ck_assert_int_eq(ou_small(list->items[99]), 99);
    ou_drop(vm, ou_word(list));
}
END_TEST

START_TEST(builder_widens_and_gives_up_cleanly) {
    OuBuilder out = {.vm = vm};
    ou_builder_text(&out, "narrow ");
    ou_builder_point(&out, 0xe9);
    ou_builder_point(&out, 0x20ac);
    ou_builder_point(&out, 0x1f600);
    OuValue whole = ou_builder_finish(&out);
    OuStr *str = ou_as_str(whole);
    ck_assert_uint_eq(str->length, 10);
    ck_assert_uint_eq(ou_str_width(str), 4);
    ck_assert_uint_eq(ou_str_at(str, 0), 'n');
    ck_assert_uint_eq(ou_str_at(str, 9), 0x1f600);
    ou_drop(vm, whole);
    out = (OuBuilder){.vm = vm};
    ou_builder_text(&out, "so far");
    out.failed = true;
    ck_assert(ou_builder_finish(&out) == OU_NOTHING);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("objects");
    TCase *tcase = tcase_create("objects");
    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, dict_keeps_the_order_of_insertion);
    tcase_add_test(tcase, tuple_takes_its_items_also_when_it_fails);
    tcase_add_test(tcase, list_grows_and_survives_a_failed_growth);
    tcase_add_test(tcase, builder_widens_and_gives_up_cleanly);
    suite_add_tcase(suite, tcase);
    return unit_report("objects", suite);
}
