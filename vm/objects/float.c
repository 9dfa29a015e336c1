/* float: arithmetic with Python's signs, text and back, comparison, hash, conversion. */
#include "vm/lib/lib.h"
#include "vm/objects/help.h"

#include <ctype.h>
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
        OuValue args[] = {ou_int(vm, ERANGE), ou_str_from_text(vm, "Numerical result out of range")};
        OuType *type = vm->exceptions[OU_EXC_OverflowError];
        return ou_raise_take(vm, ou_exception_new(vm, type, ou_tuple_from_take(vm, args, 2)));
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
#define DEFINE_SLOT(name) \
    static OuValue slot_##name(OuVM *vm, OuValue a, OuValue b) { return binary_slot(vm, OU_BIN_##name, a, b); }
BINARY_SLOTS(DEFINE_SLOT)
#define SLOT(name) [OU_BIN_##name] = slot_##name,

static double get(OuVM *vm, OuValue self) { return ou_float_get(ou_plain_peek(vm, self, OU_KIND_FLOAT)); }

/* Round to a multiple of 10 ** -digits, exactly on the decimal value, half to even: printf does just that. */
static OuValue round_to(OuVM *vm, double number, int64_t digits) {
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

/* --- to text ------------------------------------------------------------------------------------------------
 *
 * Shortest digits: printf with 15, 16, 17 digits, the first that reads back. printf and strtod of glibc round exactly;
 * LC_NUMERIC is never set. */

/* Decimal digits of a finite double without its sign: 0.d1d2d3... * 10 ** point. */
typedef struct Digits {
    const char *text; /* digits, then the point is taken out by the caller's buffer */
    size_t count;
    int point;
} Digits;

/* Takes "d.ddde+xx" apart in place. */
static Digits split(char *text) {
    char *exponent = strchr(text, 'e');
    Digits self = {.point = atoi(exponent + 1) + 1};
    if (text[1] == '.') {
        text[1] = text[0];
        text++;
    }
    self.text = text;
    self.count = (size_t)(exponent - text);
    return self;
}

/* Writes digits in Python's layout: plain from 1e-4 up to `limit` digits before the point, else with an exponent. */
static char *lay_out(char *out, Digits digits, int limit, bool point_zero, bool alternate) {
    bool scientific = digits.point <= -4 || digits.point > limit;
    int before = scientific ? 1 : digits.point;
    if (before <= 0) { *out++ = '0'; }
    for (int i = 0; i < before; i++) { *out++ = (size_t)i < digits.count ? digits.text[i] : '0'; }
    size_t used = before > 0 ? (size_t)before : 0;
    if (used < digits.count) {
        *out++ = '.';
        for (int i = before; i < 0; i++) { *out++ = '0'; }
        memcpy(out, digits.text + used, digits.count - used);
        out += digits.count - used;
    } else if (alternate || (point_zero && !scientific)) {
        *out++ = '.';
        if (point_zero && !scientific) { *out++ = '0'; }
    }
    if (scientific) { out += sprintf(out, "e%+03d", digits.point - 1); }
    *out = 0;
    return out;
}

static size_t trimmed(Digits digits) {
    while (digits.count > 1 && digits.text[digits.count - 1] == '0') { digits.count--; }
    return digits.count;
}

/* The next number with as many digits: "9.99e+01" goes to "1.00e+02". */
static void next_digits(char *text) {
    char *exponent = strchr(text, 'e'), *at = exponent - 1;
    for (; at > text && (*at == '9' || *at == '.'); at--) { *at = *at == '9' ? '0' : '.'; }
    if (*at == '9') {
        *at = '1';
        sprintf(exponent, "e%+03d", atoi(exponent + 1) + 1);
    } else {
        ++*at;
    }
}

static void repr_finite(double number, char *out, bool alternate) {
    char text[40];
    if (signbit(number)) {
        *out++ = '-';
        number = -number;
    }
    if (number < 1e15 && number == (double)(int64_t)number) {
        sprintf(out, "%lld.0", (long long)number);
        return;
    }
    /* Few decimals: an integer below 10 ** 15 over a power of ten, both exact, so one division rounds as reading would; and
     * no two decimals of 15 digits are the same double, so there is no shorter text. */
    static const double powers[] = {1e1, 1e2, 1e3, 1e4, 1e5, 1e6};
    for (int places = 1; number >= 1e-4 && number < 1e9 && places <= 6; places++) {
        double scaled = nearbyint(number * powers[places - 1]);
        if (scaled < 1e15 && scaled / powers[places - 1] == number) {
            int64_t whole = (int64_t)(scaled / powers[places - 1]);
            sprintf(out, "%lld.%0*lld", (long long)whole, places,
                    (long long)(scaled - (double)whole * powers[places - 1]));
            return;
        }
    }
    for (int digits = number < 2.3e-308 ? 1 : 15; digits <= 17; digits++) {
        int exponent;
        snprintf(text, sizeof text, "%.*e", digits - 1, number);
        double back = strtod(text, NULL);
        if (back == number) { break; }
        /* Above a power of two doubles lie twice as far apart as below: the decimal next above may be near enough. */
        if (back < number && frexp(number, &exponent) == 0.5) {
            next_digits(text);
            if (strtod(text, NULL) == number) { break; }
        }
    }
    Digits digits = split(text);
    digits.count = trimmed(digits);
    lay_out(out, digits, 16, true, alternate);
}

void ou_double_repr(double number, char *buffer) {
    if (isnan(number)) {
        strcpy(buffer, "nan");
    } else if (isinf(number)) {
        strcpy(buffer, number < 0 ? "-inf" : "inf");
    } else {
        repr_finite(number, buffer, false);
    }
}

char *ou_double_text(OuVM *vm, double number, char code, int precision, bool alternate, size_t *size) {
    bool upper = code < 'a', point_zero = code == 's', shortest = code == 'r';
    code = (char)tolower(code);
    bool plain = code == 'e' || code == 'f';
    size_t room = (size_t)precision + 400;
    *size = plain ? room : 2 * room;
    char *buffer = ou_buffer_new(&vm->heap, *size);
    int written = 0; /* negative where printf gets no memory */
    if (buffer == NULL) { return ou_no_memory(vm); }
    if (!isfinite(number)) {
        ou_double_repr(number, buffer);
    } else if (shortest) {
        repr_finite(number, buffer, alternate);
    } else if (plain) {
        char directive[] = {'%', alternate ? '#' : '-', '.', '*', code, 0};
        written = snprintf(buffer, room, directive, precision, number);
    } else {
        char *scratch = buffer + room;
        precision = precision == 0 ? 1 : precision;
        written = snprintf(scratch, room, "%.*e", precision - 1, fabs(number));
        if (written > 0) {
            Digits digits = split(scratch);
            if (!alternate) { digits.count = trimmed(digits); }
            strcpy(buffer, signbit(number) ? "-" : "");
            lay_out(buffer + strlen(buffer), digits, precision - point_zero, point_zero, alternate);
        }
    }
    for (char *at = buffer; upper && written >= 0 && *at != 0; at++) { *at = (char)toupper(*at); }
    if (written >= 0) { return buffer; }
    ou_buffer_free(&vm->heap, buffer, *size);
    return ou_no_memory(vm);
}

/* --- from text -------------------------------------------------------------------------------------------- */

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

static bool is_word(const char *text, size_t bytes, const char *word) {
    size_t i = 0;
    while (i < bytes && word[i] != 0 && (text[i] | 0x20) == word[i]) { i++; }
    return i == bytes && word[i] == 0;
}

/* The sign in front of a number: is it a minus? */
static bool read_sign(const char **at, const char *end) {
    bool negative = *at < end && **at == '-';
    *at += *at < end && (**at == '-' || **at == '+');
    return negative;
}

/* Copies a run of digits with single underscores between them; NULL: malformed. */
static const char *read_digits(const char *at, const char *end, char **out) {
    char previous = 0;
    for (; at < end && (is_digit(*at) || *at == '_'); previous = *at++) {
        if (*at != '_') {
            *(*out)++ = *at;
        } else if (!is_digit(previous)) {
            return NULL;
        }
    }
    return previous == '_' ? NULL : at;
}

/* inf, infinity, nan: false: none of them. */
static bool read_word(const char *text, size_t bytes, double *out) {
    bool infinite = is_word(text, bytes, "inf") || is_word(text, bytes, "infinity");
    *out = infinite ? HUGE_VAL : (double)NAN;
    return infinite || is_word(text, bytes, "nan");
}

/* What strtod is to read is put together in place, where one byte behind the text is free. 0 ok, -1 not a number (no
 * exception). */
static int parse_double(char *text, size_t bytes, double *out) {
    const char *at = text, *end = text + bytes;
    bool negative = read_sign(&at, end);
    if (!read_word(at, (size_t)(end - at), out)) {
        char *to = text;
        at = read_digits(at, end, &to);
        size_t digits = (size_t)(to - text);
        if (at != NULL && at < end && *at == '.') {
            *to++ = *at++;
            at = read_digits(at, end, &to);
            digits = (size_t)(to - text) - 1;
        }
        if (at == NULL || digits == 0) { return -1; }
        if (at < end && (*at | 0x20) == 'e') {
            *to++ = *at++;
            if (at < end && (*at == '-' || *at == '+')) { *to++ = *at++; }
            if (at == end || !is_digit(*at)) { return -1; }
            at = read_digits(at, end, &to);
        }
        if (at != end) { return -1; }
        *to = 0;
        *out = strtod(text, NULL);
    }
    *out = negative ? -*out : *out;
    return 0;
}

static OuValue from_text(OuVM *vm, OuValue text) {
    OuStr *str = ou_text_peek(vm, text);
    char small[128], *end, *buffer = ou_number_text(vm, str, small, sizeof small, &end);
    if (buffer == NULL) { return OU_NOTHING; }
    double number = 0;
    int status = parse_double(buffer, (size_t)(end - buffer), &number);
    if (buffer != small) { ou_buffer_free(&vm->heap, buffer, (size_t)str->length + 1); }
    return status < 0 ? ou_raise_value_error(vm, "could not convert string to float: %R", text) : ou_float(vm, number);
}

OU_LIBRARY_METHOD(float_hex)
OU_LIBRARY_METHOD(float_fromhex)
OU_LIBRARY_METHOD(float_as_integer_ratio)

/* --- methods ---------------------------------------------------------------------------------------------- */

static OU_NATIVE(float_trunc) { return ou_int_from_double(vm, get(vm, args[0])); }
static OU_NATIVE(float_floor) { return ou_int_from_double(vm, floor(get(vm, args[0]))); }
static OU_NATIVE(float_ceil) { return ou_int_from_double(vm, ceil(get(vm, args[0]))); }
static OU_NATIVE(float_is_integer) {
    double number = get(vm, args[0]);
    return ou_new_bool(isfinite(number) && floor(number) == number);
}
static OU_NATIVE(float_conjugate) { return ou_float(vm, get(vm, args[0])); }

static OU_NATIVE(float_round) {
    double number = get(vm, args[0]);
    int64_t digits;
    if (nargs < 2 || args[1] == OU_NONE) {
        return ou_int_from_double(vm, nearbyint(number)); /* half to even: the default rounding mode */
    }
    return ou_index_i64(vm, args[1], &digits, true) < 0 ? OU_NOTHING : round_to(vm, number, digits);
}

static const OuNativeDef float_methods[] = {
    {"hex", float_hex, "Return a hexadecimal representation of a floating-point number."},
    {"is_integer", float_is_integer, "Return True if the float is an integer."},
    {"as_integer_ratio", float_as_integer_ratio, "Return integer ratio."},
    {"conjugate", float_conjugate, "Return self, the complex conjugate of any float."},
    {"__trunc__", float_trunc, "Return the Integral closest to x between 0 and x."},
    {"__floor__", float_floor, "Return the floor as an Integral."},
    {"__ceil__", float_ceil, "Return the ceiling as an Integral."},
    {"__round__", float_round, "Return the Integral closest to x, rounding half toward even.", 0, 1, OU_ARGS_UNPACK},
    {"__format__", ou_format_method, "Formats the float according to format_spec.", 1, 1},
    {"__getnewargs__", ou_getnewargs},
    OU_DEF_END,
};

static const OuNativeDef float_class_methods[] = {
    {"fromhex", float_fromhex, "Create a floating-point number from a hexadecimal string.", 1, 1},
    OU_DEF_END,
};

/* --- comparison and hash ---------------------------------------------------------------------------------- */

static OU_COMPARE(float_compare) {
    OuValue x = ou_plain_peek(vm, a, OU_KIND_FLOAT), y = ou_plain_peek(vm, b, OU_KIND_FLOAT);
    int order;
    if (x != OU_NOTHING && y != OU_NOTHING) {
        double left = ou_float_get(x), right = ou_float_get(y);
        order = left < right ? -1 : left > right ? 1 : left == right ? 0 : 2;
    } else {
        bool left = x != OU_NOTHING; /* is the float */
        OuValue number = ou_plain_peek(vm, left ? b : a, OU_KIND_INT);
        if (number == OU_NOTHING || (!left && y == OU_NOTHING)) { return ou_not_implemented(); }
        if (ou_int_compare_double(vm, number, ou_float_get(left ? x : y), &order) < 0) { return OU_NOTHING; }
        order = left && order != 2 ? -order : order;
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
               ? from_text(vm, object)
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
              .binary = {BINARY_SLOTS(SLOT)}},
    .methods = float_methods,
    .class_methods = float_class_methods,
    .getsets = float_getsets,
    .doc = "Convert a string or number to a floating point number, if possible.",
};

const OuKindOps ou_float_ops = {.name = "float", .leaf = true};
