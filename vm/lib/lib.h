/* The native modules. */
#ifndef OU_VM_LIB_LIB_H
#define OU_VM_LIB_LIB_H

#include "vm/ouro.h"
#include "vm/vm.h"

extern const OuNativeModule ou_builtins_module, ou_sys_module, ou_gc_module, ou_time_module, ou_math_module;
extern const OuNativeModule *const ou_native_modules[]; /* NULL-terminated: importable by name */
OuValue ou_module_from_table(OuVM *vm, const OuNativeModule *table);
/* argv, path, streams and the rest of sys that depends on the options. */
int ou_sys_fill(OuVM *vm, const OuOptions *options);

#endif
