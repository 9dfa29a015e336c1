/* The `ouro` command: what to run, where modules are looked for, the exit status. */
#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "repl/repl.h"

static OuVM *volatile running;

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

char *ou_read_file(const char *name, size_t *length) {
    int fd = open(name, O_RDONLY | O_CLOEXEC);
    char *text = fd >= 0 ? read_all(fd, length) : NULL;
    int error = errno;
    if (fd >= 0) { close(fd); }
    errno = error;
    return text;
}

static char *read_script(const char *name, size_t *length) {
    char *text = ou_read_file(name, length);
    if (text == NULL) {
        char full[4096] = "";
        bool directory = errno == EISDIR; /* CPython shows the name as it is then */
        if (!directory && name[0] != '/' && getcwd(full, sizeof full - 2) != NULL) { strcat(full, "/"); }
        fprintf(stderr, "ouro: can't open file '%s%s': [Errno %d] %s\n", full, name, directory ? EISDIR : errno,
                strerror(directory ? EISDIR : errno));
    }
    return text;
}

static void on_interrupt(int signal_number) {
    if (running != NULL) { ou_vm_interrupt(running); }
}

/* The name as it is shown in tracebacks and by __file__: not tidied up. */
static const char *absolute_path(const char *name, char *path, size_t size) {
    char directory[4096];
    if (name[0] == '/' || getcwd(directory, sizeof directory) == NULL) { return name; }
    int length = snprintf(path, size, "%s/%s", directory, name);
    return length > 0 && (size_t)length < size ? path : name;
}

/* What sys.path begins with: the script's directory, "" for -c and the prompt, the current directory for -m. */
static void first_directory(const Command *command, const char *script_path, char directory[4096]) {
    directory[0] = '\0';
    if (command->module != NULL && getcwd(directory, 4096) == NULL) { directory[0] = '\0'; }
    if (command->script == NULL) { return; }
    char *full = realpath(script_path, NULL);
    const char *from = full != NULL ? full : script_path, *slash = strrchr(from, '/');
    if (slash != NULL) { snprintf(directory, 4096, "%.*s", slash == from ? 1 : (int)(slash - from), from); }
    free(full);
}

/* Runs what the command line names; *text is what was read for it. */
static int run_program(OuVM *vm, const Command *command, const Program *program) {
    if (command->module != NULL) { return ou_vm_run_module(vm, command->module); }
    if (program->text == NULL) { return ou_interact(vm, command); }
    if (command->sweep) { return ou_sweep(vm, program); }
    if (command->disassemble) { return ou_vm_disassemble(vm, program->name, program->text, program->length); }
    return ou_vm_run(vm, program->name, program->text, program->length, program->is_file);
}

/* A directory stands for the __main__.py in it. false: there is none, which has been said. */
static bool enter_directory(Command *command) {
    struct stat info;
    if (command->script == NULL || stat(command->script, &info) < 0 || !S_ISDIR(info.st_mode)) { return true; }
    size_t length = strlen(command->script);
    while (length > 1 && command->script[length - 1] == '/') { length--; }
    if ((size_t)snprintf(command->main_of_directory, 4096, "%.*s/__main__.py", (int)length, command->script) >= 4096 ||
        access(command->main_of_directory, F_OK) < 0) {
        char directory[4096];
        fprintf(stderr, "ouro: can't find '__main__' module in '%s'\n",
                absolute_path(command->script, directory, sizeof directory));
        return false;
    }
    command->script = command->main_of_directory;
    return true;
}

/* Reads the program. false: it cannot be read, which has been said. */
static bool read_program(const Command *command, Program *program, char **text, char path[4096]) {
    *program = (Program){.name = "<stdin>"};
    *text = NULL;
    if (command->code != NULL) {
        *program = (Program){"<string>", command->code, strlen(command->code), false};
    } else if (command->script != NULL) {
        program->is_file = true;
        *text = read_script(command->script, &program->length);
        if (*text == NULL) { return false; }
        program->name = absolute_path(command->script, path, 4096);
    } else if (command->module == NULL && !isatty(0) && !command->inspect) {
        *text = read_all(0, &program->length);
        if (*text == NULL) {
            fprintf(stderr, "ouro: can't read standard input\n");
            return false;
        }
    }
    if (*text != NULL) { program->text = *text; }
    return true;
}

static int run(Command *command) {
    char directory[4096], path[4096], *text;
    const char *empty[] = {""};
    Program program;
    if (!enter_directory(command)) { return 1; }
    if (!read_program(command, &program, &text, path)) { return 2; }
    const char **argv = command->argc > 0 ? command->argv : empty;
    if (command->code != NULL || command->module != NULL) { argv[0] = command->code != NULL ? "-c" : "-m"; }
    const char **directories = calloc((size_t)command->path_count + 1, sizeof *directories);
    if (directories == NULL) { return 1; }
    int count = 0;
    if (!command->safe_path) {
        first_directory(command, program.name, directory);
        directories[count++] = directory;
    }
    for (int i = 0; i < command->path_count; i++) { directories[count++] = command->path[i]; }
    OuOptions options = command->vm;
    options.argc = command->argc > 0 ? command->argc : 1;
    options.argv = argv;
    options.warnings = command->warnings;
    options.x_options = command->x_options;
    options.path = directories;
    options.path_count = count;
    options.package = command->script == command->main_of_directory ? "" : NULL;
    options.colors = ou_colors(command, 2);
    options.inspect = command->inspect;
    OuVM *vm = ou_vm_new(&options);
    free(directories);
    if (vm == NULL) {
        free(text);
        fprintf(stderr, "ouro: not enough memory to start\n");
        return 1;
    }
    running = vm;
    struct sigaction action = {.sa_handler = on_interrupt};
    sigaction(SIGINT, &action, NULL);
    signal(SIGPIPE, SIG_IGN);
    int status = run_program(vm, command, &program);
    if (command->inspect && (program.text != NULL || command->module != NULL) && status != OURO_STATUS_STEPS) {
        status = ou_interact(vm, command);
    }
    status = ou_vm_finish(vm, status);
    running = NULL;
    size_t left = ou_vm_free(vm);
    free(text);
    if (left > 0 && options.leak_table) {
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
    if (setlocale(LC_CTYPE, "") == NULL || MB_CUR_MAX == 1) { setlocale(LC_CTYPE, "C.UTF-8"); }
    Command command = {.warnings = calloc((size_t)argc + 1, sizeof *command.warnings),
                       .x_options = calloc((size_t)argc + 1, sizeof *command.x_options)};
    bool ready = command.warnings != NULL && command.x_options != NULL;
    int status = ready ? ou_parse_options(&command, argc, argv) : 1;
    if (status < 0) { status = ou_read_environment(&command); }
    if (status < 0) { status = run(&command); }
    free(command.warnings);
    free(command.x_options);
    return status;
}
