/* Raising, and what becomes of exceptions that nobody can catch. */
#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <sys/types.h>

#include "vm/objects/help.h"
#include "vm/io.h"
#include "vm/lib/lib.h"
#include "vm/loop.h"

/* --- formatting -------------------------------------------------------------------------------------------------------- */

static OuValue format_list(OuVM *vm, const char *format, va_list args) {
    OuBuilder out = {.vm = vm};
    while (*format && !out.failed) {
        size_t plain = strcspn(format, "%");
        ou_builder_utf8(&out, format, plain);
        format += plain;
        if (*format == '\0') { break; }
        format++;
        int precision = -1;
        if (*format == '.') {
            format++;
            if (*format == '*') {
                precision = va_arg(args, int);
                format++;
            } else {
                precision = (int)strtol(format, (char **)(uintptr_t)&format, 10);
            }
        }
        int longs = 0;
        bool size = false;
        for (; *format == 'l' || *format == 'z'; format++) {
            longs += *format == 'l';
            size |= *format == 'z';
        }
        char text[64];
        char directive = *format ? *format++ : '\0';
        switch (directive) {
        case 's': {
            const char *string = va_arg(args, const char *);
            ou_builder_utf8(&out, string, precision >= 0 ? strnlen(string, (size_t)precision) : strlen(string));
            break;
        }
        case 'd':
            snprintf(text, sizeof text, "%lld", longs ? va_arg(args, long long) : va_arg(args, int));
            ou_builder_text(&out, text);
            break;
        case 'u':
            snprintf(text, sizeof text, "%llu",
                     size    ? (unsigned long long)va_arg(args, size_t)
                     : longs ? va_arg(args, unsigned long long)
                             : va_arg(args, unsigned));
            ou_builder_text(&out, text);
            break;
        case 'x':
            snprintf(text, sizeof text, "%lx", longs ? va_arg(args, unsigned long) : va_arg(args, unsigned));
            ou_builder_text(&out, text);
            break;
        case 'c': ou_builder_point(&out, (uint32_t)va_arg(args, int)); break;
        case 'R': ou_builder_take(&out, ou_repr(vm, va_arg(args, OuValue))); break;
        case 'S': ou_builder_take(&out, ou_str(vm, va_arg(args, OuValue))); break;
        case 'T': ou_builder_str(&out, ou_as_str(ou_type_of(vm, va_arg(args, OuValue))->name)); break;
        case 'N': ou_builder_str(&out, va_arg(args, OuStr *)); break;
        case 'K': ou_builder_str(&out, ou_as_str(va_arg(args, OuType *)->name)); break;
        default: ou_builder_point(&out, '%');
        }
    }
    return ou_builder_finish(&out);
}

OuValue ou_format(OuVM *vm, const char *format, ...) {
    va_list args;
    va_start(args, format);
    OuValue text = format_list(vm, format, args);
    va_end(args);
    return text;
}

/* --- raising --------------------------------------------------------------------------------------------------------------- */

OuValue ou_handled_peek(OuVM *vm) {
    for (OuHandled *handled = vm->handled; handled != NULL; handled = handled->outer) {
        if (handled->value != OU_NOTHING) { return handled->value; }
    }
    return OU_NOTHING;
}

/* Sets __context__ to what is being handled, without making a cycle of contexts. */
static void set_context(OuVM *vm, OuValue exception) {
    OuValue context = ou_handled_peek(vm);
    if (context == OU_NOTHING || context == exception) { return; }
    OuValue slow = context;
    bool step = false;
    for (OuValue at = context;;) {
        OuValue next = *ou_exception_field(at, OU_EXC_CONTEXT);
        if (next == OU_NOTHING) { break; }
        if (next == exception) {
            ou_slot_clear(&vm->heap, ou_exception_field(at, OU_EXC_CONTEXT));
            break;
        }
        at = next;
        if (at == slow) { break; }
        if (step) { slow = *ou_exception_field(slow, OU_EXC_CONTEXT); }
        step = !step;
    }
    ou_slot_set(&vm->heap, ou_exception_field(exception, OU_EXC_CONTEXT), ou_incref(context));
}

OuValue ou_raise_take(OuVM *vm, OuValue exception) {
    if (exception == OU_NOTHING) { return OU_NOTHING; }
    OuValue old = vm->pending;
    vm->pending = exception;
    set_context(vm, exception);
    return ou_dropped(vm, old);
}

OuValue ou_raise_memory(OuVM *vm) {
    bool reserved = vm->memory_reserved, first = !vm->memory_wanted && vm->memory_error != OU_NOTHING;
    vm->memory_reserved = false;
    if (reserved) { return ou_raise_take(vm, vm->memory_error); }
    if (first) { /* one may be had while another is handled */
        vm->memory_wanted = true;
        OuValue other = ou_exception_new(vm, vm->exceptions[OU_EXC_MemoryError], ou_incref(ou_word(vm->empty_tuple)));
        vm->memory_wanted = false;
        return other != OU_NOTHING ? ou_raise_take(vm, other) : OU_NOTHING;
    }
    OuValue old = vm->pending;
    vm->pending = ou_incref(vm->memory_error);
    return ou_dropped(vm, old);
}

OuValue ou_raise_object(OuVM *vm, OuException kind, OuValue argument) {
    return ou_raise_take(vm, ou_exception_new(vm, vm->exceptions[kind], ou_tuple_from(vm, &argument, 1)));
}

static OuValue raise_list(OuVM *vm, OuException kind, const char *format, va_list list) {
    /* The pending exception is only replaced once its successor exists. */
    OuValue text = format_list(vm, format, list);
    if (text == OU_NOTHING) { return OU_NOTHING; }
    OuValue args = ou_as_str(text)->length == 0 ? ou_incref(ou_word(vm->empty_tuple)) : ou_tuple_from(vm, &text, 1);
    ou_drop(vm, text);
    return ou_raise_take(vm, ou_exception_new(vm, vm->exceptions[kind], args));
}

OuValue ou_raise(OuVM *vm, OuException kind, const char *format, ...) {
    va_list list;
    va_start(list, format);
    raise_list(vm, kind, format, list);
    va_end(list);
    return OU_NOTHING;
}

OuValue ou_raise_from_pending(OuVM *vm, OuException kind, const char *format, ...) {
    va_list list;
    va_start(list, format);
    OuValue cause = ou_take_pending(vm);
    raise_list(vm, kind, format, list);
    va_end(list);
    OuValue raised = ou_take_pending(vm);
    if (ou_is_exception(vm, raised)) {
        ou_slot_set(&vm->heap, ou_exception_field(raised, OU_EXC_CONTEXT), ou_incref(cause));
        ou_cell(raised)->flags |= OU_EXC_SUPPRESS_CONTEXT;
        ou_slot_set(&vm->heap, ou_exception_field(raised, OU_EXC_CAUSE), ou_incref(cause));
    }
    ou_drop(vm, cause);
    ou_restore_pending_take(vm, raised);
    return OU_NOTHING;
}

OuValue ou_take_stop_value(OuVM *vm) {
    OuValue stop = ou_take_pending(vm), value = ou_or_none(*ou_exception_field(stop, OU_EXC_EXTRA));
    ou_drop(vm, stop);
    return value;
}

OuValue ou_raise_stop_iteration(OuVM *vm, OuValue value) {
    OuValue args = value == OU_NONE ? ou_incref(ou_word(vm->empty_tuple)) : ou_tuple_from(vm, &value, 1);
    OuValue exception = ou_exception_new(vm, vm->exceptions[OU_EXC_StopIteration], args);
    if (exception != OU_NOTHING) { ou_slot_init(ou_exception_field(exception, OU_EXC_EXTRA), ou_incref(value)); }
    return ou_raise_take(vm, exception);
}

OuException ou_errno_exception(int error) {
    static const struct {
        int error;
        OuException kind;
    } kinds[] = {{EAGAIN, OU_EXC_BlockingIOError},
                 {EALREADY, OU_EXC_BlockingIOError},
                 {EINPROGRESS, OU_EXC_BlockingIOError},
                 {EPIPE, OU_EXC_BrokenPipeError},
                 {ESHUTDOWN, OU_EXC_BrokenPipeError},
                 {ECHILD, OU_EXC_ChildProcessError},
                 {ECONNABORTED, OU_EXC_ConnectionAbortedError},
                 {ECONNREFUSED, OU_EXC_ConnectionRefusedError},
                 {ECONNRESET, OU_EXC_ConnectionResetError},
                 {EEXIST, OU_EXC_FileExistsError},
                 {ENOENT, OU_EXC_FileNotFoundError},
                 {EINTR, OU_EXC_InterruptedError},
                 {EISDIR, OU_EXC_IsADirectoryError},
                 {ENOTDIR, OU_EXC_NotADirectoryError},
                 {EACCES, OU_EXC_PermissionError},
                 {EPERM, OU_EXC_PermissionError},
                 {ESRCH, OU_EXC_ProcessLookupError},
                 {ETIMEDOUT, OU_EXC_TimeoutError}};
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        if (kinds[i].error == error) { return kinds[i].kind; }
    }
    return OU_EXC_OSError;
}

OuValue ou_raise_errno(OuVM *vm, int error, OuValue filename) {
    OuValue items[3] = {ou_from_small(error), ou_str_from_text(vm, strerror(error)), filename};
    if (items[1] == OU_NOTHING) { return OU_NOTHING; }
    OuValue exception =
        ou_call(vm, ou_word(vm->exceptions[ou_errno_exception(error)]), items, filename == OU_NOTHING ? 2 : 3);
    ou_drop(vm, items[1]);
    return ou_raise_take(vm, exception);
}

OuValue ou_raise_unicode(OuVM *vm, OuException kind, const char *encoding, OuValue object, int64_t start, int64_t end,
                         const char *reason) {
    OuValue items[] = {ou_str_from_text(vm, encoding), ou_incref(object), ou_int(vm, start), ou_int(vm, end),
                       ou_str_from_text(vm, reason)};
    OuValue args = ou_tuple_from_take(vm, items, 5), exception = OU_NOTHING;
    if (args != OU_NOTHING) { exception = ou_call(vm, ou_word(vm->exceptions[kind]), ou_items(args).at, 5); }
    ou_drop(vm, args);
    return ou_raise_take(vm, exception);
}

bool ou_pending_is(OuVM *vm, OuException kind) {
    return vm->pending != OU_NOTHING && ou_type_is_subtype(ou_type_of(vm, vm->pending), vm->exceptions[kind]);
}

void ou_pending_about(OuVM *vm, OuValue name, OuValue object) {
    OuValue exception = vm->pending;
    if (!ou_pending_is(vm, OU_EXC_AttributeError) && !ou_pending_is(vm, OU_EXC_NameError) &&
        !ou_pending_is(vm, OU_EXC_ImportError)) {
        return;
    }
    OuValue *extra = ou_exception_field(exception, OU_EXC_EXTRA);
    OuTuple *args = ou_as_tuple(*ou_exception_field(exception, OU_EXC_ARGS));
    OuValue parts[3] = {ou_tuple_length(args) == 1 ? args->items[0] : OU_NONE, name,
                        object == OU_NOTHING ? OU_NONE : object};
    if (*extra != OU_NOTHING) {
        const OuValue *old = ou_as_tuple(*extra)->items;
        if (old[1] != OU_NONE || old[2] != OU_NONE) { return; }
    }
    ou_take_pending(vm);
    OuValue fresh = ou_tuple_from(vm, parts, 3);
    if (fresh == OU_NOTHING) { /* MemoryError then */
        ou_drop(vm, exception);
        return;
    }
    ou_slot_set(&vm->heap, extra, fresh);
    ou_restore_pending_take(vm, exception);
}

void ou_clear_pending(OuVM *vm) { ou_reg_set(vm, &vm->pending, OU_NOTHING); }
OuValue ou_take_pending(OuVM *vm) { return ou_reg_take(&vm->pending); }
void ou_restore_pending_take(OuVM *vm, OuValue exception) { ou_reg_set(vm, &vm->pending, exception); }

/* --- reports ------------------------------------------------------------------------------------------------------------------- */

void ou_report_unraisable(OuVM *vm, const char *message, OuValue object) {
    bool bare = vm->pending != OU_NOTHING && *ou_exception_field(vm->pending, OU_EXC_TRACEBACK) == OU_NOTHING;
    if (bare && vm->frame > vm->frames) { ou_traceback_add(vm, vm->frame); } /* where it came up */
    OuValue exception = ou_take_pending(vm);
    if (exception == OU_NOTHING || vm->stopped) {
        ou_drop(vm, exception);
        return;
    }
    OuValue *regs = ou_regs_open(vm, 4); /* hook, exception, message, object */
    if (regs == NULL) {
        ou_clear_pending(vm);
        ou_drop(vm, exception);
        return;
    }
    regs[1] = exception;
    regs[2] = ou_or_none(message != NULL ? ou_str_from_text(vm, message) : OU_NOTHING);
    regs[3] = ou_or_none(object);
    ou_clear_pending(vm);
    regs[0] =
        ou_or_none(vm->sys != NULL ? ou_dict_peek_name(vm->sys, vm->names[OU_NAME_P_unraisablehook]) : OU_NOTHING);
    vm->recursion_limit += OU_REPORT_HEADROOM; /* what is reported may be that the limit was reached */
    ou_file_flush_std(vm);
    OuValue result = ou_library_call(vm, "unraisable", regs, 4);
    if (result == OU_NOTHING) { /* no memory for that */
        ou_reg_set(vm, &regs[2], ou_take_pending(vm));
        fprintf(stderr, "%s\n", message != NULL ? message : "Exception ignored in");
        ou_print_exception(vm, regs[1], stderr);
        ou_print_exception(vm, regs[2], stderr);
        fflush(stderr);
    }
    vm->recursion_limit -= OU_REPORT_HEADROOM;
    ou_drop(vm, result);
    ou_regs_close(vm, regs);
}
