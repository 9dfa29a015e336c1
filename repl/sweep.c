/* -X failalloc=sweep: runs the program once for each allocation it makes, with that one failing. Each run is a child
 * process that starts from a copy of the fresh VM, so start-up is neither repeated nor swept. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "repl/repl.h"

typedef struct Outcome {
    int status;
    bool failed; /* the allocation was reached */
    bool memory_error;
    size_t left;
    int64_t with_open;
} Outcome;

static Outcome run(OuVM *vm, const Program *program, uint64_t nth) {
    OuUsage before, after;
    Outcome outcome;
    ou_vm_usage(vm, &before);
    ou_vm_fail_at(vm, nth);
    outcome.status = ou_vm_run(vm, program->name, program->text, program->length, program->is_file);
    outcome.status = ou_vm_finish(vm, outcome.status);
    ou_vm_usage(vm, &after);
    outcome.failed = after.allocations - before.allocations >= nth;
    outcome.memory_error = after.memory_error;
    outcome.with_open = after.with_open;
    outcome.left = ou_vm_free(vm);
    return outcome;
}

/* The run in a child. Its outcome comes through a pipe; false: the child died. */
static bool run_child(OuVM *vm, const Program *program, uint64_t nth, bool quiet, Outcome *outcome, int *died) {
    int ends[2];
    if (pipe(ends) < 0) { return false; }
    pid_t child = fork();
    if (child == 0) {
        close(ends[0]);
        if (quiet && (freopen("/dev/null", "w", stderr) == NULL || dup2(fileno(stderr), 1) < 0)) { _exit(1); }
        *outcome = run(vm, program, nth);
        _exit(write(ends[1], outcome, sizeof *outcome) == sizeof *outcome ? 0 : 1);
    }
    close(ends[1]);
    bool whole = child > 0 && read(ends[0], outcome, sizeof *outcome) == sizeof *outcome;
    close(ends[0]);
    return child > 0 && waitpid(child, died, 0) == child && whole;
}

int ou_sweep(OuVM *vm, const Program *program) {
    Outcome plain, outcome;
    uint64_t faults = 0, nth = 1;
    int died = 0;
    fflush(stdout);
    if (!run_child(vm, program, UINT64_MAX, false, &plain, &died)) {
        fprintf(stderr, "ouro: sweep: the program does not run to its end\n");
        return 1;
    }
    for (;; nth++) {
        bool whole = run_child(vm, program, nth, true, &outcome, &died);
        const char *fault = NULL;
        char text[100];
        if (!whole) {
            snprintf(text, sizeof text, "died of signal %d", WIFSIGNALED(died) ? WTERMSIG(died) : 0);
            fault = text;
        } else if (!outcome.failed) {
            break;
        } else if (outcome.left > 0) {
            snprintf(text, sizeof text, "%zu cells left at exit", outcome.left);
            fault = text;
        } else if (outcome.with_open != 0) {
            fault = "an __exit__ was not called";
        } else if (outcome.status != plain.status && !outcome.memory_error) {
            snprintf(text, sizeof text, "ended with status %d, neither success nor MemoryError", outcome.status);
            fault = text;
        }
        if (fault != NULL) {
            faults++;
            fprintf(stderr, "failalloc=%llu: %s\n", (unsigned long long)nth, fault);
        }
    }
    fprintf(stderr, "ouro: sweep: %llu allocations failed one by one, %llu faults\n", (unsigned long long)nth - 1,
            (unsigned long long)faults);
    return faults > 0 ? 1 : plain.status;
}
