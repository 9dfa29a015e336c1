/* Classes and case of code points. utf8proc supplies categories and case mappings of Unicode 15; the tables
 * of unicode_tables.inc bring them back to Unicode 14 and add what utf8proc does not know (numeric values,
 * multi-character case). A class is a rule on the category, inverted for the points of its ranges. */
#include "vm/objects/unicode.h"

#include <utf8proc.h>

typedef struct Range {
    uint32_t first, last;
} Range;

typedef struct Mapping {
    uint32_t key; /* point | case << 24; sorted */
    uint8_t count;
    uint16_t points[3];
} Mapping;

#include "vm/objects/unicode_tables.inc"

#define BIT(name) (1u << UTF8PROC_CATEGORY_##name)
#define LETTERS (BIT(LU) | BIT(LL) | BIT(LT) | BIT(LM) | BIT(LO))

static const uint32_t class_categories[OU_UNICODE_CLASSES] = {
    [OU_UNICODE_ALPHA] = LETTERS,
    [OU_UNICODE_DECIMAL] = BIT(ND),
    [OU_UNICODE_DIGIT] = BIT(ND),
    [OU_UNICODE_NUMERIC] = BIT(ND) | BIT(NL) | BIT(NO),
    [OU_UNICODE_SPACE] = BIT(ZS),
    [OU_UNICODE_LOWER] = BIT(LL),
    [OU_UNICODE_UPPER] = BIT(LU),
    [OU_UNICODE_TITLE] = BIT(LT),
    [OU_UNICODE_PRINTABLE] =
        0x3fffffffu & ~(BIT(CN) | BIT(ZS) | BIT(ZL) | BIT(ZP) | BIT(CC) | BIT(CF) | BIT(CS) | BIT(CO)),
    [OU_UNICODE_START] = LETTERS | BIT(NL),
    [OU_UNICODE_CONTINUE] = LETTERS | BIT(NL) | BIT(MN) | BIT(MC) | BIT(ND) | BIT(PC),
    [OU_UNICODE_CASED] = BIT(LU) | BIT(LL) | BIT(LT),
    [OU_UNICODE_IGNORABLE] = BIT(MN) | BIT(ME) | BIT(CF) | BIT(LM) | BIT(SK),
};

/* List 0 holds the points that are new in Unicode 15; list 1 + class the exceptions of a class. */
static bool in_list(uint32_t point, unsigned list) {
    size_t low = class_start[list], high = class_start[list + 1];
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (point > ranges[middle].last) {
            low = middle + 1;
        } else if (point < ranges[middle].first) {
            high = middle;
        } else {
            return true;
        }
    }
    return false;
}

bool ou_unicode_is(uint32_t point, OuUnicodeClass which) {
    if (point >= 'a' && point <= 'z' && which <= OU_UNICODE_DECIMAL) { return which == OU_UNICODE_ALPHA; }
    utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)point);
    if (point >= 0x800 && in_list(point, 0)) { category = UTF8PROC_CATEGORY_CN; }
    return ((class_categories[which] >> category) & 1) != (unsigned)in_list(point, 1 + which);
}

size_t ou_unicode_map(uint32_t point, OuUnicodeCase which, uint32_t out[3]) {
    out[0] = point;
    if (point < 0x80) {
        bool lower = point - 'a' < 26u, upper = point - 'A' < 26u,
             up = which == OU_CASE_UPPER || which == OU_CASE_TITLE;
        out[0] = lower && up ? point - 32 : upper && !up ? point + 32 : point;
        return 1;
    }
    uint32_t key = point | (uint32_t)which << 24;
    size_t low = 0, high = sizeof mappings / sizeof mappings[0];
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (mappings[middle].key == key) {
            for (size_t i = 0; i < mappings[middle].count; i++) { out[i] = mappings[middle].points[i]; }
            return mappings[middle].count;
        }
        if (mappings[middle].key < key) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    if (in_list(point, 0)) { return 1; }
    utf8proc_int32_t code = (utf8proc_int32_t)point, folded[8];
    if (which == OU_CASE_FOLD) {
        int boundary = 0;
        utf8proc_ssize_t count = utf8proc_decompose_char(code, folded, 8, UTF8PROC_CASEFOLD, &boundary);
        for (utf8proc_ssize_t i = 0; i < count && i < 3; i++) { out[i] = (uint32_t)folded[i]; }
        return count > 0 ? (size_t)count : 1;
    }
    out[0] = (uint32_t)(which == OU_CASE_LOWER   ? utf8proc_tolower(code)
                        : which == OU_CASE_UPPER ? utf8proc_toupper(code)
                                                 : utf8proc_totitle(code));
    return 1;
}

/* Decimal digits come in runs of ten (or several tens) that begin with zero. */
int ou_unicode_decimal(uint32_t point) {
    if (point < 0x80) { return point - '0' < 10u ? (int)(point - '0') : -1; }
    if (!ou_unicode_is(point, OU_UNICODE_DECIMAL)) { return -1; }
    uint32_t first = point;
    while (ou_unicode_is(first - 1, OU_UNICODE_DECIMAL)) { first--; }
    return (int)((point - first) % 10);
}
