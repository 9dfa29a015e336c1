/* What the files of the command share. */
#ifndef OU_REPL_REPL_H
#define OU_REPL_REPL_H

#include "vm/ouro.h"

/* What the command line and the environment say. */
typedef struct Command {
    OuOptions vm;
    const char *code, *module; /* -c, -m */
    const char *script;        /* a file; NULL: standard input, or one of the above */
    bool ignore_environment, inspect, isolated, safe_path, quiet, disassemble, sweep, leaks_error;
    const char **warnings, **x_options; /* room for argc of them */
    const char **path;                  /* OUROPATH */
    int path_count;
    const char **argv; /* sys.argv; argv[0] is to be replaced for -c and -m */
    int argc;
} Command;

/* options.c */
/* -1: go on; else the exit status. */
int ou_parse_options(Command *command, int argc, char **argv);
/* The same for the environment; the command line must have been read. */
int ou_read_environment(Command *command);
/* A variable that is set, not empty and not ignored; or NULL. */
const char *ou_environment(const Command *command, const char *name);

typedef struct Program {
    const char *name; /* as shown in tracebacks */
    const char *text;
    size_t length;
    bool is_file;
} Program;

/* sweep.c */
/* Runs the program with each of its allocations failing in turn; reports on stderr. Returns the exit status: 1 when
 * there was a fault, else the program's own. The VM stays as it is. */
int ou_sweep(OuVM *vm, const Program *program);

/* interact.c */
/* Prompts for statements until the end of input or SystemExit. Returns the exit status. */
int ou_interact(OuVM *vm, const Command *command);

#endif
