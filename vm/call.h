/* Helpers of calls that only the core and constructors use. */
#ifndef OU_VM_CALL_H
#define OU_VM_CALL_H

#include "vm/frame.h"
#include "vm/type.h"

/* Binds arguments to named parameters for a constructor or slot: out[] is filled with borrowed values. `names`: separated by
 * blanks, "x/" positional-only. -1 raised, in CPython's words. */
int ou_make_args(OuVM *vm, const char *fname, const char *names, int min, int max, const OuValue *args, uint32_t nargs,
                 OuValue kwnames, OuValue *out);
/* Makes args (owned, the start of the window) the parameters of a Python function. 0 ok; -1 raised, what is left of
 * them stays owned there. */
int ou_bind(OuVM *vm, OuFunction *func, OuValue *args, uint32_t nargs, OuValue kwnames);
/* Calls a native with borrowed args that are followed by free stack; the first `self_count` (0 or 1) is self. */
OuValue ou_native_call(OuVM *vm, const OuNative *native, OuValue *args, uint32_t nargs, uint32_t self_count,
                       OuValue kwnames);
/* The same when the number of arguments is right and none is named. */
OuValue ou_native_run(OuVM *vm, const OuNativeDef *def, OuValue *args, uint32_t nargs);
/* Pushes an activation of the code, its window at `base`; the caller fills the window. NULL: raised. */
OuFrame *ou_frame_push(OuVM *vm, OuCode *code, OuFunction *func, OuValue *base, OuCont cont, uint8_t flags);
/* Releases registers in order; they are rooted meanwhile when they lie below vm->top. */
void ou_registers_release(OuVM *vm, OuValue *from, OuValue *end);
/* The same while `kept`, a value that only C holds (or OU_NOTHING), and the pending exception are parked above them.
 * Returns `kept`. */
OuValue ou_registers_release_under(OuVM *vm, OuValue *from, OuValue *end, OuValue kept);
/* type.__call__: makes and initialises an instance. */
OuValue ou_type_call(OuVM *vm, OuType *type, const OuValue *args, uint32_t nargs, OuValue kwnames);
/* Runs a module or class body. `func` gives captured cells to a class body. */
OuValue ou_run_code(OuVM *vm, OuCode *code, OuDict *locals, OuFunction *func);

#endif
