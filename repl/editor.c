/* Editing an entry of any number of lines with libedit.
 *
 * libedit knows one prompt and puts the further rows of a buffer at column 0. So it is told of no prompt, and of a
 * window that is narrower than the real one by the width of the prompts; what it writes comes through put(), which sets
 * a prompt before each row. For that it is taken some capabilities (see set_size), after which only these bytes concern
 * rows: \n one down, \r to the row's begin, \v one up, \f clears the screen.
 *
 * Keys that want more than a character of libedit's tables arrive in read_key(), which has codes of its own for them
 * (C1 control characters, which no keyboard sends). Signals are open only while it waits for a byte; all that follows
 * from one happens outside of the handler, but for those that end the process. */
#define _GNU_SOURCE
#include <errno.h>
#include <histedit.h>
#include <limits.h>
#include <poll.h>
#include <setjmp.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>
#include <wchar.h>
#include <wctype.h>

#include "repl/repl.h"

enum {
    KEY_PASTE = 0x80,
    KEY_UP,
    KEY_DOWN,
    KEY_NOW,
    KEY_ACCEPT,
    KEY_HOME = 0x86,
    KEY_END,
    KEY_EARLIER,
    KEY_LATER,
    KEY_MARK,
    KEY_CUT,
    KEY_RIGHT,
    KEY_LEFT,
    KEY_SEARCH,
    KEY_DELETE
};

/* Pastes in brackets; rows end with a \n and never by themselves. */
#define EDIT_ON "\033[?7l\033[?2004h"
#define EDIT_OFF "\033[?7h\033[?2004l"
#define PASTE_END "\033[201~"

struct Editor {
    OuVM *vm;
    EditLine *line;
    Past *past;
    FILE *screen;
    bool colors, sized; /* sized: libedit knows the window */
    bool ending;        /* the entry is accepted: rows get no prompt any more */
    char *prompts[3];   /* as they are drawn, of the same width; the third: blanks, where a line goes on */
    int width;          /* of a prompt */
    int rows, columns;  /* of the window, without the prompts */
    int above;          /* rows of the entry above it, when prompts were last mended */
    int column;         /* of the cursor, behind the prompt: see measure() */
    int cursor_row;     /* in the entry */
    /* It has characters that do not take one column, which libedit gets wrong: we draw it, and what libedit writes is
     * dropped. */
    bool odd, ours;
    int row, last_row; /* where libedit's cursor is, and the lowest row so far */
    char queue[16];    /* bytes to be read again */
    unsigned queued;
    wchar_t injected[4]; /* keys that a key stands for; 0: no more */
    bool searching;      /* in history, since the last key that ends that */
    unsigned keys, listed_at;
};

/* --- signals ---------------------------------------------------------------------------------------------------------- */

static const int watched[] = {SIGINT, SIGTSTP, SIGCONT, SIGWINCH},
                 deadly[] = {SIGHUP, SIGTERM, SIGQUIT, SIGSEGV, SIGBUS, SIGABRT, SIGFPE, SIGILL};
static struct sigaction watched_before[4], deadly_before[8];
static sigset_t watched_set, mask_before;
static struct termios cooked;
static volatile sig_atomic_t interrupted, suspended, resumed, resized, reading;
static sigjmp_buf leave_read;

static void note(int number) {
    *(number == SIGINT ? &interrupted : number == SIGTSTP ? &suspended : number == SIGCONT ? &resumed : &resized) = 1;
    if (reading) {
        reading = 0;
        siglongjmp(leave_read, 1);
    }
}

static void write_bytes(const char *bytes) {
    if (write(1, bytes, strlen(bytes)) < 0) { return; }
}

/* Puts the terminal in order and dies of the signal after all. */
static void die(int number) {
    write_bytes(EDIT_OFF "\r\n");
    tcsetattr(0, TCSANOW, &cooked);
    signal(number, SIG_DFL);
    raise(number);
}

static void watch(bool on) {
    struct sigaction noting = {.sa_handler = note}, dying = {.sa_handler = die, .sa_flags = SA_NODEFER};
    if (on) {
        interrupted = suspended = resumed = resized = 0;
        sigemptyset(&watched_set);
        for (int i = 0; i < 4; i++) { sigaddset(&watched_set, watched[i]); }
        sigprocmask(SIG_BLOCK, &watched_set, &mask_before);
    }
    for (int i = 0; i < 4; i++) {
        sigaction(watched[i], on ? &noting : &watched_before[i], on ? &watched_before[i] : NULL);
    }
    for (int i = 0; i < 8; i++) {
        sigaction(deadly[i], on ? &dying : &deadly_before[i], on ? &deadly_before[i] : NULL);
        if (on && deadly_before[i].sa_handler == SIG_IGN) { sigaction(deadly[i], &deadly_before[i], NULL); }
    }
    if (!on) { sigprocmask(SIG_SETMASK, &mask_before, NULL); }
}

/* --- the screen --------------------------------------------------------------------------------------------------------- */

/* A row of the entry begins; it is drawn from row `from` on. */
static void begin_row(Editor *self, int row, bool starts, int from) {
    if (row > from) { write_bytes("\r\n"); }
    if (row >= from) { write_bytes(self->prompts[row == 0 ? 0 : starts ? 1 : 2]); }
}

static void put_character(wchar_t point, int width, const char *text, size_t used) {
    char shown[8] = "^?";
    if (point == '\t') {
        write_bytes(&"        "[8 - width]);
    } else if (iswcntrl((wint_t)point)) {
        if (point < ' ') { shown[1] = (char)(point ^ 64); }
        write_bytes(shown);
    } else {
        memcpy(shown, text, used);
        shown[used] = '\0';
        write_bytes(shown);
    }
}

/* How many rows the entry takes, as libedit lays it out, and the cursor's place; *starts: does a line of it begin on
 * that row? Draws the rows from `from` on. */
static int lay_out(Editor *self, int row, bool *starts, int from) {
    const LineInfo *info = el_line(self->line);
    mbstate_t state = {0};
    int at = 0, column = 0;
    wchar_t point;
    self->odd = false;
    *starts = row == 0;
    begin_row(self, 0, true, from);
    for (const char *text = info->buffer;;) {
        if (text == info->cursor) {
            self->column = column;
            self->cursor_row = at;
        }
        if (text >= info->lastchar) { break; }
        size_t used = mbrtowc(&point, text, (size_t)(info->lastchar - text), &state);
        if (used == 0 || used > 4) { break; }
        int width = point == '\t' ? 8 - column % 8 : point == '\n' ? 0 : wcwidth(point);
        if (width < 0) { width = 2; }
        self->odd |= point > '~' && width != 1;
        bool begins = point == '\n';
        if (begins || column + width > self->columns) {
            column = 0;
            if (++at == row) { *starts = begins; }
            begin_row(self, at, begins, from);
        }
        if (at >= from && !begins) { put_character(point, width, text, used); }
        text += used;
        column += width;
        if (column >= self->columns) {
            column = 0;
            if (++at == row) { *starts = false; }
            begin_row(self, at, false, from);
        }
    }
    return at + 1;
}

static int measure(Editor *self, int row, bool *starts) { return lay_out(self, row, starts, INT_MAX); }

/* Rows that are above the window: an entry that is higher is seen from its end. */
static int rows_above(Editor *self, int *total) {
    bool starts;
    *total = measure(self, 0, &starts);
    return *total > self->rows ? *total - self->rows : 0;
}

static void put_prompt(Editor *self) {
    bool starts;
    int total, row = self->row + rows_above(self, &total);
    if (self->ending) { return; }
    measure(self, row, &starts);
    write_bytes(self->prompts[row == 0 ? 0 : starts ? 1 : 2]);
}

static void to_column(Editor *self) {
    char right[16];
    snprintf(right, sizeof right, "\r\033[%dC", self->width + self->column);
    write_bytes(self->width + self->column > 0 ? right : "\r");
}

/* What libedit does not know of: prompts of rows that have no text and were never visited, or that the entry does not
 * have any more; and the first row's when the window begins elsewhere in the entry. */
static void mend_prompts(Editor *self) {
    int total, above = rows_above(self, &total), row = self->row, shown = total - above;
    if (self->ending || (above == self->above && self->last_row == shown - 1)) { return; }
    for (; self->row < shown - 1;) {
        write_bytes("\n");
        if (++self->row > self->last_row) { put_prompt(self); }
    }
    if (self->last_row >= shown) { write_bytes("\n\033[J\033[A"); }
    self->last_row = shown - 1;
    for (int up = above != self->above ? 0 : row; self->row > up; self->row--) { write_bytes("\033[A"); }
    if (above != self->above) {
        write_bytes("\r");
        put_prompt(self);
        self->above = above;
    }
    for (; self->row < row; self->row++) { write_bytes("\033[B"); }
    to_column(self);
}

/* Draws an entry that libedit cannot. */
static void paint(Editor *self) {
    bool starts;
    int total, from = rows_above(self, &total);
    for (; self->row > 0; self->row--) { write_bytes("\033[A"); }
    write_bytes("\r\033[J");
    lay_out(self, 0, &starts, from);
    self->last_row = total - 1 - from;
    self->above = from;
    for (self->row = self->last_row; self->row > self->cursor_row - from; self->row--) { write_bytes("\033[A"); }
    to_column(self);
}

static ssize_t put(void *cookie, const char *bytes, size_t length) {
    Editor *self = cookie;
    for (size_t at = self->ours ? length : 0; at < length; at++) {
        size_t plain = at;
        while (plain < length && strchr("\n\r\v\f", bytes[plain]) == NULL) { plain++; }
        if (plain > at && write(1, bytes + at, plain - at) < 0) { return 0; }
        if ((at = plain) == length) { break; }
        switch (bytes[at]) {
        case '\n':
            self->row += self->row + 1 < self->rows;
            write_bytes("\n");
            break;
        case '\r': write_bytes("\r"); break;
        case '\v':
            self->row -= self->row > 0;
            write_bytes("\033[A");
            continue;
        default: self->row = self->last_row = self->above = 0; write_bytes("\033[H\033[2J");
        }
        if (self->row > self->last_row) { self->last_row = self->row; }
        put_prompt(self);
    }
    return (ssize_t)length;
}

static void set_capability(Editor *self, const char *name, const char *value) {
    el_set(self->line, EL_SETTC, name, value, NULL);
}

/* libedit forgets what is on the screen with that: the cursor must stand behind a prompt on the first row. */
static void set_size(Editor *self) {
    struct winsize size = {0};
    char number[16];
    ioctl(1, TIOCGWINSZ, &size);
    self->columns = (size.ws_col > 0 ? size.ws_col : 80) - self->width;
    if (self->columns < 8) { self->columns = 8; }
    self->rows = size.ws_row > 0 ? size.ws_row : 24;
    snprintf(number, sizeof number, "%d", self->columns);
    set_capability(self, "am", "no"); /* see EDIT_ON */
    /* Tabulators and columns (ch) are elsewhere with a prompt in front; what inserts and deletes counts characters where
     * columns are meant. */
    set_capability(self, "pt", "no");
    static const char *const without[] = {"ch", "UP", "ic", "im", "IC", "dc", "dm", "DC"};
    for (size_t i = 0; i < sizeof without / sizeof *without; i++) { set_capability(self, without[i], ""); }
    set_capability(self, "up", "\v");
    set_capability(self, "cl", "\f");
    set_capability(self, "co", number);
    self->sized = true;
}

/* Moves below the entry. */
static void leave_rows(Editor *self) {
    fflush(self->screen);
    for (; self->row < self->last_row; self->row++) { write_bytes("\n"); }
    write_bytes("\r\n");
}

/* Draws everything again, on the row where the cursor is. */
static void draw(Editor *self) {
    self->row = self->last_row = self->above = 0;
    write_bytes("\r\033[J");
    write_bytes(self->prompts[0]);
    set_size(self);
    el_set(self->line, EL_REFRESH);
    fflush(self->screen);
    if (self->ours) { paint(self); }
}

static void suspend(Editor *self) {
    leave_rows(self);
    el_set(self->line, EL_PREP_TERM, 0);
    write_bytes(EDIT_OFF);
    signal(SIGTSTP, SIG_DFL);
    raise(SIGTSTP);
    sigprocmask(SIG_SETMASK, &mask_before, NULL); /* stops here */
    sigprocmask(SIG_BLOCK, &watched_set, NULL);
    signal(SIGTSTP, note);
    resumed = 1;
}

static void resume(Editor *self) {
    el_set(self->line, EL_PREP_TERM, 0); /* what the shell did to the terminal is unknown */
    el_set(self->line, EL_PREP_TERM, 1);
    write_bytes(EDIT_ON);
    draw(self);
}

static void redraw(Editor *self) {
    for (; self->row > 0; self->row--) { write_bytes("\033[A"); }
    draw(self);
}

/* What libedit left to do before the next key. */
static void show(Editor *self) {
    bool starts;
    measure(self, 0, &starts);
    if (self->odd) {
        self->ours = true;
        paint(self);
    } else if (self->ours) {
        self->ours = false;
        redraw(self);
    }
    if (!self->ours) { mend_prompts(self); }
}

/* --- keys ----------------------------------------------------------------------------------------------------------------- */

/* One byte; 0: end of input, or nothing within the time; -1: interrupted. */
static int next_byte(Editor *self, char *byte, int milliseconds) {
    if (self->queued > 0) {
        *byte = self->queue[0];
        memmove(self->queue, self->queue + 1, --self->queued);
        return 1;
    }
    for (;;) {
        if (suspended) { suspend(self); }
        if (resumed) { resume(self); }
        if (resized) { redraw(self); }
        suspended = resumed = resized = 0;
        if (interrupted) {
            errno = EINTR;
            return -1;
        }
        struct pollfd input = {.fd = 0, .events = POLLIN};
        struct timespec time = {0, milliseconds * 1000000L};
        int ready = ppoll(&input, 1, milliseconds >= 0 ? &time : NULL, &mask_before);
        /* With input there it lets no signal in: one that came before that input is to be seen before. */
        sigprocmask(SIG_SETMASK, &mask_before, NULL);
        sigprocmask(SIG_BLOCK, &watched_set, NULL);
        if (interrupted || suspended || resumed || resized) { continue; }
        if (ready == 0) { return 0; }
        volatile ssize_t got = -1;
        errno = EINTR;
        /* Ctrl-C takes away the input that ppoll() saw: the signal has to end the read, whenever it comes. */
        if (ready > 0 && sigsetjmp(leave_read, 0) == 0) {
            reading = 1;
            sigprocmask(SIG_SETMASK, &mask_before, NULL);
            got = read(0, byte, 1);
        }
        reading = 0;
        sigprocmask(SIG_BLOCK, &watched_set, NULL);
        if (got >= 0) { return (int)got; }
        if (errno != EINTR && errno != EAGAIN) { return 0; }
    }
}

/* Behind an escape: the code of a key we know, or 0, and then what came is read again. A sequence comes in one piece,
 * an escape typed by hand alone: vi's. */
static wchar_t escape(Editor *self) {
    static const struct {
        const char *bytes;
        wchar_t key;
    } keys[] = {{"[A", KEY_UP},    {"OA", KEY_UP},    {"[B", KEY_DOWN}, {"OB", KEY_DOWN}, {"[H", KEY_HOME},
                {"[C", KEY_RIGHT}, {"OC", KEY_RIGHT}, {"[D", KEY_LEFT}, {"OD", KEY_LEFT}, {"OH", KEY_HOME},
                {"[1~", KEY_HOME}, {"[F", KEY_END},   {"OF", KEY_END},  {"[4~", KEY_END}, {"[200~", KEY_PASTE},
                {"\r", KEY_NOW},   {"\n", KEY_NOW}};
    char seen[8] = "";
    for (size_t length = 0; length < sizeof seen - 1;) {
        if (next_byte(self, &seen[length], 25) <= 0) { break; }
        seen[++length] = '\0';
        bool begins = false;
        for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
            if (strcmp(keys[i].bytes, seen) == 0) { return keys[i].key; }
            begins |= strncmp(keys[i].bytes, seen, length) == 0;
        }
        if (!begins) { break; }
    }
    size_t length = strlen(seen);
    memmove(self->queue + length, self->queue, self->queued);
    memcpy(self->queue, seen, length);
    self->queued += (unsigned)length;
    return 0;
}

static Editor *editor_of(EditLine *line) {
    void *self;
    el_get(line, EL_CLIENTDATA, &self);
    return self;
}

/* EL_GETCFN: 1, 0 at the end of input, -1 interrupted. */
static int read_key(EditLine *line, wchar_t *key) {
    Editor *self = editor_of(line);
    mbstate_t state = {0};
    char byte;
    if (!self->sized) { set_size(self); }
    fflush(self->screen);
    if (!self->ending) { show(self); }
    self->keys++;
    *key = self->injected[0];
    memmove(self->injected, self->injected + 1, sizeof self->injected - sizeof *self->injected);
    if (*key != 0) { return 1; }
    for (;;) {
        int got = next_byte(self, &byte, -1);
        if (got <= 0) { return got; }
        size_t used = mbrtowc(key, &byte, 1, &state);
        if (used == (size_t)-1) { memset(&state, 0, sizeof state); } /* no UTF-8: as if it had not come */
        if (used < 2) { break; }
    }
    if (*key == '\033') {
        wchar_t special = escape(self);
        if (special != 0) { *key = special; }
    }
    /* What libedit's search takes for itself; any other key ends it. */
    self->searching &= iswprint((wint_t)*key) || wcschr(L"\r\n\b\177\022\023\027", *key) != NULL;
    return 1;
}

/* Lets libedit do what a key stands for. */
static unsigned char stand_for(Editor *self, wchar_t key) {
    self->injected[0] = key;
    return CC_NORM;
}

static unsigned char key_now(EditLine *line, int key) {
    Editor *self = editor_of(line);
    self->ending = true;
    return stand_for(self, KEY_ACCEPT);
}

static const char *line_start(const LineInfo *info) {
    const char *start = info->cursor;
    while (start > info->buffer && start[-1] != '\n') { start--; }
    return start;
}

static int count_characters(const char *from, const char *to) {
    int count = 0;
    for (; from < to; from++) { count += (*from & 0xc0) != 0x80; }
    return count;
}

/* Only blanks between the line's start and the cursor? */
static bool in_margin(const LineInfo *info) {
    const char *start = line_start(info);
    return strspn(start, " \t") >= (size_t)(info->cursor - start);
}

static unsigned char key_enter(EditLine *line, int key) {
    Editor *self = editor_of(line);
    const LineInfo *info = el_line(line);
    bool last = memchr(info->cursor, '\n', (size_t)(info->lastchar - info->cursor)) == NULL;
    OuEntry entry = ou_vm_check(self->vm, OU_ENTRY_SESSION, info->buffer, (size_t)(info->lastchar - info->buffer));
    bool complete = self->searching || entry <= OU_ENTRY_WRONG || info->buffer[0] == ':'; /* what was found is */
    if ((last || self->searching) && complete) { return key_now(line, key); }
    size_t before = (size_t)(info->cursor - info->buffer);
    entry = ou_vm_check(self->vm, OU_ENTRY_SESSION, info->buffer, before);
    char *indent = ou_vm_ask(self->vm, "_console", "indent", info->buffer, before, entry == OU_ENTRY_OPEN);
    el_insertstr(line, indent != NULL ? indent : "\n");
    free(indent);
    return CC_REFRESH;
}

static unsigned char key_vertical(EditLine *line, int key) {
    Editor *self = editor_of(line);
    const LineInfo *info = el_line(line);
    const char *start = line_start(info), *end = memchr(info->cursor, '\n', (size_t)(info->lastchar - info->cursor)),
               *to;
    bool up = key == KEY_UP || key == 'k' || key == ('P' & 31);
    if (up ? start == info->buffer : end == NULL) { return stand_for(self, up ? KEY_EARLIER : KEY_LATER); }
    int column = count_characters(start, info->cursor);
    if (up) {
        for (to = start - 1; to > info->buffer && to[-1] != '\n';) { to--; }
    } else {
        to = end + 1;
    }
    for (; column > 0 && to < info->lastchar && *to != '\n'; column--) {
        do { to++; } while (to < info->lastchar && (*to & 0xc0) == 0x80);
    }
    el_cursor(line, up ? -count_characters(to, info->cursor) : count_characters(info->cursor, to));
    return CC_REFRESH;
}

/* To the line's begin or end; libedit's own go to the entry's. */
static unsigned char key_edge(EditLine *line, int key) {
    const LineInfo *info = el_line(line);
    const char *end = memchr(info->cursor, '\n', (size_t)(info->lastchar - info->cursor));
    bool home = key == KEY_HOME || key == ('A' & 31);
    el_cursor(line, home ? -count_characters(line_start(info), info->cursor)
                         : count_characters(info->cursor, end != NULL ? end : info->lastchar));
    return CC_REFRESH;
}

/* Cuts from here to the end of the line, there the newline; or to the line's begin. libedit's own cut the entry's. */
static unsigned char key_kill(EditLine *line, int key) {
    Editor *self = editor_of(line);
    const LineInfo *info = el_line(line);
    bool back = key == ('U' & 31), at_end = info->cursor < info->lastchar && *info->cursor == '\n';
    if (info->cursor == (back ? line_start(info) : info->lastchar)) { return CC_ERROR; }
    self->injected[1] = back ? KEY_HOME : at_end ? KEY_RIGHT : KEY_END;
    self->injected[2] = KEY_CUT;
    return stand_for(self, KEY_MARK);
}

/* libedit's own writes ^D. */
static unsigned char key_end_of_file(EditLine *line, int key) {
    const LineInfo *info = el_line(line);
    return info->lastchar == info->buffer ? CC_EOF : stand_for(editor_of(line), KEY_DELETE);
}

static unsigned char key_search(EditLine *line, int key) {
    Editor *self = editor_of(line);
    self->searching = true;
    return stand_for(self, KEY_SEARCH);
}

/* In the margin a whole level goes. */
static unsigned char key_backspace(EditLine *line, int key) {
    const LineInfo *info = el_line(line);
    size_t column = (size_t)(info->cursor - line_start(info));
    if (info->cursor == info->buffer) { return CC_ERROR; }
    el_deletestr(line, column > 0 && in_margin(info) && info->cursor[-1] == ' ' ? (int)((column - 1) % 4) + 1 : 1);
    return CC_REFRESH;
}

static unsigned char key_paste(EditLine *line, int key) {
    Editor *self = editor_of(line);
    size_t length = 0, capacity = 0, end_length = strlen(PASTE_END);
    char *text = NULL, byte;
    while (next_byte(self, &byte, -1) > 0) {
        if (length + 2 > capacity) {
            char *grown = realloc(text, capacity = capacity * 2 + 4096);
            if (grown == NULL) { break; }
            text = grown;
        }
        text[length++] = byte == '\r' ? '\n' : byte;
        if (length >= end_length && memcmp(text + length - end_length, PASTE_END, end_length) == 0) {
            length -= end_length;
            break;
        }
    }
    size_t kept = 0;
    for (size_t i = 0; i < length; i++) { /* no control characters, and a tabulator is what the program has there */
        if ((unsigned char)text[i] >= ' ' || text[i] == '\n' || text[i] == '\t') { text[kept++] = text[i]; }
    }
    if (text != NULL) { text[kept] = '\0'; }
    const LineInfo *info = el_line(line);
    if (kept > 0 && (text[0] == ' ' || text[0] == '\t') && in_margin(info)) {
        el_deletestr(line, (int)(info->cursor - line_start(info))); /* it brings its own indentation */
    }
    int status = kept > 0 ? el_insertstr(line, text) : 0;
    free(text);
    return status < 0 ? CC_REFRESH_BEEP : CC_REFRESH;
}

/* Words in columns below the entry. */
static void list_words(Editor *self, const char *words) {
    char *table = ou_vm_ask(self->vm, "_console", "table", words, strlen(words), self->columns + self->width);
    leave_rows(self);
    write_bytes(table != NULL ? table : "");
    free(table);
    draw(self);
}

static unsigned char key_tab(EditLine *line, int key) {
    Editor *self = editor_of(line);
    const LineInfo *info = el_line(line);
    size_t column = (size_t)(info->cursor - line_start(info));
    int64_t cursor = count_characters(info->buffer, info->cursor);
    if (in_margin(info)) {
        el_insertstr(line, &"    "[column % 4]);
        return CC_REFRESH;
    }
    char *answer =
        ou_vm_ask(self->vm, "_console", "complete", info->buffer, (size_t)(info->lastchar - info->buffer), cursor);
    char *words = answer != NULL ? strchr(answer, '\n') : NULL;
    if (words != NULL) { *words++ = '\0'; }
    unsigned char done = CC_REFRESH_BEEP;
    if (words != NULL && *answer != '\0') {
        el_insertstr(line, answer);
        done = CC_REFRESH;
    } else if (words != NULL && self->listed_at + 1 == self->keys) {
        list_words(self, words);
        done = CC_NORM;
    }
    self->listed_at = self->keys;
    free(answer);
    return done;
}

/* --- the editor --------------------------------------------------------------------------------------------------------- */

static char *no_prompt(EditLine *line) {
    static char empty[] = "";
    return empty;
}

static void bind(EditLine *line) {
    static const struct {
        const char *name, *help;
        unsigned char (*function)(EditLine *, int);
    } functions[] = {{"ouro-enter", "Ends the entry or begins a line", key_enter},
                     {"ouro-now", "Ends the entry", key_now},
                     {"ouro-vertical", "Moves a line up or down, or in history", key_vertical},
                     {"ouro-backspace", "Deletes a character or a level", key_backspace},
                     {"ouro-edge", "Moves to the begin or end of the line", key_edge},
                     {"ouro-kill", "Cuts to the end or begin of the line", key_kill},
                     {"ouro-search", "Searches history", key_search},
                     {"ouro-end-of-file", "Leaves or deletes a character", key_end_of_file},
                     {"ouro-paste", "Takes a paste", key_paste},
                     {"ouro-tab", "Indents or completes", key_tab}};
    static const struct {
        const char *key, *function;
        bool both; /* in vi's command mode as well */
    } keys[] = {{"\r", "ouro-enter", true},
                {"\n", "ouro-enter", true},
                {"\t", "ouro-tab", false},
                {"\b", "ouro-backspace", false},
                {"\177", "ouro-backspace", false},
                {"\020", "ouro-vertical", true},
                {"\016", "ouro-vertical", true},
                {"\001", "ouro-edge", false},
                {"\005", "ouro-edge", false},
                {"\013", "ouro-kill", false},
                {"\025", "ouro-kill", false},
                {"\xc2\x86", "ouro-edge", true},
                {"\xc2\x87", "ouro-edge", true},
                {"\xc2\x80", "ouro-paste", true},
                {"\xc2\x81", "ouro-vertical", true},
                {"\xc2\x82", "ouro-vertical", true},
                {"\xc2\x83", "ouro-now", true},
                {"\xc2\x84", "ed-newline", true},
                {"\xc2\x88", "ed-prev-history", true},
                {"\xc2\x89", "ed-next-history", true},
                {"\xc2\x8a", "em-set-mark", true},
                {"\xc2\x8b", "em-kill-region", true},
                {"\xc2\x8c", "ed-next-char", true},
                {"\xc2\x8d", "ed-prev-char", true},
                {"\xc2\x8e", "em-inc-search-prev", true},
                {"\xc2\x8f", "ed-delete-next-char", true},
                {"\004", "ouro-end-of-file", false}};
    for (size_t i = 0; i < sizeof functions / sizeof *functions; i++) {
        el_set(line, EL_ADDFN, functions[i].name, functions[i].help, functions[i].function);
    }
    char *editor = NULL;
    el_get(line, EL_EDITOR, &editor);
    bool vi = editor != NULL && strcmp(editor, "vi") == 0;
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        el_set(line, EL_BIND, keys[i].key, keys[i].function, NULL);
        if (vi && keys[i].both) { el_set(line, EL_BIND, "-a", keys[i].key, keys[i].function, NULL); }
    }
    if (vi) {
        el_set(line, EL_BIND, "-a", "k", "ouro-vertical", NULL);
        el_set(line, EL_BIND, "-a", "j", "ouro-vertical", NULL);
    } else {
        el_set(line, EL_BIND, "\022", "ouro-search", NULL);
    }
}

Editor *ou_editor_new(OuVM *vm, const Command *command) {
    const char *terminal = getenv("TERM");
    if (terminal == NULL || *terminal == '\0' || strcmp(terminal, "dumb") == 0) { return NULL; }
    Editor *self = calloc(1, sizeof *self);
    if (self == NULL) { return NULL; }
    self->vm = vm;
    self->colors = ou_colors(command, 1);
    self->rows = 24;
    self->past = ou_past_open(command);
    self->screen = fopencookie(self, "w", (cookie_io_functions_t){.write = put});
    self->line = self->screen != NULL ? el_init_fd("ouro", stdin, self->screen, stderr, 0, 1, 2) : NULL;
    if (self->line == NULL || self->past == NULL) {
        ou_editor_free(self);
        return NULL;
    }
    el_set(self->line, EL_CLIENTDATA, self);
    el_set(self->line, EL_PROMPT, no_prompt);
    el_set(self->line, EL_EDITOR, "emacs");
    el_set(self->line, EL_HIST, history, ou_past_list(self->past));
    el_set(self->line, EL_GETCFN, read_key);
    el_source(self->line, NULL);
    el_set(self->line, EL_SIGNAL, 0);
    bind(self->line);
    return self;
}

void ou_editor_free(Editor *self) {
    if (self->line != NULL) { el_end(self->line); }
    if (self->screen != NULL) { fclose(self->screen); }
    for (int i = 0; i < 3; i++) { free(self->prompts[i]); }
    ou_past_close(self->past);
    free(self);
}

/* Columns of the last line of a prompt; what an escape sequence takes none. */
static int prompt_width(const char *text) {
    mbstate_t state = {0};
    int width = 0;
    for (wchar_t point; *text;) {
        if (text[0] == '\033' && text[1] == '[') {
            text += 2 + strcspn(text + 2, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");
            text += *text != '\0';
            continue;
        }
        size_t used = mbrtowc(&point, text, strlen(text), &state);
        if (used == 0 || used > 4) { break; }
        text += used;
        width = point == '\n' ? 0 : width + (wcwidth(point) > 0 ? wcwidth(point) : 0);
    }
    return width;
}

/* Both prompts, padded to the same width. */
static bool make_prompts(Editor *self) {
    char *texts[2];
    int widths[2];
    for (int i = 0; i < 2; i++) {
        texts[i] = ou_prompt(self->vm, i == 0 ? "ps1" : "ps2");
        widths[i] = prompt_width(texts[i]);
    }
    self->width = widths[widths[1] > widths[0]];
    for (int i = 0; i < 2; i++) {
        free(self->prompts[i]);
        self->prompts[i] = NULL;
        const char *line = i == 0 || strrchr(texts[i], '\n') == NULL ? texts[i] : strrchr(texts[i], '\n') + 1;
        if (asprintf(&self->prompts[i], "%s%s%s%*s", self->colors ? "\033[1;35m" : "", line,
                     self->colors ? "\033[0m" : "", self->width - widths[i], "") < 0) {
            self->prompts[i] = NULL;
        }
        free(texts[i]);
    }
    free(self->prompts[2]);
    if (asprintf(&self->prompts[2], "%*s", self->width, "") < 0) { self->prompts[2] = NULL; }
    return self->prompts[0] != NULL && self->prompts[1] != NULL && self->prompts[2] != NULL;
}

char *ou_editor_read(Editor *self, size_t *length, bool *interrupt) {
    int count = 0;
    *interrupt = false;
    if (!make_prompts(self)) { return NULL; }
    self->row = self->last_row = 0;
    self->sized = self->ending = self->ours = false;
    memset(self->injected, 0, sizeof self->injected);
    self->searching = false;
    tcgetattr(0, &cooked);
    watch(true);
    el_set(self->line, EL_PREP_TERM, 1); /* before somebody sees the prompt and types */
    write_bytes(EDIT_ON);
    write_bytes(self->prompts[0]);
    self->above = 0;
    /* A prompt of several lines is shown once. */
    char *last = strrchr(self->prompts[0], '\n');
    if (last != NULL) { memmove(self->prompts[0], last + 1, strlen(last)); }
    const char *text = el_gets(self->line, &count);
    *interrupt = text == NULL && interrupted;
    fflush(self->screen);
    if (text == NULL || self->ours) { leave_rows(self); }
    write_bytes(EDIT_OFF);
    watch(false);
    if (text == NULL || count <= 0) { return NULL; }
    char *entry = strndup(text, (size_t)count);
    *length = (size_t)count;
    if (entry == NULL) { return NULL; }
    size_t kept = *length;
    while (kept > 0 && strchr(" \t\n", entry[kept - 1]) != NULL) { kept--; }
    if (kept > 0) {
        char end = entry[kept];
        entry[kept] = '\0';
        ou_past_add(self->past, entry);
        entry[kept] = end;
    }
    return entry;
}
