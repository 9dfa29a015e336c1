/* float: arithmetic with Python's signs, comparison, hash, conversion. Text lives in float_text.c. */
#include "vm/objects/help.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>

OuValue ou_float_from_double_slow(OuVM *vm, double number) {
    OuFloat *self = (OuFloat *)(void *)ou_cell_new_sized(&vm->heap, OU_KIND_FLOAT, true, sizeof(OuFloat));
    if (self == NULL) { return ou_raise_memory(vm); }
    self->number = number;
    return ou_word(self);
}

/* --- arithmetic ----------------------------------------------------------------------------------------- */

/* Python's signs. */
static double double_mod(double a, double b) {
    double rest = fmod(a, b);
    if (rest == 0) { return copysign(0.0, b); }
    return (rest < 0) != (b < 0) ? rest + b : rest;
}

static double double_floordiv(double a, double b) {
    double rest = fmod(a, b), quotient = (a - rest) / b;
    if (rest != 0 && (rest < 0) != (b < 0)) { quotient -= 1.0; }
    if (quotient == 0) { return copysign(0.0, a / b); }
    double whole = floor(quotient);
    return quotient - whole > 0.5 ? whole + 1.0 : whole; /* the division above may have rounded down */
}

OuValue ou_float_power(OuVM *vm, double a, double b) {
    if (a == 0 && b < 0 && !isinf(b)) {
        return ou_raise(vm, OU_EXC_ZeroDivisionError, "0.0 cannot be raised to a negative power");
    }
    if (a == 0 && isinf(b) && b < 0) { return ou_float(vm, HUGE_VAL); }
    if (a < 0 && isfinite(a) && isfinite(b) && floor(b) != b) {
        return ou_raise_value_error(vm, "Ouro does not support complex numbers");
    }
    double result = pow(a, b);
    if (isinf(result) && isfinite(a) && isfinite(b)) {
        OuValue args = ou_tuple_from_take(
            vm, (OuValue[]){ou_int(vm, ERANGE), ou_str_from_text(vm, "Numerical result out of range")}, 2);
        OuValue error =
            args == OU_NOTHING ? OU_NOTHING : ou_exception_new(vm, vm->exceptions[OU_EXC_OverflowError], args);
        return error == OU_NOTHING ? OU_NOTHING : ou_raise_take(vm, error);
    }
    return ou_float(vm, result);
}

/* 1 converted, 0 no number, -1 raised. */
static int operand(OuVM *vm, OuValue value, double *out) {
    if (ou_is_float(value)) {
        *out = ou_float_get(value);
        return 1;
    }
    OuValue number = ou_plain_peek(vm, value, OU_KIND_FLOAT);
    if (number != OU_NOTHING) {
        *out = ou_float_get(number);
        return 1;
    }
    number = ou_plain_peek(vm, value, OU_KIND_INT);
    if (number == OU_NOTHING) { return 0; }
    return ou_int_double(vm, number, out) < 0 ? -1 : 1;
}

static OuValue divide(OuVM *vm, OuBinary op, double x, double y) {
    static const char *const texts[OU_BIN_COUNT] = {
        [OU_BIN_TRUEDIV] = "float division by zero",
        [OU_BIN_FLOORDIV] = "float floor division by zero",
        [OU_BIN_MOD] = "float modulo",
        [OU_BIN_DIVMOD] = "float divmod()",
    };
    if (y == 0) { return ou_raise(vm, OU_EXC_ZeroDivisionError, "%s", texts[op]); }
    if (op == OU_BIN_TRUEDIV) { return ou_float(vm, x / y); }
    if (op != OU_BIN_DIVMOD) { return ou_float(vm, op == OU_BIN_MOD ? double_mod(x, y) : double_floordiv(x, y)); }
    return ou_tuple_from_take(vm, (OuValue[]){ou_float(vm, double_floordiv(x, y)), ou_float(vm, double_mod(x, y))}, 2);
}

static OuValue binary_slot(OuVM *vm, OuBinary op, OuValue a, OuValue b) {
    double x, y;
    int status = operand(vm, a, &x);
    if (status > 0) { status = operand(vm, b, &y); }
    if (status <= 0) { return status < 0 ? OU_NOTHING : ou_not_implemented(); }
    switch (op) {
    case OU_BIN_ADD: return ou_float(vm, x + y);
    case OU_BIN_SUB: return ou_float(vm, x - y);
    case OU_BIN_MUL: return ou_float(vm, x * y);
    case OU_BIN_POW: return ou_float_power(vm, x, y);
    default: return divide(vm, op, x, y);
    }
}

#define BINARY_SLOTS(X) X(ADD) X(SUB) X(MUL) X(TRUEDIV) X(FLOORDIV) X(MOD) X(POW) X(DIVMOD)
#define X(name) \
    static OuValue slot_##name(OuVM *vm, OuValue a, OuValue b) { return binary_slot(vm, OU_BIN_##name, a, b); }
BINARY_SLOTS(X)
#undef X

/* Round to a multiple of 10 ** -digits, exactly on the decimal value, half to even: printf does just that. */
OuValue ou_float_round(OuVM *vm, double number, int64_t digits) {
    char text[800];
    if (!isfinite(number) || number == 0 || digits > 323) { return ou_float(vm, number); }
    if (digits >= 0) {
        snprintf(text, sizeof text, "%.*f", (int)digits, number);
    } else {
        snprintf(text, sizeof text, "%.770e", fabs(number)); /* all its digits */
        int64_t keep = atoi(strchr(text, 'e') + 1) + 1 + digits;
        if (keep < 0) { return ou_float(vm, copysign(0.0, number)); }
        if (keep == 0) {
            bool up = text[0] > '5' || (text[0] == '5' && strspn(text + 2, "0") < 770);
            snprintf(text, sizeof text, "%s%de%d", number < 0 ? "-" : "", up, up ? (int)-digits : 0);
        } else {
            snprintf(text, sizeof text, "%.*e", (int)keep - 1, number);
        }
    }
    double result = strtod(text, NULL);
    if (isinf(result)) { return ou_raise(vm, OU_EXC_OverflowError, "rounded value too large to represent"); }
    return ou_float(vm, result);
}

/* --- comparison and hash ---------------------------------------------------------------------------------- */

static double get(OuVM *vm, OuValue self) { return ou_float_get(ou_plain_peek(vm, self, OU_KIND_FLOAT)); }

static OU_COMPARE(float_compare) {
    OuValue x = ou_plain_peek(vm, a, OU_KIND_FLOAT), y = ou_plain_peek(vm, b, OU_KIND_FLOAT);
    int order;
    if (x != OU_NOTHING && y != OU_NOTHING) {
        double left = ou_float_get(x), right = ou_float_get(y);
        order = left < right ? -1 : left > right ? 1 : left == right ? 0 : 2;
    } else if (x != OU_NOTHING) {
        y = ou_plain_peek(vm, b, OU_KIND_INT);
        if (y == OU_NOTHING) { return ou_not_implemented(); }
        order = ou_int_compare_double(y, ou_float_get(x));
        order = order == 2 ? 2 : -order;
    } else {
        x = ou_plain_peek(vm, a, OU_KIND_INT);
        if (x == OU_NOTHING || y == OU_NOTHING) { return ou_not_implemented(); }
        order = ou_int_compare_double(x, ou_float_get(y));
    }
    return ou_new_bool(order == 2 ? op == OU_NE : ou_order_is(order, op));
}

/* The value modulo 2 ** 61 - 1, so that equal numbers of different types hash alike. */
static int64_t double_hash(double number) {
    const uint64_t modulus = ((uint64_t)1 << 61) - 1;
    if (!isfinite(number)) { return isnan(number) ? 0 : number > 0 ? 314159 : -314159; }
    int exponent;
    uint64_t mantissa = (uint64_t)ldexp(frexp(fabs(number), &exponent), 53);
    int turn = (exponent - 53) % 61;
    turn = turn < 0 ? turn + 61 : turn;
    uint64_t hash = ((mantissa << turn) & modulus) | (turn == 0 ? 0 : mantissa >> (61 - turn));
    hash = hash == modulus ? 0 : hash;
    int64_t result = number < 0 ? -(int64_t)hash : (int64_t)hash;
    return result == -1 ? -2 : result;
}

static int float_hash(OuVM *vm, OuValue self, int64_t *out) {
    double number = get(vm, self);
    *out = double_hash(number);
    if (isnan(number)) { /* by identity, so that many nans do not collide */
        *out = (int64_t)(self >> 4 | self << 60);
        *out = *out == -1 ? -2 : *out;
    }
    return 0;
}

/* --- conversion --------------------------------------------------------------------------------------------- */

OuValue ou_float_from_real(OuVM *vm, OuValue object, const char *complaint) {
    const OuSlots *slots = &ou_type_of(vm, object)->slots;
    if (slots->as_float != NULL) {
        OuValue result = slots->as_float(vm, object);
        OuValue number = result != OU_NOTHING ? ou_plain_peek(vm, result, OU_KIND_FLOAT) : OU_NOTHING;
        if (result != OU_NOTHING && number == OU_NOTHING) {
            ou_raise_type_error(vm, "%T.__float__ returned non-float (type %T)", object, result);
        }
        ou_incref(number);
        ou_drop(vm, result);
        return number;
    }
    if (slots->index == NULL) { return ou_raise_type_error(vm, complaint, object); }
    OuValue number = ou_index(vm, object);
    double result;
    int status = number == OU_NOTHING ? -1 : ou_int_double(vm, number, &result);
    ou_drop(vm, number);
    return status < 0 ? OU_NOTHING : ou_float(vm, result);
}

/* float(object): an exact float */
static OuValue from_object(OuVM *vm, OuValue object) {
    return ou_is_float(object) ? ou_incref(object)
           : ou_text_peek(vm, object) != NULL
               ? ou_float_from_text(vm, object)
               : ou_float_from_real(vm, object, "float() argument must be a string or a real number, not '%T'");
}

static OU_MAKE(float_make) {
    int given = ou_positional(vm, "float", true, 0, 1, nargs, kwnames);
    if (given < 0) { return OU_NOTHING; }
    return ou_made_take(vm, type, OU_TYPE_FLOAT, given ? from_object(vm, args[0]) : ou_float(vm, 0.0));
}

static OU_UNARY(float_repr) {
    char text[40];
    ou_double_repr(get(vm, self), text);
    return ou_str_from_utf8(vm, text, strlen(text));
}
static int float_truth(OuVM *vm, OuValue self) { return get(vm, self) != 0; }
static OU_UNARY(float_as_int) { return ou_int_from_double(vm, get(vm, self)); }
static OU_UNARY(float_positive) { return ou_float(vm, get(vm, self)); }
static OU_UNARY(float_negative) { return ou_float(vm, -get(vm, self)); }
static OU_UNARY(float_absolute) { return ou_float(vm, fabs(get(vm, self))); }
static OU_UNARY(float_imag) { return ou_float(vm, 0.0); }

static const OuGetSetDef float_getsets[] = {
    {"real", float_positive, NULL, "the real part of a complex number"},
    {"imag", float_imag, NULL, "the imaginary part of a complex number"},
    OU_GETSET_END,
};

#define X(name) [OU_BIN_##name] = slot_##name,
const OuNativeType ou_float_type = {
    .slots = {.repr = float_repr,
              .hash = float_hash,
              .compare = float_compare,
              .truth = float_truth,
              .make = float_make,
              .as_int = float_as_int,
              .as_float = float_positive,
              .negative = float_negative,
              .positive = float_positive,
              .absolute = float_absolute,
              .binary = {BINARY_SLOTS(X)}},
    .methods = ou_float_methods,
    .class_methods = ou_float_class_methods,
    .getsets = float_getsets,
    .doc = "Convert a string or number to a floating point number, if possible.",
};
#undef X

const OuKindOps ou_float_ops = {.name = "float", .leaf = true};
