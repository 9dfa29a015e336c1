/*
 * The bump allocator of a compilation: alignment, accounting, failure, vectors.
 */
#include "gc/arena.h"
#include "tests/unit/front_end.h"

typedef struct Meter {
    size_t live;
    long fail_at; /* the request that fails; negative: none */
    long requests;
} Meter;

static void *meter_resize(void *ctx, void *old, size_t old_size, size_t new_size) {
    Meter *meter = ctx;
    if (new_size == 0) {
        meter->live -= old_size;
        free(old);
        return NULL;
    }
    if (meter->requests++ == meter->fail_at) { return NULL; }
    void *result = realloc(old, new_size);
    ck_assert_ptr_nonnull(result);
    meter->live += new_size - old_size;
    return result;
}

START_TEST(arena_alloc_is_aligned_and_zero) {
    for (size_t size = 0; size < 3000; size += 7) {
        unsigned char *bytes = ou_arena_alloc(&front.arena, size);
        ck_assert_ptr_nonnull(bytes);
        ck_assert_uint_eq((uintptr_t)bytes % 8, 0);
        for (size_t i = 0; i < size; i++) { ck_assert_uint_eq(bytes[i], 0); }
        memset(bytes, 0xff, size);
    }
}
END_TEST

START_TEST(arena_array_with_overflow_fails) {
    ck_assert_ptr_null(ou_arena_array(&front.arena, SIZE_MAX / 4, 8));
    ck_assert(front.arena.failed);
}
END_TEST

START_TEST(arena_fini_returns_every_byte) {
    Meter meter = {.fail_at = -1};
    OuArenaAllocator allocator = {&meter, meter_resize};
    OuArena arena;
    ou_arena_init(&arena, &allocator);
    for (int i = 0; i < 500; i++) { ck_assert_ptr_nonnull(ou_arena_alloc(&arena, (size_t)i * 37)); }
    ck_assert_uint_eq(meter.live, arena.bytes);
    ou_arena_fini(&arena);
    ck_assert_uint_eq(meter.live, 0);
}
END_TEST

START_TEST(arena_failure_is_sticky_and_keeps_old_memory) {
    Meter meter = {.fail_at = 1};
    OuArenaAllocator allocator = {&meter, meter_resize};
    OuArena arena;
    ou_arena_init(&arena, &allocator);
    char *text = ou_arena_copy(&arena, "kept", 4);
    ck_assert_ptr_null(ou_arena_alloc(&arena, 100000));
    ck_assert(arena.failed);
    ck_assert_str_eq(text, "kept");
    ou_arena_fini(&arena);
    ck_assert_uint_eq(meter.live, 0);
}
END_TEST

START_TEST(arena_push_keeps_order) {
    OuArenaVec vec = {0};
    static char cells[1000];
    for (int i = 0; i < 1000; i++) { ck_assert(ou_arena_push(&front.arena, &vec, &cells[i])); }
    ck_assert_uint_eq(vec.count, 1000);
    for (int i = 0; i < 1000; i++) { ck_assert_ptr_eq(vec.items[i], &cells[i]); }
}
END_TEST

static const char oom_source[] = "import os.path as p\n"
                                 "class A(B, metaclass=C):\n"
                                 "    '''doc'''\n"
                                 "    def m(self, a, /, b: int = 1, *c, d=2, **e) -> None:\n"
                                 "        self.__x = [i for i in a if i] + {k: v for k, v in b}.items()\n"
                                 "        if a < b <= 3 and not c:\n"
                                 "            return f'{a!r:>{b}} text {c=}' 'more' + \"\\u20ac\"\n"
                                 "        elif (n := 10) ** 400000000000000000000:\n"
                                 "            yield lambda x, *y: x + y[1:2, ...]\n"
                                 "        try:\n"
                                 "            with open(p) as f, g: del f.a, f[0]\n"
                                 "        except (E, F) as e2: raise G from e2\n"
                                 "        finally: super().m(*a, **e)\n"
                                 "match x:\n"
                                 "    case {'a': [1, *r], **k} | B(q, w=2): pass\n";

static bool compile_all(OuArena *arena, OuSyntaxError *err) {
    OuSource source;
    OuModule *module;
    OuScope *scope;
    if (!ou_source_init(&source, arena, "<oom>", oom_source, sizeof oom_source - 1, OU_SOURCE_FILE, err) ||
        !ou_parse(arena, &source, OU_COMPILE_FILE, &module, err)) {
        return false;
    }
    if (!ou_fold_module(arena, module)) {
        err->kind = OU_ERR_MEMORY;
        return false;
    }
    return ou_scope_analyse(arena, module, &source, &scope, err);
}

/* Blocks are large, so that failing the Nth block reaches few places: this one hands out one
   allocation per block by filling the block first. */
START_TEST(front_end_out_of_memory_at_each_request_is_reported) {
    bool done = false;
    for (long n = 0; !done && n < 100000; n++) {
        Meter meter = {.fail_at = n};
        OuArenaAllocator allocator = {&meter, meter_resize};
        OuArena arena;
        OuSyntaxError err;
        memset(&err, 0, sizeof err);
        ou_arena_init(&arena, &allocator);
        done = compile_all(&arena, &err);
        if (!done) { ck_assert_msg(err.kind == OU_ERR_MEMORY, "request %ld: %s", n, err.message); }
        ou_arena_fini(&arena);
        ck_assert_uint_eq(meter.live, 0);
    }
    ck_assert(done);
}
END_TEST

START_TEST(front_end_out_of_memory_at_each_small_allocation_is_reported) {
    /* `next = limit` after N bytes: every single allocation is hit, not only new blocks */
    bool done = false;
    for (size_t budget = 0; !done && budget < 200000; budget += 24) {
        Meter meter = {.fail_at = -1};
        OuArenaAllocator allocator = {&meter, meter_resize};
        OuArena arena;
        OuSyntaxError err;
        memset(&err, 0, sizeof err);
        ou_arena_init(&arena, &allocator);
        arena.bytes = 256 * 1024; /* makes the first block the largest */
        ou_arena_alloc(&arena, 8);
        meter.fail_at = meter.requests; /* nothing beyond this block */
        arena.limit = arena.next + budget < arena.limit ? arena.next + (budget & ~(size_t)7) : arena.limit;
        done = compile_all(&arena, &err);
        if (!done) { ck_assert_msg(err.kind == OU_ERR_MEMORY, "budget %zu: %s", budget, err.message); }
        ou_arena_fini(&arena);
        ck_assert_uint_eq(meter.live, 0);
    }
    ck_assert(done);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("arena");
    TCase *arena = front_case(suite, "arena");
    tcase_add_test(arena, arena_alloc_is_aligned_and_zero);
    tcase_add_test(arena, arena_array_with_overflow_fails);
    tcase_add_test(arena, arena_fini_returns_every_byte);
    tcase_add_test(arena, arena_failure_is_sticky_and_keeps_old_memory);
    tcase_add_test(arena, arena_push_keeps_order);
    TCase *oom = front_case(suite, "out of memory");
    tcase_add_test(oom, front_end_out_of_memory_at_each_request_is_reported);
    tcase_add_test(oom, front_end_out_of_memory_at_each_small_allocation_is_reported);
    return unit_report("arena", suite);
}
