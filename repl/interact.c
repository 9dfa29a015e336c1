/* The prompt. */
#include <errno.h>
#include <histedit.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "repl/repl.h"

static const char *prompt_text = ">>> ";
static char *prompt(EditLine *editor) { return (char *)(uintptr_t)prompt_text; }

int ou_interact(OuVM *vm, const Command *command) {
    EditLine *editor = el_init("ouro", stdin, stdout, stderr);
    History *past = history_init();
    HistEvent event;
    if (editor == NULL || past == NULL) { return 1; }
    history(past, &event, H_SETSIZE, 1000);
    el_set(editor, EL_PROMPT, prompt);
    el_set(editor, EL_EDITOR, "emacs");
    el_set(editor, EL_HIST, history, past);
    printf("Ouro " OURO_VERSION " on linux\nType \"exit()\" or Ctrl-D to leave.\n");
    OuConsole console = {.colors = false};
    ou_vm_make_known(vm, "_memory", "__memory__");
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
        if (length == 0 && ou_command(vm, &console, line)) {
            history(past, &event, H_ENTER, line);
            continue;
        }
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
        OuUsage before;
        ou_vm_usage(vm, &before);
        int outcome = ou_vm_interact(vm, entry, length, &status);
        if (outcome == 2) { continue; }
        ou_command_cost(vm, &console, &before);
        length = 0;
        if (outcome == 3) { break; }
        status = 0;
    }
    free(entry);
    history_end(past);
    el_end(editor);
    return status;
}
