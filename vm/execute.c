/* From text to running code, and the entries of the public header. */

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "compiler/compile.h"
#include "compiler/parse.h"
#include "compiler/verify.h"
#include "vm/objects/help.h"
#include "vm/io.h"
#include "vm/lib/lib.h"

/* --- compiling ------------------------------------------------------------------------------------------------------------- */

void *ou_arena_of_heap(void *context, void *old, size_t old_size, size_t new_size) {
    OuHeap *heap = context;
    if (new_size == 0) {
        ou_buffer_free(heap, old, old_size);
        return NULL;
    }
    return ou_buffer_resize(heap, old, old_size, new_size);
}

static void raise_syntax(OuVM *vm, const OuSource *source, const OuSyntaxError *error, const char *name) {
    if (error->kind == OU_ERR_MEMORY) {
        ou_raise_memory(vm);
        return;
    }
    if (error->kind == OU_ERR_VALUE) {
        ou_raise_value_error(vm, "%s", error->message);
        return;
    }
    OuException kind = error->kind == OU_ERR_INDENTATION ? OU_EXC_IndentationError
                       : error->kind == OU_ERR_TAB       ? OU_EXC_TabError
                                                         : OU_EXC_SyntaxError;
    size_t length = 0;
    const char *line =
        error->line > 0 && source->text != NULL ? ou_source_line(source, (uint32_t)error->line, &length) : NULL;
    OuBuilder copy = {.vm = vm};
    if (line != NULL) {
        ou_builder_utf8(&copy, line, length);
        ou_builder_point(&copy, '\n');
    }
    OuValue place[6] = {ou_str_from_text(vm, name),
                        error->line > 0 ? ou_int(vm, error->line) : ou_new_none(),
                        ou_int(vm, error->col),
                        line == NULL ? ou_new_none() : ou_builder_finish(&copy),
                        error->line > 0 ? ou_int(vm, error->end_line) : ou_new_none(),
                        ou_int(vm, error->end_col)};
    OuValue args[2] = {ou_str_from_text(vm, error->message), ou_tuple_from_take(vm, place, 6)};
    if (args[0] != OU_NOTHING && args[1] != OU_NOTHING) {
        ou_raise_take(vm, ou_call(vm, ou_word(vm->exceptions[kind]), args, 2));
    }
    ou_drop(vm, args[0]);
    ou_drop(vm, args[1]);
}

/* Compiles to a code object bound to the globals (owned), or raises SyntaxError and its kin. Without globals: writes
 * the instructions, None is the result. */
static OuValue compile_text(OuVM *vm, const char *name, const char *text, size_t length, bool is_file,
                            OuCompileMode mode, OuDict *globals) {
    OuArena arena;
    OuArenaAllocator allocator = {&vm->heap, ou_arena_of_heap};
    OuSource source = {0};
    OuSyntaxError error;
    OuUnit *unit;
    ou_arena_init(&arena, &allocator);
    OuValue code = OU_NOTHING;
    if (!ou_compile(&arena, &source, name, text, length, is_file ? OU_SOURCE_FILE : OU_SOURCE_STRING, mode,
                    vm->compile_flags, &unit, &error)) {
        raise_syntax(vm, &source, &error, name);
    } else if (globals != NULL) {
        code = ou_code_from_unit(vm, unit, globals);
    } else {
        ou_dis_unit(unit, stdout);
        code = ou_new_none();
    }
    ou_arena_fini(&arena);
    return code;
}

/* The content of a file as bytes. OU_NOTHING: raised OSError or MemoryError. */
static OuValue read_file(OuVM *vm, const char *path) {
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    OuBuilder out = {.vm = vm, .bytes = true};
    char part[1024];
    ssize_t got = fd < 0 ? -1 : 1;
    while (fd >= 0 && got != 0 && !out.failed) {
        got = read(fd, part, sizeof part);
        if (got < 0 && errno != EINTR) { break; }
        if (got > 0) { ou_builder_bytes(&out, part, (size_t)got); }
    }
    int error = errno;
    if (fd >= 0) { close(fd); }
    if (got >= 0) { return ou_builder_finish(&out); }
    ou_builder_abandon(&out);
    OuValue name = ou_str_from_text(vm, path);
    if (name != OU_NOTHING) { ou_raise_errno(vm, error, name); }
    return ou_dropped(vm, name);
}

static int run_compiled(OuVM *vm, OuValue code, OuDict *globals) {
    OuValue *regs = ou_regs_hold_take(vm, code);
    if (regs == NULL) { return -1; }
    OuValue result = ou_run_code(vm, ou_as_code(code), NULL, NULL);
    return ou_regs_status(vm, regs, ou_status_take(vm, result));
}

int ou_execute_source(OuVM *vm, const char *path, const char *text, size_t length, OuDict *globals) {
    OuBytes *content = text == NULL ? ou_as_bytes(read_file(vm, path)) : NULL;
    if (text == NULL && content == NULL) { return -1; }
    if (content != NULL) {
        text = (const char *)content->data;
        length = content->length;
    }
    OuValue code = compile_text(vm, path, text, length, true, OU_COMPILE_FILE, globals);
    ou_drop(vm, ou_word(content));
    return run_compiled(vm, code, globals);
}

/* --- the public entries ------------------------------------------------------------------------------------------------------------ */

/* What sys.exit's argument means. */
static int exit_status(OuVM *vm, OuValue exception) {
    OuStr *name = ou_str_interned(vm, "code");
    OuValue code = name != NULL ? ou_getattr(vm, exception, name) : OU_NOTHING;
    ou_clear_pending(vm);
    ou_drop(vm, ou_word(name));
    code = code != OU_NOTHING ? code : ou_incref(exception);
    OuValue *regs = ou_regs_hold_take(vm, code), text = OU_NOTHING;
    int64_t number;
    int status = 1;
    if (code == OU_NONE) {
        status = 0;
    } else if (regs != NULL && ou_plain_peek(vm, code, OU_KIND_INT) != OU_NOTHING) {
        status = ou_as_i64(vm, code, &number) ? (int)(number & 255) : 255;
    } else if (regs != NULL) {
        ou_file_flush_std(vm);
        text = ou_str(vm, code);
        if (text != OU_NOTHING) { ou_str_print_in("", ou_as_str(text), "\n", stderr); }
    }
    ou_clear_pending(vm);
    ou_drop(vm, text);
    if (regs != NULL) { ou_regs_close(vm, regs); }
    return status;
}

/* What sys.excepthook does. Returns the exit status, which the hook can change with sys.exit(). */
static int show_uncaught(OuVM *vm, OuValue exception, bool *exits) {
    OuValue *regs = ou_regs_open(vm, 2); /* hook, exception; then what the hook raised */
    int status = 1;
    OuValue hook = ou_dict_peek_name(vm->sys, vm->names[OU_NAME_P_excepthook]);
    if (regs != NULL && !ou_sys_hook_is_own(hook)) {
        regs[0] = ou_or_none(hook);
        regs[1] = ou_incref(exception);
        OuValue result = ou_library_call(vm, "uncaught", regs, 2);
        *exits = ou_pending_is(vm, OU_EXC_SystemExit);
        ou_reg_set(vm, &regs[1], ou_take_pending(vm));
        ou_drop(vm, result);
        if (*exits) { status = exit_status(vm, regs[1]); }
        if (result != OU_NOTHING || *exits) { return ou_regs_status(vm, regs, status); }
        ou_print_exception(vm, regs[1], stderr); /* no memory for it */
    }
    ou_file_flush_std(vm);
    ou_print_exception(vm, exception, stderr);
    return regs != NULL ? ou_regs_status(vm, regs, status) : status;
}

/* sys.last_exc and, as older programs know them, its three parts. */
static void keep_last(OuVM *vm, OuValue exception) {
    OuValue traceback = *ou_exception_field(exception, OU_EXC_TRACEBACK);
    const struct {
        const char *name;
        OuValue value;
    } parts[] = {{"last_exc", exception},
                 {"last_type", ou_word(ou_type_of(vm, exception))},
                 {"last_value", exception},
                 {"last_traceback", traceback == OU_NOTHING ? OU_NONE : traceback}};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        if (ou_dict_set_text(vm, vm->sys, parts[i].name, ou_incref(parts[i].value)) < 0) { ou_clear_pending(vm); }
    }
}

/* Reports the pending exception; returns the exit status that it means. */
static int report(OuVM *vm, bool *exits) {
    OuValue exception = ou_take_pending(vm);
    *exits = false;
    if (vm->stopped) {
        ou_drop(vm, exception);
        ou_file_flush_std(vm);
        fprintf(stderr, "ouro: stopped: the step budget is used up\n");
        vm->heap.no_user_code = true;
        return OURO_STATUS_STEPS;
    }
    vm->out_of_memory = ou_type_of(vm, exception) == vm->exceptions[OU_EXC_MemoryError];
    *exits = ou_type_is_subtype(ou_type_of(vm, exception), vm->exceptions[OU_EXC_SystemExit]);
    OuValue *regs = ou_regs_open(vm, 1);
    if (regs != NULL) { regs[0] = exception; }
    int status = 1;
    *exits = *exits && !vm->inspect;
    if (*exits) {
        status = exit_status(vm, exception);
    } else {
        if (vm->keep_last) { keep_last(vm, exception); }
        status = show_uncaught(vm, exception, exits);
        if (!*exits && ou_type_is_subtype(ou_type_of(vm, exception), vm->exceptions[OU_EXC_KeyboardInterrupt])) {
            status = 130;
        }
    }
    if (regs != NULL) {
        ou_regs_close(vm, regs);
    } else {
        ou_drop(vm, exception);
    }
    return status;
}

static OuDict *main_globals(OuVM *vm) { return ou_as_dict(vm->main_module->dict); }

int ou_vm_run(OuVM *vm, const char *name, const char *text, size_t length, bool is_file) {
    OuDict *globals = main_globals(vm);
    bool exits;
    if (is_file) {
        OuValue file = ou_str_from_text(vm, name);
        if (ou_dict_set_name_take(vm, globals, vm->names[OU_NAME_file], file) < 0) { return report(vm, &exits); }
    }
    OuValue code = compile_text(vm, name, text, length, is_file, OU_COMPILE_FILE, globals);
    return run_compiled(vm, code, globals) < 0 ? report(vm, &exits) : 0;
}

int ou_vm_run_module(OuVM *vm, const char *name) {
    bool exits;
    int status = ou_module_run_main(vm, name, main_globals(vm));
    return status == -1 ? report(vm, &exits) : status < 0 ? 1 : 0;
}

/* Ends the text with an empty line, as the grammar of CPython's prompt wants it after a compound statement? */
static bool ends_blank(OuEntryMode mode, const char *text, size_t length) {
    if (mode == OU_ENTRY_LINES && length > 0 && text[length - 1] == '\n') {
        length--;
    } /* of a session the last line has no end yet */
    while (mode == OU_ENTRY_SESSION && length > 0 && (text[length - 1] == ' ' || text[length - 1] == '\t')) {
        length--;
    }
    return length == 0 || text[length - 1] == '\n';
}

static bool is_compound(const OuStmt *statement) {
#define BIT(kind) (UINT64_C(1) << OU_STMT_##kind)
    const uint64_t compound = BIT(FunctionDef) | BIT(AsyncFunctionDef) | BIT(ClassDef) | BIT(For) | BIT(AsyncFor) |
                              BIT(While) | BIT(If) | BIT(With) | BIT(AsyncWith) | BIT(Match) | BIT(Try) | BIT(TryStar);
    return compound >> statement->kind & 1;
}

/* Beyond the cap the prompt has some memory of its own to compile and to complete in: a full heap must not be what keeps
 * somebody from typing `del x`. */
static void lend(OuVM *vm, bool on) {
    const size_t reserve = (size_t)256 << 10;
    if (vm->heap.options.cap != 0) { vm->heap.options.cap += on ? reserve : (size_t)0 - reserve; }
}

OuEntry ou_vm_check(OuVM *vm, OuEntryMode mode, const char *text, size_t length) {
    OuArena arena;
    OuArenaAllocator allocator = {&vm->heap, ou_arena_of_heap};
    OuSource source = {0};
    OuSyntaxError error = {0};
    OuModule *module;
    OuEntry entry = OU_ENTRY_WRONG;
    bool blank = ends_blank(mode, text, length);
    lend(vm, true);
    ou_arena_init(&arena, &allocator);
    if (ou_source_init(&source, &arena, "<stdin>", text, length, OU_SOURCE_STRING, &error) &&
        ou_parse(&arena, &source, OU_COMPILE_SESSION, &module, &error)) {
        const OuStmtSeq *body = &module->body;
        entry = body->count == 0 ? OU_ENTRY_EMPTY : OU_ENTRY_COMPLETE;
        if (body->count > 1 && mode == OU_ENTRY_LINES && is_compound(body->items[0])) {
            entry = OU_ENTRY_WRONG;
        } else if (body->count > 0 && !blank && is_compound(body->items[body->count - 1])) {
            entry = OU_ENTRY_BLOCK;
        }
    } else if (error.incomplete && (error.open || !blank)) {
        entry = error.open ? OU_ENTRY_OPEN : OU_ENTRY_BLOCK;
    }
    ou_arena_fini(&arena);
    lend(vm, false);
    return entry;
}

int ou_vm_interact(OuVM *vm, OuEntryMode mode, const char *name, const char *text, size_t length, int *status) {
    static const OuCompileMode modes[] = {OU_COMPILE_FILE, OU_COMPILE_SINGLE, OU_COMPILE_SESSION};
    OuDict *globals = main_globals(vm);
    vm->inspect = false;
    vm->keep_last = true;
    lend(vm, true);
    OuValue code = compile_text(vm, name, text, length, mode == OU_ENTRY_FILE, modes[mode], globals);
    lend(vm, false);
    if (code != OU_NOTHING && mode != OU_ENTRY_FILE) {
        /* The name must be the entry's own: the next one makes another. */
        OuStr *own = ou_as_str(ou_as_code(code)->filename);
        ou_str_forget(vm, own);
        own->cell.flags &= (uint8_t)~OU_STR_INTERNED;
        ou_typed_keep(vm, own, text, length);
    }
    bool exits = false;
    int outcome = run_compiled(vm, code, globals) == 0 ? 0 : 1;
    if (outcome > 0) { *status = report(vm, &exits); }
    ou_file_flush_std(vm);
    return exits ? 3 : outcome;
}

char *ou_vm_ask(OuVM *vm, const char *module, const char *function, const char *text, size_t length, int64_t number) {
    lend(vm, true);
    OuValue *regs = ou_regs_open(vm, 3);
    char *answer = NULL;
    if (regs != NULL) {
        regs[0] = ou_str_from_utf8(vm, text, length);
        regs[1] = ou_int(vm, number);
        if (regs[0] != OU_NOTHING && regs[1] != OU_NOTHING) {
            regs[2] = ou_library_call_in(vm, module, function, regs, 2);
        }
        const OuStr *str = ou_is_str(regs[2]) ? ou_as_str(regs[2]) : NULL;
        answer = str != NULL ? malloc((size_t)str->length * 4 + 1) : NULL;
        size_t used = 0;
        for (uint32_t i = 0; answer != NULL && i < str->length; i++) {
            used += ou_utf8_encode(ou_str_at(str, i), (uint8_t *)answer + used);
        }
        if (answer != NULL) { answer[used] = '\0'; }
        ou_regs_close(vm, regs);
    }
    ou_clear_pending(vm);
    lend(vm, false);
    return answer;
}

int ou_vm_disassemble(OuVM *vm, const char *name, const char *text, size_t length) {
    bool exits;
    OuValue none = compile_text(vm, name, text, length, true, OU_COMPILE_FILE, NULL);
    return ou_status_take(vm, none) < 0 ? report(vm, &exits) : 0;
}

void ou_vm_usage(OuVM *vm, OuUsage *usage) {
    ou_heap_stats(&vm->heap);
    const OuHeapStats *stats = &vm->heap.stats;
    *usage = (OuUsage){.live_cells = stats->live_cells,
                       .live_bytes = stats->live_bytes,
                       .charged = stats->charged,
                       .peak_charged = stats->peak_charged,
                       .collections = stats->collections,
                       .collected = stats->collected,
                       .allocations = stats->allocations,
                       .made = stats->made,
                       .with_open = vm->with_open,
                       .memory_error = vm->out_of_memory};
}

void ou_vm_count(OuVM *vm, bool on) { ou_heap_fail_at(&vm->heap, on ? UINT64_MAX : 0, false); }
void ou_vm_fail_at(OuVM *vm, uint64_t nth) { ou_heap_fail_at(&vm->heap, nth, false); }
void ou_vm_interrupt(OuVM *vm) { ou_heap_request(&vm->heap, OU_PENDING_SIGNAL); }
