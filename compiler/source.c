/* Source text: decoding, line ends, line index, and the one function that fills an OuSyntaxError. See source.h. */
#include "compiler/source.h"

#include <stdio.h>
#include <string.h>
#include <ctype.h>
#include <utf8proc.h>

bool ou_source_error(OuSyntaxError *err, OuErrorKind kind, int line, int col, int end_line, int end_col,
                     const char *format, ...) {
    if (err->kind != OU_ERR_NONE) { return false; }
    err->kind = kind;
    err->line = line;
    err->col = col;
    err->end_line = end_line;
    err->end_col = end_col;
    va_list args;
    va_start(args, format);
    vsnprintf(err->message, sizeof err->message, format, args);
    va_end(args);
    return false;
}

bool ou_source_no_memory(OuSyntaxError *err) {
    *err = (OuSyntaxError){0};
    return ou_source_error(err, OU_ERR_MEMORY, 0, 0, 0, 0, "out of memory");
}

void ou_source_error_at(OuSyntaxError *err, const OuSource *source, OuPosition at, const char *format, va_list args) {
    char text[200];
    vsnprintf(text, sizeof text, format, args);
    ou_source_error(err, OU_ERR_SYNTAX, (int)at.line, ou_source_char_col(source, at.line, at.column) + 1,
                    (int)at.end_line, ou_source_char_col(source, at.end_line, at.end_column) + 1, "%s", text);
}

/* Length of the valid UTF-8 sequence at `p`, 0 when it is malformed. */
static size_t utf8_length(const unsigned char *p, size_t left) {
    int32_t code;
    if (p[0] < 0x80) { return 1; }
    utf8proc_ssize_t size = utf8proc_iterate(p, (utf8proc_ssize_t)left, &code);
    return size > 0 ? (size_t)size : 0;
}

static bool check_encoding(const OuSource *self, const char *bytes, size_t len, OuSourceOrigin origin,
                           OuSyntaxError *err) {
    const unsigned char *text = (const unsigned char *)bytes;
    int line = 1;
    for (size_t i = 0; i < len;) {
        if (text[i] == '\0') {
            return origin == OU_SOURCE_FILE
                       ? ou_source_error(err, OU_ERR_SYNTAX, line, 0, line, 0, "source code cannot contain null bytes")
                       : ou_source_error(err, OU_ERR_VALUE, 0, 0, 0, 0, "source code string cannot contain null bytes");
        }
        size_t n = utf8_length(text + i, len - i);
        if (n == 0 && origin == OU_SOURCE_FILE) {
            return ou_source_error(err, OU_ERR_SYNTAX, line, 0, line, 0,
                                   "Non-UTF-8 code starting with '\\x%.2x' in file %.100s on line %d, but no "
                                   "encoding declared; see https://peps.python.org/pep-0263/ for details",
                                   text[i], self->name, line);
        }
        if (n == 0) {
            bool is_start = text[i] >= 0xc2 && text[i] < 0xf5;
            bool at_end = is_start && i + 1 >= len;
            return ou_source_error(err, OU_ERR_SYNTAX, 0, 0, 0, 0,
                                   "(unicode error) 'utf-8' codec can't decode byte 0x%02x in position %zu: %s",
                                   text[i], i,
                                   at_end     ? "unexpected end of data"
                                   : is_start ? "invalid continuation byte"
                                              : "invalid start byte");
        }
        /* a lone '\r' ends a line, the one in "\r\n" does not end two */
        line += text[i] == '\n' || (text[i] == '\r' && !(i + 1 < len && text[i + 1] == '\n'));
        i += n;
    }
    return true;
}

static bool is_utf8_name(const char *name) {
    char plain[16];
    size_t n = 0;
    for (; *name != '\0' && n < sizeof plain - 1; name++) {
        plain[n++] = (char)(*name == '_' ? '-' : tolower((unsigned char)*name));
    }
    plain[n] = '\0';
    static const char *const known[] = {"utf-8", "utf8", "ascii", "us-ascii", "u8", "utf"};
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        if (strcmp(plain, known[i]) == 0) { return true; }
    }
    return strncmp(plain, "utf-8-", 6) == 0;
}

static const char blanks[] = " \t\f";

/* Length of the name declared by `coding[:=]\s*NAME` in the comment line, which begins at `*name`; 0: there is none. */
static size_t find_cookie(const char *line, size_t len, const char **name) {
    static const char name_chars[] = "-_.0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    for (size_t i = 0; i + 7 <= len; i++) {
        if (memcmp(line + i, "coding", 6) == 0 && (line[i + 6] == ':' || line[i + 6] == '=')) {
            *name = line + i + 7 + strspn(line + i + 7, " \t");
            return strspn(*name, name_chars);
        }
    }
    return 0;
}

/* Only UTF-8 is read, whatever the first two lines say; the second counts when the first holds no code. */
static bool check_cookie(const OuSource *self, OuSyntaxError *err) {
    for (uint32_t n = 1; n <= 2 && n <= self->line_count; n++) {
        size_t len;
        const char *line = ou_source_line(self, n, &len);
        size_t indent = strspn(line, blanks);
        if (line[indent] != '#' && line[indent] != '\n') { return true; }
        const char *name;
        size_t name_len = line[indent] == '#' ? find_cookie(line, len, &name) : 0;
        if (name_len > 0) {
            char cookie[64];
            snprintf(cookie, sizeof cookie, "%.*s", (int)name_len, name);
            return is_utf8_name(cookie) ||
                   ou_source_error(err, OU_ERR_SYNTAX, 0, 0, 0, 0, "encoding problem: %s", cookie);
        }
    }
    return true;
}

static size_t copy_lines(char *to, const char *bytes, size_t len) {
    size_t n = 0;
    for (size_t i = 0; i < len; i++) {
        if (bytes[i] != '\r') {
            to[n++] = bytes[i];
        } else if (i + 1 == len || bytes[i + 1] != '\n') {
            to[n++] = '\n';
        }
    }
    return n;
}

static bool index_lines(OuSource *self, OuArena *arena) {
    uint32_t lines = 0;
    for (size_t i = 0; i < self->len; i++) { lines += self->text[i] == '\n'; }
    uint32_t *starts = ou_arena_array(arena, (size_t)lines + 1, sizeof *starts);
    if (starts == NULL) { return false; }
    uint32_t n = 1;
    for (size_t i = 0; i < self->len; i++) {
        if (self->text[i] == '\n') { starts[n++] = (uint32_t)i + 1; }
    }
    self->line_count = lines;
    self->line_starts = starts;
    return true;
}

bool ou_source_init(OuSource *self, OuArena *arena, const char *name, const char *bytes, size_t len,
                    OuSourceOrigin origin, OuSyntaxError *err) {
    memset(self, 0, sizeof *self);
    memset(err, 0, sizeof *err);
    self->name = ou_arena_copy(arena, name, strlen(name));
    if (self->name == NULL) { goto no_memory; }
    if (len >= INT32_MAX) { return ou_source_error(err, OU_ERR_SYNTAX, 0, 0, 0, 0, "source is too large"); }
    if (len >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0) {
        bytes += 3;
        len -= 3;
    }
    if (!check_encoding(self, bytes, len, origin, err)) { return false; }
    char *text = ou_arena_array(arena, len + 2, 1);
    if (text == NULL) { goto no_memory; }
    size_t size = copy_lines(text, bytes, len);
    if (size > 0 && text[size - 1] != '\n') { text[size++] = '\n'; }
    self->text = text;
    self->len = size;
    if (!index_lines(self, arena)) { goto no_memory; }
    return origin != OU_SOURCE_FILE || check_cookie(self, err);

no_memory:
    return ou_source_no_memory(err);
}

const char *ou_source_line(const OuSource *self, uint32_t n, size_t *len) {
    if (n == 0 || n > self->line_count) {
        *len = 0;
        return NULL;
    }
    uint32_t start = self->line_starts[n - 1];
    *len = self->line_starts[n] - start - 1;
    return self->text + start;
}

int ou_source_char_col(const OuSource *self, uint32_t n, uint32_t bytes) {
    size_t len;
    const char *line = ou_source_line(self, n, &len);
    if (line == NULL) { return (int)bytes; }
    int chars = 0;
    for (uint32_t i = 0; i < bytes; i++) {
        /* columns past the end (an added newline) count one each */
        chars += i >= len || ((unsigned char)line[i] & 0xc0) != 0x80;
    }
    return chars;
}
