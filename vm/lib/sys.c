/* sys and time. */
#include <math.h>
#include <time.h>

#include "vm/objects/help.h"
#include "vm/io.h"
#include "vm/lib/lib.h"
#include "vm/objects/module.h"

/* --- sys ------------------------------------------------------------------------------------------------------------------------- */

static OU_NATIVE(sys_exit) {
    return ou_raise_take(vm, ou_call(vm, ou_word(vm->exceptions[OU_EXC_SystemExit]), args, nargs));
}

static OU_NATIVE(sys_getrefcount) { return ou_int(vm, ou_is_cell(args[0]) ? (int64_t)ou_cell(args[0])->count : 1); }
static OU_NATIVE(sys_getsizeof) { return ou_library_method_in(vm, "_functions", "getsizeof", args, 2); }

static OU_NATIVE(sys_intern) {
    if (!ou_is_str(args[0]) && ou_str_peek(vm, args[0]) != NULL) {
        return ou_raise_type_error(vm, "can't intern %T", args[0]);
    }
    if (!ou_is_str(args[0])) {
        return ou_raise_type_error(vm, "intern() argument must be str, not %s", ou_argument_type(vm, args[0]));
    }
    OuStr *interned = ou_str_intern_take(vm, ou_as_str(ou_incref(args[0])));
    return ou_word(interned);
}

static OU_NATIVE(sys_getrecursionlimit) { return ou_int(vm, vm->recursion_limit); }

static OU_NATIVE(sys_setrecursionlimit) {
    int64_t limit;
    if (ou_index_i64(vm, args[0], &limit, true) < 0) { return OU_NOTHING; }
    if (limit > INT32_MAX || limit < INT32_MIN) {
        return ou_raise(vm, OU_EXC_OverflowError, "Python int too large to convert to C int");
    }
    if (limit < 1) { return ou_raise_value_error(vm, "recursion limit must be greater or equal than 1"); }
    if (limit <= (int64_t)vm->depth) {
        return ou_raise(vm, OU_EXC_RecursionError,
                        "cannot set the recursion limit to %lld at the recursion depth %u: the limit is too low",
                        (long long)limit, vm->depth);
    }
    vm->recursion_limit = limit > 1000000 ? 1000000u : (uint32_t)limit;
    return ou_new_none();
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

static OU_NATIVE(sys_exception) { return ou_or_none(ou_handled_peek(vm)); }

static OU_NATIVE(sys_getframe) {
    int64_t depth = 0;
    if (nargs > 0 && ou_index_i64(vm, args[0], &depth, true) < 0) { return OU_NOTHING; }
    depth = depth < 0 ? 0 : depth;
    if (depth >= vm->frame - vm->frames) { return ou_raise_value_error(vm, "call stack is not deep enough"); }
    return ou_incref(ou_word(ou_frame_object(vm, vm->frame - depth)));
}

static OU_NATIVE(sys_getallocatedblocks) { return ou_int(vm, (int64_t)ou_heap_stats(&vm->heap)->live_cells); }

static OU_NATIVE(sys_excepthook) {
    if (!ou_is_exception(vm, args[1])) {
        return ou_raise_type_error(vm, "print_exception(): Exception expected for value, %T found", args[1]);
    }
    ou_file_flush_std(vm);
    ou_print_exception(vm, args[1], stderr);
    return ou_new_none();
}

static OU_NATIVE(sys_unraisablehook) { return ou_library_call(vm, "print_unraisable", args, 1); }

bool ou_sys_hook_is_own(OuValue hook) {
    return ou_is_kind(hook, OU_KIND_NATIVE) && ou_as_native(hook)->def->fn == sys_excepthook;
}

OuValue ou_library_call_in(OuVM *vm, const char *from, const char *function, const OuValue *args, uint32_t nargs) {
    OuStr *module = ou_str_interned(vm, from), *name = module != NULL ? ou_str_interned(vm, function) : NULL;
    OuValue *regs = name != NULL ? ou_regs_open(vm, 2) : NULL, result = OU_NOTHING;
    if (regs != NULL) {
        OuValue loaded = ou_dict_peek(vm, vm->modules, ou_word(module));
        bool collecting = vm->heap.collecting;
        vm->heap.collecting = true; /* what a finaliser reports would want the module that is half made */
        regs[0] =
            ou_is_kind(loaded, OU_KIND_MODULE) ? ou_incref(loaded) : ou_module_import(vm, module, 0, NULL, OU_NONE);
        vm->heap.collecting = collecting;
        regs[1] = regs[0] != OU_NOTHING ? ou_getattr(vm, regs[0], name) : OU_NOTHING;
        result = regs[1] != OU_NOTHING ? ou_call(vm, regs[1], args, nargs) : OU_NOTHING;
        ou_regs_close_keeping(vm, regs, result);
    }
    ou_drop(vm, ou_word(module));
    ou_drop(vm, ou_word(name));
    return result;
}

OuValue ou_library_call(OuVM *vm, const char *function, const OuValue *args, uint32_t nargs) {
    return ou_library_call_in(vm, "_ouro", function, args, nargs);
}

static bool is_inner(const OuTraceback *entry) {
    OuStr *file = ou_as_str(ou_as_code(ou_as_frame_object(entry->frame)->code)->filename);
    return file->length > 9 && memcmp(file->data, "<frozen _", 9) == 0;
}

OuValue ou_library_method_in(OuVM *vm, const char *from, const char *name, const OuValue *args, uint32_t nargs) {
    OuValue given[8];
    for (uint32_t i = 0; i < nargs; i++) { given[i] = args[i] != OU_NOTHING ? args[i] : OU_NOTIMPLEMENTED; }
    OuValue result = ou_library_call_in(vm, from, name, given, nargs);
    if (result != OU_NOTHING || ou_pending_is(vm, OU_EXC_MemoryError)) { return result; }
    /* A method in C would have left no traces: what remains are those of the code that it called. */
    OuValue *place = ou_exception_field(vm->pending, OU_EXC_TRACEBACK);
    for (OuTraceback *entry; (entry = (OuTraceback *)(uintptr_t)*place) != NULL && is_inner(entry);) {
        ou_slot_set(&vm->heap, place, ou_incref(entry->next));
    }
    return OU_NOTHING;
}

OuValue ou_library_method(OuVM *vm, const char *name, const OuValue *args, uint32_t nargs) {
    return ou_library_method_in(vm, "_methods", name, args, nargs);
}

int ou_library_builtin(OuVM *vm, OuStr *name) {
    static const char *const names[] = {"exit", "quit", "help", "copyright", "credits", "license"};
    for (size_t i = 0; !vm->library_loaded && i < sizeof names / sizeof *names; i++) {
        if (ou_str_equal_text(name, names[i])) {
            vm->library_loaded = true;
            OuValue done = ou_library_call_in(vm, "_sitebuiltins", "install", NULL, 0);
            vm->library_loaded = done != OU_NOTHING;
            ou_drop(vm, done);
            return done != OU_NOTHING ? 1 : -1;
        }
    }
    return 0;
}

/* CPython's order: the former `_` dies before the new value is shown, and without a value to show it stays None. */
static OU_NATIVE(sys_displayhook) {
    if (args[0] == OU_NONE) { return ou_new_none(); }
    if (ou_dict_set_text(vm, vm->builtins, "_", ou_new_none()) < 0) { return OU_NOTHING; }
    OuValue out = ou_dict_peek_name(vm->sys, vm->names[OU_NAME_P_stdout]);
    if (out == OU_NOTHING || out == OU_NONE) { return ou_raise(vm, OU_EXC_RuntimeError, "lost sys.stdout"); }
    OuValue *scratch = args + nargs;
    scratch[0] = ou_incref(out);
    scratch[1] = ou_repr(vm, args[0]);
    for (int i = 0; i < 2 && scratch[1] != OU_NOTHING; i++) {
        OuValue text = i == 0 ? scratch[1] : ou_word(vm->latin1['\n']);
        OuValue done = ou_call_method(vm, out, vm->names[OU_NAME_P_write], &text, 1);
        ou_drop(vm, done);
        if (done == OU_NOTHING) { return OU_NOTHING; }
    }
    return ou_none_unless(scratch[1] == OU_NOTHING ? -1 : ou_dict_set_text(vm, vm->builtins, "_", ou_incref(args[0])));
}

int ou_display_hook(OuVM *vm, OuValue value) {
    OuStr *name = ou_str_interned(vm, "displayhook");
    OuValue *regs = name != NULL ? ou_regs_open(vm, 1) : NULL, result = OU_NOTHING;
    if (regs != NULL) {
        regs[0] = ou_incref(ou_dict_peek_name(vm->sys, name));
        result = regs[0] != OU_NOTHING ? ou_call1(vm, regs[0], value)
                                       : ou_raise(vm, OU_EXC_RuntimeError, "lost sys.displayhook");
        ou_regs_close_keeping(vm, regs, result);
    }
    ou_drop(vm, ou_word(name));
    return ou_status_take(vm, result);
}

/* For the library: what runs when main has ended. */
static OU_NATIVE(sys_at_exit) {
    ou_slot_set(&vm->heap, &vm->exit_hook, ou_incref(args[0]));
    return ou_new_none();
}

static const OuNativeDef sys_functions[] = {
    {"excepthook", sys_excepthook, "Prints an exception with its traceback.", 3, 3, OU_ARGS_UNPACK},
    {"__excepthook__", sys_excepthook, "The first excepthook.", 3, 3, OU_ARGS_UNPACK},
    {"displayhook", sys_displayhook, "Shows the value of an expression typed at the prompt.", 1, 1, 0, 2},
    {"__displayhook__", sys_displayhook, "The first displayhook.", 1, 1, 0, 2},
    {"unraisablehook", sys_unraisablehook, "Prints an exception that nobody can catch.", 1, 1},
    {"__unraisablehook__", sys_unraisablehook, "The first unraisablehook.", 1, 1},
    {"_at_exit", sys_at_exit, "Sets what runs when the main program has ended.", 1, 1},
    {"getallocatedblocks", sys_getallocatedblocks, "Live objects."},
    {"exit", sys_exit, "Raises SystemExit.", 0, 1, OU_ARGS_UNPACK},
    {"getrefcount", sys_getrefcount, "References to an object, the argument's own included.", 1, 1},
    {"getsizeof", sys_getsizeof, "Bytes of an object.", 1, 2, OU_ARGS_CLINIC, 0, "object default"},
    {"intern", sys_intern, "The one string with this text.", 1, 1},
    {"getrecursionlimit", sys_getrecursionlimit, "Greatest depth of calls."},
    {"setrecursionlimit", sys_setrecursionlimit, "Sets the greatest depth of calls.", 1, 1},
    {"exc_info", sys_exc_info, "Type, value and traceback of the handled exception."},
    {"exception", sys_exception, "The handled exception."},
    {"_getframe", sys_getframe, "The frame of a caller.", 0, 1, OU_ARGS_UNPACK},
    OU_DEF_END};

const OuNativeModule ou_sys_module = {"sys", sys_functions, NULL, "The interpreter."};

static OuList *list_of_texts(OuVM *vm, const char *const *texts, int count) {
    OuList *list = ou_list_new(vm, 1);
    for (int i = 0; list != NULL && i < count; i++) {
        OuValue text = ou_str_from_text(vm, texts[i]);
        if (text == OU_NOTHING || ou_list_append_take(vm, list, text) < 0) { return NULL; }
    }
    return list;
}

/* -X names and values, as CPython has them: True without a value. */
static OuValue x_options_of(OuVM *vm, const OuOptions *options) {
    OuDict *dict = ou_dict_new(vm, 0);
    for (int i = 0; dict != NULL && i < options->x_count; i++) {
        const char *text = options->x_options[i];
        size_t length = strcspn(text, "=");
        OuValue name = ou_str_from_utf8(vm, text, length);
        OuValue value = text[length] ? ou_str_from_text(vm, text + length + 1) : OU_TRUE;
        int status = name == OU_NOTHING || value == OU_NOTHING ? -1 : ou_dict_set(vm, dict, name, value);
        ou_drop(vm, name);
        ou_drop(vm, value);
        if (status < 0) { return ou_dropped(vm, ou_word(dict)); }
    }
    return ou_word(dict);
}

int ou_sys_fill(OuVM *vm, const OuOptions *options) {
    OuList *argv = list_of_texts(vm, options->argv, options->argc);
    OuList *path = argv != NULL ? list_of_texts(vm, options->path, options->path_count) : NULL;
    OuList *warnings = path != NULL ? list_of_texts(vm, options->warnings, options->warning_count) : NULL;
    if (path == NULL) { return -1; }
    const struct {
        const char *name;
        OuValue value; /* OU_NOTHING: raised */
    } entries[] = {
        {"argv", ou_word(argv)},
        {"warnoptions", warnings == NULL ? OU_NOTHING : ou_word(warnings)},
        {"path", ou_word(path)},
        {"_xoptions", x_options_of(vm, options)},
        {"modules", ou_incref(ou_word(vm->modules))},
        {"stdin", ou_file_std(vm, 0, "<stdin>", true)},
        {"stdout", ou_file_std(vm, 1, "<stdout>", false)},
        {"stderr", ou_file_std(vm, 2, "<stderr>", false)},
        {"version_info", ou_tuple_from_take(vm,
                                            (OuValue[]){ou_int(vm, 3), ou_int(vm, 11), ou_int(vm, 2),
                                                        ou_str_from_text(vm, "final"), ou_int(vm, 0)},
                                            5)},
        {"version", ou_str_from_text(vm, "3.11.2 (Ouro " OURO_VERSION ")")},
        {"maxsize", ou_int(vm, INT64_MAX)},
        {"byteorder", ou_str_from_text(vm, "little")},
        {"platform", ou_str_from_text(vm, "linux")},
        {"maxunicode", ou_int(vm, 0x10ffff)},
        {"implementation", ou_str_from_text(vm, "ouro")},
    };
    int status = 0;
    for (size_t i = 0; i < sizeof entries / sizeof *entries; i++) {
        if (ou_dict_set_text(vm, vm->sys, entries[i].name, entries[i].value) < 0) { status = -1; }
    }
    return status;
}

/* --- time ------------------------------------------------------------------------------------------------------------------------------ */

static OuValue clock_value(OuVM *vm, clockid_t clock, bool nanoseconds) {
    int64_t now = (int64_t)ou_clock_ns(clock);
    return nanoseconds ? ou_int(vm, now) : ou_float(vm, (double)now / 1e9);
}

/* X(name, clock, in nanoseconds, doc) */
#define CLOCKS(X)                                                                   \
    X(time, CLOCK_REALTIME, false, "Seconds since 1970.")                           \
    X(time_ns, CLOCK_REALTIME, true, "Nanoseconds since 1970.")                     \
    X(monotonic, CLOCK_MONOTONIC, false, "A clock that never goes back.")           \
    X(monotonic_ns, CLOCK_MONOTONIC, true, "The same in nanoseconds.")              \
    X(perf_counter, CLOCK_MONOTONIC, false, "The finest clock.")                    \
    X(perf_counter_ns, CLOCK_MONOTONIC, true, "The same in nanoseconds.")           \
    X(process_time, CLOCK_PROCESS_CPUTIME_ID, false, "CPU seconds of the process.") \
    X(process_time_ns, CLOCK_PROCESS_CPUTIME_ID, true, "The same in nanoseconds.")

#define X(name, clock, nanoseconds, doc) \
    static OU_NATIVE(time_##name) { return clock_value(vm, clock, nanoseconds); }
CLOCKS(X)
#undef X

static OU_NATIVE(time_sleep) {
    double seconds;
    OuValue number = ou_is_float(args[0]) ? ou_incref(args[0]) : ou_index(vm, args[0]);
    int status = number == OU_NOTHING ? -1 : ou_as_double(vm, number, &seconds);
    ou_drop(vm, number);
    if (status < 0) { return OU_NOTHING; }
    if (isnan(seconds)) { return ou_raise_value_error(vm, "Invalid value NaN (not a number)"); }
    if (fabs(seconds) >= 0x1p63 / 1e9) {
        return ou_raise(vm, OU_EXC_OverflowError, "timestamp too large to convert to C _PyTime_t");
    }
    if (seconds < 0) { return ou_raise_value_error(vm, "sleep length must be non-negative"); }
    int64_t now = (int64_t)ou_clock_ns(CLOCK_MONOTONIC), length = (int64_t)(seconds * 1e9);
    return ou_wait(vm, -1, length < INT64_MAX - now ? now + length : INT64_MAX) < 0 ? OU_NOTHING : ou_new_none();
}

static const OuNativeDef time_functions[] = {
#define X(name, clock, nanoseconds, doc) {#name, time_##name, doc},
    CLOCKS(X)
#undef X
        {"sleep", time_sleep, "Waits.", 1, 1},
    OU_DEF_END};

const OuNativeModule ou_time_module = {"time", time_functions, NULL, "Clocks."};
const OuNativeModule *const ou_native_modules[] = {&ou_gc_module,      &ou_time_module,    &ou_math_module,
                                                   &ou_weakref_module, &ou_console_module, NULL};
