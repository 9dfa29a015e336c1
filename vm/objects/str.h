/* str: code points in 1, 2 or 4 bytes each (the narrowest that holds them), hash cached. */
#ifndef OU_VM_OBJECTS_STR_H
#define OU_VM_OBJECTS_STR_H

#include "vm/vm.h"

/* cell.aux: bytes a code point (1, 2, 4) | OU_STR_ASCII. cell.flags KIND_A: interned. */
struct OuStr {
    OuCell cell;
    uint32_t hash;   /* 0: not computed yet */
    uint32_t length; /* code points */
    uint8_t data[];  /* length * width bytes; no terminator */
};

#define OU_STR_WIDTH_MASK 7u
#define OU_STR_ASCII 8u
#define OU_STR_INTERNED OU_FLAG_KIND_A
#define OU_STR_MAX 0xfffffff0u

static inline OuStr *ou_as_str(OuValue value) { return (OuStr *)(uintptr_t)value; }
static inline uint32_t ou_str_width(const OuStr *self) { return self->cell.aux & OU_STR_WIDTH_MASK; }
static inline bool ou_str_is_ascii(const OuStr *self) { return (self->cell.aux & OU_STR_ASCII) != 0; }
static inline bool ou_str_is_interned(const OuStr *self) { return (self->cell.flags & OU_STR_INTERNED) != 0; }
static inline uint32_t ou_str_at(const OuStr *self, uint32_t index) {
    switch (ou_str_width(self)) {
    case 1: return self->data[index];
    case 2: return ((const uint16_t *)(const void *)self->data)[index];
    default: return ((const uint32_t *)(const void *)self->data)[index];
    }
}

/* From UTF-8, with or without surrogates encoded the WTF-8 way. OU_NOTHING: raised. */
OuValue ou_str_decode_utf8(OuVM *vm, const uint8_t *data, size_t bytes, bool surrogates);
static inline OuValue ou_str_from_utf8(OuVM *vm, const char *text, size_t bytes) {
    return ou_str_decode_utf8(vm, (const uint8_t *)text, bytes, true);
}
OuValue ou_str_from_text(OuVM *vm, const char *text); /* zero-terminated UTF-8 */
OuValue ou_str_from_point(OuVM *vm, uint32_t point);
/* An uninitialised string of `length` code points, the largest being `max_point`. */
OuStr *ou_str_new(OuVM *vm, size_t length, uint32_t max_point);
/* The interned twin (owned) of a string that is consumed; identifiers and names are interned. */
OuStr *ou_str_intern_take(OuVM *vm, OuStr *self);
OuStr *ou_str_interned(OuVM *vm, const char *text); /* owned, NULL: raised */
void ou_str_forget(OuVM *vm, OuStr *self);          /* drop operation: leaves the intern table */
int64_t ou_str_hash(OuStr *self);                   /* of a str or bytes */
bool ou_str_equal(const OuStr *a, const OuStr *b);
bool ou_str_equal_text(const OuStr *self, const char *ascii);
int ou_str_compare(const OuStr *a, const OuStr *b); /* <0, 0, >0 by code point */
OuValue ou_str_concat(OuVM *vm, OuStr *a, OuStr *b);
/* Appends b to `a` in place when the caller holds the only reference to it: the (maybe moved) cell with that same
 * reference. NULL without an exception: shared, interned, too narrow or no memory; `a` is untouched. */
OuStr *ou_str_try_extend(OuVM *vm, OuStr *a, const OuStr *b);
OuValue ou_str_substring(OuVM *vm, OuStr *self, size_t start, size_t end);
OuValue ou_str_join(OuVM *vm, OuStr *separator, const OuValue *items, size_t count); /* items must be exact str */
OuValue ou_str_repr(OuVM *vm, OuStr *self);                                          /* of a str or bytes */
const char *ou_escape(uint32_t point, char text[16]);                                /* \x.., \u.... or \U........ */
/* UTF-8 bytes in a buffer from the heap: caller frees with ou_buffer_free(heap, *out, *capacity). 0 ok, -1 raised
 * (UnicodeEncodeError for surrogates unless `surrogates` lets them through as WTF-8). Zero-terminated. */
int ou_str_to_utf8(OuVM *vm, OuStr *self, char **out, size_t *bytes, size_t *capacity, bool surrogates);
/* Writes it as UTF-8 (WTF-8) without a copy: the memory may be what ran out. */
void ou_str_print(const OuStr *self, FILE *stream);
/* Decimal digits from *at on, which moves behind them: 1 read, 0 there are none, -1 a number above `most` (not raised). */
int ou_str_digits(const OuStr *self, uint32_t *at, uint32_t end, int64_t most, int64_t *out);
/* The same with ASCII text around it. */
void ou_str_print_in(const char *before, const OuStr *self, const char *after, FILE *stream);
bool ou_str_is_identifier(const OuStr *self); /* keywords count as well */
/* UTF-8, zero-terminated. false: `size` is less than 5 above the text's, or there is a zero in it. */
bool ou_str_copy_utf8(const OuStr *self, char *buffer, size_t size);

OuValue ou_str_empty(OuVM *vm); /* owned */
/* Copies code points; they must fit the width of `to`. */
void ou_str_copy_points(OuStr *to, size_t at, const OuStr *from, size_t start, size_t count);
void ou_str_fill(OuStr *to, size_t at, size_t count, uint32_t point);
/* The largest point of a range, rounded up to the limit of its class (0x7f, 0xff, 0xffff, 0x10ffff). */
uint32_t ou_str_max_point(const OuStr *self, size_t start, size_t end);
/* Shared strings and the intern table; both may be left out, everything is made when first needed. */
int ou_str_setup(OuVM *vm);
void ou_str_teardown(OuVM *vm);

/* --- search (str_search.c): positions in code points, -1: absent ----------------------------------------- */

int64_t ou_str_find(const OuStr *self, const OuStr *needle, size_t start, size_t end);
int64_t ou_str_rfind(const OuStr *self, const OuStr *needle, size_t start, size_t end);
size_t ou_str_count(const OuStr *self, const OuStr *needle, size_t start, size_t end, size_t limit);
bool ou_str_matches_at(const OuStr *self, size_t at, const OuStr *needle);

/* --- codecs (str_encode.c) ------------------------------------------------------------------------------- */

/* bytes.decode and str.encode with the arguments self, encoding, errors (not given: OU_NOTHING); what is not plain goes
 * to the function of vm/lib/_codecs.py. */
OuValue ou_str_decode(OuVM *vm, const OuValue args[3], const char *function);
OuValue ou_str_encode(OuVM *vm, const OuValue args[3], const char *function);
/* The next code point of UTF-8; 0: malformed, *point then says how many bytes belong to the bad sequence and *why why. */
size_t ou_utf8_decode(const uint8_t *text, size_t left, bool surrogates, uint32_t *point, const char **why);
size_t ou_utf8_encode(uint32_t point, uint8_t *out); /* 1 to 4 bytes */

/* --- formatting (str_format.c) ----------------------------------------------------------------------------- */

OuValue ou_str_format(OuVM *vm, OuStr *format, const OuValue *args, uint32_t nargs, OuValue kwnames, OuValue mapping);

/* A builder of strings: grows, narrow until a wider point comes. It begins as {.vm = vm}; with .bytes as one of bytes,
 * whose points are octets. After a failure every call does nothing. */
typedef struct OuBuilder {
    OuVM *vm;
    OuStr *str;      /* owned while building; length = used so far */
    size_t capacity; /* code points that fit */
    bool failed;     /* an exception is pending */
    bool bytes;
} OuBuilder;
void ou_builder_point(OuBuilder *self, uint32_t point);
void ou_builder_text(OuBuilder *self, const char *ascii);
void ou_builder_bytes(OuBuilder *self, const void *ascii, size_t count);
void ou_builder_utf8(OuBuilder *self, const char *utf8, size_t bytes);
void ou_builder_str(OuBuilder *self, const OuStr *str);
void ou_builder_take(OuBuilder *self, OuValue text); /* a str (consumed); OU_NOTHING: raised */
void ou_builder_fill(OuBuilder *self, uint32_t point, size_t count);
void ou_builder_repr(OuBuilder *self, OuValue value); /* runs Python code: the value must be held */
OuValue ou_builder_finish(OuBuilder *self);           /* the string, or OU_NOTHING when something failed */
void ou_builder_abandon(OuBuilder *self);

/* --- bytes: immutable octets, hash cached -------------------------------------------------------------- */
/* The layout of str with width 1 and without the ASCII bit, so that searching and cutting is shared with str. */
typedef struct OuStr OuBytes;

static inline OuBytes *ou_as_bytes(OuValue value) { return (OuBytes *)(uintptr_t)value; }
OuBytes *ou_bytes_new(OuVM *vm, size_t length); /* uninitialised; NULL: raised */
OuValue ou_bytes_from(OuVM *vm, const void *data, size_t length);
OuValue ou_bytes_from_object(OuVM *vm, OuValue object); /* bytes(object) for bytes, __bytes__ and iterables */
/* The result of __bytes__ as exact bytes: 1 found, 0 no such method, -1 raised. */
int ou_bytes_special(OuVM *vm, OuValue object, OuValue *out);

#endif
