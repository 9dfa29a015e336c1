/* Drives `ouro` on pseudo-terminals by scripts, with a small terminal of its own to see what a user sees.
 * usage: pty OURO SCRIPT...; ends with `N passed, M failed`. See tests/README.md for the commands of a script. */
#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>
#include <utmp.h>
#include <wchar.h>

#define ROWS_MAX 100
#define COLUMNS_MAX 250
#define SESSIONS 3
#define PATIENCE 10000 /* milliseconds for what must come */
#define QUIET 80       /* and of silence before something counts as not coming */

typedef struct Session {
    pid_t child; /* the job control in front of ouro; 0: none */
    int master, slave;
    int rows, columns;
    wchar_t screen[ROWS_MAX][COLUMNS_MAX][3]; /* a character and what combines with it */
    int row, column, saved_row, saved_column;
    bool cut;   /* rows do not wrap: the last column is written again and again */
    bool wraps; /* the last column is written: the next character begins a row */
    char sequence[64];
    int in_sequence; /* 0: none, else 1 + bytes of it */
    mbstate_t state;
    char *raw; /* output since the last send */
    size_t length, capacity;
} Session;

static Session sessions[SESSIONS], *now = sessions;
static const char *ouro, *script;
static int line_number, size_columns, size_rows;
static bool failed;

static void fail(const char *format, ...) {
    va_list args;
    va_start(args, format);
    printf("FAIL %s:%d: ", script, line_number);
    vprintf(format, args);
    printf("\n");
    va_end(args);
    failed = true;
}

static long milliseconds(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

/* --- the terminal ------------------------------------------------------------------------------------------------------- */

static void clear(int from_row, int from_column, int to_row, int to_column) {
    for (int row = from_row; row <= to_row; row++) {
        int begin = row == from_row ? from_column : 0, end = row == to_row ? to_column : COLUMNS_MAX;
        memset(now->screen[row][begin], 0, (size_t)(end - begin) * sizeof now->screen[0][0]);
    }
}

static void line_feed(void) {
    if (++now->row < now->rows) { return; }
    now->row = now->rows - 1;
    memmove(now->screen[0], now->screen[1], sizeof now->screen[0] * (ROWS_MAX - 1));
    clear(now->row, 0, now->row, COLUMNS_MAX);
}

static void put_character(wchar_t point) {
    int width = wcwidth(point);
    if (width == 0) {
        if (now->column > 0) { now->screen[now->row][now->column - 1][1] = point; }
        return;
    }
    if (!now->cut && (now->wraps || now->column + width > now->columns)) {
        now->column = 0;
        line_feed();
    }
    now->screen[now->row][now->column][0] = point;
    now->screen[now->row][now->column][1] = 0;
    if (width == 2) { now->screen[now->row][now->column + 1][0] = L'\1'; }
    now->column += width;
    now->wraps = !now->cut && now->column >= now->columns;
    if (now->column >= now->columns) { now->column = now->columns - 1; }
}

static void control_sequence(char final) {
    int first = atoi(now->sequence + 1), count = first > 0 ? first : 1;
    wchar_t(*row)[3] = now->screen[now->row];
    size_t cell = sizeof *row;
    now->wraps = false;
    switch (final) {
    case 'A': now->row -= count < now->row ? count : now->row; break;
    case 'B': now->row = now->row + count < now->rows ? now->row + count : now->rows - 1; break;
    case 'C': now->column = now->column + count < now->columns ? now->column + count : now->columns - 1; break;
    case 'D': now->column -= count < now->column ? count : now->column; break;
    case 'G': now->column = count - 1; break;
    case 'H': now->row = now->column = 0; break;
    case 'J': clear(first == 2 ? 0 : now->row, first == 2 ? 0 : now->column, now->rows - 1, COLUMNS_MAX); break;
    case 'K': clear(now->row, now->column, now->row, COLUMNS_MAX); break;
    case 'P':
        memmove(row[now->column], row[now->column + count], (size_t)(COLUMNS_MAX - now->column - count) * cell);
        break;
    case '@':
        memmove(row[now->column + count], row[now->column], (size_t)(COLUMNS_MAX - now->column - count) * cell);
        memset(row[now->column], 0, (size_t)count * cell);
        break;
    case 'h':
    case 'l':
        if (strncmp(now->sequence, "[?7", 3) == 0) { now->cut = final == 'l'; }
        break;
    case 'm': break;
    default: fail("the terminal does not know ESC %s", now->sequence);
    }
}

static void escape_byte(char byte) {
    now->sequence[now->in_sequence++ - 1] = byte;
    now->sequence[now->in_sequence - 1] = '\0';
    if (now->sequence[0] == '[') {
        if (now->in_sequence > 2 && byte >= '@' && byte <= '~') {
            now->in_sequence = 0;
            control_sequence(byte);
        }
        return;
    }
    now->in_sequence = 0;
    if (byte == '7') {
        now->saved_row = now->row;
        now->saved_column = now->column;
    } else if (byte == '8') {
        now->row = now->saved_row;
        now->column = now->saved_column;
        now->wraps = false;
    }
}

static void show_byte(char byte) {
    wchar_t point;
    if (now->in_sequence > 0) {
        escape_byte(byte);
    } else if (byte == '\033') {
        now->in_sequence = 1;
    } else if (byte == '\r' || byte == '\b') {
        now->column = byte == '\r' || now->column == 0 ? 0 : now->column - 1;
        now->wraps = false;
    } else if (byte == '\n') {
        now->wraps = false;
        line_feed();
    } else if ((unsigned char)byte >= ' ') {
        size_t used = mbrtowc(&point, &byte, 1, &now->state);
        if (used == 1) { put_character(point); }
        if (used == (size_t)-1) { memset(&now->state, 0, sizeof now->state); }
    }
}

/* The screen as text, a newline in front and after each row, without blanks at the end of rows and empty last rows. */
static char *screen_text(void) {
    static char text[ROWS_MAX * COLUMNS_MAX * 4];
    size_t length = 0, kept = 1;
    text[length++] = '\n';
    for (int row = 0; row < now->rows; row++) {
        size_t begin = length, end = length;
        for (int column = 0; column < now->columns; column++) {
            const wchar_t *cell = now->screen[row][column];
            if (cell[0] == L'\1') { continue; }
            for (int i = 0; i == 0 || (i < 2 && cell[i] != 0); i++) {
                char bytes[16];
                int used = wctomb(bytes, cell[i] != 0 ? cell[i] : L' ');
                memcpy(text + length, bytes, (size_t)(used > 0 ? used : 0));
                length += (size_t)(used > 0 ? used : 0);
            }
            if (cell[0] != 0 && cell[0] != L' ') { end = length; }
        }
        length = end;
        text[length++] = '\n';
        if (end > begin) { kept = length; }
    }
    text[kept] = '\0';
    return text;
}

/* --- what comes ------------------------------------------------------------------------------------------------------------ */

/* Takes what comes within the time from all sessions; false: nothing came from this one. */
static bool take(int time) {
    Session *wanted = now;
    struct pollfd inputs[SESSIONS];
    int count = 0;
    Session *of[SESSIONS];
    for (int i = 0; i < SESSIONS; i++) {
        if (sessions[i].master <= 0) { continue; }
        of[count] = &sessions[i];
        inputs[count++] = (struct pollfd){.fd = sessions[i].master, .events = POLLIN};
    }
    bool came = false;
    if (poll(inputs, (nfds_t)count, time) <= 0) { return false; }
    for (int i = 0; i < count; i++) {
        char bytes[65536];
        ssize_t got = inputs[i].revents & POLLIN ? read(inputs[i].fd, bytes, sizeof bytes) : 0;
        if (got <= 0) { continue; }
        now = of[i];
        came |= now == wanted;
        if (now->length + (size_t)got + 1 > now->capacity) {
            now->raw = realloc(now->raw, now->capacity = (now->capacity + (size_t)got) * 2 + 1);
        }
        memcpy(now->raw + now->length, bytes, (size_t)got);
        now->length += (size_t)got;
        now->raw[now->length] = '\0';
        for (ssize_t at = 0; at < got; at++) { show_byte(bytes[at]); }
    }
    now = wanted;
    return came;
}

static bool holds(const char *command, const char *text) {
    if (strcmp(command, "screen") == 0 || strcmp(command, "noscreen") == 0) {
        return strstr(screen_text(), text) != NULL;
    }
    return now->raw != NULL && memmem(now->raw, now->length, text, strlen(text)) != NULL;
}

static void expect(const char *command, const char *text, long patience) {
    long end = milliseconds() + patience;
    while (!holds(command, text)) {
        long left = end - milliseconds();
        if (left <= 0) {
            fail("%s: not seen: %s\n--- screen:%s--- since the last send: %s", command, text, screen_text(),
                 now->raw != NULL ? now->raw : "");
            return;
        }
        take((int)left);
    }
}

static void refuse(const char *command, const char *text) {
    while (take(QUIET)) {}
    if (holds(command, text)) {
        fail("%s: seen: %s\n--- screen:%s--- since the last send: %s", command, text, screen_text(), now->raw);
    }
}

/* --- what is done ------------------------------------------------------------------------------------------------------------ */

/* In front of ouro, as a shell with jobs is: says "[stopped]" when it stops, and a line then lets it go on. */
static void control_job(char **argv) {
    signal(SIGTTOU, SIG_IGN);
    pid_t job = fork();
    if (job == 0) {
        setpgid(0, 0);
        tcsetpgrp(0, getpid());
        signal(SIGTTOU, SIG_DFL);
        execv(ouro, argv);
        _exit(127);
    }
    setpgid(job, job);
    tcsetpgrp(0, job);
    for (int status; waitpid(job, &status, WUNTRACED) == job;) {
        char line[256];
        if (WIFEXITED(status)) { _exit(WEXITSTATUS(status)); }
        if (WIFSIGNALED(status)) { _exit(128 + WTERMSIG(status)); }
        tcsetpgrp(0, getpid());
        if (write(1, "[stopped]\r\n", 11) < 0 || read(0, line, sizeof line) <= 0) { _exit(99); }
        tcsetpgrp(0, job);
        kill(-job, SIGCONT);
    }
    _exit(98);
}

static void start(char *arguments) {
    char *argv[40] = {strdup("ouro")};
    int count = 1;
    for (char *word; count < 39 && (word = strsep(&arguments, " ")) != NULL;) {
        if (*word) { argv[count++] = word; }
    }
    memset(now, 0, offsetof(Session, raw));
    now->length = 0;
    now->rows = size_rows;
    now->columns = size_columns;
    struct winsize size = {.ws_row = (unsigned short)size_rows, .ws_col = (unsigned short)size_columns};
    if (openpty(&now->master, &now->slave, NULL, NULL, &size) < 0) {
        fail("no pseudo-terminal");
        return;
    }
    fcntl(now->master, F_SETFD, FD_CLOEXEC);
    fcntl(now->slave, F_SETFD, FD_CLOEXEC);
    now->child = fork();
    if (now->child == 0) {
        login_tty(dup(now->slave));
        control_job(argv);
    }
}

static void send_bytes(const char *bytes, size_t length) {
    while (take(0)) {}
    now->length = 0;
    if (now->raw != NULL) { now->raw[0] = '\0'; }
    for (size_t sent = 0; sent < length;) { /* what comes back meanwhile is taken, or both sides would wait */
        ssize_t part = write(now->master, bytes + sent, length - sent > 512 ? 512 : length - sent);
        if (part < 0) { return; }
        sent += (size_t)part;
        take(0);
    }
}

/* Undoes \r \n \t \e \xHH and \\ in place. */
static size_t unescape(char *text) {
    char *out = text;
    for (char *at = text; *at; at++) {
        if (*at != '\\') {
            *out++ = *at;
            continue;
        }
        at++;
        unsigned value;
        if (*at == 'x' && sscanf(at + 1, "%2x", &value) == 1) {
            *out++ = (char)value;
            at += 2;
        } else {
            *out++ = *at == 'r' ? '\r' : *at == 'n' ? '\n' : *at == 't' ? '\t' : *at == 'e' ? '\033' : *at;
        }
    }
    *out = '\0';
    return (size_t)(out - text);
}

static int signal_number(const char *name) {
    static const struct {
        const char *name;
        int number;
    } signals[] = {{"INT", SIGINT},   {"TERM", SIGTERM},   {"HUP", SIGHUP},   {"SEGV", SIGSEGV},
                   {"ABRT", SIGABRT}, {"WINCH", SIGWINCH}, {"STOP", SIGSTOP}, {"CONT", SIGCONT}};
    for (size_t i = 0; i < sizeof signals / sizeof *signals; i++) {
        if (strcmp(signals[i].name, name) == 0) { return signals[i].number; }
    }
    return 0;
}

static void check_status(const char *text) {
    int wanted = isdigit((unsigned char)*text) ? atoi(text) : 128 + signal_number(text), status = 0;
    long end = milliseconds() + PATIENCE;
    while (waitpid(now->child, &status, WNOHANG) == 0) {
        if (milliseconds() > end) {
            fail("it does not end\n--- screen:%s", screen_text());
            return;
        }
        take(20);
    }
    now->child = 0;
    while (take(QUIET)) {}
    int got = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    if (got != wanted) { fail("status %d, not %d\n--- screen:%s", got, wanted, screen_text()); }
}

/* A terminal in order reads lines and echoes. */
static void check_mode(const char *text) {
    struct termios mode;
    bool lines = strcmp(text, "lines") == 0;
    for (long end = milliseconds() + PATIENCE; milliseconds() < end; take(20)) {
        if (tcgetattr(now->slave, &mode) == 0 && ((mode.c_lflag & ICANON) != 0) == lines) { return; }
    }
    fail("the terminal is not in mode %s", text);
}

static void resize(const char *text) {
    sscanf(text, "%d %d", &size_columns, &size_rows);
    if (now->child == 0) { return; }
    struct winsize size = {.ws_row = (unsigned short)size_rows, .ws_col = (unsigned short)size_columns};
    for (int above = now->row + 1 - size_rows; above > 0; above--, now->row--) { /* the cursor stays to be seen */
        memmove(now->screen[0], now->screen[1], sizeof now->screen[0] * (ROWS_MAX - 1));
    }
    now->rows = size_rows;
    now->columns = size_columns;
    ioctl(now->master, TIOCSWINSZ, &size);
}

/* An entry that is alone on the screen must look the same when it is drawn anew. */
static void check_redraw(void) {
    while (take(QUIET)) {}
    char *before = strdup(screen_text());
    int row = now->row, column = now->column;
    send_bytes("\f", 1);
    while (take(QUIET)) {}
    if (strcmp(before, screen_text()) != 0 || row != now->row || column != now->column) {
        fail("redrawn it looks different, cursor %d %d, then %d %d\n--- before:%s--- after:%s", row, column, now->row,
             now->column, before, screen_text());
    }
    free(before);
}

static void run_command(const char *command, char *text) {
    size_t length = unescape(text);
    if (strcmp(command, "start") == 0) {
        start(text);
    } else if (strcmp(command, "session") == 0) {
        now = &sessions[atoi(text) % SESSIONS];
    } else if (strcmp(command, "env") == 0) {
        putenv(strdup(text)); /* NAME alone: not set */
    } else if (strcmp(command, "size") == 0) {
        resize(text);
    } else if (strcmp(command, "send") == 0) {
        send_bytes(text, length);
    } else if (strcmp(command, "repeat") == 0) { /* COUNT TEXT, % is the number */
        char *end, *all = NULL;
        size_t size;
        long count = strtol(text, &end, 10);
        FILE *out = open_memstream(&all, &size);
        for (long i = 0; i < count; i++) {
            for (const char *at = end + 1; *at; at++) { *at == '%' ? fprintf(out, "%ld", i) : fputc(*at, out); }
        }
        fclose(out);
        send_bytes(all, size);
        free(all);
    } else if (strcmp(command, "expect") == 0 || strcmp(command, "screen") == 0) {
        expect(command, text, PATIENCE);
    } else if (strcmp(command, "within") == 0) { /* MILLISECONDS TEXT */
        char *end;
        long time = strtol(text, &end, 10);
        expect("expect", end + 1, time);
    } else if (strcmp(command, "refuse") == 0 || strcmp(command, "noscreen") == 0) {
        refuse(command, text);
    } else if (strcmp(command, "signal") == 0) {
        kill(-tcgetpgrp(now->master), signal_number(text));
    } else if (strcmp(command, "status") == 0) {
        check_status(text);
    } else if (strcmp(command, "mode") == 0) {
        check_mode(text);
    } else if (strcmp(command, "redraw") == 0) {
        check_redraw();
    } else if (strcmp(command, "shell") == 0) {
        if (system(text) != 0) { fail("shell: %s", text); }
    } else {
        fail("unknown command %s", command);
    }
}

static void end_sessions(void) {
    for (int i = 0; i < SESSIONS; i++) {
        if (sessions[i].child > 0) {
            kill(-tcgetpgrp(sessions[i].master), SIGKILL);
            kill(sessions[i].child, SIGKILL);
            waitpid(sessions[i].child, NULL, 0);
        }
        if (sessions[i].master > 0) {
            close(sessions[i].master);
            close(sessions[i].slave);
        }
        sessions[i].child = sessions[i].master = 0;
    }
    now = sessions;
}

/* A script runs in a process and a directory of its own. */
static bool run_script(const char *name) {
    char directory[] = "/tmp/ouro-pty-XXXXXX", line[8192];
    FILE *file = fopen(name, "r");
    if (file == NULL || mkdtemp(directory) == NULL) {
        printf("FAIL %s: %s\n", name, strerror(errno));
        return false;
    }
    fflush(stdout);
    pid_t child = fork();
    if (child == 0) {
        char *sanitizer = getenv("ASAN_OPTIONS"); /* libedit itself leaks the names of functions added to it */
        sanitizer = sanitizer != NULL ? strdup(sanitizer) : NULL;
        clearenv();
        if (sanitizer != NULL) { setenv("ASAN_OPTIONS", sanitizer, 1); }
        setenv("HOME", directory, 1);
        setenv("PATH", "/usr/local/bin:/usr/bin:/bin", 1);
        setenv("TERM", "xterm", 1);
        setenv("LC_ALL", "C.UTF-8", 1);
        setenv("OURO", ouro, 1);
        setenv("NO_COLOR", "1", 1);
        if (chdir(directory) < 0) { _exit(2); }
        script = name;
        size_columns = 80;
        size_rows = 24;
        while (!failed && fgets(line, sizeof line, file) != NULL) {
            line_number++;
            line[strcspn(line, "\n")] = '\0';
            char *text = line + strcspn(line, " ");
            if (*text) { *text++ = '\0'; }
            if (*line != '\0' && *line != '#') { run_command(line, text); }
        }
        end_sessions();
        fflush(stdout);
        _exit(failed);
    }
    int status;
    fclose(file);
    bool good = waitpid(child, &status, 0) == child && WIFEXITED(status) && WEXITSTATUS(status) == 0;
    char command[64];
    snprintf(command, sizeof command, "rm -rf %s", directory);
    return system(command) == 0 && good;
}

int main(int argc, char **argv) {
    int passed = 0, count = argc - 2;
    setlocale(LC_CTYPE, "C.UTF-8");
    signal(SIGPIPE, SIG_IGN);
    if (argc < 2) { return 2; }
    ouro = realpath(argv[1], NULL);
    for (int i = 2; i < argc; i++) { passed += run_script(argv[i]); }
    printf("%d passed, %d failed\n", passed, count - passed);
    return passed == count ? 0 : 1;
}
