/* What vm/lib/_console.py cannot do itself: look into directories, and page. */
#include <dirent.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "vm/io.h"
#include "vm/lib/lib.h"
#include "vm/objects/help.h"

static int append_text(OuVM *vm, OuValue list, const char *text) {
    OuValue name = ou_str_from_text(vm, text);
    return name == OU_NOTHING ? -1 : ou_list_append_take(vm, ou_as_list(list), name);
}

/* The names of modules without a file; or, for a directory, of what lies in it: nothing when it cannot be read. */
static OU_NATIVE(console_names) {
    char path[4096];
    OuValue *scratch = args + nargs;
    scratch[0] = ou_word(ou_list_new(vm, 0));
    int status = scratch[0] == OU_NOTHING ? -1 : 0;
    if (args[0] == OU_NONE) {
        const char *name;
        for (size_t i = 0; status == 0 && (name = ou_frozen_name(i)) != NULL; i++) {
            status = append_text(vm, scratch[0], name);
        }
        for (size_t i = 0; status == 0 && ou_native_modules[i] != NULL; i++) {
            status = append_text(vm, scratch[0], ou_native_modules[i]->name);
        }
    } else if (ou_is_str(args[0]) && ou_str_copy_utf8(ou_as_str(args[0]), path, sizeof path)) {
        DIR *directory = opendir(*path ? path : ".");
        for (struct dirent *entry; status == 0 && directory != NULL && (entry = readdir(directory)) != NULL;) {
            status = append_text(vm, scratch[0], entry->d_name);
        }
        if (directory != NULL) { closedir(directory); }
    }
    return status < 0 ? OU_NOTHING : ou_reg_take(&scratch[0]);
}

/* Shows a text through the user's pager. False: this is not the place for one. */
static OU_NATIVE(console_page) {
    const char *names[] = {getenv("MANPAGER"), getenv("PAGER"), "less"}, *pager = NULL, *terminal = getenv("TERM");
    for (size_t i = 0; pager == NULL; i++) { pager = names[i] != NULL && *names[i] ? names[i] : NULL; }
    if (!isatty(0) || !isatty(1) || terminal == NULL || strcmp(terminal, "dumb") == 0) { return ou_incref(OU_FALSE); }
    ou_file_flush_std(vm);
    void (*interrupt)(int) = signal(SIGINT, SIG_IGN);
    FILE *pipe = popen(pager, "we");
    if (pipe != NULL) { ou_str_print(ou_as_str(args[0]), pipe); }
    int status = pipe != NULL ? pclose(pipe) : -1;
    signal(SIGINT, interrupt);
    return ou_new_bool(status >= 0 && status >> 8 != 127); /* 127: the shell knows no such command */
}

static const OuNativeDef console_functions[] = {{"_names", console_names, "Names of modules or files.", 1, 1, 0, 1},
                                                {"_page", console_page, "Shows a text through a pager.", 1, 1},
                                                OU_DEF_END};

const OuNativeModule ou_console_module = {"_prompt", console_functions, NULL, "What the prompt needs.", "_console"};
