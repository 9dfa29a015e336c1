/* The public header: make a VM, run text in it, look at its heap, take it down. VMs are independent of each other; one
 * VM is used by one thread at a time. */
#ifndef OURO_H
#define OURO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#define OURO_VERSION "0.1.0"
#define OURO_STATUS_STEPS 4

typedef struct OuVM OuVM;

typedef struct OuOptions {
    size_t heap_cap;        /* bytes; 0: no limit */
    uint64_t fail_at;       /* fails the Nth allocation; 0: none */
    bool fail_from;         /* and all later ones */
    bool boxed;             /* no immediate values: every value is a counted cell */
    bool caches_off;        /* no inline caches */
    bool gc_off;            /* no automatic cycle collection */
    uint64_t collect_every; /* a full collection at every Nth safepoint; 0: never */
    uint64_t slice_units;   /* collects all the time, so many slots at each safepoint; 0: by need */
    FILE *gc_log;           /* a line for each collection, sums at the end; NULL: none */
    uint64_t audit_every;   /* an audit of all counts at every Nth safepoint; 0: never */
    bool optimize;          /* drops assert statements */
    uint64_t steps; /* instructions that may run; then the program stops, status OURO_STATUS_STEPS; 0: no limit */
    uint64_t interrupt_at; /* debug: an interrupt at the Nth safepoint; 0: never */
    bool leak_table;       /* ou_vm_free writes a table of the cells that are left over to stderr */
    bool counted;          /* counts open `with` blocks: see OuUsage */
    int argc;              /* sys.argv, UTF-8 */
    const char *const *argv;
    int warning_count; /* sys.warnoptions: -W */
    const char *const *warnings;
    int x_count; /* sys._xoptions: -X, as NAME or NAME=VALUE */
    const char *const *x_options;
    int path_count; /* sys.path */
    const char *const *path;
    const char *package; /* __package__ of __main__; NULL: None */
    bool unbuffered;     /* what goes to stdout and stderr is written at once */
    bool verbose;        /* each module that was loaded is named on stderr */
    bool inspect;        /* a prompt comes after the program: SystemExit is reported, sys.last_exc set */
    bool colors;         /* tracebacks in colours */
} OuOptions;

typedef struct OuUsage {
    size_t live_cells, live_bytes, charged, peak_charged;
    uint64_t collections, collected, allocations;
    uint64_t made;     /* cells, while ou_vm_count is on */
    int64_t with_open; /* blocks whose __enter__ has ended and whose __exit__ was not called (option `counted`) */
    bool memory_error; /* an uncaught MemoryError ended the program */
} OuUsage;

/* A new VM, or NULL when there is not enough memory (also under the cap). `options` may be NULL. */
OuVM *ou_vm_new(const OuOptions *options);
/* Runs what the language promises at exit, frees everything. Returns the number of cells that were left over (0 unless
 * something is wrong). */
size_t ou_vm_free(OuVM *vm);
/* Runs a file's text as __main__. Returns the exit status the process should have; an uncaught exception is reported on
 * stderr (status 1), SystemExit gives its own. `name` is shown in tracebacks. is_file: the text came from that file. */
int ou_vm_run(OuVM *vm, const char *name, const char *text, size_t length, bool is_file);
/* Runs a module of the library or along sys.path, or __main__ of a package, as __main__. Returns a status as ou_vm_run. */
int ou_vm_run_module(OuVM *vm, const char *name);
/* What can come to a prompt: a file, without echo; a statement as CPython's grammar has it; or any number of them, as a
 * paste may hold. */
typedef enum OuEntryMode { OU_ENTRY_FILE, OU_ENTRY_LINES, OU_ENTRY_SESSION } OuEntryMode;
typedef enum OuEntry {
    OU_ENTRY_EMPTY, /* nothing to run */
    OU_ENTRY_COMPLETE,
    OU_ENTRY_WRONG, /* no further line will mend it */
    OU_ENTRY_BLOCK, /* a block goes on until an empty line */
    OU_ENTRY_OPEN   /* inside brackets or a string, or behind a backslash */
} OuEntry;
/* Does the text need more lines? Not for OU_ENTRY_FILE. */
OuEntry ou_vm_check(OuVM *vm, OuEntryMode mode, const char *text, size_t length);
/* Runs what was typed (name "<stdin>") or a file in __main__, showing the values of expressions in the former. Returns
 * 0; 1 exception reported; 3 SystemExit (status in *status). The text is kept as long as its code may show it. */
int ou_vm_interact(OuVM *vm, OuEntryMode mode, const char *name, const char *text, size_t length, int *status);
/* Calls a function of a module of the library with a text and a number. Returns the str that came, to be freed; NULL:
 * an exception, which is dropped, or something else came. */
char *ou_vm_ask(OuVM *vm, const char *module, const char *function, const char *text, size_t length, int64_t number);
/* Ends the program: exit handlers, finalisers of what is still alive, flush. Returns the status, changed when flushing
 * failed. ou_vm_free does it too when it was not done. */
int ou_vm_finish(OuVM *vm, int status);
/* Writes the bytecode of the text on stdout. Returns an exit status. */
int ou_vm_disassemble(OuVM *vm, const char *name, const char *text, size_t length);
void ou_vm_usage(OuVM *vm, OuUsage *usage);
/* Counts every cell that is made, which costs time. */
void ou_vm_count(OuVM *vm, bool on);
/* Fails the nth allocation from now on (1: the next one); 0: none. */
void ou_vm_fail_at(OuVM *vm, uint64_t nth);
/* Async-signal-safe: raises KeyboardInterrupt at the next safepoint. */
void ou_vm_interrupt(OuVM *vm);

#endif
