/* From text to running code. */
#ifndef OU_VM_EXECUTE_H
#define OU_VM_EXECUTE_H

#include "compiler/compile.h"
#include "vm/code.h"

/* Resizes memory of an OuArenaAllocator whose context is the OuHeap: all that compiling takes is in its account. */
void *ou_arena_of_heap(void *heap, void *old, size_t old_size, size_t new_size);

/* Reads, compiles and runs a file in a module's namespace. -1 raised. */
int ou_execute_file(OuVM *vm, const char *path, OuDict *globals);

#endif
