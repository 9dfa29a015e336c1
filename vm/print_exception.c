/* Tracebacks as text, in CPython's format. */
#include <stdlib.h>

#include "compiler/compile.h"
#include "vm/objects/help.h"
#include "vm/lib/lib.h"

#define PLAIN "\033[0m"
#define BOLD "\033[1m"
#define RED "\033[31m"
#define MAGENTA "\033[35m"

static void paint(OuVM *vm, FILE *stream, const char *code) {
    if (vm->colors && stream == stderr) { fputs(code, stream); }
}

/* --- lines of source files ------------------------------------------------------------------------------------ */

static void forget_source(OuVM *vm) {
    if (vm->source_text != NULL) {
        ou_buffer_free(&vm->heap, vm->source_text, vm->source_capacity);
        vm->source_text = NULL;
    }
    vm->source_path[0] = '\0';
}

static bool load_source(OuVM *vm, const char *path) {
    forget_source(vm);
    FILE *file = path[0] == '<' ? NULL : fopen(path, "rb");
    if (file == NULL) { return false; }
    bool done = false;
    if (fseek(file, 0, SEEK_END) == 0 && ftell(file) > 0 && ftell(file) < 64 << 20) {
        size_t size = (size_t)ftell(file);
        rewind(file);
        vm->source_text = ou_buffer_new(&vm->heap, size);
        if (vm->source_text != NULL) {
            vm->source_capacity = size;
            done = fread(vm->source_text, 1, size, file) == size;
            memcpy(vm->source_path, path, strlen(path) + 1);
        }
    }
    fclose(file);
    return done;
}

static const char *line_of(const char *at, const char *end, uint32_t line, size_t *length) {
    for (uint32_t i = 1; i < line && at != NULL; i++) {
        at = memchr(at, '\n', (size_t)(end - at));
        at = at != NULL ? at + 1 : NULL;
    }
    if (at == NULL || at >= end) { return NULL; }
    const char *stop = memchr(at, '\n', (size_t)(end - at));
    *length = (size_t)((stop != NULL ? stop : end) - at);
    return at;
}

/* Line `line` (1-based) of a source file, or NULL. Valid until the next call: one file is kept at a time. */
static const char *find_line(OuVM *vm, const char *path, uint32_t line, size_t *length) {
    if (vm->source_text == NULL || strcmp(vm->source_path, path) != 0) {
        if (strlen(path) >= sizeof vm->source_path || !load_source(vm, path)) { return NULL; }
    }
    return line_of(vm->source_text, vm->source_text + vm->source_capacity, line, length);
}

/* --- tracebacks ------------------------------------------------------------------------------------------------ */

static uint32_t characters(const char *text, uint32_t bytes) {
    uint32_t count = 0;
    for (uint32_t i = 0; i < bytes; i++) { count += ((uint8_t)text[i] & 0xc0) != 0x80; }
    return count;
}

static uint32_t blanks(const char *text, uint32_t length) {
    uint32_t count = 0;
    while (count < length && (text[count] == ' ' || text[count] == '\t' || text[count] == '\f')) { count++; }
    return count;
}

/* The line under a source line that marks what failed; nothing where it would mark the whole line. */
static void put_carets(OuVM *vm, const char *line, uint32_t length, const OuPosition *place, FILE *stream) {
    uint32_t start = place->column, end = place->end_column;
    if (place->end_line != place->line) { /* up to the last visible character */
        for (end = length; end > 0 && strchr(" \t\f\r", line[end - 1]) != NULL;) { end--; }
    }
    if (start >= end || end > length) { return; }
    uint32_t from = characters(line, start), to = characters(line, end), skipped = blanks(line, length);
    uint32_t anchor = 0, anchor_end = 0;
    bool apart = false;
    if (place->end_line == place->line) {
        OuArena arena;
        OuArenaAllocator allocator = {&vm->heap, ou_arena_of_heap};
        ou_arena_init(&arena, &allocator);
        apart = ou_anchors_find(&arena, line + start, end - start, &anchor, &anchor_end);
        anchor = characters(line + start, anchor);
        anchor_end = characters(line + start, anchor_end);
        ou_arena_fini(&arena);
    }
    if (!apart && to - from == characters(line, length) - skipped) { return; }
    paint(vm, stream, RED);
    fprintf(stream, "    ");
    for (uint32_t i = skipped; i < to; i++) {
        bool inside = apart && i >= from + anchor && i < from + anchor_end;
        fputc(i < from ? ' ' : apart && !inside ? '~' : '^', stream);
    }
    paint(vm, stream, PLAIN);
    fputc('\n', stream);
}

/* Entries of the prompt are all called <stdin>: the text belongs to the name as an object. The names are not held: one
 * that has taken the place of a dead one has its text in front, and a text goes when its name is registered anew. So
 * there are never more than there were live at once. */
struct OuTyped {
    struct OuTyped *next;
    const OuStr *name;
    size_t length;
    char text[];
};

void ou_typed_forget(OuVM *vm, const OuStr *name) {
    for (struct OuTyped **place = &vm->typed, *entry; (entry = *place) != NULL;) {
        if (name == NULL || entry->name == name) {
            *place = entry->next;
            free(entry);
        } else {
            place = &entry->next;
        }
    }
}

void ou_typed_keep(OuVM *vm, const OuStr *name, const char *text, size_t length) {
    ou_typed_forget(vm, name);
    struct OuTyped *entry = malloc(sizeof *entry + length);
    if (entry == NULL) { return; } /* tracebacks go without the line */
    *entry = (struct OuTyped){vm->typed, name, length};
    memcpy(entry->text, text, length);
    vm->typed = entry;
}

static const char *find_typed(OuVM *vm, const OuStr *name, uint32_t line, size_t *length) {
    struct OuTyped *entry = vm->typed;
    while (entry != NULL && entry->name != name) { entry = entry->next; }
    return entry == NULL || !ou_str_equal_text(name, "<stdin>")
               ? NULL
               : line_of(entry->text, entry->text + entry->length, line, length);
}

static void put_source_line(OuVM *vm, const OuTraceback *entry, FILE *stream) {
    const OuCode *code = ou_as_code(ou_as_frame_object(entry->frame)->code);
    uint32_t line = ou_traceback_line(entry);
    char path[4096];
    size_t length;
    if (!ou_str_copy_utf8(ou_as_str(code->filename), path, sizeof path)) { return; }
    const char *text = find_typed(vm, ou_as_str(code->filename), line, &length);
    if (text == NULL) { text = find_line(vm, path, line, &length); }
    if (text == NULL) { return; }
    if (length > 0 && text[length - 1] == '\r') { length--; }
    uint32_t skipped = blanks(text, (uint32_t)length);
    fprintf(stream, "    %.*s\n", (int)(length - skipped), text + skipped);
    OuPosition place;
    if (ou_code_position(code, entry->at, &place) && place.line == line) {
        put_carets(vm, text, (uint32_t)length, &place, stream);
    }
}

static bool same_entry(const OuTraceback *a, const OuTraceback *b) {
    OuCode *x = ou_as_code(ou_as_frame_object(a->frame)->code), *y = ou_as_code(ou_as_frame_object(b->frame)->code);
    return ou_traceback_line(a) == ou_traceback_line(b) && x->filename == y->filename &&
           ou_str_equal(ou_as_str(x->name), ou_as_str(y->name));
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
        bool colors = vm->colors && stream == stderr;
        const char *on = colors ? MAGENTA : "", *off = colors ? PLAIN : "";
        fprintf(stream, "  File %s\"", on);
        ou_str_print(ou_as_str(code->filename), stream);
        fprintf(stream, "\"%s, line %s%u%s, in %s", off, on, ou_traceback_line(entry), off, on);
        ou_str_print_in("", ou_as_str(code->name), off, stream);
        fputc('\n', stream);
        put_source_line(vm, entry, stream);
    }
    put_repeats(repeats, stream);
}

/* What a function of vm/lib/_ouro.py says about the exception, a text (owned), or OU_NOTHING. Never leaves an exception
 * pending. May run user code. */
static OuValue ask(OuVM *vm, const char *function, OuValue exception) {
    bool enabled = vm->heap.enabled;
    vm->heap.enabled = false; /* no collection in the middle of a report */
    OuValue found = ou_library_call(vm, function, &exception, 1);
    vm->heap.enabled = enabled;
    ou_clear_pending(vm);
    return ou_is_str(found) ? found : ou_dropped(vm, found);
}

/* SyntaxError: the place and the line with a caret come before the message (owned), which then is not str(exception). */
static OuValue put_syntax_place(OuVM *vm, OuValue exception, FILE *stream) {
    OuValue place = ask(vm, "syntax_place", exception);
    if (place == OU_NOTHING) { return OU_NOTHING; }
    ou_str_print(ou_as_str(place), stream);
    ou_drop(vm, place);
    return ou_exception_item(exception, 0);
}

/* "Did you mean": the name closest to the one a NameError or AttributeError is about, among those that were in reach
 * (owned), or OU_NOTHING. */
static OuValue suggest(OuVM *vm, OuValue exception) {
    OuType *type = ou_type_of(vm, exception);
    return ou_type_is_subtype(type, vm->exceptions[OU_EXC_AttributeError]) ||
                   ou_type_is_subtype(type, vm->exceptions[OU_EXC_NameError])
               ? ask(vm, "suggest", exception)
               : OU_NOTHING;
}

static void put_one(OuVM *vm, OuValue exception, FILE *stream) {
    OuValue traceback = *ou_exception_field(exception, OU_EXC_TRACEBACK);
    if (traceback != OU_NOTHING) { put_traceback(vm, traceback, stream); }
    OuType *type = ou_type_of(vm, exception);
    OuValue message = OU_NOTHING;
    if (ou_type_is_subtype(type, vm->exceptions[OU_EXC_SyntaxError])) {
        message = put_syntax_place(vm, exception, stream);
    }
    paint(vm, stream, BOLD MAGENTA);
    OuStr *module = ou_type_module(vm, type);
    if (module != vm->names[OU_NAME_P_builtins] && !ou_str_equal_text(module, "__main__")) {
        ou_str_print_in("", module, ".", stream);
    }
    ou_str_print(ou_as_str(type->qualname), stream);
    paint(vm, stream, PLAIN);
    OuValue text = ou_str(vm, message != OU_NOTHING ? message : exception);
    ou_drop(vm, message);
    if (text == OU_NOTHING) {
        ou_clear_pending(vm);
        fprintf(stream, ": <exception str() failed>");
    } else if (ou_as_str(text)->length > 0) {
        fputs(": ", stream);
        paint(vm, stream, MAGENTA);
        ou_str_print(ou_as_str(text), stream);
    }
    ou_drop(vm, text);
    OuValue meant = suggest(vm, exception);
    if (meant != OU_NOTHING) { ou_str_print_in(". Did you mean: '", ou_as_str(meant), "'?", stream); }
    ou_drop(vm, meant);
    paint(vm, stream, PLAIN);
    fputc('\n', stream);
    OuValue notes = ou_instance_peek(vm, ou_as_instance(exception), vm->names[OU_NAME_notes]);
    for (uint32_t i = 0; ou_is_list(notes) && i < ou_as_list(notes)->length; i++) {
        OuValue note = ou_as_list(notes)->items[i];
        if (ou_is_str(note)) { ou_str_print_in("", ou_as_str(note), "\n", stream); }
    }
}

#define CHAIN_MAX 256

void ou_print_exception(OuVM *vm, OuValue exception, FILE *stream) {
    /* Outermost cause first: collect the chain, then print it backwards. */
    OuValue chain[CHAIN_MAX];
    bool caused[CHAIN_MAX];
    uint32_t count = 0;
    while (exception != OU_NOTHING && count < CHAIN_MAX) {
        uint32_t seen = 0;
        while (seen < count && chain[seen] != exception) { seen++; }
        if (seen < count) { break; }
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
    forget_source(vm);
}
