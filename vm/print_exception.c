/* Tracebacks as text, in CPython's format. */
#include <string.h>

#include "vm/frame.h"
#include "vm/io.h"
#include "vm/objects/instance.h"
#include "vm/objects/str.h"
#include "vm/source_lines.h"

static void put_str(OuVM *vm, OuStr *text, FILE *stream) {
    char *utf8;
    size_t bytes, capacity;
    if (ou_str_to_utf8(vm, text, &utf8, &bytes, &capacity, true) < 0) {
        ou_clear_pending(vm);
        return;
    }
    fwrite(utf8, 1, bytes, stream);
    ou_buffer_free(&vm->heap, utf8, capacity);
}

static void put_source_line(OuVM *vm, OuStr *file, uint32_t line, FILE *stream) {
    char path[4096];
    size_t length;
    if (!ou_str_copy_ascii(file, path, sizeof path)) { return; }
    const char *text = ou_source_lines_find(vm, path, line, &length);
    if (text == NULL) { return; }
    while (length > 0 && (*text == ' ' || *text == '\t' || *text == '\f')) {
        text++;
        length--;
    }
    while (length > 0 && (text[length - 1] == '\n' || text[length - 1] == '\r' || text[length - 1] == ' ')) {
        length--;
    }
    if (length > 0) { fprintf(stream, "    %.*s\n", (int)length, text); }
}

static bool same_entry(const OuTraceback *a, const OuTraceback *b) {
    OuCode *x = ou_as_code(ou_as_frame_object(a->frame)->code), *y = ou_as_code(ou_as_frame_object(b->frame)->code);
    return a->line == b->line && x->filename == y->filename && ou_str_equal(ou_as_str(x->name), ou_as_str(y->name));
}

static void put_repeats(uint32_t repeats, FILE *stream) {
    if (repeats > 3) {
        fprintf(stream, "  [Previous line repeated %u more time%s]\n", repeats - 3, repeats - 3 == 1 ? "" : "s");
    }
}

static void put_traceback(OuVM *vm, OuValue value, FILE *stream) {
    fprintf(stream, "Traceback (most recent call last):\n");
    const OuTraceback *last = NULL;
    uint32_t repeats = 0;
    for (; value != OU_NOTHING; value = ((OuTraceback *)(uintptr_t)value)->next) {
        const OuTraceback *entry = (OuTraceback *)(uintptr_t)value;
        if (last != NULL && same_entry(last, entry)) {
            if (++repeats > 3) { continue; }
        } else {
            put_repeats(repeats, stream);
            repeats = 1;
        }
        last = entry;
        OuCode *code = ou_as_code(ou_as_frame_object(entry->frame)->code);
        fprintf(stream, "  File \"");
        put_str(vm, ou_as_str(code->filename), stream);
        fprintf(stream, "\", line %u, in ", entry->line);
        put_str(vm, ou_as_str(code->name), stream);
        fputc('\n', stream);
        put_source_line(vm, ou_as_str(code->filename), entry->line, stream);
    }
    put_repeats(repeats, stream);
}

/* SyntaxError: the place and the line with a caret come before the message. */
static OuValue put_syntax_place(OuVM *vm, OuValue exception, FILE *stream) {
    OuValue extra = *ou_exception_field(exception, OU_EXC_EXTRA);
    if (!ou_is_tuple(extra) || ou_tuple_length(ou_as_tuple(extra)) < 7) { return OU_NOTHING; }
    const OuValue *parts = ou_as_tuple(extra)->items;
    int64_t line, offset = 0, end_offset = 0, end_line = 0;
    if (!ou_as_i64(vm, parts[2], &line)) { return OU_NOTHING; }
    fprintf(stream, "  File \"");
    if (ou_is_str(parts[1])) {
        put_str(vm, ou_as_str(parts[1]), stream);
    } else {
        fprintf(stream, "<string>");
    }
    fprintf(stream, "\", line %lld\n", (long long)line);
    if (ou_is_str(parts[4])) {
        OuStr *text = ou_as_str(parts[4]);
        uint32_t start = 0, end = text->length;
        while (end > 0 && strchr("\n\r", (int)ou_str_at(text, end - 1)) != NULL) { end--; }
        while (start < end &&
               (ou_str_at(text, start) == ' ' || ou_str_at(text, start) == '\t' || ou_str_at(text, start) == '\f')) {
            start++;
        }
        OuValue shown = ou_str_substring(vm, text, start, end);
        if (shown != OU_NOTHING) {
            fprintf(stream, "    ");
            put_str(vm, ou_as_str(shown), stream);
            fputc('\n', stream);
            ou_drop(vm, shown);
        }
        ou_as_i64(vm, parts[3], &offset);
        if (offset >= 1) {
            if (!ou_as_i64(vm, parts[5], &end_line) || !ou_as_i64(vm, parts[6], &end_offset) || end_line != line ||
                end_offset <= offset) {
                end_offset = offset + 1;
            }
            int64_t caret = offset - 1 - start;
            if (caret >= 0) {
                fprintf(stream, "    %*s", (int)caret, "");
                for (int64_t i = offset; i < end_offset && i < offset + 200; i++) { fputc('^', stream); }
                fputc('\n', stream);
            }
        }
    }
    return parts[0];
}

static void put_one(OuVM *vm, OuValue exception, FILE *stream) {
    OuValue traceback = *ou_exception_field(exception, OU_EXC_TRACEBACK);
    if (traceback != OU_NOTHING) { put_traceback(vm, traceback, stream); }
    OuType *type = ou_type_of(vm, exception);
    OuValue message = OU_NOTHING;
    if (ou_type_is_subtype(type, vm->exceptions[OU_EXC_SyntaxError])) {
        message = put_syntax_place(vm, exception, stream);
    }
    OuStr *module = ou_type_module(vm, type);
    if (module != vm->names[OU_NAME_P_builtins] && !ou_str_equal_text(module, "__main__")) {
        put_str(vm, module, stream);
        fputc('.', stream);
    }
    put_str(vm, ou_as_str(type->qualname), stream);
    OuValue text = message != OU_NOTHING ? ou_str(vm, message) : ou_str(vm, exception);
    if (text == OU_NOTHING) {
        ou_clear_pending(vm);
        fprintf(stream, ": <exception str() failed>");
    } else if (ou_as_str(text)->length > 0) {
        fprintf(stream, ": ");
        put_str(vm, ou_as_str(text), stream);
    }
    ou_drop(vm, text);
    fputc('\n', stream);
    OuValue notes = ou_instance_peek(vm, ou_as_instance(exception), vm->names[OU_NAME_notes]);
    for (uint32_t i = 0; ou_is_list(notes) && i < ou_as_list(notes)->length; i++) {
        if (ou_is_str(ou_as_list(notes)->items[i])) {
            put_str(vm, ou_as_str(ou_as_list(notes)->items[i]), stream);
            fputc('\n', stream);
        }
    }
}

#define CHAIN_MAX 256

void ou_print_exception(OuVM *vm, OuValue exception, FILE *stream) {
    /* Outermost cause first: collect the chain, then print it backwards. */
    OuValue chain[CHAIN_MAX];
    bool caused[CHAIN_MAX];
    uint32_t count = 0;
    while (exception != OU_NOTHING && count < CHAIN_MAX) {
        for (uint32_t i = 0; i < count; i++) {
            if (chain[i] == exception) {
                exception = OU_NOTHING;
                break;
            }
        }
        if (exception == OU_NOTHING) { break; }
        chain[count] = exception;
        OuValue cause = *ou_exception_field(exception, OU_EXC_CAUSE);
        caused[count++] = cause != OU_NOTHING;
        exception = cause != OU_NOTHING ? cause
                    : ou_cell(exception)->flags & OU_EXC_SUPPRESS_CONTEXT
                        ? OU_NOTHING
                        : *ou_exception_field(exception, OU_EXC_CONTEXT);
    }
    for (uint32_t i = count; i-- > 0;) {
        put_one(vm, chain[i], stream);
        if (i > 0) {
            fprintf(stream, caused[i - 1]
                                ? "\nThe above exception was the direct cause of the following exception:\n\n"
                                : "\nDuring handling of the above exception, another exception occurred:\n\n");
        }
    }
    ou_source_lines_forget(vm);
}
