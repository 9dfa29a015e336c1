/* The text of one compilation unit.
 *
 * Holds the text as the lexer wants it: valid UTF-8, no byte order mark, no NUL, every line ending a single '\n', a
 * '\n' at the end. Lines are found by an index built once. All memory is the arena's. */
#ifndef OU_COMPILER_SOURCE_H
#define OU_COMPILER_SOURCE_H

#include <stdarg.h>

#include "compiler/unit.h"
#include "gc/arena.h"

typedef enum OuErrorKind {
    OU_ERR_NONE = 0,
    OU_ERR_SYNTAX,      /* SyntaxError */
    OU_ERR_INDENTATION, /* IndentationError */
    OU_ERR_TAB,         /* TabError */
    OU_ERR_MEMORY,      /* MemoryError: the arena could not grow */
    OU_ERR_RECURSION,   /* nested too deeply for the parser; raised as SyntaxError */
    OU_ERR_VALUE        /* ValueError: null bytes, as compile() raises it */
} OuErrorKind;

/* line 0: no position is known (CPython shows None or 0). Columns are 1-based and count characters as CPython's
 * `offset` does, not bytes; 0 or -1 are passed through where CPython shows them. */
typedef struct OuSyntaxError {
    OuErrorKind kind;
    int line;
    int col;
    int end_line;
    int end_col;
    bool incomplete; /* the text ended where more could follow */
    bool open;       /* ... inside brackets or a string, or behind a backslash */
    char message[256];
} OuSyntaxError;

typedef enum OuSourceOrigin {
    OU_SOURCE_STRING, /* compile(), exec(), -c: errors in encoding are worded for strings */
    OU_SOURCE_FILE    /* a file: PEP 263 wording and cookie */
} OuSourceOrigin;

typedef struct OuSource {
    const char *name; /* file name as shown; copied into the arena */
    const char *text; /* NUL behind the end */
    size_t len;
    uint32_t line_count;
    const uint32_t *line_starts; /* line_count + 1 offsets */
} OuSource;

/* False: `err` is filled. */
bool ou_source_init(OuSource *self, OuArena *arena, const char *name, const char *bytes, size_t len,
                    OuSourceOrigin origin, OuSyntaxError *err);
/* Line `n` (1-based) without its line end; NULL when there is no such line. */
const char *ou_source_line(const OuSource *self, uint32_t n, size_t *len);
/* Characters in the first `bytes` bytes of line `n`: byte column to character column. */
int ou_source_char_col(const OuSource *self, uint32_t n, uint32_t bytes);

/* The first error wins: does nothing when `err` already holds one. Returns false, for callers to return. */
__attribute__((format(printf, 7, 8))) bool ou_source_error(OuSyntaxError *err, OuErrorKind kind, int line, int col,
                                                           int end_line, int end_col, const char *format, ...);
bool ou_source_no_memory(OuSyntaxError *err);
/* A SyntaxError at a place given in bytes. */
void ou_source_error_at(OuSyntaxError *err, const OuSource *source, OuPosition at, const char *format, va_list args);

#endif
