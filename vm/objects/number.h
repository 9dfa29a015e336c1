/* int, bool and float. Small ints and most doubles are immediates; see gc/value.h. */
#ifndef OU_VM_OBJECTS_NUMBER_H
#define OU_VM_OBJECTS_NUMBER_H

#include "vm/vm.h"

/* An int cell: sign and magnitude, limbs of 64 bits, least significant first, no leading zero limb. Used for
 * numbers beyond 63 bits, and for every int in boxed mode. aux 1: negative. */
typedef struct OuInt {
    OuCell cell;
    uint32_t limbs;
    uint64_t limb[];
} OuInt;

typedef struct OuFloat {
    OuCell cell;
    double number;
} OuFloat;

static inline OuInt *ou_as_int(OuValue value) { return (OuInt *)(uintptr_t)value; }
static inline double ou_float_get(OuValue value) {
    return ou_is_flonum(value) ? ou_flonum(value) : ((const OuFloat *)(uintptr_t)value)->number;
}

OuValue ou_int_from_u64(OuVM *vm, uint64_t number);
OuValue ou_int_from_double(OuVM *vm, double number); /* truncates; raises for inf and nan as int() does */
/* Digits without sign or underscores in base 2..36; the cleaned text of a literal. */
OuValue ou_int_from_digits(OuVM *vm, const char *digits, size_t count, int base, bool negative);
/* int(text, base) with Python's rules (whitespace, sign, prefix, underscores); raises ValueError; text is a str or bytes. */
OuValue ou_int_parse(OuVM *vm, OuStr *text, int64_t base);
/* In base 2, 8, 10, 16; or OU_BASE_UPPER: 16 with capital letters (the prefix is small). */
OuValue ou_int_to_str(OuVM *vm, OuValue number, int base, bool prefix);
#define OU_BASE_UPPER (-16)
int ou_int_sign(OuValue number);
int ou_int_compare(OuValue a, OuValue b);
/* Cleaned text for number parsing, of a str or bytes: spaces stripped, decimal digits of all scripts to ASCII, other
 * non-ASCII to "?"; one byte behind *end is free. It is in `small` when it fits, else in a buffer of the heap of
 * text->length + 1 bytes. NULL: raised. */
char *ou_number_text(OuVM *vm, const OuStr *text, char *small, size_t size, char **end);
bool ou_int_to_i64(OuValue number, int64_t *out); /* false: does not fit */
double ou_int_to_double(OuValue number, bool *overflow);
int ou_int_double(OuVM *vm, OuValue number, double *out); /* the same; -1 raised OverflowError */
int64_t ou_int_hash(OuValue number);
/* Arithmetic on exact ints (immediate or cell). Owned results; raise ZeroDivisionError, MemoryError, OverflowError. */
OuValue ou_int_binary(OuVM *vm, OuBinary op, OuValue a, OuValue b);
/* The same on fresh operands (consumed); OU_NOTHING among them: raised already. */
OuValue ou_int_binary_take(OuVM *vm, OuBinary op, OuValue a, OuValue b);
OuValue ou_int_power(OuVM *vm, OuValue a, OuValue b, OuValue modulus); /* modulus may be OU_NOTHING */
OuValue ou_int_negative(OuVM *vm, OuValue a);
uint64_t ou_int_bit_length(OuValue number);
/* repr of a double into a buffer of 40 bytes. */
void ou_double_repr(double number, char *buffer);
/* format(number, spec) for int, float and str: the mini-language. spec an exact str. */
OuValue ou_format_int(OuVM *vm, OuValue number, OuStr *spec);
OuValue ou_format_float(OuVM *vm, OuValue number, OuStr *spec);
OuValue ou_format_str(OuVM *vm, OuStr *self, OuStr *spec);

/* int(object): __int__, __index__, __trunc__, str, bytes; an exact int. */
OuValue ou_int_from_object(OuVM *vm, OuValue object);
OuValue ou_int_exact(OuVM *vm, OuValue self); /* of an int, bool or instance of a subclass */
/* *order: -1, 0, 1 by value; 2 when the double is a nan. -1 raised. */
int ou_int_compare_double(OuVM *vm, OuValue a, double b, int *order);
/* A number that is none itself, by its __float__ or __index__, as an exact float; else TypeError: complaint with a %T. */
OuValue ou_float_from_real(OuVM *vm, OuValue object, const char *complaint);
OuValue ou_float_power(OuVM *vm, double a, double b);
/* Text of a double as %e, %f, %g (in capitals: %E ...) or r (repr) do it, into a buffer of the heap: *size bytes were
 * taken. NULL: raised. s: as %g, with a digit behind the point. precision is ignored for 'r'; alternate keeps a point. */
char *ou_double_text(OuVM *vm, double number, char code, int precision, bool alternate, size_t *size);

extern const OuNativeDef ou_int_methods[], ou_int_class_methods[];

#endif
