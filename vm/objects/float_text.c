/* double to text and back. Shortest digits: printf with 15, 16, 17 digits, the first that reads back. printf and
 * strtod of glibc round exactly; LC_NUMERIC is never set. */
#include "vm/objects/help.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>

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

OuValue ou_float_from_text(OuVM *vm, OuValue text) {
    OuStr *str = ou_text_peek(vm, text);
    char small[128], *end, *buffer = ou_number_text(vm, str, small, sizeof small, &end);
    if (buffer == NULL) { return OU_NOTHING; }
    double number = 0;
    int status = parse_double(buffer, (size_t)(end - buffer), &number);
    if (buffer != small) { ou_buffer_free(&vm->heap, buffer, (size_t)str->length + 1); }
    return status < 0 ? ou_raise_value_error(vm, "could not convert string to float: %R", text) : ou_float(vm, number);
}

/* --- hexadecimal ------------------------------------------------------------------------------------------ */

static OU_NATIVE(float_hex) {
    double number = ou_float_get(ou_plain_peek(vm, args[0], OU_KIND_FLOAT));
    char text[48];
    if (!isfinite(number)) {
        ou_double_repr(number, text);
        return ou_str_from_text(vm, text);
    }
    const char *sign = signbit(number) ? "-" : "";
    if (number == 0) {
        snprintf(text, sizeof text, "%s0x0.0p+0", sign);
        return ou_str_from_text(vm, text);
    }
    uint64_t bits;
    memcpy(&bits, &number, sizeof bits);
    int exponent = (int)(bits >> 52 & 0x7ff);
    snprintf(text, sizeof text, "%s0x%d.%013llxp%+d", sign, exponent > 0,
             (unsigned long long)(bits & 0xfffffffffffffull), exponent > 0 ? exponent - 1023 : -1022);
    return ou_str_from_text(vm, text);
}

/* 0 ok, 1 malformed, 2 overflow (found before what is behind the number). strtod reads the digits, rounding once; the
 * prefix that it wants is optional here, so two bytes in front of the text are free. */
static int parse_hex(char *text, const char *end, double *out) {
    const char *at = text;
    bool negative = read_sign(&at, end);
    if (!read_word(at, (size_t)(end - at), out)) {
        char *start = text + (at - text), *stop;
        if (start[0] != '0' || (start[1] | 0x20) != 'x') {
            start -= 2;
            memcpy(start, "0x", 2);
        }
        *out = strtod(start, &stop);
        if (isinf(*out)) { return 2; }
        if (stop != end) { return 1; }
    }
    *out = negative ? -*out : *out;
    return 0;
}

static OU_NATIVE(float_fromhex) {
    OuStr *text = ou_str_peek(vm, args[1]);
    if (text == NULL) { return ou_raise_type_error(vm, "bad argument type for built-in operation"); }
    OuValue padded = ou_format(vm, "  %N", text); /* room for the prefix */
    char *utf8;
    size_t bytes, capacity;
    int status = padded == OU_NOTHING ? -1 : ou_str_to_utf8(vm, ou_as_str(padded), &utf8, &bytes, &capacity, false);
    ou_drop(vm, padded);
    if (status < 0) { return OU_NOTHING; }
    char *start = utf8, *end = utf8 + bytes;
    while (start < end && strchr(" \t\n\v\f\r", *start) && *start) { start++; }
    while (end > start && strchr(" \t\n\v\f\r", end[-1]) && end[-1]) { end--; }
    double number = 0;
    status = start == end ? 1 : parse_hex(start, end, &number);
    ou_buffer_free(&vm->heap, utf8, capacity);
    if (status == 1) { return ou_raise_value_error(vm, "invalid hexadecimal floating-point string"); }
    if (status == 2) {
        return ou_raise(vm, OU_EXC_OverflowError, "hexadecimal value too large to represent as a float");
    }
    return ou_class_result_take(vm, args[0], OU_TYPE_FLOAT, ou_float(vm, number));
}

/* --- methods ---------------------------------------------------------------------------------------------- */

static double get(OuVM *vm, OuValue self) { return ou_float_get(ou_plain_peek(vm, self, OU_KIND_FLOAT)); }
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
    return ou_index_i64(vm, args[1], &digits, true) < 0 ? OU_NOTHING : ou_float_round(vm, number, digits);
}

static OU_NATIVE(float_as_integer_ratio) {
    double number = get(vm, args[0]);
    if (!isfinite(number)) {
        return isnan(number) ? ou_raise_value_error(vm, "cannot convert NaN to integer ratio")
                             : ou_raise(vm, OU_EXC_OverflowError, "cannot convert Infinity to integer ratio");
    }
    int exponent;
    double fraction = frexp(number, &exponent);
    int64_t mantissa = (int64_t)ldexp(fraction, 53);
    exponent -= 53;
    while (mantissa != 0 && mantissa % 2 == 0 && exponent < 0) {
        mantissa /= 2;
        exponent++;
    }
    bool whole = mantissa == 0 || exponent >= 0;
    return ou_tuple_from_take(
        vm,
        (OuValue[]){whole ? ou_int_from_double(vm, number) : ou_int(vm, mantissa),
                    ou_int_binary_take(vm, OU_BIN_LSHIFT, ou_int(vm, 1), ou_int(vm, whole ? 0 : -exponent))},
        2);
}

const OuNativeDef ou_float_methods[] = {
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

const OuNativeDef ou_float_class_methods[] = {
    {"fromhex", float_fromhex, "Create a floating-point number from a hexadecimal string.", 1, 1},
    OU_DEF_END,
};
