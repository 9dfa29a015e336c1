/* The native modules. */
#ifndef OU_VM_LIB_LIB_H
#define OU_VM_LIB_LIB_H

#include "vm/ouro.h"
#include "vm/vm.h"

extern const OuNativeModule ou_builtins_module, ou_sys_module, ou_gc_module, ou_time_module, ou_math_module,
    ou_weakref_module, ou_console_module;
extern const OuNativeModule *const ou_native_modules[]; /* NULL-terminated: importable by name */
/* The text of a frozen module, or NULL; see vm/lib/frozen.c. */
const char *ou_frozen_find(const char *name, bool builtin, size_t *length);
/* The names of all frozen modules, then NULL. */
const char *ou_frozen_name(size_t index);
OuValue ou_module_from_table(OuVM *vm, const OuNativeModule *table);
/* Is that excepthook the first one? */
bool ou_sys_hook_is_own(OuValue hook);
/* Calls a function of vm/lib/_ouro.py; the arguments must be rooted. */
OuValue ou_library_call(OuVM *vm, const char *function, const OuValue *args, uint32_t nargs);
/* The same for any module. */
OuValue ou_library_call_in(OuVM *vm, const char *module, const char *function, const OuValue *args, uint32_t nargs);
/* A method that vm/lib/_methods.py has; arguments that were not given come as NotImplemented. */
OuValue ou_library_method(OuVM *vm, const char *name, const OuValue *args, uint32_t nargs);
/* The same in any module whose name begins with an underscore. */
OuValue ou_library_method_in(OuVM *vm, const char *module, const char *name, const OuValue *args, uint32_t nargs);
#define OU_LIBRARY_METHOD(name) \
    static OU_NATIVE(name) { return ou_library_method(vm, #name, args, nargs); }
/* OuHeapHooks.collection. */
void ou_gc_event(OuHeap *heap, int phase, size_t collected, size_t uncollectable);
/* argv, path, streams and the rest of sys that depends on the options. */
int ou_sys_fill(OuVM *vm, const OuOptions *options);

#endif
