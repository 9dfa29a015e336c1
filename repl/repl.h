/* What the files of the command share. */
#ifndef OU_REPL_REPL_H
#define OU_REPL_REPL_H

#include "vm/ouro.h"

/* What the command line and the environment say. */
typedef struct Command {
    OuOptions vm;
    const char *code, *module; /* -c, -m */
    const char *script;        /* a file; NULL: standard input, or one of the above */
    char main_of_directory[4096];
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
/* Are colours wanted on this file descriptor? */
bool ou_colors(const Command *command, int fd);

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

/* commands.c */
typedef struct OuConsole {
    bool show_cost, colors;
    char *entries; /* what was entered, for :save */
    size_t entries_length;
} OuConsole;

/* Runs a command. false: the line is none. */
bool ou_command(OuVM *vm, OuConsole *console, const char *line);
/* The names of the commands; NULL: no more. */
const char *ou_command_name(size_t index);
/* After :mem on, shows what a statement cost; `before` it the usage was taken. */
void ou_command_cost(OuVM *vm, OuConsole *console, const OuUsage *before);

/* main.c */
/* The whole of a file, to be freed; NULL: see errno. */
char *ou_read_file(const char *name, size_t *length);

/* history.c */
typedef struct Past Past;
struct history;
Past *ou_past_open(const Command *command); /* NULL: no memory */
struct history *ou_past_list(Past *self);
/* Remembers an entry, in the file as well. */
void ou_past_add(Past *self, const char *entry);
void ou_past_close(Past *self);

/* editor.c */
typedef struct Editor Editor;
/* NULL: the terminal cannot do it, or there is no memory. */
Editor *ou_editor_new(OuVM *vm, const Command *command);
/* An entry, which may have many lines, to be freed; NULL: the end, or an interrupt. */
char *ou_editor_read(Editor *self, size_t *length, bool *interrupt);
void ou_editor_free(Editor *self);

/* interact.c */
/* What sys.ps1 or sys.ps2 look like now, to be freed; NULL: no memory. */
char *ou_prompt(OuVM *vm, const char *name);
/* Prompts for statements until the end of input or SystemExit. Returns the exit status. */
int ou_interact(OuVM *vm, const Command *command);

#endif
