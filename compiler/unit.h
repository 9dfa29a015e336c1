/* The result of compilation: plain C data in the arena, no heap values. vm/code.c turns it into code objects. */
#ifndef OU_COMPILER_UNIT_H
#define OU_COMPILER_UNIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define OU_NEAR_REGISTERS 200u /* named registers beyond these are far: temporaries need the rest of a byte */
#define OU_FAR_BASE 256u       /* where far locals lie in the window */

#define OU_UNIT_FUNCTION 1u /* has register locals; else a module or class body */
#define OU_UNIT_VARARGS 2u
#define OU_UNIT_VARKW 4u
#define OU_UNIT_GENERATOR 8u

typedef enum OuCompileMode {
    OU_COMPILE_FILE,
    OU_COMPILE_EVAL,   /* one expression */
    OU_COMPILE_SINGLE, /* one interactive statement */
    OU_COMPILE_SESSION /* any number of them */
} OuCompileMode;

typedef struct OuText {
    const char *bytes; /* UTF-8, zero-terminated */
    uint32_t length;
} OuText;

typedef enum OuUnitConstKind {
    OU_UNIT_NONE,
    OU_UNIT_TRUE,
    OU_UNIT_FALSE,
    OU_UNIT_ELLIPSIS,
    OU_UNIT_INT,
    OU_UNIT_BIGINT,
    OU_UNIT_FLOAT,
    OU_UNIT_STR,
    OU_UNIT_BYTES,
    OU_UNIT_TUPLE,
    OU_UNIT_CODE
} OuUnitConstKind;

typedef struct OuUnit OuUnit;

typedef struct OuUnitConst {
    OuUnitConstKind kind;
    union {
        int64_t integer;
        double number;
        struct {
            const char *digits;
            uint32_t length;
            uint8_t base;
            bool negative;
        } big;
        OuText text;
        struct {
            struct OuUnitConst *items;
            uint32_t count;
        } tuple;
        OuUnit *code;
    } as;
} OuUnitConst;

/* An instruction range protected by a handler. Inner ranges come first. */
typedef struct OuHandler {
    uint32_t start, end; /* word indexes, end exclusive */
    uint32_t target;
    uint32_t depth; /* temporaries from this register up are released; the exception goes there */
} OuHandler;

typedef struct OuPosition {
    uint32_t line, column, end_line, end_column; /* columns are UTF-8 byte offsets */
} OuPosition;

/* A variable that a function captures when it is made. */
typedef struct OuCapture {
    bool local; /* from a register of the maker that holds a cell, else from the maker's own captured cells */
    uint16_t index;
} OuCapture;

struct OuUnit {
    OuText name, qualname, filename, doc;
    bool has_doc;
    uint32_t flags;
    uint32_t first_line;
    uint32_t *code;
    uint32_t code_count;
    OuUnitConst *constants;
    uint32_t constant_count;
    OuText *names;
    uint32_t name_count;
    OuText *variables; /* names of the named registers, near then far */
    uint32_t variable_count;
    OuText *free_names;
    OuCapture *captures; /* one per free name */
    uint32_t free_count;
    OuHandler *handlers;
    uint32_t handler_count;
    /* Line table: per instruction with a new position, five varints: words since the last entry, line difference
     * (zigzag), column, end line minus line, end column. */
    uint8_t *lines;
    uint32_t lines_size;
    uint32_t positional, positional_only, keyword_only;
    uint32_t named; /* near named registers */
    uint32_t far_count;
    uint32_t registers;       /* of a window */
    uint32_t self_attributes; /* class bodies: distinct attributes that methods store on their first parameter */
    OuUnit **children;
    uint32_t child_count;
};

/* Finds the position of the instruction at word `at`. */
bool ou_unit_position(const uint8_t *lines, uint32_t size, uint32_t at, OuPosition *out);

#endif
