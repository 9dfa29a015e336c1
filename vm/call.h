/* Helpers of calls that only the core and constructors use. */
#ifndef OU_VM_CALL_H
#define OU_VM_CALL_H

#include "vm/frame.h"
#include "vm/type.h"

/* Binds arguments to named parameters for a constructor or slot: out[] is filled with borrowed values. `names`: separated by
 * blanks, "x/" positional-only. -1 raised, in CPython's words. */
int ou_make_args(OuVM *vm, const char *fname, const char *names, int min, int max, const OuValue *args, uint32_t nargs,
                 OuValue kwnames, OuValue *out);
/* type.__call__: makes and initialises an instance. */
OuValue ou_type_call(OuVM *vm, OuType *type, const OuValue *args, uint32_t nargs, OuValue kwnames);
/* Runs a module or class body. `func` gives captured cells to a class body. */
OuValue ou_run_code(OuVM *vm, OuCode *code, OuDict *locals, OuFunction *func);

#endif
