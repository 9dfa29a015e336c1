/* The prompt: entries one by one, from the editor on a terminal, otherwise as plain lines, with prompts on stderr as
 * CPython has them. */
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "repl/repl.h"

typedef struct Input {
    OuVM *vm;
    Editor *editor; /* NULL: plain lines */
    bool interrupted;
} Input;

static void banner(void) {
    const char *gcc = strstr(__VERSION__, "Clang") != NULL ? "" : "GCC ";
    fprintf(stderr, "Ouro " OURO_VERSION " (a subset of Python 3.11) [%s" __VERSION__ "] on linux\n", gcc);
    fprintf(stderr, "Type \"help\", \"copyright\", \"credits\" or \"license\" for more information.\n");
}

char *ou_prompt(OuVM *vm, const char *name) {
    char *text = ou_vm_ask(vm, "_console", "prompt", name, strlen(name), 0);
    return text != NULL ? text : strdup(name[2] == '1' ? ">>> " : "... "); /* no memory is no reason to stop */
}

static void wake(int signal_number) {}

/* A line of standard input behind a prompt. -1: the end, or an interrupt. */
static ssize_t read_line(Input *self, const char *prompt, char **line, size_t *capacity) {
    struct sigaction waking = {.sa_handler = wake}, before;
    char *text = ou_prompt(self->vm, prompt);
    fprintf(stderr, "%s", text != NULL ? text : "");
    fflush(stderr);
    free(text);
    sigaction(SIGINT, &waking, &before);
    errno = 0;
    ssize_t length = getline(line, capacity, stdin);
    self->interrupted = length < 0 && errno == EINTR;
    sigaction(SIGINT, &before, NULL);
    clearerr(stdin);
    return length;
}

/* An entry, to be freed; NULL: the end, or an interrupt. */
static char *read_lines(Input *self, size_t *length) {
    char *entry = NULL, *line = NULL;
    size_t capacity = 0;
    *length = 0;
    for (;;) {
        ssize_t got = read_line(self, *length == 0 ? "ps1" : "ps2", &line, &capacity);
        if (got < 0 && (self->interrupted || *length == 0)) {
            free(entry);
            entry = NULL;
            break;
        }
        char *grown = realloc(entry, *length + (size_t)(got > 0 ? got : 0) + 2);
        entry = grown != NULL ? grown : entry;
        if (grown == NULL || got < 0) { break; }
        memcpy(entry + *length, line, (size_t)got);
        *length += (size_t)got;
        if (entry[*length - 1] != '\n') { entry[(*length)++] = '\n'; }
        entry[*length] = '\0';
        if (ou_vm_check(self->vm, OU_ENTRY_LINES, entry, *length) <= OU_ENTRY_WRONG) { break; }
    }
    free(line);
    return entry;
}

/* OUROSTARTUP. Returns as ou_vm_interact. */
static int run_startup(OuVM *vm, const Command *command, int *status) {
    const char *name = ou_environment(command, "OUROSTARTUP");
    if (name == NULL) { return 0; }
    size_t length;
    char *text = ou_read_file(name, &length);
    if (text == NULL) {
        fprintf(stderr, "Could not open OUROSTARTUP\n%s: '%s'\n", strerror(errno), name);
        return 0;
    }
    int outcome = ou_vm_interact(vm, OU_ENTRY_FILE, name, text, length, status);
    free(text);
    return outcome;
}

/* exit and quit, typed alone, are calls. */
static void complete_command(OuVM *vm, char **entry, size_t *length) {
    char *call = *length < 9 ? ou_vm_ask(vm, "_console", "command", *entry, *length, 0) : NULL;
    if (call != NULL) {
        free(*entry);
        *entry = call;
        *length = strlen(call);
    }
}

/* For :save. Without memory it is left out. */
static void remember(OuConsole *console, const char *entry, size_t length) {
    char *grown = realloc(console->entries, console->entries_length + length);
    if (grown == NULL) { return; }
    memcpy(grown + console->entries_length, entry, length);
    console->entries = grown;
    console->entries_length += length;
}

int ou_interact(OuVM *vm, const Command *command) {
    Input input = {.vm = vm};
    setvbuf(stdin, NULL, _IONBF, 0); /* input() reads on where the prompt stopped */
    bool after = command->script != NULL || command->code != NULL || command->module != NULL,
         terminal = isatty(0) && isatty(1);
    int status = 0, outcome = 0;
    if (!after && !command->quiet) { banner(); }
    char names[256] = "";
    for (size_t i = 0, used = 0; ou_command_name(i) != NULL && used < sizeof names; i++) {
        used += (size_t)snprintf(names + used, sizeof names - used, "%s ", ou_command_name(i));
    }
    free(ou_vm_ask(vm, "_console", "start", names, strlen(names), 0));
    OuConsole console = {.colors = ou_colors(command, 1)};
    if (!after) { outcome = run_startup(vm, command, &status); }
    if (terminal && outcome != 3) { input.editor = ou_editor_new(vm, command); }
    OuEntryMode mode = input.editor != NULL ? OU_ENTRY_SESSION : OU_ENTRY_LINES;
    while (outcome != 3) {
        size_t length;
        status = 0;
        char *entry = input.editor != NULL ? ou_editor_read(input.editor, &length, &input.interrupted)
                                           : read_lines(&input, &length);
        if (entry == NULL && !input.interrupted) {
            if (input.editor == NULL) { fputc('\n', stderr); }
            break;
        }
        if (entry == NULL) {
            fprintf(stderr, input.editor != NULL ? "KeyboardInterrupt\n" : "\nKeyboardInterrupt\n");
            continue;
        }
        if (input.editor != NULL) { complete_command(vm, &entry, &length); }
        if (!ou_command(vm, &console, entry) && ou_vm_check(vm, mode, entry, length) != OU_ENTRY_EMPTY) {
            OuUsage before;
            ou_vm_usage(vm, &before);
            outcome = ou_vm_interact(vm, mode, "<stdin>", entry, length, &status);
            ou_command_cost(vm, &console, &before);
            remember(&console, entry, length);
        }
        free(entry);
    }
    if (input.editor != NULL) { ou_editor_free(input.editor); }
    free(console.entries);
    return outcome == 3 ? status : 0;
}
