/* Classes and case of code points, as of Unicode 14 (what Python 3.11 knows). */
#ifndef OU_VM_OBJECTS_UNICODE_H
#define OU_VM_OBJECTS_UNICODE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum OuUnicodeClass {
    OU_UNICODE_ALPHA,
    OU_UNICODE_DECIMAL,
    OU_UNICODE_DIGIT,
    OU_UNICODE_NUMERIC,
    OU_UNICODE_SPACE,
    OU_UNICODE_LOWER,
    OU_UNICODE_UPPER,
    OU_UNICODE_TITLE,
    OU_UNICODE_PRINTABLE,
    OU_UNICODE_START,    /* may begin an identifier */
    OU_UNICODE_CONTINUE, /* may go on in one */
    OU_UNICODE_CASED,
    OU_UNICODE_IGNORABLE, /* case ignorable: for the final sigma */
    OU_UNICODE_CLASSES
} OuUnicodeClass;

typedef enum OuUnicodeCase { OU_CASE_LOWER, OU_CASE_UPPER, OU_CASE_TITLE, OU_CASE_FOLD, OU_CASE_COUNT } OuUnicodeCase;

bool ou_unicode_is(uint32_t point, OuUnicodeClass which);
/* The full mapping of a point: 1 to 3 points. */
size_t ou_unicode_map(uint32_t point, OuUnicodeCase which, uint32_t out[3]);
/* Value of a decimal digit, or -1. */
int ou_unicode_decimal(uint32_t point);
static inline bool ou_unicode_is_line_break(uint32_t point) {
    return (point >= 0x0a && point <= 0x0d) || (point >= 0x1c && point <= 0x1e) || point == 0x85 || point == 0x2028 ||
           point == 0x2029;
}

#endif
