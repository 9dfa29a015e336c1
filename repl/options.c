/* The command line and the environment: one table of options, one of -X names, one of variables. They parse, and they
 * make --help, --help-xoptions, --help-env and the man page. */
#include <errno.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "repl/repl.h"

/* Where an option without an argument leaves its mark. */
#define FLAG(field) (offsetof(Command, field) + 1)
#define NONE 0

static const struct {
    char letter;
    const char *name;     /* instead of a letter: --name */
    const char *argument; /* NULL: none */
    size_t flag;          /* FLAG of a bool, or NONE */
    const char *help;
} options[] = {
    {'B', NULL, NULL, NONE, "accepted: no files are written beside modules anyway"},
    {'c', NULL, "cmd", NONE, "the program is cmd; ends the options"},
    {'E', NULL, NULL, FLAG(ignore_environment), "ignore the OURO* environment variables"},
    {'h', NULL, NULL, NONE, "this text (also -?, --help)"},
    {'i', NULL, NULL, FLAG(inspect), "a prompt after the program has ended, also when input is no terminal"},
    {'I', NULL, NULL, FLAG(isolated), "isolated: -E, -P, and no history"},
    {'m', NULL, "mod", NONE, "run the module mod, found along sys.path; ends the options"},
    {'O', NULL, NULL, FLAG(vm.optimize), "leave assert statements out"},
    {'P', NULL, NULL, FLAG(safe_path), "no directory of the script in front of sys.path"},
    {'q', NULL, NULL, FLAG(quiet), "no banner before the prompt"},
    {'s', NULL, NULL, NONE, "accepted: there are no site packages"},
    {'S', NULL, NULL, NONE, "accepted: there is no site module"},
    {'u', NULL, NULL, FLAG(vm.unbuffered), "what goes to stdout and stderr is written at once"},
    {'v', NULL, NULL, FLAG(vm.verbose), "name each module that was imported and where it came from, on stderr"},
    {'V', NULL, NULL, NONE, "the version (also --version); twice: more about the build"},
    {'W', NULL, "arg", NONE, "what to do with warnings: action[:message[:category[:module[:line]]]]"},
    {'X', NULL, "opt", NONE, "see --help-xoptions"},
    {0, "dis", NULL, FLAG(disassemble), "show the bytecode of the program instead of running it"},
    {0, "help-env", NULL, NONE, "the environment variables"},
    {0, "help-xoptions", NULL, NONE, "the options behind -X"},
};

enum { X_FLAG, X_COUNT, X_SIZE, X_FAIL, X_OFF, X_LOG, X_LEAKS };

static const struct {
    const char *name, *argument;
    int kind;
    size_t field; /* of Command: bool, uint64_t or size_t */
    const char *help;
} x_options[] = {
    {"audit", "=N", X_COUNT, offsetof(Command, vm.audit_every),
     "count all references again at every Nth safepoint, rarer in a large heap"},
    {"boxed", "", X_FLAG, offsetof(Command, vm.boxed), "no immediate values: every value is a counted cell"},
    {"collect", "=N", X_COUNT, offsetof(Command, vm.collect_every), "a whole collection at every Nth safepoint"},
    {"failalloc", "=N[+]|sweep", X_FAIL, 0,
     "fail the Nth allocation (and all later ones); sweep: run the program once for each, with that one failing"},
    {"gc", "=off", X_OFF, offsetof(Command, vm.gc_off), "no automatic cycle collection"},
    {"gclog", "[=FILE]", X_LOG, 0, "a line for each collection, sums at exit"},
    {"heap", "=SIZE", X_SIZE, offsetof(Command, vm.heap_cap), "a bound on the memory of the heap (K, M, G)"},
    {"interrupt", "=N", X_COUNT, offsetof(Command, vm.interrupt_at), "an interrupt at the Nth safepoint"},
    {"leaks", "[=error]", X_LEAKS, 0, "a table of what is left at exit; error: with status 3"},
    {"nocache", "", X_FLAG, offsetof(Command, vm.caches_off), "no inline caches"},
    {"slice", "=N", X_COUNT, offsetof(Command, vm.slice_units), "collections all the time, N slots at each safepoint"},
    {"steps", "=N", X_COUNT, offsetof(Command, vm.steps), "stop the program after N instructions, with status 4"},
};

static const struct {
    const char *name, *help;
} variables[] = {
    {"OURO_COLORS", "1: colours, 0: none; before NO_COLOR, FORCE_COLOR and TERM=dumb"},
    {"OURO_HISTORY", "the history file of the prompt; empty: none"},
    {"OUROHASHSEED", "accepted, random or a number: hashes are the same in each run"},
    {"OUROINSPECT", "not empty: as -i"},
    {"OUROPATH", "directories, with colons between, where modules are looked for"},
    {"OUROSTARTUP", "a file run before the first prompt"},
    {"OUROUNBUFFERED", "not empty: as -u"},
    {"OUROWARNINGS", "as -W, with commas between"},
};

#define COUNT(table) (sizeof(table) / sizeof *(table))

static void usage(FILE *out) { fprintf(out, "usage: ouro [option] ... [-c cmd | -m mod | file | -] [arg] ...\n"); }

static void describe(const char *name, const char *argument, const char *help) {
    char head[64];
    snprintf(head, sizeof head, "%s%s", name, argument);
    printf("%-22s: %s\n", head, help);
}

static void option_head(size_t i, char head[64]) {
    const char letter[2] = {options[i].letter, '\0'}, *argument = options[i].argument;
    snprintf(head, 64, "%s%s%s%s", options[i].name ? "--" : "-", options[i].name ? options[i].name : letter,
             argument ? " " : "", argument ? argument : "");
}

static void help_x(void) {
    for (size_t i = 0; i < COUNT(x_options); i++) {
        char head[64];
        snprintf(head, sizeof head, "-X %s", x_options[i].name);
        describe(head, x_options[i].argument, x_options[i].help);
    }
}

static void help_env(void) {
    for (size_t i = 0; i < COUNT(variables); i++) { describe(variables[i].name, "", variables[i].help); }
}

static void help(void) {
    usage(stdout);
    printf("Options:\n");
    for (size_t i = 0; i < COUNT(options); i++) {
        char head[64];
        option_head(i, head);
        describe(head, "", options[i].help);
    }
    describe("file", "", "the program");
    describe("-", "", "the program is read from standard input (default; a prompt when it is a terminal)");
    describe("arg ...", "", "arguments of the program, sys.argv[1:]");
}

static void version(int times) {
    puts("Ouro " OURO_VERSION);
    if (times > 1) { printf("a subset of Python 3.11, built with %s\n", __VERSION__); }
}

/* --- -X ------------------------------------------------------------------------------------------------------------------ */

static bool parse_number(const char *text, uint64_t *out, const char **end) {
    char *stop;
    errno = 0;
    *out = strtoull(text, &stop, 10);
    *end = stop;
    return stop != text && *text >= '0' && *text <= '9' && errno == 0;
}

static bool parse_count(const char *text, uint64_t *out) {
    const char *end;
    return text != NULL && parse_number(text, out, &end) && *end == '\0' && *out > 0;
}

static bool parse_size(const char *text, size_t *out) {
    static const char units[] = "kKmMgG";
    const char *end, *unit;
    uint64_t number;
    if (text == NULL || !parse_number(text, &number, &end)) { return false; }
    unit = *end ? strchr(units, *end) : NULL;
    unsigned shift = unit ? 10 + 10 * (unsigned)((unit - units) / 2) : 0;
    *out = (size_t)number << shift;
    return end[unit != NULL] == '\0' && number > 0 && number >> (63 - shift) == 0;
}

static bool apply_x(Command *command, size_t i, const char *value) {
    char *field = (char *)command + x_options[i].field;
    const char *end;
    switch (x_options[i].kind) {
    case X_FLAG: *(bool *)field = true; return value == NULL;
    case X_COUNT: return parse_count(value, (uint64_t *)(void *)field);
    case X_SIZE: return parse_size(value, (size_t *)(void *)field);
    case X_OFF: *(bool *)field = true; return value != NULL && strcmp(value, "off") == 0;
    case X_FAIL:
        if (value != NULL && strcmp(value, "sweep") == 0) {
            command->sweep = command->vm.counted = true;
            return true;
        }
        if (value == NULL || !parse_number(value, &command->vm.fail_at, &end)) { return false; }
        command->vm.fail_from = *end == '+';
        return end[command->vm.fail_from] == '\0' && command->vm.fail_at > 0;
    case X_LOG: command->vm.gc_log = value != NULL ? fopen(value, "we") : stderr; return command->vm.gc_log != NULL;
    default:
        command->vm.leak_table = true;
        command->leaks_error = value != NULL;
        return value == NULL || strcmp(value, "error") == 0;
    }
}

/* An unknown name is no error, as in CPython, but these names are knobs: a typing mistake should be seen. */
static bool parse_x(Command *command, const char *option) {
    size_t length = strcspn(option, "=");
    const char *value = option[length] ? option + length + 1 : NULL;
    for (size_t i = 0; i < COUNT(x_options); i++) {
        if (strlen(x_options[i].name) == length && memcmp(x_options[i].name, option, length) == 0) {
            if (apply_x(command, i, value)) { return true; }
            fprintf(stderr, "ouro: malformed option: -X %s (-X %s%s)\n", option, x_options[i].name,
                    x_options[i].argument);
            return false;
        }
    }
    fprintf(stderr, "ouro: warning: unknown option: -X %s\n", option);
    return true;
}

/* --- the command line -------------------------------------------------------------------------------------------------- */

static int unknown(const char *format, const char *what) {
    fprintf(stderr, format, what);
    usage(stderr);
    fprintf(stderr, "Try `ouro -h' for more information.\n");
    return 2;
}

static int parse_long(Command *command, const char *name) {
    if (strcmp(name, "help") == 0) { return help(), 0; }
    if (strcmp(name, "version") == 0) { return version(1), 0; }
    if (strcmp(name, "help-env") == 0) { return help_env(), 0; }
    if (strcmp(name, "help-xoptions") == 0) { return help_x(), 0; }
    for (size_t i = 0; i < COUNT(options); i++) {
        if (options[i].name != NULL && options[i].flag != NONE && strcmp(options[i].name, name) == 0) {
            *((bool *)command + options[i].flag - 1) = true;
            return -1;
        }
    }
    return unknown("unknown option --%s\n", name);
}

static size_t find_letter(char letter) {
    size_t i = 0;
    while (i < COUNT(options) && options[i].letter != letter) { i++; }
    return i;
}

/* The argument of a letter; -1: go on. */
static int apply_letter(Command *command, char letter, const char *value) {
    if (letter == 'c') { command->code = value; }
    if (letter == 'm') { command->module = value; }
    if (letter == 'W') { command->warnings[command->vm.warning_count++] = value; }
    if (letter == 'X') {
        command->x_options[command->vm.x_count++] = value;
        if (!parse_x(command, value)) { return 2; }
    }
    return -1;
}

int ou_parse_options(Command *command, int argc, char **argv) {
    int at = 1, versions = 0;
    bool ended = false; /* by -c or -m */
    for (; at < argc && !ended; at++) {
        const char *arg = argv[at];
        if (arg[0] != '-' || arg[1] == '\0') { break; }
        if (strcmp(arg, "--") == 0) {
            at++;
            break;
        }
        if (arg[1] == '-') {
            int status = parse_long(command, arg + 2);
            if (status >= 0) { return status; }
            continue;
        }
        for (const char *letter = arg + 1; *letter; letter++) {
            size_t i = find_letter(*letter == '?' ? 'h' : *letter);
            char text[2] = {*letter, '\0'};
            if (i == COUNT(options)) { return unknown("Unknown option: -%s\n", text); }
            if (options[i].letter == 'h') { return help(), 0; }
            versions += *letter == 'V';
            if (options[i].flag != NONE) { *((bool *)command + options[i].flag - 1) = true; }
            if (options[i].argument == NULL) { continue; }
            const char *value = letter[1] ? letter + 1 : ++at < argc ? argv[at] : NULL;
            if (value == NULL) { return unknown("Argument expected for the -%s option\n", text); }
            int status = apply_letter(command, *letter, value);
            if (status >= 0) { return status; }
            ended = command->code != NULL || command->module != NULL;
            break;
        }
    }
    if (versions > 0) { return version(versions), 0; }
    at -= ended; /* the command or module takes the place of the script in sys.argv */
    if (!ended && at < argc && strcmp(argv[at], "-") != 0) { command->script = argv[at]; }
    command->argv = (const char **)(uintptr_t)(argv + at);
    command->argc = argc - at;
    command->ignore_environment |= command->isolated;
    command->safe_path |= command->isolated;
    return -1;
}

const char *ou_environment(const Command *command, const char *name) {
    const char *value = command->ignore_environment ? NULL : getenv(name);
    return value != NULL && *value ? value : NULL;
}

bool ou_colors(const Command *command, int fd) {
    const char *own = ou_environment(command, "OURO_COLORS"), *none = getenv("NO_COLOR"),
               *force = getenv("FORCE_COLOR");
    const char *terminal = getenv("TERM");
    if (own != NULL && (strcmp(own, "0") == 0 || strcmp(own, "1") == 0)) { return *own == '1'; }
    if (none != NULL && *none) { return false; }
    if (force != NULL && *force) { return true; }
    return (terminal == NULL || strcmp(terminal, "dumb") != 0) && isatty(fd);
}

/* The parts of a variable, in a copy that stays until the process ends. */
static int split(const char *value, const char *separator, const char ***out, char **kept) {
    int count = 0;
    *kept = value != NULL ? strdup(value) : NULL;
    *out = *kept != NULL ? calloc(strlen(value) + 1, sizeof **out) : NULL;
    for (char *part = *kept; *out != NULL && part != NULL;) { (*out)[count++] = strsep(&part, separator); }
    return count;
}

int ou_read_environment(Command *command) {
    static char *kept[2];
    command->inspect |= ou_environment(command, "OUROINSPECT") != NULL;
    command->vm.unbuffered |= ou_environment(command, "OUROUNBUFFERED") != NULL;
    const char *seed = ou_environment(command, "OUROHASHSEED");
    if (seed != NULL && strcmp(seed, "random") != 0) {
        uint64_t number;
        const char *end;
        if (!parse_number(seed, &number, &end) || *end || number > UINT32_MAX) {
            fprintf(stderr, "ouro: OUROHASHSEED must be \"random\" or an integer in range [0; 4294967295]\n");
            return 1;
        }
    }
    command->path_count = split(ou_environment(command, "OUROPATH"), ":", &command->path, &kept[0]);
    /* Those of the environment are the weaker ones: first. */
    const char **warnings;
    int count = split(ou_environment(command, "OUROWARNINGS"), ",", &warnings, &kept[1]);
    size_t given = (size_t)command->vm.warning_count, more = (size_t)count;
    const char **all = realloc(warnings, (more + given + 1) * sizeof *all);
    if (all == NULL) {
        free(warnings);
        return 1;
    }
    memcpy(all + more, command->warnings, given * sizeof *all);
    free(command->warnings);
    command->warnings = all;
    command->vm.warning_count += count;
    return -1;
}
