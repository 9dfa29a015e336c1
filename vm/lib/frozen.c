/* The modules of the library that are Python: the text of vm/lib/NAME.py, as it is, among the constants of the binary.
 * Nothing of it is read before somebody imports it. */
#include <string.h>

#include "vm/lib/lib.h"

/* X(name, built in): a module that CPython has in its binary goes before the directories of sys.path. */
#define FROZEN(X)          \
    X(gc, true)            \
    X(math, true)          \
    X(atexit, true)        \
    X(_methods, true)      \
    X(_codecs, true)       \
    X(_views, true)        \
    X(_functions, true)    \
    X(_ouro, true)         \
    X(_memory, true)       \
    X(_console, true)      \
    X(_sitebuiltins, true) \
    X(contextlib, false)   \
    X(functools, false)    \
    X(warnings, false)     \
    X(_weakdicts, false)   \
    X(_weakproxy, false)   \
    X(_weakrefset, false)  \
    X(weakref, false)

#define X(name, builtin)                                                                                              \
    __asm__(".pushsection .rodata\nou_frozen_" #name ":\n.incbin \"vm/lib/" #name ".py\"\nou_frozen_" #name "_end:\n" \
            ".popsection\n");                                                                                         \
    extern const char ou_frozen_##name[], ou_frozen_##name##_end[];
FROZEN(X)
#undef X

static const struct {
    const char *name, *text, *end;
    bool builtin;
} modules[] = {
#define X(name, builtin) {#name, ou_frozen_##name, ou_frozen_##name##_end, builtin},
    FROZEN(X)
#undef X
};

const char *ou_frozen_find(const char *name, bool builtin, size_t *length) {
    for (size_t i = 0; i < sizeof modules / sizeof *modules; i++) {
        if (modules[i].builtin == builtin && strcmp(modules[i].name, name) == 0) {
            *length = (size_t)(modules[i].end - modules[i].text);
            return modules[i].text;
        }
    }
    return NULL;
}

const char *ou_frozen_name(size_t index) {
    return index < sizeof modules / sizeof *modules ? modules[index].name : NULL;
}
