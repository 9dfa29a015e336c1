/* From text to running code. */
#ifndef OU_VM_EXECUTE_H
#define OU_VM_EXECUTE_H

#include "compiler/compile.h"
#include "vm/code.h"

/* Resizes memory of an OuArenaAllocator whose context is the OuHeap: all that compiling takes is in its account. */
void *ou_arena_of_heap(void *heap, void *old, size_t old_size, size_t new_size);

/* Compiles to a code object bound to the globals (owned), or raises SyntaxError and its kin. */
OuValue ou_execute_compile(OuVM *vm, const char *name, const char *text, size_t length, bool is_file,
                           OuCompileMode mode, OuDict *globals);
/* Compiles and runs the text, or without one the file, in a module's namespace. -1 raised. */
int ou_execute_source(OuVM *vm, const char *path, const char *text, size_t length, OuDict *globals);
/* Reads a whole file into a heap buffer of *capacity bytes. NULL: raised OSError or MemoryError. */
char *ou_execute_read(OuVM *vm, const char *path, size_t *length, size_t *capacity);

#endif
