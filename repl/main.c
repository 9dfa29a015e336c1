/* The `ouro` command: options, files, -c, standard input, a plain prompt. */
#include <errno.h>
#include <fcntl.h>
#include <histedit.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "repl/repl.h"

typedef struct Command {
    OuOptions vm;
    const char *code;   /* -c */
    const char *script; /* file name, or "-" */
    bool disassemble, sweep;
    bool leaks, leaks_error;
    const char **warnings; /* -W, in order */
    const char **argv;
    int argc;
} Command;

static const char usage_text[] =
    "usage: ouro [option] ... [-c cmd | file | -] [arg] ...\n"
    "Options:\n"
    "-c cmd   : program passed in as string\n"
    "-O       : drop assert statements\n"
    "-h       : this text\n"
    "-V       : the version\n"
    "-W arg   : what to do with warnings: action[:message[:category[:module[:line]]]]\n"
    "--dis    : show the bytecode of the program instead of running it\n"
    "-X opt   : boxed           no immediate values, every value is a counted cell\n"
    "           nocache         no inline caches\n"
    "           heap=SIZE       bound on the memory of the heap (K, M, G)\n"
    "           failalloc=N[+]  fail the Nth allocation (and all later ones)\n"
    "           failalloc=sweep run the program once for each allocation, with that one failing\n"
    "           steps=N         stop the program after N instructions, status 4\n"
    "           gc=off          no automatic cycle collection\n"
    "           collect=N       a collection at every Nth safepoint\n"
    "           slice=N         collections all the time, N slots at each safepoint\n"
    "           gclog[=FILE]    a line for each collection, sums at exit\n"
    "           audit=N         an audit of all counts at every Nth safepoint\n"
    "           leaks[=error]   report cells left at exit (status 3)\n"
    "file     : program read from a file\n"
    "-        : program read from standard input (default; interactive when it is a terminal)\n"
    "arg ...  : arguments passed to the program in sys.argv[1:]\n";

static int bad_option(const char *what, const char *value) {
    fprintf(stderr, "ouro: %s%s\n", what, value);
    return 2;
}

static bool parse_number(const char *text, uint64_t *out, const char **end) {
    char *stop;
    errno = 0;
    *out = strtoull(text, &stop, 10);
    *end = stop;
    return stop != text && errno == 0;
}

static bool parse_size(const char *text, size_t *out) {
    const char *end;
    uint64_t number;
    if (!parse_number(text, &number, &end)) { return false; }
    unsigned shift = *end == 'K' || *end == 'k'   ? 10
                     : *end == 'M' || *end == 'm' ? 20
                     : *end == 'G' || *end == 'g' ? 30
                                                  : 0;
    end += shift != 0;
    *out = (size_t)number << shift;
    return *end == '\0' && number > 0;
}

/* One -X option. false: unknown or malformed. */
static bool parse_x(Command *command, const char *option) {
    const char *value = strchr(option, '=');
    size_t length = value != NULL ? (size_t)(value - option) : strlen(option);
    value = value != NULL ? value + 1 : NULL;
    uint64_t number;
    const char *end;
#define IS(name) (length == sizeof name - 1 && memcmp(option, name, length) == 0)
    if (IS("boxed") && value == NULL) {
        command->vm.boxed = true;
        return true;
    }
    if (IS("nocache") && value == NULL) {
        command->vm.caches_off = true;
        return true;
    }
    if (IS("heap") && value != NULL) { return parse_size(value, &command->vm.heap_cap); }
    if (IS("failalloc") && value != NULL && strcmp(value, "sweep") == 0) {
        command->sweep = command->vm.counted = true;
        return true;
    }
    if (IS("steps") && value != NULL && parse_number(value, &number, &end) && *end == '\0') {
        command->vm.steps = number;
        return number > 0;
    }
    if (IS("failalloc") && value != NULL && parse_number(value, &number, &end)) {
        command->vm.fail_at = number;
        command->vm.fail_from = *end == '+';
        return end[command->vm.fail_from] == '\0' && number > 0;
    }
    if (IS("gc") && value != NULL && strcmp(value, "off") == 0) {
        command->vm.gc_off = true;
        return true;
    }
    if (IS("collect") && value != NULL && parse_number(value, &number, &end) && *end == '\0') {
        command->vm.collect_every = (uint32_t)number;
        return true;
    }
    if (IS("slice") && value != NULL && parse_number(value, &number, &end) && *end == '\0') {
        command->vm.slice_units = (uint32_t)number;
        return true;
    }
    if (IS("interrupt") && value != NULL && parse_number(value, &number, &end) && *end == '\0') {
        command->vm.interrupt_at = number;
        return true;
    }
    if (IS("gclog")) {
        command->vm.gc_log = value != NULL ? fopen(value, "we") : stderr;
        return command->vm.gc_log != NULL;
    }
    if (IS("audit") && value != NULL && parse_number(value, &number, &end) && *end == '\0') {
        command->vm.audit_every = (uint32_t)number;
        return true;
    }
    if (IS("leaks")) {
        command->leaks = command->vm.leak_table = true;
        command->leaks_error = value != NULL;
        return value == NULL || strcmp(value, "error") == 0;
    }
#undef IS
    return false;
}

/* -1: go on; else the exit status. */
static int parse_options(Command *command, int argc, char **argv) {
    int at = 1;
    for (; at < argc; at++) {
        const char *arg = argv[at];
        if (arg[0] != '-' || arg[1] == '\0') { break; }
        if (strcmp(arg, "--") == 0) {
            at++;
            break;
        }
        if (strcmp(arg, "--help") == 0) {
            fputs(usage_text, stdout);
            return 0;
        }
        if (strcmp(arg, "--version") == 0) {
            puts("Ouro " OURO_VERSION);
            return 0;
        }
        if (strcmp(arg, "--dis") == 0) {
            command->disassemble = true;
            continue;
        }
        for (const char *letter = arg + 1; *letter; letter++) {
            if (strchr("BEIsSuqdvP", *letter) != NULL) { continue; /* meanings of CPython that change nothing here */ }
            if (*letter == 'O') {
                command->vm.optimize = true;
            } else if (*letter == 'h' || *letter == '?') {
                fputs(usage_text, stdout);
                return 0;
            } else if (*letter == 'V') {
                puts("Ouro " OURO_VERSION);
                return 0;
            } else if (*letter == 'c' || *letter == 'X' || *letter == 'W') {
                const char *value = letter[1] ? letter + 1 : ++at < argc ? argv[at] : NULL;
                if (value == NULL) {
                    fprintf(stderr, "Argument expected for the -%c option\n%s", *letter,
                            "Try `ouro -h' for more information.\n");
                    return 2;
                }
                if (*letter == 'c') {
                    command->code = value;
                    command->argv = (const char **)(uintptr_t)(argv + at);
                    command->argc = argc - at;
                    return -1;
                }
                if (*letter == 'W') { command->warnings[command->vm.warning_count++] = value; }
                if (*letter == 'X' && !parse_x(command, value)) {
                    return bad_option("unknown or malformed -X option: ", value);
                }
                break;
            } else {
                fprintf(stderr,
                        "Unknown option: -%c\nusage: ouro [option] ... [-c cmd | file | -] [arg] ...\nTry `ouro -h' "
                        "for more information.\n",
                        *letter);
                return 2;
            }
        }
    }
    if (at < argc) { command->script = argv[at]; }
    command->argv = (const char **)(uintptr_t)(argv + at);
    command->argc = argc - at;
    return -1;
}

/* --- input ------------------------------------------------------------------------------------------------------------------- */

static char *read_all(int fd, size_t *length) {
    size_t capacity = 1 << 16;
    char *text = malloc(capacity);
    *length = 0;
    while (text != NULL) {
        ssize_t got = read(fd, text + *length, capacity - *length);
        if (got < 0 && errno == EINTR) { continue; }
        if (got < 0) {
            free(text);
            return NULL;
        }
        if (got == 0) { return text; }
        *length += (size_t)got;
        if (*length == capacity) {
            char *grown = realloc(text, capacity *= 2);
            if (grown == NULL) { free(text); }
            text = grown;
        }
    }
    errno = ENOMEM;
    return NULL;
}

static char *read_script(const char *name, size_t *length) {
    int fd = open(name, O_RDONLY | O_CLOEXEC);
    struct stat info;
    if (fd >= 0 && fstat(fd, &info) == 0 && S_ISDIR(info.st_mode)) {
        close(fd);
        fprintf(stderr, "ouro: can't open file '%s': [Errno %d] %s\n", name, EISDIR, strerror(EISDIR));
        return NULL;
    }
    char *text = fd >= 0 ? read_all(fd, length) : NULL;
    if (text == NULL) {
        char full[4096] = "";
        if (name[0] != '/' && getcwd(full, sizeof full - 2) != NULL) { strcat(full, "/"); }
        fprintf(stderr, "ouro: can't open file '%s%s': [Errno %d] %s\n", full, name, errno, strerror(errno));
    }
    if (fd >= 0) { close(fd); }
    return text;
}

/* --- the prompt -------------------------------------------------------------------------------------------------------------- */

static OuVM *volatile running;
static void on_interrupt(int signal_number) {
    if (running != NULL) { ou_vm_interrupt(running); }
}

static const char *prompt_text = ">>> ";
static char *prompt(EditLine *editor) { return (char *)(uintptr_t)prompt_text; }

static int interact(OuVM *vm) {
    EditLine *editor = el_init("ouro", stdin, stdout, stderr);
    History *past = history_init();
    HistEvent event;
    if (editor == NULL || past == NULL) { return bad_option("no terminal", ""); }
    history(past, &event, H_SETSIZE, 1000);
    el_set(editor, EL_PROMPT, prompt);
    el_set(editor, EL_EDITOR, "emacs");
    el_set(editor, EL_HIST, history, past);
    printf("Ouro " OURO_VERSION " on linux\nType \"exit()\" or Ctrl-D to leave.\n");
    char *entry = NULL;
    size_t length = 0;
    int status = 0;
    for (;;) {
        prompt_text = length ? "... " : ">>> ";
        int count;
        const char *line = el_gets(editor, &count);
        if (line == NULL || count <= 0) {
            if (count < 0 && errno == EINTR) {
                puts("\nKeyboardInterrupt");
                length = 0;
                continue;
            }
            break;
        }
        char *grown = realloc(entry, length + (size_t)count + 1);
        if (grown == NULL) { break; }
        entry = grown;
        memcpy(entry + length, line, (size_t)count);
        bool first = length == 0, blank = count == 1;
        length += (size_t)count;
        entry[length] = '\0';
        if (first && blank) {
            length = 0;
            continue;
        }
        history(past, &event, H_ENTER, line);
        /* A block goes on until an empty line. */
        bool block = entry[0] == '@' || strstr(entry, ":\n") != NULL;
        if (block && !blank) { continue; }
        int outcome = ou_vm_interact(vm, entry, length, &status);
        if (outcome == 2) { continue; }
        length = 0;
        if (outcome == 3) { break; }
        status = 0;
    }
    free(entry);
    history_end(past);
    el_end(editor);
    return status;
}

/* The name as it is shown in tracebacks and by __file__: not tidied up. */
static const char *absolute_path(const char *name, char *path, size_t size) {
    char directory[4096];
    if (name[0] == '/' || getcwd(directory, sizeof directory) == NULL) { return name; }
    int length = snprintf(path, size, "%s/%s", directory, name);
    return length > 0 && (size_t)length < size ? path : name;
}

/* --- main --------------------------------------------------------------------------------------------------------------------- */

static int run(Command *command) {
    char directory[4096] = "";
    const char *empty[] = {""};
    const char **argv = command->argc > 0 ? command->argv : empty;
    size_t length = 0;
    char *text = NULL;
    bool is_file = false;
    const char *name = "<stdin>";
    char path[4096];
    if (command->code != NULL) {
        argv[0] = "-c";
        name = "<string>";
        length = strlen(command->code);
    } else if (command->script != NULL && strcmp(command->script, "-") != 0) {
        name = command->script;
        is_file = true;
        text = read_script(name, &length);
        if (text == NULL) { return 2; }
        name = absolute_path(name, path, sizeof path);
        const char *slash = strrchr(name, '/');
        char *full = realpath(name, NULL);
        if (full != NULL) {
            char *last = strrchr(full, '/');
            *(last == full ? last + 1 : last) = '\0';
            snprintf(directory, sizeof directory, "%s", full);
            free(full);
        } else if (slash != NULL) {
            snprintf(directory, sizeof directory, "%.*s", (int)(slash - name), name);
        }
    } else if (!isatty(0)) {
        text = read_all(0, &length);
        if (text == NULL) { return bad_option("can't read standard input", ""); }
    }
    OuOptions options = command->vm;
    options.argc = command->argc > 0 ? command->argc : 1;
    options.argv = argv;
    options.warnings = command->warnings;
    options.import_dir = directory;
    OuVM *vm = ou_vm_new(&options);
    if (vm == NULL) {
        free(text);
        fprintf(stderr, "ouro: not enough memory to start\n");
        return 1;
    }
    running = vm;
    struct sigaction action = {.sa_handler = on_interrupt};
    sigaction(SIGINT, &action, NULL);
    signal(SIGPIPE, SIG_IGN);
    const char *program = command->code != NULL ? command->code : text;
    int status;
    if (program == NULL) {
        status = interact(vm);
    } else if (command->sweep) {
        status = ou_sweep(vm, &(Program){name, program, length, is_file});
    } else if (command->disassemble) {
        status = ou_vm_disassemble(vm, name, program, length);
    } else {
        status = ou_vm_run(vm, name, program, length, is_file);
    }
    status = ou_vm_finish(vm, status);
    running = NULL;
    size_t left = ou_vm_free(vm);
    free(text);
    if (left > 0 && command->leaks) {
        fprintf(stderr, "ouro: %zu cells left at exit\n", left);
        if (command->leaks_error) { status = 3; }
    }
    if (status == 130) {
        fflush(stdout);
        signal(SIGINT, SIG_DFL);
        kill(getpid(), SIGINT);
    }
    return status;
}

int main(int argc, char **argv) {
    setlocale(LC_CTYPE, "");
    Command command = {.warnings = calloc((size_t)argc + 1, sizeof *command.warnings)};
    if (command.warnings == NULL) { return bad_option("not enough memory to start", ""); }
    int status = parse_options(&command, argc, argv);
    status = status >= 0 ? status : run(&command);
    free(command.warnings);
    return status;
}
