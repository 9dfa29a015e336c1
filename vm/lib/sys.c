/* sys, gc and time. */
#include <time.h>

#include "gc/collect.h"
#include "vm/objects/help.h"
#include "vm/io.h"
#include "vm/lib/lib.h"
#include "vm/objects/module.h"

static int put(OuVM *vm, OuDict *names, const char *name, OuValue value_take) {
    return value_take == OU_NOTHING ? -1 : ou_dict_set_text(vm, names, name, value_take);
}

/* --- sys ------------------------------------------------------------------------------------------------------------------------- */

static OU_NATIVE(sys_exit) {
    return ou_raise_take(vm, ou_call(vm, ou_word(vm->exceptions[OU_EXC_SystemExit]), args, nargs));
}

static OU_NATIVE(sys_getrefcount) { return ou_int(vm, ou_is_cell(args[0]) ? (int64_t)ou_cell(args[0])->count : 1); }

static OU_NATIVE(sys_getsizeof) {
    OuValue size;
    return ou_call_special(vm, args[0], vm->names[OU_NAME_sizeof], NULL, 0, &size) > 0 ? size : OU_NOTHING;
}

static OU_NATIVE(sys_intern) {
    if (!ou_is_str(args[0])) { return ou_raise_type_error(vm, "intern() argument must be str, not %T", args[0]); }
    OuStr *interned = ou_str_intern_take(vm, ou_as_str(ou_incref(args[0])));
    return ou_word(interned);
}

static OU_NATIVE(sys_getrecursionlimit) { return ou_int(vm, vm->recursion_limit); }

static OU_NATIVE(sys_setrecursionlimit) {
    int64_t limit;
    if (ou_index_i64(vm, args[0], &limit, true) < 0) { return OU_NOTHING; }
    if (limit < 1) { return ou_raise_value_error(vm, "recursion limit must be greater or equal than 1"); }
    if (limit <= (int64_t)vm->depth) {
        return ou_raise(vm, OU_EXC_RecursionError,
                        "cannot set the recursion limit to %lld at the recursion depth %u: the limit is too low",
                        (long long)limit, vm->depth);
    }
    vm->recursion_limit = limit > 1000000 ? 1000000u : (uint32_t)limit;
    return ou_incref(OU_NONE);
}

static OU_NATIVE(sys_exc_info) {
    OuValue handled = ou_handled_peek(vm);
    OuValue parts[3] = {OU_NONE, OU_NONE, OU_NONE};
    if (handled != OU_NOTHING) {
        OuValue traceback = *ou_exception_field(handled, OU_EXC_TRACEBACK);
        parts[0] = ou_word(ou_type_of(vm, handled));
        parts[1] = handled;
        parts[2] = traceback == OU_NOTHING ? OU_NONE : traceback;
    }
    return ou_tuple_from(vm, parts, 3);
}

static OU_NATIVE(sys_exception) {
    OuValue handled = ou_handled_peek(vm);
    return ou_or_none(handled);
}

static OU_NATIVE(sys_getframe) {
    int64_t depth = 0;
    if (nargs > 0 && ou_index_i64(vm, args[0], &depth, true) < 0) { return OU_NOTHING; }
    OuFrame *frame = vm->frame - (depth < 0 ? 0 : depth);
    if (frame <= vm->frames) { return ou_raise_value_error(vm, "call stack is not deep enough"); }
    OuFrameObject *object = ou_frame_object(vm, frame);
    return object != NULL ? ou_incref(ou_word(object)) : OU_NOTHING;
}

static const OuNativeDef sys_functions[] = {
    {"exit", sys_exit, 0, 1, OU_ARGS_UNPACK, 0, NULL, "Raises SystemExit."},
    {"getrefcount", sys_getrefcount, 1, 1, 0, 0, NULL, "References to an object, the argument's own included."},
    {"getsizeof", sys_getsizeof, 1, 2, OU_ARGS_UNPACK, 0, NULL, "Bytes of an object."},
    {"intern", sys_intern, 1, 1, 0, 0, NULL, "The one string with this text."},
    {"getrecursionlimit", sys_getrecursionlimit, 0, 0, 0, 0, NULL, "Greatest depth of calls."},
    {"setrecursionlimit", sys_setrecursionlimit, 1, 1, 0, 0, NULL, "Sets the greatest depth of calls."},
    {"exc_info", sys_exc_info, 0, 0, 0, 0, NULL, "Type, value and traceback of the handled exception."},
    {"exception", sys_exception, 0, 0, 0, 0, NULL, "The handled exception."},
    {"_getframe", sys_getframe, 0, 1, OU_ARGS_UNPACK, 0, NULL, "The frame of a caller."},
    OU_DEF_END};

const OuNativeModule ou_sys_module = {"sys", sys_functions, NULL, "The interpreter."};

int ou_sys_fill(OuVM *vm, const OuOptions *options) {
    OuDict *names = vm->sys;
    OuList *argv = ou_list_new(vm, 1), *path = ou_list_new(vm, 1);
    int status = argv == NULL || path == NULL ? -1 : 0;
    for (int i = 0; status == 0 && i < options->argc; i++) {
        OuValue text = ou_str_from_text(vm, options->argv[i]);
        status = text == OU_NOTHING ? -1 : ou_list_append_take(vm, argv, text);
    }
    if (status == 0 && options->import_dir != NULL) {
        OuValue text = ou_str_from_text(vm, options->import_dir);
        status = text == OU_NOTHING ? -1 : ou_list_append_take(vm, path, text);
    }
    if (status < 0) { return -1; }
    OuValue version[5] = {ou_from_small(3), ou_from_small(11), ou_from_small(2), ou_str_from_text(vm, "final"),
                          ou_from_small(0)};
    if (vm->boxed) {
        version[0] = ou_int(vm, 3);
        version[1] = ou_int(vm, 11);
        version[2] = ou_int(vm, 2);
        version[4] = ou_int(vm, 0);
    }
    return put(vm, names, "argv", ou_word(argv)) < 0 || put(vm, names, "path", ou_word(path)) < 0 ||
                   put(vm, names, "modules", ou_incref(ou_word(vm->modules))) < 0 ||
                   put(vm, names, "stdin", ou_file_std(vm, 0, "<stdin>", true)) < 0 ||
                   put(vm, names, "stdout", ou_file_std(vm, 1, "<stdout>", false)) < 0 ||
                   put(vm, names, "stderr", ou_file_std(vm, 2, "<stderr>", false)) < 0 ||
                   put(vm, names, "version_info", ou_tuple_from_take(vm, version, 5)) < 0 ||
                   put(vm, names, "version", ou_str_from_text(vm, "3.11.2 (Ouro " OURO_VERSION ")")) < 0 ||
                   put(vm, names, "maxsize", ou_int(vm, INT64_MAX)) < 0 ||
                   put(vm, names, "byteorder", ou_str_from_text(vm, "little")) < 0 ||
                   put(vm, names, "platform", ou_str_from_text(vm, "linux")) < 0 ||
                   put(vm, names, "maxunicode", ou_int(vm, 0x10ffff)) < 0 ||
                   put(vm, names, "implementation", ou_str_from_text(vm, "ouro")) < 0
               ? -1
               : 0;
}

/* --- gc ------------------------------------------------------------------------------------------------------------------------------ */

static OU_NATIVE(gc_enable) {
    vm->heap.enabled = true;
    return ou_incref(OU_NONE);
}
static OU_NATIVE(gc_disable) {
    vm->heap.enabled = false;
    return ou_incref(OU_NONE);
}
static OU_NATIVE(gc_isenabled) { return ou_new_bool(vm->heap.enabled); }

static OU_NATIVE(gc_collect) {
    int64_t generation;
    if (nargs > 0 && args[0] != OU_NOTHING) {
        if (ou_index_i64(vm, args[0], &generation, true) < 0) { return OU_NOTHING; }
        if (generation < 0 || generation > 2) { return ou_raise_value_error(vm, "invalid generation"); }
    }
    return ou_int(vm, (int64_t)ou_heap_collect(&vm->heap, 1));
}

static OU_NATIVE(gc_get_count) {
    ou_heap_stats(&vm->heap);
    OuValue parts[3] = {ou_int(vm, (int64_t)vm->heap.stats.live_tracked), ou_int(vm, 0), ou_int(vm, 0)};
    return ou_tuple_from_take(vm, parts, 3);
}

static const OuNativeDef gc_functions[] = {
    {"enable", gc_enable, 0, 0, 0, 0, NULL, "Lets automatic collections run."},
    {"disable", gc_disable, 0, 0, 0, 0, NULL, "Stops automatic collections."},
    {"isenabled", gc_isenabled, 0, 0, 0, 0, NULL, "Do automatic collections run?"},
    {"collect", gc_collect, 0, 1, OU_ARGS_CLINIC, 0, "generation",
     "Collects cyclic garbage; returns how many objects were unreachable."},
    {"get_count", gc_get_count, 0, 0, 0, 0, NULL, "Live objects that can be part of cycles, and two zeros."},
    OU_DEF_END};

const OuNativeModule ou_gc_module = {"gc", gc_functions, NULL, "The cycle collector."};

/* --- time ------------------------------------------------------------------------------------------------------------------------------ */

static OuValue clock_value(OuVM *vm, clockid_t clock, bool nanoseconds) {
    struct timespec now;
    clock_gettime(clock, &now);
    return nanoseconds ? ou_int(vm, (int64_t)now.tv_sec * 1000000000 + now.tv_nsec)
                       : ou_float(vm, (double)now.tv_sec + (double)now.tv_nsec * 1e-9);
}

#define CLOCK(name, clock, ns) \
    static OU_NATIVE(time_##name) { return clock_value(vm, clock, ns); }
CLOCK(time, CLOCK_REALTIME, false)
CLOCK(time_ns, CLOCK_REALTIME, true)
CLOCK(monotonic, CLOCK_MONOTONIC, false)
CLOCK(monotonic_ns, CLOCK_MONOTONIC, true)
CLOCK(perf_counter, CLOCK_MONOTONIC, false)
CLOCK(perf_counter_ns, CLOCK_MONOTONIC, true)
CLOCK(process_time, CLOCK_PROCESS_CPUTIME_ID, false)
CLOCK(process_time_ns, CLOCK_PROCESS_CPUTIME_ID, true)

static OU_NATIVE(time_sleep) {
    double seconds;
    if (ou_as_double(vm, args[0], &seconds) < 0) { return OU_NOTHING; }
    if (seconds < 0) { return ou_raise_value_error(vm, "sleep length must be non-negative"); }
    struct timespec left = {(time_t)seconds, (long)((seconds - (double)(time_t)seconds) * 1e9)};
    while (nanosleep(&left, &left) < 0) {
        if (ou_safepoint(vm) < 0) { return OU_NOTHING; }
    }
    return ou_incref(OU_NONE);
}

static const OuNativeDef time_functions[] = {
    {"time", time_time, 0, 0, 0, 0, NULL, "Seconds since 1970."},
    {"time_ns", time_time_ns, 0, 0, 0, 0, NULL, "Nanoseconds since 1970."},
    {"monotonic", time_monotonic, 0, 0, 0, 0, NULL, "A clock that never goes back."},
    {"monotonic_ns", time_monotonic_ns, 0, 0, 0, 0, NULL, "The same in nanoseconds."},
    {"perf_counter", time_perf_counter, 0, 0, 0, 0, NULL, "The finest clock."},
    {"perf_counter_ns", time_perf_counter_ns, 0, 0, 0, 0, NULL, "The same in nanoseconds."},
    {"process_time", time_process_time, 0, 0, 0, 0, NULL, "CPU seconds of the process."},
    {"process_time_ns", time_process_time_ns, 0, 0, 0, 0, NULL, "The same in nanoseconds."},
    {"sleep", time_sleep, 1, 1, 0, 0, NULL, "Waits."},
    OU_DEF_END};

const OuNativeModule ou_time_module = {"time", time_functions, NULL, "Clocks."};
const OuNativeModule *const ou_native_modules[] = {&ou_gc_module, &ou_time_module, &ou_math_module, NULL};
