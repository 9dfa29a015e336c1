/* math. */
#include <math.h>

#include "vm/objects/help.h"
#include "vm/lib/lib.h"

/* The result of a C function, with CPython's reading of what went wrong. */
static OuValue checked(OuVM *vm, double result, double argument, bool may_overflow) {
    if (isnan(result) && !isnan(argument)) { return ou_raise_value_error(vm, "math domain error"); }
    if (isinf(result) && isfinite(argument)) {
        return may_overflow ? ou_raise(vm, OU_EXC_OverflowError, "math range error")
                            : ou_raise_value_error(vm, "math domain error");
    }
    return ou_float(vm, result);
}

/* Functions of one double. X(name, C function, may it overflow, doc) */
#define ONE_DOUBLE(X)                                  \
    X(sqrt, sqrt, false, "Square root.")               \
    X(cbrt, cbrt, false, "Cube root.")                 \
    X(exp, exp, true, "e**x.")                         \
    X(exp2, exp2, true, "2**x.")                       \
    X(expm1, expm1, true, "e**x - 1.")                 \
    X(log1p, log1p, false, "log(1 + x).")              \
    X(sin, sin, false, "Sine.")                        \
    X(cos, cos, false, "Cosine.")                      \
    X(tan, tan, false, "Tangent.")                     \
    X(asin, asin, false, "Arc sine.")                  \
    X(acos, acos, false, "Arc cosine.")                \
    X(atan, atan, false, "Arc tangent.")               \
    X(sinh, sinh, true, "Hyperbolic sine.")            \
    X(cosh, cosh, true, "Hyperbolic cosine.")          \
    X(tanh, tanh, false, "Hyperbolic tangent.")        \
    X(asinh, asinh, false, "Inverse.")                 \
    X(acosh, acosh, false, "Inverse.")                 \
    X(atanh, atanh, false, "Inverse.")                 \
    X(fabs, fabs, false, "Absolute value as a float.") \
    X(erf, erf, false, "Error function.")              \
    X(erfc, erfc, false, "1 - erf(x).")                \
    X(gamma, tgamma, true, "Gamma function.")          \
    X(lgamma, lgamma, true, "Logarithm of gamma.")
/* Other functions of a double x. X(name, result, doc) */
#define PLAIN(X)                                                              \
    X(isnan, ou_new_bool(isnan(x)), "Not a number?")                          \
    X(isinf, ou_new_bool(isinf(x)), "Infinite?")                              \
    X(isfinite, ou_new_bool(isfinite(x)), "Finite?")                          \
    X(radians, ou_float(vm, x *(3.141592653589793 / 180.0)), "From degrees.") \
    X(degrees, ou_float(vm, x *(180.0 / 3.141592653589793)), "From radians.")

#define DEFINE_ONE(name, function, overflows, doc)                                                      \
    static OU_NATIVE(math_##name) {                                                                     \
        double x;                                                                                       \
        return ou_as_double(vm, args[0], &x) < 0 ? OU_NOTHING : checked(vm, function(x), x, overflows); \
    }
ONE_DOUBLE(DEFINE_ONE)
#define DEFINE_PLAIN(name, result, doc)                                   \
    static OU_NATIVE(math_##name) {                                       \
        double x;                                                         \
        return ou_as_double(vm, args[0], &x) < 0 ? OU_NOTHING : (result); \
    }
PLAIN(DEFINE_PLAIN)

static int two(OuVM *vm, OuValue *args, double *x, double *y) {
    return ou_as_double(vm, args[0], x) < 0 || ou_as_double(vm, args[1], y) < 0 ? -1 : 0;
}

static OuValue remainder_of(OuVM *vm, double x, double y) {
    double result = fmod(x, y);
    return isnan(result) && !isnan(x) && !isnan(y) ? ou_raise_value_error(vm, "math domain error")
                                                   : ou_float(vm, result);
}

static OuValue power(OuVM *vm, double x, double y) {
    double result = pow(x, y);
    if (isfinite(x) && isfinite(y)) {
        if (isnan(result) || (isinf(result) && x == 0)) { return ou_raise_value_error(vm, "math domain error"); }
        if (isinf(result)) { return ou_raise(vm, OU_EXC_OverflowError, "math range error"); }
    }
    return ou_float(vm, result);
}

/* Functions of two doubles. X(name, result, doc) */
#define TWO_DOUBLES(X)                                                                       \
    X(atan2, ou_float(vm, atan2(x, y)), "Angle of a point.")                                 \
    X(copysign, ou_float(vm, copysign(x, y)), "Magnitude of the first, sign of the second.") \
    X(fmod, remainder_of(vm, x, y), "Remainder with the sign of the first.")                 \
    X(pow, power(vm, x, y), "Power of floats.")
#define DEFINE_TWO(name, result, doc)                             \
    static OU_NATIVE(math_##name) {                               \
        double x, y;                                              \
        return two(vm, args, &x, &y) < 0 ? OU_NOTHING : (result); \
    }
TWO_DOUBLES(DEFINE_TWO)

static OU_NATIVE(math_hypot) {
    double total = 0;
    for (uint32_t i = 0; i < nargs; i++) {
        double x;
        if (ou_as_double(vm, args[i], &x) < 0) { return OU_NOTHING; }
        total = hypot(total, x);
    }
    return ou_float(vm, total);
}

/* Logarithm of an int of any size, or of a real number. */
static int log_of(OuVM *vm, OuValue value, double (*function)(double), double scale, double *out) {
    OuValue number = ou_plain_peek(vm, value, OU_KIND_INT);
    double x;
    if (number != OU_NOTHING) {
        if (ou_int_sign(number) <= 0) { return ou_raised_value(vm, "math domain error"); }
        bool overflow = false;
        x = ou_int_to_double(number, &overflow);
        if (overflow) {
            uint64_t bits = ou_int_bit_length(number) - 60;
            OuValue top = ou_int_binary_take(vm, OU_BIN_RSHIFT, ou_incref(number), ou_int(vm, (int64_t)bits));
            if (top == OU_NOTHING) { return -1; }
            *out = function(ou_int_to_double(top, &overflow)) + (double)bits * scale;
            ou_drop(vm, top);
            return 0;
        }
    } else if (ou_as_double(vm, value, &x) < 0) {
        return -1;
    }
    if (x <= 0) { return ou_raised_value(vm, "math domain error"); }
    *out = function(x);
    return 0;
}

static OU_NATIVE(math_log) {
    double x, base;
    if (nargs < 1 || nargs > 2) { return ou_raise_type_error(vm, "math.log requires 1 to 2 arguments"); }
    if (log_of(vm, args[0], log, 0.6931471805599453, &x) < 0) { return OU_NOTHING; }
    if (nargs < 2) { return ou_float(vm, x); }
    if (log_of(vm, args[1], log, 0.6931471805599453, &base) < 0) { return OU_NOTHING; }
    return base == 0 ? ou_raise(vm, OU_EXC_ZeroDivisionError, "float division by zero") : ou_float(vm, x / base);
}

static OU_NATIVE(math_log2) {
    double x;
    return log_of(vm, args[0], log2, 1, &x) < 0 ? OU_NOTHING : ou_float(vm, x);
}

static OU_NATIVE(math_log10) {
    double x;
    return log_of(vm, args[0], log10, 0.3010299956639812, &x) < 0 ? OU_NOTHING : ou_float(vm, x);
}

static OuValue rounded(OuVM *vm, OuValue value, OuNameIndex name, double (*function)(double)) {
    OuValue number = ou_plain_peek(vm, value, OU_KIND_INT);
    if (number != OU_NOTHING) { return ou_incref(number); }
    if (ou_plain_peek(vm, value, OU_KIND_FLOAT) == OU_NOTHING) {
        OuValue out;
        int found = ou_call_special(vm, value, vm->names[name], NULL, 0, &out);
        if (found != 0) { return found > 0 ? out : OU_NOTHING; }
        if (name == OU_NAME_trunc) { return ou_raise_type_error(vm, "type %T doesn't define __trunc__ method", value); }
    }
    double x;
    return ou_as_double(vm, value, &x) < 0 ? OU_NOTHING : ou_int_from_double(vm, function(x));
}

static OU_NATIVE(math_floor) { return rounded(vm, args[0], OU_NAME_floor, floor); }
static OU_NATIVE(math_ceil) { return rounded(vm, args[0], OU_NAME_ceil, ceil); }
static OU_NATIVE(math_trunc) { return rounded(vm, args[0], OU_NAME_trunc, trunc); }

static OU_NATIVE(math_modf) {
    double x, whole;
    if (ou_as_double(vm, args[0], &x) < 0) { return OU_NOTHING; }
    double fraction = modf(x, &whole);
    return ou_tuple_from_take(vm, (OuValue[]){ou_float(vm, fraction), ou_float(vm, whole)}, 2);
}

static OU_NATIVE(math_frexp) {
    double x;
    int exponent = 0;
    if (ou_as_double(vm, args[0], &x) < 0) { return OU_NOTHING; }
    double mantissa = isfinite(x) ? frexp(x, &exponent) : x;
    return ou_tuple_from_take(vm, (OuValue[]){ou_float(vm, mantissa), ou_int(vm, exponent)}, 2);
}

static OU_NATIVE(math_ldexp) {
    double x;
    int64_t exponent;
    if (ou_as_double(vm, args[0], &x) < 0 || ou_index_i64(vm, args[1], &exponent, true) < 0) { return OU_NOTHING; }
    exponent = exponent > 100000 ? 100000 : exponent < -100000 ? -100000 : exponent;
    return checked(vm, ldexp(x, (int)exponent), x, true);
}

static OU_NATIVE(math_prod) {
    OuValue start = args[1] != OU_NOTHING ? ou_incref(args[1]) : ou_int(vm, 1);
    return ou_accumulate(vm, OU_BIN_MUL, args[0], start, args + nargs);
}

#define DEF1(name, doc) \
    { #name, math_##name, doc, 1, 1 }
#define ENTRY_ONE(name, function, overflows, doc) DEF1(name, doc),
#define ENTRY_PLAIN(name, result, doc) DEF1(name, doc),
#define ENTRY_TWO(name, result, doc) {#name, math_##name, doc, 2, 2, OU_ARGS_UNPACK},
static const OuNativeDef functions[] = {
    ONE_DOUBLE(ENTRY_ONE) PLAIN(ENTRY_PLAIN) DEF1(log2, "Base 2."),
    DEF1(log10, "Base 10."),
    DEF1(floor, "Rounds down."),
    DEF1(ceil, "Rounds up."),
    DEF1(trunc, "Rounds towards zero."),
    DEF1(modf, "Fraction and whole part."),
    DEF1(frexp, "Mantissa and exponent."),
    {"log", math_log, "Logarithm.", 0, -1, OU_ARGS_PARSE},
    TWO_DOUBLES(ENTRY_TWO){"ldexp", math_ldexp, "x * 2**i.", 2, 2, OU_ARGS_UNPACK},
    {"hypot", math_hypot, "Euclidean length.", 0, -1, OU_ARGS_UNPACK},
    {"prod", math_prod, "Product of items.", 1, 1, OU_ARGS_CLINIC, 3, "iterable/ start"},
    OU_DEF_END};

const OuNativeModule ou_math_module = {"_math", functions, NULL, "Mathematical functions.", "math"};
