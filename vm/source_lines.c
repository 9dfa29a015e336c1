/* Lines of source files, for tracebacks. */
#include "vm/io.h"

void ou_source_lines_forget(OuVM *vm) {
    if (vm->source_text != NULL) {
        ou_buffer_free(&vm->heap, vm->source_text, vm->source_capacity);
        vm->source_text = NULL;
    }
    vm->source_path[0] = '\0';
}

static bool load(OuVM *vm, const char *path) {
    ou_source_lines_forget(vm);
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
            snprintf(vm->source_path, sizeof vm->source_path, "%s", path);
        }
    }
    fclose(file);
    return done;
}

const char *ou_source_lines_find(OuVM *vm, const char *path, uint32_t line, size_t *length) {
    if (vm->source_text == NULL || strcmp(vm->source_path, path) != 0) {
        if (strlen(path) >= sizeof vm->source_path || !load(vm, path)) { return NULL; }
    }
    const char *at = vm->source_text, *end = at + vm->source_capacity;
    for (uint32_t i = 1; i < line && at != NULL; i++) {
        at = memchr(at, '\n', (size_t)(end - at));
        at = at != NULL ? at + 1 : NULL;
    }
    if (at == NULL || at >= end) { return NULL; }
    const char *stop = memchr(at, '\n', (size_t)(end - at));
    *length = (size_t)((stop != NULL ? stop : end) - at);
    return at;
}
