/* The format mini-language: [[fill]align][sign][z][#][0][width][grouping][.precision][type] for int, float, str.
 *
 * A number is laid out as sign, prefix, digits (grouped), rest (point, fraction, exponent), padded around; zero padding
 * with '=' goes inside the digits, where it is grouped, too. */
#include "vm/objects/help.h"

#include <limits.h>
#include <math.h>

typedef struct Spec {
    uint32_t fill;
    char align; /* < > = ^ */
    char sign;  /* 0 when not given */
    bool negative_zero, alternate;
    char grouping; /* 0 , _ */
    int64_t width; /* -1: not given */
    int64_t precision;
    uint32_t type; /* 0: not given */
} Spec;

static bool is_align(uint32_t point) { return point == '<' || point == '>' || point == '=' || point == '^'; }

/* 1 read, 0 there are no digits, -1 raised. */
static int read_number(OuVM *vm, const OuStr *text, uint32_t *at, int64_t *out) {
    int found = ou_str_digits(text, at, text->length, INT64_MAX, out);
    return found < 0 ? ou_raised_value(vm, "Too many decimal digits in format string") : found;
}

/* A type code as messages show it. */
static const char *shown(uint32_t type, char text[16]) {
    snprintf(text, 16, type > 32 && type < 128 ? "%c" : "\\x%x", (unsigned)type);
    return text;
}

static int raise_code(OuVM *vm, uint32_t type, const char *type_name) {
    char text[16];
    return ou_raised_value(vm, "Unknown format code '%s' for object of type '%.200s'", shown(type, text), type_name);
}

/* A separator goes with decimal numbers; an underscore with the other bases, too. */
static int check_grouping(OuVM *vm, const Spec *spec) {
    char text[16];
    uint32_t type = spec->type;
    if (spec->grouping == 0 || type == 0 || (type < 128 && strchr("deEfFgG%", (int)type) != NULL) ||
        (spec->grouping == '_' && type < 128 && strchr("boxX", (int)type) != NULL)) {
        return 0;
    }
    return ou_raised_value(vm, "Cannot specify '%c' with '%s'.", spec->grouping, shown(type, text));
}

/* The next character, if it is one of these; else 0. */
static inline char accept(const OuStr *text, uint32_t *at, const char *wanted) {
    uint32_t point = *at < text->length ? ou_str_at(text, *at) : 0;
    while (*wanted != 0 && (uint8_t)*wanted != point) { wanted++; }
    *at += *wanted != 0;
    return *wanted;
}

static inline bool accept_one(const OuStr *text, uint32_t *at, char wanted) {
    bool there = *at < text->length && ou_str_at(text, *at) == (uint8_t)wanted;
    *at += there;
    return there;
}

static int parse(OuVM *vm, const OuStr *text, Spec *spec, uint32_t default_type, char default_align,
                 const char *type_name) {
    uint32_t at = 0, count = text->length;
    *spec = (Spec){.fill = ' ', .align = default_align, .width = -1, .precision = -1, .type = default_type};
    bool filled = count >= 2 && is_align(ou_str_at(text, 1));
    if (filled) { spec->fill = ou_str_at(text, at++); }
    char align = accept(text, &at, "<>=^");
    spec->align = align != 0 ? align : default_align;
    if (at < count && ou_str_at(text, at) - '0' > 9u) { /* a width comes next in most specs */
        spec->sign = accept(text, &at, "+- ");
        spec->negative_zero = accept_one(text, &at, 'z');
        spec->alternate = accept_one(text, &at, '#');
    }
    if (!filled && accept_one(text, &at, '0')) {
        spec->fill = '0';
        if (align == 0 && default_align == '>') { spec->align = '='; }
    }
    if (read_number(vm, text, &at, &spec->width) < 0) { return -1; }
    spec->grouping = accept(text, &at, ",_");
    char other = spec->grouping == ',' ? '_' : ',';
    if (spec->grouping != 0 && accept_one(text, &at, other)) {
        return ou_raised_value(vm, "Cannot specify both ',' and '_'.");
    }
    if (accept_one(text, &at, '.')) {
        int found = read_number(vm, text, &at, &spec->precision);
        if (found == 0) { ou_raise_value_error(vm, "Format specifier missing precision"); }
        if (found <= 0) { return -1; }
    }
    if (count - at > 1) {
        return ou_raised_value(vm, "Invalid format specifier '%S' for object of type '%.200s'", ou_word(text),
                               type_name);
    }
    if (at < count) { spec->type = ou_str_at(text, at); }
    return check_grouping(vm, spec);
}

/* --- str -------------------------------------------------------------------------------------------------- */

/* Splits padding by alignment; '=' counts as '>' here. */
static void put_padded(OuBuilder *out, const Spec *spec, const OuStr *text, size_t count) {
    size_t width = spec->width > 0 ? (size_t)spec->width : 0, padding = width > count ? width - count : 0;
    size_t left = spec->align == '<' ? 0 : spec->align == '^' ? padding / 2 : padding;
    ou_builder_fill(out, spec->fill, left);
    if (count == text->length) {
        ou_builder_str(out, text);
    } else {
        for (size_t i = 0; i < count; i++) { ou_builder_point(out, ou_str_at(text, (uint32_t)i)); }
    }
    ou_builder_fill(out, spec->fill, padding - left);
}

static int check_str(OuVM *vm, const Spec *spec, const char *type_name) {
    if (spec->type != 's') { return raise_code(vm, spec->type, type_name); }
    const char *bad = spec->sign == ' '     ? "Space not allowed in string format specifier"
                      : spec->sign != 0     ? "Sign not allowed in string format specifier"
                      : spec->negative_zero ? "Negative zero coercion (z) not allowed in string format specifier"
                      : spec->alternate     ? "Alternate form (#) not allowed in string format specifier"
                      : spec->align == '='  ? "'=' alignment not allowed in string format specifier"
                                            : NULL;
    return bad != NULL ? ou_raised_value(vm, "%s", bad) : 0;
}

static OuValue format_str(OuVM *vm, OuStr *self, OuStr *text, const char *type_name) {
    Spec spec;
    if (parse(vm, text, &spec, 's', '<', type_name) < 0 || check_str(vm, &spec, type_name) < 0) { return OU_NOTHING; }
    size_t count = spec.precision >= 0 && spec.precision < self->length ? (size_t)spec.precision : self->length;
    if (spec.width <= (int64_t)count) { return ou_str_substring(vm, self, 0, count); }
    OuBuilder out = {.vm = vm};
    put_padded(&out, &spec, self, count);
    return ou_builder_finish(&out);
}

OuValue ou_format_str(OuVM *vm, OuStr *self, OuStr *spec) {
    return spec->length == 0 ? ou_incref(ou_word(self)) : format_str(vm, self, spec, "str");
}

/* --- numbers ------------------------------------------------------------------------------------------------ */

/* The text of a number in parts; digits and rest are ASCII. */
typedef struct Parts {
    bool negative;
    char prefix[3];
    const char *digits;
    size_t digit_count;
    const char *rest;
    size_t rest_count;
} Parts;

/* `total` digits in groups, those that are not there being zeros in front. */
static void put_grouped(OuBuilder *out, const Spec *spec, const Parts *parts, size_t total, unsigned group) {
    size_t zeros = total - parts->digit_count;
    if (group == 0) {
        ou_builder_fill(out, '0', zeros);
        ou_builder_bytes(out, parts->digits, parts->digit_count);
        return;
    }
    for (size_t i = 0; i < total && !out->failed; i++) {
        if (i > 0 && (total - i) % group == 0) { ou_builder_point(out, (uint8_t)spec->grouping); }
        ou_builder_point(out, i < zeros ? '0' : (uint8_t)parts->digits[i - zeros]);
    }
}

static OuValue put_number(OuVM *vm, const Spec *spec, const Parts *parts) {
    char sign = parts->negative ? '-' : spec->sign == '+' || spec->sign == ' ' ? spec->sign : 0;
    unsigned group = spec->grouping == 0                                                      ? 0
                     : spec->type < 128 && spec->type != 0 && strchr("boxX", (int)spec->type) ? 4
                                                                                              : 3;
    size_t front = (sign != 0) + strlen(parts->prefix), outside = front + parts->rest_count;
    size_t width = spec->width > 0 ? (size_t)spec->width : 0;
    size_t inner = spec->fill == '0' && spec->align == '=' && width > outside ? width - outside : 0;
    /* How wide the digits become: grouping with zeros may overshoot by one. */
    size_t shown = parts->digit_count;
    if (parts->digit_count > 0) {
        shown += group > 0 ? (shown - 1) / group : 0;
        if (shown < inner) { shown = group > 0 && inner % (group + 1) == 0 ? inner + 1 : inner; }
    }
    if (width > OU_STR_MAX || shown > OU_STR_MAX) { return ou_raise_memory(vm); }
    size_t padding = width > outside + shown ? width - outside - shown : 0;
    size_t left = spec->align == '>' ? padding : spec->align == '^' ? padding / 2 : 0;
    OuBuilder out = {.vm = vm};
    ou_builder_fill(&out, spec->fill, left);
    if (sign != 0) { ou_builder_point(&out, (uint8_t)sign); }
    ou_builder_text(&out, parts->prefix);
    if (spec->align == '=') { ou_builder_fill(&out, spec->fill, padding); }
    put_grouped(&out, spec, parts, shown - (group > 0 ? shown / (group + 1) : 0), group);
    ou_builder_bytes(&out, parts->rest, parts->rest_count);
    if (spec->align != '=') { ou_builder_fill(&out, spec->fill, padding - left); }
    return ou_builder_finish(&out);
}

static OuValue format_character(OuVM *vm, const Spec *spec, OuValue number) {
    int64_t point;
    if (spec->sign != 0 || spec->alternate) {
        return ou_raise_value_error(vm, spec->sign != 0
                                            ? "Sign not allowed with integer format specifier 'c'"
                                            : "Alternate form (#) not allowed with integer format specifier 'c'");
    }
    if (!ou_int_to_i64(number, &point)) {
        return ou_raise(vm, OU_EXC_OverflowError, "Python int too large to convert to C long");
    }
    if (point < 0 || point > 0x10ffff) { return ou_raise(vm, OU_EXC_OverflowError, "%%c arg not in range(0x110000)"); }
    OuValue text = ou_str_from_point(vm, (uint32_t)point);
    if (text == OU_NOTHING) { return OU_NOTHING; }
    OuBuilder out = {.vm = vm};
    put_padded(&out, spec, ou_as_str(text), 1);
    ou_drop(vm, text);
    return ou_builder_finish(&out);
}

static OuValue format_integer(OuVM *vm, const Spec *spec, OuValue number) {
    if (spec->precision >= 0 || spec->negative_zero) {
        return ou_raise_value_error(vm, spec->precision >= 0
                                            ? "Precision not allowed in integer format specifier"
                                            : "Negative zero coercion (z) not allowed in integer format specifier");
    }
    if (spec->type == 'c') { return format_character(vm, spec, number); }
    int base = spec->type == 'b' ? 2 : spec->type == 'o' ? 8 : spec->type == 'x' ? 16 : 10;
    base = spec->type == 'X' ? OU_BASE_UPPER : base;
    OuValue text = ou_int_to_str(vm, number, base, false);
    if (text == OU_NOTHING) { return OU_NOTHING; }
    OuStr *digits = ou_as_str(text);
    Parts parts = {.negative = digits->data[0] == '-', .rest = ""};
    parts.digits = (const char *)digits->data + parts.negative;
    parts.digit_count = digits->length - parts.negative;
    if (spec->alternate && base != 10) {
        parts.prefix[0] = '0';
        parts.prefix[1] = (char)spec->type;
    }
    OuValue result = put_number(vm, spec, &parts);
    ou_drop(vm, text);
    return result;
}

static bool is_zero_text(const char *text) {
    for (; *text != 0 && *text != 'e' && *text != '%'; text++) {
        if (*text >= '1' && *text <= '9') { return false; }
    }
    return true;
}

static OuValue format_double(OuVM *vm, const Spec *spec, double number) {
    char code = spec->type == 0 ? 'r' : spec->type == 'n' ? 'g' : (char)spec->type;
    bool percent = code == '%';
    if (spec->precision > INT_MAX) { return ou_raise_value_error(vm, "precision too big"); }
    if (percent) {
        number *= 100;
        code = 'f';
    }
    int precision = spec->precision >= 0 ? (int)spec->precision : 6;
    if (code == 'r' && spec->precision >= 0) { code = 's'; }
    size_t size;
    char *text = ou_double_text(vm, number, code, precision, spec->alternate, &size);
    if (text == NULL) { return OU_NOTHING; }
    Parts parts = {.negative = text[0] == '-'};
    parts.digits = text + parts.negative;
    if (spec->negative_zero && parts.negative && isfinite(number) && is_zero_text(parts.digits)) {
        parts.negative = false;
    }
    parts.digit_count = strspn(parts.digits, "0123456789");
    if (percent) { strcat(text, "%"); /* the buffer has slack */ }
    parts.rest = parts.digits + parts.digit_count;
    parts.rest_count = strlen(parts.rest);
    OuValue result = put_number(vm, spec, &parts);
    ou_buffer_free(&vm->heap, text, size);
    return result;
}

OuValue ou_format_float(OuVM *vm, OuValue number, OuStr *spec) {
    Spec parsed;
    if (spec->length == 0) { return ou_str(vm, number); }
    if (parse(vm, spec, &parsed, 0, '>', ou_type_name(vm, number)) < 0) { return OU_NOTHING; }
    if (parsed.type != 0 && (parsed.type >= 128 || strchr("eEfFgGn%", (int)parsed.type) == NULL)) {
        raise_code(vm, parsed.type, ou_type_name(vm, number));
        return OU_NOTHING;
    }
    return format_double(vm, &parsed, ou_float_get(ou_plain_peek(vm, number, OU_KIND_FLOAT)));
}

OuValue ou_format_int(OuVM *vm, OuValue number, OuStr *spec) {
    Spec parsed;
    if (spec->length == 0) { return ou_str(vm, number); }
    if (parse(vm, spec, &parsed, 'd', '>', ou_type_name(vm, number)) < 0) { return OU_NOTHING; }
    OuValue plain = ou_plain_peek(vm, number, OU_KIND_INT);
    if (parsed.type > 0 && parsed.type < 128 && strchr("bcdoxXn", (int)parsed.type) != NULL) {
        return format_integer(vm, &parsed, plain);
    }
    if (parsed.type == 0 || parsed.type >= 128 || strchr("eEfFgG%", (int)parsed.type) == NULL) {
        raise_code(vm, parsed.type, ou_type_name(vm, number));
        return OU_NOTHING;
    }
    double value;
    return ou_int_double(vm, plain, &value) < 0 ? OU_NOTHING : format_double(vm, &parsed, value);
}

OU_NATIVE(ou_format_method) {
    OuStr *spec = ou_str_peek(vm, args[1]), *text = ou_str_peek(vm, args[0]);
    if (spec == NULL) {
        return ou_raise_type_error(vm, "__format__() argument must be str, not %s", ou_argument_type(vm, args[1]));
    }
    if (text != NULL && spec->length > 0) { return format_str(vm, text, spec, ou_type_name(vm, args[0])); }
    return text != NULL                                              ? ou_str(vm, args[0])
           : ou_plain_peek(vm, args[0], OU_KIND_FLOAT) != OU_NOTHING ? ou_format_float(vm, args[0], spec)
                                                                     : ou_format_int(vm, args[0], spec);
}
