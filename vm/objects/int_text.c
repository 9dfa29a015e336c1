/* int to text and back. Conversions in bases that are no power of two are limited to 4,300 digits by default, as in
 * Python 3.11: they cost more than linear time. */
#include "vm/lib/lib.h"
#include "vm/objects/int_big.h"
#include "vm/objects/unicode.h"

#include <math.h>

#define DEFAULT_LIMIT 4300
#define LIMIT_FLOOR 640 /* shorter texts are never refused, and no smaller limit can be set */
#define LIMIT_HINT "; use sys.set_int_max_str_digits() to increase the limit"

static int max_digits(const OuVM *vm) {
    return vm->int_digits_limit == 0 ? DEFAULT_LIMIT : vm->int_digits_limit == 1 ? 0 : (int)vm->int_digits_limit;
}

/* --- from text ------------------------------------------------------------------------------------------ */

static unsigned digit_value(char digit) {
    if (digit >= '0' && digit <= '9') { return (unsigned)(digit - '0'); }
    char lower = (char)(digit | 0x20);
    return lower >= 'a' && lower <= 'z' ? (unsigned)(lower - 'a' + 10) : 99;
}

OuValue ou_int_from_digits(OuVM *vm, const char *digits, size_t count, int base, bool negative) {
    while (count > 0 && *digits == '0') {
        digits++;
        count--;
    }
    if (count <= 11) { /* 36 ** 11 fits 57 bits */
        int64_t number = 0;
        for (size_t i = 0; i < count; i++) { number = number * base + (int64_t)digit_value(digits[i]); }
        return ou_int(vm, negative ? -number : number);
    }
    OuScratch scratch;
    size_t limbs = (size_t)((double)count * log2(base) / 64) + 2;
    uint8_t *values = ou_buffer_new(&vm->heap, count);
    if (values == NULL) { return ou_raise_memory(vm); }
    OuInt *self = ou_big_new(vm, limbs);
    if (self == NULL || ou_scratch_open(vm, &scratch, limbs) < 0) {
        if (self != NULL) { ou_cell_discard(&vm->heap, &self->cell); }
        ou_buffer_free(&vm->heap, values, count);
        return OU_NOTHING;
    }
    for (size_t i = 0; i < count; i++) { values[i] = (uint8_t)digit_value(digits[i]); }
    self->limbs = (uint32_t)mpn_set_str((mp_limb_t *)self->limb, values, count, base);
    ou_scratch_close(&scratch);
    ou_buffer_free(&vm->heap, values, count);
    return ou_big_finish_take(vm, self, negative);
}

/* Where the digits of a literal lie; cleaned in place: underscores are squeezed out. */
typedef struct Literal {
    char *digits;
    size_t count;
    int base;
    bool negative;
} Literal;

/* Skips 0x, 0o, 0b where the base allows it, and finds the base when it is 0. */
static char *skip_prefix(char *at, const char *end, Literal *out) {
    int prefix = 0;
    if (end - at >= 2 && at[0] == '0') {
        char letter = (char)(at[1] | 0x20);
        prefix = letter == 'x' ? 16 : letter == 'o' ? 8 : letter == 'b' ? 2 : 0;
    }
    if (prefix != 0 && (out->base == 0 || out->base == prefix)) {
        out->base = prefix;
        at += 2;
        return at < end && *at == '_' ? at + 1 : at;
    }
    return at;
}

/* 0: read up to *rest; 1: malformed. */
static int scan_literal(char *text, char *end, Literal *out, char **rest) {
    char *at = text;
    bool guess = out->base == 0;
    if (at < end && (*at == '+' || *at == '-')) { out->negative = *at++ == '-'; }
    at = skip_prefix(at, end, out);
    bool old_octal = guess && out->base == 0 && at < end && *at == '0';
    if (out->base == 0) { out->base = 10; }
    if (at < end && *at == '_') { return 1; }
    out->digits = at;
    char *write = at;
    bool zero = true;
    for (char previous = 0; at < end && (*at == '_' || digit_value(*at) < (unsigned)out->base); at++) {
        if (*at == '_') {
            if (previous == '_') { return 1; }
        } else {
            zero &= *at == '0';
            *write++ = *at;
        }
        previous = *at;
    }
    out->count = (size_t)(write - out->digits);
    *rest = at;
    return out->count == 0 || (old_octal && !zero) || at[-1] == '_';
}

/* Reads cleaned ASCII text (modified). `object` is shown in the message. */
static OuValue parse(OuVM *vm, char *text, char *end, int64_t base, OuValue object) {
    Literal literal = {.base = (int)base};
    char *rest = text;
    int malformed = scan_literal(text, end, &literal, &rest);
    if (!malformed && (literal.base & (literal.base - 1)) != 0 && literal.count > LIMIT_FLOOR) {
        int limit = max_digits(vm);
        if (limit > 0 && literal.count > (size_t)limit) {
            return ou_raise_value_error(
                vm, "Exceeds the limit (%d digits) for integer string conversion: value has %zu digits" LIMIT_HINT,
                limit, literal.count);
        }
    }
    if (!malformed && rest == end) {
        return ou_int_from_digits(vm, literal.digits, literal.count, literal.base, literal.negative);
    }
    OuValue shown = ou_repr(vm, object);
    if (shown == OU_NOTHING) { return OU_NOTHING; }
    OuStr *repr = ou_as_str(shown);
    OuValue cut = ou_str_substring(vm, repr, 0, repr->length < 200 ? repr->length : 200);
    if (cut != OU_NOTHING) {
        ou_raise_value_error(vm, "invalid literal for int() with base %d: %S", (int)base, cut);
        ou_drop(vm, cut);
    }
    return ou_dropped(vm, shown);
}

static bool is_space(bool bytes, uint32_t point) {
    return bytes ? point == ' ' || (point >= 9 && point <= 13) : ou_unicode_is(point, OU_UNICODE_SPACE);
}

char *ou_number_text(OuVM *vm, const OuStr *text, char *small, size_t size, char **end) {
    size_t room = (size_t)text->length + 1, start = 0, stop = text->length;
    char *buffer = room <= size ? small : ou_buffer_new(&vm->heap, room);
    if (buffer == NULL) { return ou_no_memory(vm); }
    bool bytes = text->cell.kind == OU_KIND_BYTES;
    while (start < stop && is_space(bytes, ou_str_at(text, (uint32_t)start))) { start++; }
    while (stop > start && is_space(bytes, ou_str_at(text, (uint32_t)stop - 1))) { stop--; }
    *end = buffer;
    for (size_t i = start; i < stop; i++) {
        uint32_t point = ou_str_at(text, (uint32_t)i);
        int digit = point < 128 || bytes ? -1 : ou_unicode_decimal(point);
        *(*end)++ = point < 128 ? (char)point : digit >= 0 ? (char)('0' + digit) : '?';
    }
    return buffer;
}

OuValue ou_int_parse(OuVM *vm, OuStr *text, int64_t base) {
    char small[128], *end, *buffer = ou_number_text(vm, text, small, sizeof small, &end);
    if (buffer == NULL) { return OU_NOTHING; }
    OuValue result = parse(vm, buffer, end, base, ou_word(text));
    if (buffer != small) { ou_buffer_free(&vm->heap, buffer, (size_t)text->length + 1); }
    return result;
}

/* --- to text ---------------------------------------------------------------------------------------------- */

static OuValue raise_limit(OuVM *vm, int limit) {
    return ou_raise_value_error(vm, "Exceeds the limit (%d digits) for integer string conversion" LIMIT_HINT, limit);
}

static OuValue small_to_str(OuVM *vm, uint64_t magnitude, bool negative, int base, bool prefix, const char *digits) {
    char text[72], *at = text + sizeof text;
    if (magnitude < 10 && magnitude < (unsigned)base && !negative && !prefix) {
        return ou_str_from_point(vm, (uint32_t)('0' + magnitude));
    }
    do {
        *--at = digits[magnitude % (unsigned)base];
        magnitude /= (unsigned)base;
    } while (magnitude > 0);
    if (prefix && base != 10) {
        *--at = base == 16 ? 'x' : base == 8 ? 'o' : 'b';
        *--at = '0';
    }
    if (negative) { *--at = '-'; }
    return ou_str_from_utf8(vm, at, (size_t)(text + sizeof text - at));
}

OuValue ou_int_to_str(OuVM *vm, OuValue number, int base, bool prefix) {
    const char *letters = base == OU_BASE_UPPER ? "0123456789ABCDEF" : "0123456789abcdef";
    base = base == OU_BASE_UPPER ? 16 : base;
    OuMagnitude view;
    ou_big_view(&view, number);
    if (view.limbs <= 1) {
        return small_to_str(vm, view.limbs == 0 ? 0 : view.limb[0], view.negative, base, prefix, letters);
    }
    int limit = base == 10 ? max_digits(vm) : 0;
    uint64_t bits = ou_big_bit_length(&view);
    if (limit > 0 && (double)bits > limit * 3.3219281 + 8) { return raise_limit(vm, limit); }
    size_t front = (view.negative ? 1 : 0) + (prefix && base != 10 ? 2 : 0);
    size_t digits = (size_t)((double)bits / log2(base)) + 3, room = digits + view.limbs * 8 + 16;
    OuScratch scratch;
    uint8_t *buffer = ou_buffer_new(&vm->heap, room);
    if (buffer == NULL) { return ou_raise_memory(vm); }
    OuValue result = OU_NOTHING;
    if (ou_scratch_open(vm, &scratch, view.limbs) == 0) {
        /* mpn_get_str destroys its operand: it works on a copy behind the digits. */
        mp_limb_t *copy = (mp_limb_t *)(void *)(buffer + ((digits + 7) & ~(size_t)7));
        memcpy(copy, view.limb, view.limbs * 8);
        size_t count = mpn_get_str(buffer, base, copy, (mp_size_t)view.limbs), skip = 0;
        ou_scratch_close(&scratch);
        while (skip + 1 < count && buffer[skip] == 0) { skip++; }
        count -= skip;
        OuStr *text = limit > 0 && count > (size_t)limit ? NULL : ou_str_new(vm, front + count, 0x7f);
        if (text != NULL) {
            memcpy(text->data, view.negative ? "-0" : "0", front > 0 ? 1 : 0);
            if (front >= 2) {
                text->data[front - 2] = '0';
                text->data[front - 1] = base == 16 ? 'x' : base == 8 ? 'o' : 'b';
            }
            for (size_t i = 0; i < count; i++) { text->data[front + i] = (uint8_t)letters[buffer[skip + i]]; }
            result = ou_word(text);
        } else if (vm->pending == OU_NOTHING) {
            raise_limit(vm, limit);
        }
    }
    ou_buffer_free(&vm->heap, buffer, room);
    return result;
}

/* --- methods ---------------------------------------------------------------------------------------------- */

static OU_UNARY(plain) { return ou_plain_peek(vm, self, OU_KIND_INT); }
static OU_NATIVE(int_itself) { return ou_int_exact(vm, args[0]); }
static OU_NATIVE(int_bit_length) { return ou_int(vm, (int64_t)ou_int_bit_length(plain(vm, args[0]))); }

OU_LIBRARY_METHOD(int_bit_count)
OU_LIBRARY_METHOD(int_as_integer_ratio)
static OU_NATIVE(int_round) {
    return nargs < 2 ? ou_int_exact(vm, args[0]) : ou_library_method(vm, "int_round", args, nargs);
}
OU_LIBRARY_METHOD(int_to_bytes)
OU_LIBRARY_METHOD(int_from_bytes)

const OuNativeDef ou_int_methods[] = {
    {"bit_length", int_bit_length, "Number of bits necessary to represent self in binary."},
    {"bit_count", int_bit_count, "Number of ones in the binary representation."},
    {"conjugate", int_itself, "Returns self, the complex conjugate of any int."},
    {"to_bytes", int_to_bytes, "Return an array of bytes.", 0, 2, OU_ARGS_CLINIC, 0, "length byteorder signed"},
    {"as_integer_ratio", int_as_integer_ratio, "Return integer ratio."},
    {"__trunc__", int_itself, "Truncating an Integral returns itself."},
    {"__floor__", int_itself, "Flooring an Integral returns itself."},
    {"__ceil__", int_itself, "Ceiling of an Integral returns itself."},
    {"__round__", int_round, "Rounding an Integral returns itself.", 0, 1, OU_ARGS_UNPACK},
    {"__format__", ou_format_method, "Default object formatter.", 1, 1},
    {"__getnewargs__", ou_getnewargs},
    OU_DEF_END,
};

const OuNativeDef ou_int_class_methods[] = {
    {"from_bytes", int_from_bytes, "Return the integer represented by the given array of bytes.", 1, 2, OU_ARGS_CLINIC,
     0, "bytes byteorder signed"},
    OU_DEF_END,
};
