/* Making a VM and taking it down. Start-up order: heap, registers, names, types, exceptions, modules. Tear-down order: see
 * the design's "Leaving". */
#define _GNU_SOURCE
#include "vm/objects/help.h"

#include <sys/mman.h>
#include <sys/resource.h>
#include <time.h>

#include "compiler/compile.h"
#include "gc/audit.h"
#include "gc/collect.h"
#include "vm/io.h"
#include "vm/lib/lib.h"
#include "vm/objects/instance.h"
#include "vm/objects/weakref.h"
#include "vm/ouro.h"
#include "vm/special.h"

#define STACK_WORDS ((size_t)64 << 20) /* 512 MiB of address space */
#define FRAMES_MAX ((size_t)2 << 20)
#define FIRST_STACK_WORDS 8192u
#define C_STACK_RESERVE (56u << 10)

/* --- kinds ------------------------------------------------------------------------------------------------------------------- */

const OuKindOps ou_none_ops = {.name = "NoneType", .leaf = true}, ou_bool_ops = {.name = "bool", .leaf = true},
                ou_notimplemented_ops = {.name = "NotImplementedType", .leaf = true},
                ou_ellipsis_ops = {.name = "ellipsis", .leaf = true};

#define OPERATIONS(name, text, base, ops, type) [OU_KIND_##name] = &ou_##ops##_ops,
static const OuKindOps *const kinds[OU_KIND_COUNT] = {
    OU_CELL_TYPES(OPERATIONS) OU_STATIC_TYPES(OPERATIONS)[OU_KIND_INSTANCE] = &ou_instance_ops,
    [OU_KIND_INSTANCE_OUT] = &ou_instance_out_ops,
    [OU_KIND_INSTANCE_DICT] = &ou_instance_dict_ops,
    [OU_KIND_FUNCTION_EXTRA] = &ou_function_extra_ops,
};

/* --- roots --------------------------------------------------------------------------------------------------------------------- */

static void roots(OuHeap *heap, OuVisit visit, void *context) {
    OuVM *vm = (OuVM *)heap;
    for (OuValue *reg = vm->stack; reg < vm->top; reg++) {
        if (ou_is_cell(*reg)) { visit(context, *reg, "register"); }
    }
    for (OuFrame *frame = vm->frames + 1; frame <= vm->frame; frame++) {
        visit(context, frame->hold, "frame");
        visit(context, frame->locals, "namespace of a running body");
        visit(context, frame->result, "result of a frame");
        visit(context, ou_word(frame->gen), "running generator");
        visit(context, ou_word(frame->object), "frame object");
        if (frame->flags & OU_FRAME_OWNS_FUNC && frame->func != NULL) {
            visit(context, ou_word(frame->func), "running function");
        }
    }
    const OuValue fields[] = {vm->pending,
                              vm->main_handled.value,
                              vm->memory_reserved ? vm->memory_error : OU_NOTHING,
                              vm->cont_hold,
                              vm->gen_result,
                              vm->exit_hook,
                              vm->gc.garbage,
                              vm->gc.hook};
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) { visit(context, fields[i], "interpreter"); }
    for (int i = 0; i < OU_TYPE_COUNT; i++) { visit(context, ou_word(vm->types[i]), "built-in type"); }
    for (int i = 0; i < OU_EXC_COUNT; i++) { visit(context, ou_word(vm->exceptions[i]), "built-in exception"); }
    for (int i = 0; i < OU_NAME_COUNT; i++) { visit(context, ou_word(vm->names[i]), "name"); }
    for (int i = 0; i < 256; i++) { visit(context, ou_word(vm->latin1[i]), "character"); }
    const void *cells[] = {vm->empty_str, vm->empty_tuple, vm->builtins, vm->modules, vm->sys, vm->unknown_location};
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) { visit(context, ou_word(cells[i]), "interpreter"); }
}

static const OuHeapHooks hooks = {.roots = roots, .weak_callback = ou_weakref_callback, .collection = ou_gc_event};

/* --- start-up -------------------------------------------------------------------------------------------------------------------- */

static int make_names(OuVM *vm) {
#define SPECIAL(name) "__" #name "__",
#define PLAIN(name) #name,
    static const char *const texts[OU_NAME_COUNT] = {OU_NAMES(SPECIAL, PLAIN)};
    /* What print() writes between and after its arguments is always there. */
    OuValue blank = ou_str_from_point(vm, ' '), newline = ou_str_from_point(vm, '\n');
    ou_drop(vm, blank);
    ou_drop(vm, newline);
    if (blank == OU_NOTHING || newline == OU_NOTHING) { return -1; }
    for (int i = 0; i < OU_NAME_COUNT; i++) {
        vm->names[i] = ou_str_interned(vm, texts[i]);
        if (vm->names[i] == NULL) { return -1; }
    }
    return 0;
}

static OuValue none_repr(OuVM *vm, OuValue self) { return ou_str_from_text(vm, "None"); }
static int none_truth(OuVM *vm, OuValue self) { return 0; }
static OuValue not_implemented_repr(OuVM *vm, OuValue self) { return ou_str_from_text(vm, "NotImplemented"); }
static OuValue ellipsis_repr(OuVM *vm, OuValue self) { return ou_str_from_text(vm, "Ellipsis"); }
const OuNativeType ou_none_type = {.final = true, .slots = {.repr = none_repr, .truth = none_truth}};
const OuNativeType ou_notimplemented_type = {.final = true, .slots = {.repr = not_implemented_repr}};
const OuNativeType ou_ellipsis_type = {.final = true, .slots = {.repr = ellipsis_repr}};

/* Creates all built-in types. -1 raised. */
static int make_types(OuVM *vm) {
    static const struct {
        const char *name;
        OuTypeIndex base;
        const OuNativeType *native;
#define ROW(name, text, base, ops, type) {text, OU_TYPE_##base, &ou_##type##_type},
    } table[OU_TYPE_COUNT] = {OU_TYPES(ROW)};
    for (int i = 0; i < OU_TYPE_COUNT; i++) {
        vm->types[i] = ou_type_new_native(vm, table[i].name, i == OU_TYPE_OBJECT ? NULL : vm->types[table[i].base],
                                          (OuTypeIndex)i);
        if (vm->types[i] == NULL) { return -1; }
    }
    for (int i = 0; i < OU_TYPE_COUNT; i++) {
        if (ou_type_fill_native(vm, vm->types[i], table[i].native) < 0) { return -1; }
        ou_type_finish_native(vm, vm->types[i]);
    }
    vm->types[OU_TYPE_OBJECT]->flags |= OU_TYPE_NO_DICT;
    return 0;
}

static int make_modules(OuVM *vm, const OuOptions *options) {
    vm->modules = ou_dict_new(vm, 8);
    if (vm->modules == NULL) { return -1; }
    OuValue builtins = ou_module_from_table(vm, &ou_builtins_module);
    if (builtins == OU_NOTHING || ou_dict_set_text(vm, vm->modules, "builtins", builtins) < 0) { return -1; }
    vm->builtins = ou_as_dict(ou_incref(((OuModuleObject *)(uintptr_t)builtins)->dict));
    OuValue sys = ou_module_from_table(vm, &ou_sys_module);
    if (sys == OU_NOTHING || ou_dict_set_text(vm, vm->modules, "sys", sys) < 0) { return -1; }
    vm->sys = ou_as_dict(ou_incref(((OuModuleObject *)(uintptr_t)sys)->dict));
    if (ou_sys_fill(vm, options) < 0) { return -1; }
    OuValue main = ou_module_new(vm, vm->names[OU_NAME_main]);
    if (main == OU_NOTHING || ou_dict_set_text(vm, vm->modules, "__main__", main) < 0) { return -1; }
    vm->main_module = (OuModuleObject *)(uintptr_t)main;
    if (options->package != NULL && ou_dict_set_text(vm, ou_as_dict(vm->main_module->dict), "__package__",
                                                     ou_str_from_text(vm, options->package)) < 0) {
        return -1;
    }
    return ou_dict_set_name(vm, ou_as_dict(vm->main_module->dict), vm->names[OU_NAME_builtins], builtins);
}

static void *reserve(size_t bytes) {
    void *range = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    return range == MAP_FAILED ? NULL : range;
}

/* The code of the frame below all others: no registers, never run. */
static OuCode sentinel;

static bool reserve_ranges(OuVM *vm) {
    vm->stack = reserve(STACK_WORDS * sizeof(OuValue));
    vm->frames = reserve(FRAMES_MAX * sizeof(OuFrame));
    vm->shapes = reserve((OU_SHAPE_MAX + 1) * sizeof(OuShape *));
    vm->shape_versions = reserve((OU_SHAPE_MAX + 1) * sizeof(uint32_t));
    if (vm->stack == NULL || vm->frames == NULL || vm->shapes == NULL || vm->shape_versions == NULL) { return false; }
    vm->stack_end = vm->stack + STACK_WORDS;
    vm->top = vm->stack;
    vm->stack_limit = vm->stack + FIRST_STACK_WORDS - OU_STACK_SLACK;
    vm->frames_end = vm->frames + FRAMES_MAX;
    vm->frames_limit = vm->frames + 128;
    vm->frame = vm->frames; /* a sentinel without code: its window is empty */
    vm->frame->base = vm->stack;
    vm->frame->code = &sentinel;
    vm->shape_count = 1;
    return true;
}

static void release_ranges(OuVM *vm) {
    if (vm->stack != NULL) { munmap(vm->stack, STACK_WORDS * sizeof(OuValue)); }
    if (vm->frames != NULL) { munmap(vm->frames, FRAMES_MAX * sizeof(OuFrame)); }
    if (vm->shapes != NULL) { munmap(vm->shapes, (OU_SHAPE_MAX + 1) * sizeof(OuShape *)); }
    if (vm->shape_versions != NULL) { munmap(vm->shape_versions, (OU_SHAPE_MAX + 1) * sizeof(uint32_t)); }
}

static uintptr_t c_stack_limit(void) {
    struct rlimit limit;
    char here;
    size_t size = (size_t)8 << 20;
    if (getrlimit(RLIMIT_STACK, &limit) == 0 && limit.rlim_cur != RLIM_INFINITY &&
        limit.rlim_cur < ((size_t)64 << 20)) {
        size = limit.rlim_cur;
    }
    size_t used_above = (size_t)16 << 10; /* what main and the environment may have taken already */
    size_t reserve_bytes = size / 4 > C_STACK_RESERVE ? C_STACK_RESERVE : size / 4;
    return (uintptr_t)&here - (size - used_above - reserve_bytes);
}

OuVM *ou_vm_new(const OuOptions *given) {
    static const OuOptions defaults = {0};
    const OuOptions *options = given != NULL ? given : &defaults;
    OuVM *vm = mmap(NULL, sizeof *vm, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (vm == MAP_FAILED) { return NULL; }
    OuHeapOptions heap_options = {.cap = options->heap_cap,
                                  .fail_at = options->fail_at,
                                  .fail_from = options->fail_from,
                                  .audit_every = (uint32_t)options->audit_every,
                                  .collect_every = (uint32_t)options->collect_every,
                                  .step_units = (uint32_t)options->slice_units,
                                  .log = options->gc_log,
                                  .boxed = options->boxed};
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    vm->start_ns = (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
    vm->gc.generation = 2;
    if (!reserve_ranges(vm) || !ou_heap_init(&vm->heap, kinds, &hooks, &heap_options)) {
        release_ranges(vm);
        munmap(vm, sizeof *vm);
        return NULL;
    }
    vm->heap.enabled = false;
    vm->boxed = options->boxed;
    vm->unbuffered = options->unbuffered;
    vm->verbose = options->verbose;
    vm->colors = options->colors;
    vm->leak_table = options->leak_table;
    vm->inspect = vm->keep_last = options->inspect;
    vm->caches_off = options->caches_off;
    vm->compile_flags = (options->optimize ? OU_COMPILE_OPTIMIZE : 0) |
                        (options->steps > 0 || options->counted ? OU_COMPILE_COUNTED : 0);
    if (vm->compile_flags & OU_COMPILE_COUNTED) { ou_heap_request(&vm->heap, OU_PENDING_STEPS); }
    vm->steps_left = INT64_MAX;
    vm->recursion_limit = 1000;
    vm->handled = &vm->main_handled;
    vm->c_stack_limit = c_stack_limit();
    vm->namespace_epoch = 1;
    bool ok = ou_heap_reserve(&vm->heap, FIRST_STACK_WORDS * sizeof(OuValue) / 4);
    vm->stack_charged = ok ? FIRST_STACK_WORDS * sizeof(OuValue) / 4 : 0;
    ok = ok && ou_str_setup(vm) == 0 && (vm->empty_tuple = ou_tuple_new(vm, 0)) != NULL && make_names(vm) == 0 &&
         make_types(vm) == 0 && ou_exceptions_setup(vm) == 0;
    if (ok) {
        vm->type_cache = ou_buffer_new(&vm->heap, ou_type_cache_size());
        vm->attr_cache = ou_buffer_new(&vm->heap, ou_attr_cache_size());
        ok = vm->type_cache != NULL && vm->attr_cache != NULL;
    }
    if (ok) {
        memset(vm->type_cache, 0, ou_type_cache_size());
        memset(vm->attr_cache, 0, ou_attr_cache_size());
        vm->unknown_location = ou_str_interned(vm, "unknown location");
        ok = vm->unknown_location != NULL && make_modules(vm, options) == 0;
    }
    if (!ok) {
        vm->finished = true;
        ou_vm_free(vm);
        return NULL;
    }
    vm->first_birth = vm->heap.next_birth;
    vm->heap.enabled = !options->gc_off;
    vm->interrupt_in = options->interrupt_at;
    if (vm->interrupt_in > 0) { ou_heap_request(&vm->heap, OU_PENDING_STEPS); }
    if (options->steps > 0 && options->steps < INT64_MAX) { vm->steps_left = (int64_t)options->steps; }
    return vm;
}

/* --- tear-down ---------------------------------------------------------------------------------------------------------------------- */

/* A way to a finaliser through what is everybody's does not count. */
static OuSurveyRole survey_role(OuHeap *heap, const OuCell *cell) {
    switch (cell->kind) {
    case OU_KIND_TYPE: return ((const OuType *)cell)->flags & OU_TYPE_HEAP ? OU_SURVEY_COMMON : OU_SURVEY_STOP;
    case OU_KIND_DICT: return cell->aux & OU_DICT_NAMESPACE ? OU_SURVEY_STOP : OU_SURVEY_OWN;
    case OU_KIND_TUPLE: return cell->aux == 0 ? OU_SURVEY_STOP : OU_SURVEY_OWN;
    case OU_KIND_MODULE:
    case OU_KIND_CODE: return OU_SURVEY_STOP;
    case OU_KIND_FUNCTION: return OU_SURVEY_COMMON;
    default: return OU_SURVEY_OWN;
    }
}

static bool is_kept_name(OuValue key) {
    return ou_is_str(key) &&
           (ou_str_equal_text(ou_as_str(key), "__builtins__") || ou_str_equal_text(ou_as_str(key), "__name__"));
}

/* Takes names out of a namespace in insertion order, each value dying wholly before the next: all names, or only those
 * that lead to finalisers, so that these still find the others. Returns how many. */
static uint32_t clear_namespace(OuVM *vm, OuDict *dict, bool all) {
    OuValue key, value, *names = ou_regs_open(vm, (uint32_t)dict->live);
    uint32_t count = 0;
    if (names == NULL) { /* what stays is for the last collection */
        ou_clear_pending(vm);
        return 0;
    }
    if (!all) { ou_heap_survey_begin(&vm->heap); }
    for (uint32_t at = 0; ou_dict_next(dict, &at, &key, &value);) {
        if (!is_kept_name(key) && (all || ou_heap_survey(&vm->heap, value, survey_role))) {
            names[count++] = ou_incref(key);
        }
    }
    for (uint32_t i = 0; i < count; i++) {
        if (ou_dict_pop(vm, dict, names[i], &value) > 0) { ou_drop(vm, value); }
        ou_clear_pending(vm);
    }
    ou_regs_close(vm, names);
    return count;
}

/* The program's namespaces: main's, then those of other modules, newest import first; behind all others (and only
 * when `all`) those of the library, which finalisers may need. */
static uint32_t clear_modules(OuVM *vm, bool all) {
    uint32_t cleared = vm->main_module != NULL ? clear_namespace(vm, ou_as_dict(vm->main_module->dict), all) : 0;
    OuValue key, value, *names = ou_regs_open(vm, vm->modules->live);
    uint32_t count = 0;
    for (uint32_t at = 0; names != NULL && ou_dict_next(vm->modules, &at, &key, &value);) {
        names[count++] = ou_incref(key);
    }
    for (uint32_t i = 2 * count; i-- > (all ? 0 : count);) {
        OuValue name = names[i % count], module = ou_dict_peek(vm, vm->modules, name);
        if (!ou_is_kind(module, OU_KIND_MODULE) || module == ou_word(vm->main_module)) { continue; }
        OuDict *dict = ou_as_dict(((OuModuleObject *)(uintptr_t)module)->dict);
        bool library = ou_dict_peek_name(dict, vm->names[OU_NAME_file]) == OU_NOTHING;
        if (dict != vm->builtins && dict != vm->sys && library == (i < count) &&
            !(ou_is_str(name) && ou_str_equal_text(ou_as_str(name), "_ouro"))) {
            cleared += clear_namespace(vm, dict, all);
        }
    }
    if (!all) { /* what the program put there */
        cleared += clear_namespace(vm, vm->sys, false);
        cleared += clear_namespace(vm, vm->builtins, false);
    }
    if (names != NULL) { ou_regs_close(vm, names); }
    ou_clear_pending(vm);
    return cleared;
}

static void collect_at_end(OuVM *vm) {
    ou_heap_collect(&vm->heap, 10);
    ou_clear_pending(vm);
}

int ou_vm_finish(OuVM *vm, int status) {
    if (vm->finished) { return status; }
    vm->finished = true;
    ou_clear_pending(vm);
    if (vm->exit_hook != OU_NOTHING) {
        ou_drop(vm, ou_call0(vm, vm->exit_hook));
        ou_report_unraisable(vm, NULL, vm->exit_hook);
        ou_slot_clear(&vm->heap, &vm->exit_hook);
    }
    if (ou_file_finish(vm) < 0 && status == 0) { status = 120; }
    /* Without objects that have finalisers nobody can tell the order. */
    bool ordered = vm->heap.next_birth != vm->first_birth;
    if (ordered) { collect_at_end(vm); }
    vm->heap.hooks.garbage = NULL;
    ou_slot_clear(&vm->heap, &vm->gc.garbage);
    ou_slot_clear(&vm->heap, &vm->gc.hook);
    ou_heap_enable(&vm->heap, false);
    /* A finaliser may put objects back into a name that led to none. */
    for (int round = 0; ordered && round < 10 && clear_modules(vm, false) > 0; round++) { collect_at_end(vm); }
    clear_modules(vm, true);
    collect_at_end(vm);
    vm->heap.no_user_code = true;
    if (ou_file_finish(vm) < 0 && status == 0) { status = 120; }
    return status;
}

static void drop_cell(OuVM *vm, void *place_of_pointer) {
    void **place = place_of_pointer;
    void *cell = *place;
    *place = NULL;
    if (cell != NULL) { ou_drop(vm, ou_word(cell)); }
}

size_t ou_vm_free(OuVM *vm) {
    if (vm == NULL) { return 0; }
    ou_vm_finish(vm, 0);
    OuHeap *heap = &vm->heap;
    heap->no_user_code = true;
    ou_clear_pending(vm);
    if (!vm->memory_reserved) { vm->memory_error = OU_NOTHING; }
    OuValue *values[] = {&vm->memory_error, &vm->main_handled.value, &vm->cont_hold, &vm->gen_result};
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        OuValue value = *values[i];
        *values[i] = OU_NOTHING;
        ou_drop(vm, value);
    }
    vm->main_module = NULL;
    drop_cell(vm, &vm->builtins);
    drop_cell(vm, &vm->sys);
    drop_cell(vm, &vm->modules);
    for (int i = OU_EXC_COUNT; i-- > 0;) { drop_cell(vm, &vm->exceptions[i]); }
    /* Types refer to each other in cycles: with no root left the collector takes them all apart. */
    ou_heap_collect(heap, 3);
    for (int i = OU_TYPE_COUNT; i-- > 0;) { drop_cell(vm, &vm->types[i]); }
    ou_heap_collect(heap, 3);
    drop_cell(vm, &vm->empty_tuple);
    drop_cell(vm, &vm->unknown_location);
    for (int i = 0; i < OU_NAME_COUNT; i++) { drop_cell(vm, &vm->names[i]); }
    ou_str_teardown(vm);
    ou_buffer_free(heap, vm->type_cache, ou_type_cache_size());
    ou_buffer_free(heap, vm->attr_cache, ou_attr_cache_size());
    if (vm->repr_stack != NULL) { ou_buffer_free(heap, vm->repr_stack, vm->repr_capacity * sizeof(OuValue)); }
    ou_typed_forget(vm, NULL);
    if (vm->source_text != NULL) { ou_buffer_free(heap, vm->source_text, vm->source_capacity); }
    ou_heap_unreserve(heap, vm->stack_charged);
    ou_heap_stats(heap);
    size_t left = heap->stats.live_cells;
    if (left > 0 && vm->leak_table) { ou_heap_table(heap, stderr); }
    ou_heap_fini(heap);
    release_ranges(vm);
    munmap(vm, sizeof *vm);
    return left;
}
