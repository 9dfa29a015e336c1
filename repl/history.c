/* The history file of the prompt: an entry a line, newlines in it written as \n and backslashes as \\. Entries are
 * appended one by one under a lock, and nothing else is ever written, so sessions at the same time lose nothing and a
 * damaged file stays as it is. */
#include <errno.h>
#include <fcntl.h>
#include <histedit.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "repl/repl.h"

#define ENTRIES_MAX 10000
#define BYTES_MAX (64 << 20) /* of the file's end that are looked at */

struct Past {
    History *list;
    char path[PATH_MAX];
    int fd; /* -1: nothing is written */
    char *last;
};

static void make_directories(char *path) {
    for (char *slash = strchr(path + 1, '/'); slash != NULL; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        mkdir(path, 0700);
        *slash = '/';
    }
}

/* False: no history is kept. */
static bool find_path(const Command *command, char path[PATH_MAX]) {
    const char *own = command->ignore_environment ? NULL : getenv("OURO_HISTORY"), *home = getenv("HOME");
    const char *state = getenv("XDG_STATE_HOME");
    if (command->isolated || (own != NULL && *own == '\0')) { return false; }
    if (own != NULL) { return snprintf(path, PATH_MAX, "%s", own) < PATH_MAX; }
    if (home != NULL && snprintf(path, PATH_MAX, "%s/.ouro_history", home) < PATH_MAX && access(path, F_OK) == 0) {
        return true;
    }
    bool absolute = state != NULL && *state == '/';
    if (!absolute && (home == NULL || *home == '\0')) { return false; }
    return snprintf(path, PATH_MAX, "%s%s/ouro/history", absolute ? state : home, absolute ? "" : "/.local/state") <
           PATH_MAX;
}

/* Undoes the escapes in place. False: this line was never written by us. */
static bool unescape(char *line, size_t length) {
    char *out = line;
    for (const char *at = line, *end = line + length; at < end; at++) {
        char byte = *at;
        if (byte == '\\' && (++at == end || strchr("\\nr", *at) == NULL)) { return false; }
        if (byte == '\0') { return false; }
        *out++ = byte != '\\' ? byte : *at == 'n' ? '\n' : *at == 'r' ? '\r' : '\\';
    }
    *out = '\0';
    return mbstowcs(NULL, line, 0) != (size_t)-1;
}

static void load(Past *self) {
    HistEvent event;
    struct stat info;
    int fd = open(self->path, O_RDONLY | O_CLOEXEC);
    if (fd < 0 || fstat(fd, &info) < 0 || !S_ISREG(info.st_mode)) {
        if (fd >= 0) { close(fd); }
        return;
    }
    size_t size = info.st_size < BYTES_MAX ? (size_t)info.st_size : BYTES_MAX;
    char *text = malloc(size + 1);
    ssize_t got = text != NULL ? pread(fd, text, size, info.st_size - (off_t)size) : -1;
    close(fd);
    char *end = text + (got > 0 ? got : 0), *at = end;
    for (int count = 0; at > text && count <= ENTRIES_MAX; at--) { count += at[-1] == '\n' && at < end; }
    at += at > text || (at < end && *at == '\n');
    size_t damaged = 0;
    for (char *stop; at < end; at = stop + 1) {
        stop = memchr(at, '\n', (size_t)(end - at));
        if (stop == NULL) { stop = end; }
        if (stop == at) { continue; }
        if (unescape(at, (size_t)(stop - at))) {
            history(self->list, &event, H_ENTER, at);
        } else {
            damaged++;
        }
    }
    free(text);
    if (damaged > 0) {
        fprintf(stderr, "ouro: warning: %zu lines of the history file %s are damaged and were left out\n", damaged,
                self->path);
    }
}

static void warn_unwritable(Past *self) {
    fprintf(stderr, "ouro: warning: the history file %s cannot be written: %s\n", self->path, strerror(errno));
    if (self->fd >= 0) { close(self->fd); }
    self->fd = -1;
}

Past *ou_past_open(const Command *command) {
    HistEvent event;
    Past *self = calloc(1, sizeof *self);
    if (self == NULL || (self->list = history_init()) == NULL) {
        free(self);
        return NULL;
    }
    history(self->list, &event, H_SETSIZE, ENTRIES_MAX);
    history(self->list, &event, H_SETUNIQUE, 1);
    self->fd = -1;
    if (find_path(command, self->path)) {
        make_directories(self->path);
        load(self);
        self->fd = open(self->path, O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
        if (self->fd < 0) { warn_unwritable(self); }
    }
    return self;
}

History *ou_past_list(Past *self) { return self->list; }

/* The entry in the form of the file, with the newline that a line torn off by a crash lacks in front. */
static bool append(Past *self, const char *entry) {
    char *line = malloc(strlen(entry) * 2 + 2), *out = line;
    if (line == NULL) { return true; }
    char last = '\n';
    flock(self->fd, LOCK_EX);
    off_t size = lseek(self->fd, 0, SEEK_END);
    if (size > 0 && pread(self->fd, &last, 1, size - 1) == 1 && last != '\n') { *out++ = '\n'; }
    for (; *entry; entry++) {
        if (strchr("\\\n\r", *entry) != NULL) { *out++ = '\\'; }
        *out++ = *entry == '\n' ? 'n' : *entry == '\r' ? 'r' : *entry;
    }
    *out++ = '\n';
    ssize_t written = write(self->fd, line, (size_t)(out - line));
    flock(self->fd, LOCK_UN);
    free(line);
    return written == out - line;
}

void ou_past_add(Past *self, const char *entry) {
    HistEvent event;
    bool same = self->last != NULL && strcmp(self->last, entry) == 0;
    if (same) { return; }
    free(self->last);
    self->last = strdup(entry);
    history(self->list, &event, H_ENTER, entry);
    if (self->fd >= 0 && !append(self, entry)) { warn_unwritable(self); }
}

void ou_past_close(Past *self) {
    if (self == NULL) { return; }
    history_end(self->list);
    if (self->fd >= 0) { close(self->fd); }
    free(self->last);
    free(self);
}
