/* Lines of source files, for tracebacks. One file is kept at a time. */
#ifndef OU_VM_SOURCE_LINES_H
#define OU_VM_SOURCE_LINES_H

#include "vm/vm.h"

/* Line `line` (1-based) of a file, or NULL. Valid until the next call. */
const char *ou_source_lines_find(OuVM *vm, const char *path, uint32_t line, size_t *length);
void ou_source_lines_forget(OuVM *vm);

#endif
