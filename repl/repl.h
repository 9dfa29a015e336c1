/* What the files of the command share. */
#ifndef OU_REPL_REPL_H
#define OU_REPL_REPL_H

#include "vm/ouro.h"

typedef struct Program {
    const char *name; /* as shown in tracebacks */
    const char *text;
    size_t length;
    bool is_file;
} Program;

/* Runs the program with each of its allocations failing in turn; reports on stderr. Returns the exit status: 1 when
 * there was a fault, else the program's own. The VM stays as it is. */
int ou_sweep(OuVM *vm, const Program *program);

#endif
