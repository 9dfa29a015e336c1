/* The commands of the prompt: one table. A command is a line that begins with a colon; any unique prefix of its name
 * will do. Those that look at objects are Python, in vm/lib/_memory.py. */
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "repl/repl.h"

/* Runs a line of Python here. */
static void run_python(OuVM *vm, const char *format, const char *argument) {
    char *text;
    int status;
    if (asprintf(&text, format, argument) < 0) { return; }
    ou_vm_interact(vm, OU_ENTRY_LINES, "<stdin>", text, strlen(text), &status);
    free(text);
}

static void show_code(OuVM *vm, OuConsole *console, const char *argument) {
    ou_vm_disassemble(vm, "<stdin>", argument, strlen(argument));
}

static void take_time(OuVM *vm, OuConsole *console, const char *argument) {
    struct timespec start, end;
    clock_gettime(CLOCK_MONOTONIC, &start);
    run_python(vm, "%s\n", argument);
    clock_gettime(CLOCK_MONOTONIC, &end);
    double seconds = (double)(end.tv_sec - start.tv_sec) + (double)(end.tv_nsec - start.tv_nsec) / 1e9;
    printf(seconds < 1 ? "%.3f ms\n" : "%.3f s\n", seconds < 1 ? seconds * 1e3 : seconds);
}

static void memory(OuVM *vm, OuConsole *console, const char *argument) {
    if (strcmp(argument, "on") != 0 && strcmp(argument, "off") != 0) {
        printf(":mem on or :mem off\n");
        return;
    }
    console->show_cost = argument[1] == 'n';
    ou_vm_count(vm, console->show_cost);
}

void ou_command_cost(OuVM *vm, OuConsole *console, const OuUsage *before) {
    OuUsage after;
    if (!console->show_cost) { return; }
    ou_vm_usage(vm, &after);
    long long objects = (long long)(after.live_cells - before->live_cells);
    long long bytes = (long long)(after.live_bytes - before->live_bytes);
    printf("%s%+lld objects %+lld B, %lld freed, %llu collected%s\n", console->colors ? "\033[2m" : "", objects, bytes,
           (long long)(after.made - before->made) - objects, (unsigned long long)(after.collected - before->collected),
           console->colors ? "\033[0m" : "");
}

static void load(OuVM *vm, OuConsole *console, const char *argument) {
    size_t length;
    char *text = ou_read_file(argument, &length);
    int status;
    if (text == NULL) {
        printf("cannot read '%s': %s\n", argument, strerror(errno));
        return;
    }
    ou_vm_interact(vm, OU_ENTRY_FILE, argument, text, length, &status);
    free(text);
}

static void save(OuVM *vm, OuConsole *console, const char *argument) {
    FILE *file = fopen(argument, "we");
    bool ok = file != NULL && fwrite(console->entries, 1, console->entries_length, file) == console->entries_length;
    if (file != NULL && fclose(file) != 0) { ok = false; }
    if (!ok) { printf("cannot write '%s': %s\n", argument, strerror(errno)); }
}

static void help(OuVM *vm, OuConsole *console, const char *argument);

static const struct {
    const char *name, *argument, *help;
    void (*run)(OuVM *vm, OuConsole *console, const char *argument); /* or NULL, and then a call in _memory */
    bool needs;                                                      /* an argument */
    const char *call;
} commands[] = {
    {"mem", "on|off", "show after each statement what it cost", memory, true, NULL},
    {"heap", "[N]", "live objects and bytes by type, the N largest", NULL, false, "heap(%s)"},
    {"refs", "EXPR", "how many references the object has, and who holds it", NULL, true, "refs(%s)"},
    {"gc", "", "state of the collector, its last cycles", NULL, false, "state()"},
    {"dis", "CODE", "the bytecode of an expression or statement", show_code, true, NULL},
    {"time", "CODE", "run it and show the time it took", take_time, true, NULL},
    {"forget", "", "drop _ and the last exception; show what that freed", NULL, false, "forget()"},
    {"load", "FILE", "run a file here", load, true, NULL},
    {"save", "FILE", "write the entries of this session to a file", save, true, NULL},
    {"help", "", "this list", help, false, NULL},
};
#define COUNT (sizeof commands / sizeof *commands)

static void help(OuVM *vm, OuConsole *console, const char *argument) {
    for (size_t i = 0; i < COUNT; i++) {
        printf(":%s %s%*s%s\n", commands[i].name, commands[i].argument,
               (int)(18 - strlen(commands[i].name) - strlen(commands[i].argument)), "", commands[i].help);
    }
}

const char *ou_command_name(size_t index) { return index < COUNT ? commands[index].name : NULL; }

bool ou_command(OuVM *vm, OuConsole *console, const char *line) {
    line += strspn(line, " \t");
    if (*line != ':') { return false; }
    size_t length = strcspn(++line, " \t\n"), found = COUNT;
    bool several = false;
    for (size_t i = 0; i < COUNT; i++) {
        if (strncmp(commands[i].name, line, length) != 0) { continue; }
        several = found < COUNT;
        found = i;
        if (commands[i].name[length] == '\0') { /* the whole name */
            several = false;
            break;
        }
    }
    char argument[1000];
    const char *rest = line + length + strspn(line + length, " \t");
    snprintf(argument, sizeof argument, "%.*s", (int)strcspn(rest, "\n"), rest);
    if (length == 0 || found == COUNT) {
        printf("no command :%.*s; :help lists them\n", (int)length, line);
    } else if (several) {
        printf(":%.*s could be several commands; :help lists them\n", (int)length, line);
    } else if (commands[found].needs && *argument == '\0') {
        printf("usage: :%s %s\n", commands[found].name, commands[found].argument);
    } else {
        if (commands[found].run != NULL) {
            commands[found].run(vm, console, argument);
        } else {
            char call[64];
            snprintf(call, sizeof call, "__import__('_memory').%s\n", commands[found].call);
            run_python(vm, call, argument);
        }
        fflush(stdout);
    }
    return true;
}
