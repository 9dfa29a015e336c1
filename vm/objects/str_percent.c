/* The % operator of str and bytes.
 *
 * Both build points; for bytes each is one octet. A value fetched from a mapping is the only thing owned across
 * Python code: it lies in a register. Texts made on the way are leaves, which need no root. */
#include "vm/objects/text.h"

#include <limits.h>

enum { LEFT = 1, PLUS = 2, BLANK = 4, ALTERNATE = 8, ZERO = 16 };

typedef struct Percent {
    OuVM *vm;
    OuBuilder out;
    const OuStr *format;
    uint32_t at;
    bool bytes, mapping;
    OuValue args;   /* borrowed: the right operand, or the register's value */
    OuTuple *tuple; /* args when they are a tuple and no key was given */
    size_t next, count;
    OuValue *reg; /* owns the value of the last key */
} Percent;

typedef struct Directive {
    unsigned flags;
    int64_t width, precision; /* -1: not given */
    uint32_t code;
} Directive;

static OuValue next_argument(Percent *self) {
    if (self->next >= self->count) { return ou_raise_type_error(self->vm, "not enough arguments for format string"); }
    size_t at = self->next++;
    return self->tuple != NULL ? self->tuple->items[at] : self->args;
}

static uint32_t peek(const Percent *self) {
    return self->at < self->format->length ? ou_str_at(self->format, self->at) : 0;
}

/* "(key)": the value becomes the only argument. */
static int read_key(Percent *self, OuValue mapping) {
    OuVM *vm = self->vm;
    if (!self->mapping) { return ou_raised_type(vm, "format requires a mapping"); }
    uint32_t start = ++self->at, depth = 1;
    for (; self->at < self->format->length; self->at++) {
        uint32_t point = peek(self);
        depth += point == '(';
        depth -= point == ')';
        if (depth == 0) { break; }
    }
    if (self->at >= self->format->length) { return ou_raised_value(vm, "incomplete format key"); }
    OuTextView text = {(OuStr *)(uintptr_t)self->format, self->bytes};
    OuValue key = ou_text_piece(vm, text, start, self->at++);
    OuValue value = key == OU_NOTHING ? OU_NOTHING : ou_getitem(vm, mapping, key);
    ou_drop(vm, key);
    if (value == OU_NOTHING) { return -1; }
    ou_reg_set(vm, self->reg, value);
    self->args = value;
    self->tuple = NULL;
    self->next = 0;
    self->count = 1;
    return 0;
}

/* Digits or '*': 1 read, 0 none, -1 raised. */
static int read_size(Percent *self, int64_t *out, bool precision) {
    OuVM *vm = self->vm;
    int64_t most = precision ? INT_MAX : INT64_MAX;
    if (peek(self) == '*') {
        self->at++;
        OuValue value = next_argument(self);
        OuValue number = value == OU_NOTHING ? OU_NOTHING : ou_plain_peek(vm, value, OU_KIND_INT);
        if (number == OU_NOTHING) {
            if (value != OU_NOTHING) { ou_raise_type_error(vm, "* wants int"); }
            return -1;
        }
        if (!ou_int_to_i64(number, out) || *out > most || (precision && *out < INT_MIN)) {
            return ou_raised(ou_raise(vm, OU_EXC_OverflowError, "Python int too large to convert to C %s",
                                      precision ? "int" : "ssize_t"));
        }
        return 1;
    }
    int found = ou_str_digits(self->format, &self->at, self->format->length, most, out);
    return found < 0 ? ou_raised_value(vm, "%s too big", precision ? "precision" : "width") : found;
}

static int read_directive(Percent *self, Directive *out, OuValue mapping) {
    *out = (Directive){.width = -1, .precision = -1};
    if (peek(self) == '(' && read_key(self, mapping) < 0) { return -1; }
    for (const char *flags = "-+ #0", *found; peek(self) > 0 && peek(self) < 128; self->at++) {
        found = strchr(flags, (int)peek(self));
        if (found == NULL) { break; }
        out->flags |= 1u << (found - flags);
    }
    int given = read_size(self, &out->width, false);
    if (given < 0) { return -1; }
    if (given > 0 && out->width < 0) {
        out->flags |= LEFT;
        out->width = out->width == INT64_MIN ? INT64_MAX : -out->width;
    }
    if (peek(self) == '.') {
        self->at++;
        out->precision = 0;
        if (read_size(self, &out->precision, true) < 0) { return -1; }
        out->precision = out->precision < 0 ? 0 : out->precision;
    }
    if (peek(self) == 'h' || peek(self) == 'l' || peek(self) == 'L') { self->at++; }
    if (self->at >= self->format->length) { return ou_raised_value(self->vm, "incomplete format"); }
    out->code = ou_str_at(self->format, self->at++);
    return 0;
}

/* --- output ---------------------------------------------------------------------------------------------------- */

/* Padding around front, which is [sign][prefix], and the text with zeros before it up to `least` characters; a number is
 * filled up with zeros where the flags say so. */
static int put(Percent *self, const Directive *directive, const char *front, const OuStr *text, size_t start,
               size_t count, int64_t least) {
    size_t zeros = least > (int64_t)count ? (size_t)least - count : 0, shown = strlen(front) + zeros + count;
    size_t padding = directive->width > (int64_t)shown ? (size_t)directive->width - shown : 0;
    bool left = directive->flags & LEFT, inside = least >= 0 && directive->flags & ZERO && !left;
    OuBuilder *out = &self->out;
    if (padding > OU_STR_MAX || zeros > OU_STR_MAX) {
        ou_builder_abandon(out);
        return ou_raised(ou_raise_memory(self->vm));
    }
    if (!left && !inside) { ou_builder_fill(out, ' ', padding); }
    ou_builder_text(out, front);
    ou_builder_fill(out, '0', zeros + (inside ? padding : 0));
    if (start == 0 && count == text->length && (!self->bytes || ou_str_is_ascii(text))) {
        ou_builder_str(out, text);
    } else {
        for (size_t i = 0; i < count && !out->failed; i++) {
            ou_builder_point(out, ou_str_at(text, (uint32_t)(start + i)));
        }
    }
    if (left) { ou_builder_fill(out, ' ', padding); }
    return out->failed ? -1 : 0;
}

static int put_text_take(Percent *self, const Directive *directive, OuValue text) {
    if (text == OU_NOTHING) { return -1; }
    const OuStr *str = ou_text_peek(self->vm, text);
    size_t count =
        directive->precision >= 0 && directive->precision < str->length ? (size_t)directive->precision : str->length;
    int status = put(self, directive, "", str, 0, count, -1);
    ou_drop(self->vm, text);
    return status;
}

/* A signed ASCII number: its sign, or what the flags want instead, goes in front. Consumes it. */
static int put_number_take(Percent *self, const Directive *directive, OuValue text, const char *prefix, int64_t least) {
    if (text == OU_NOTHING) { return -1; }
    const OuStr *digits = ou_as_str(text);
    size_t start = digits->data[0] == '-';
    char front[4] = {start ? '-' : directive->flags & PLUS ? '+' : directive->flags & BLANK ? ' ' : 0};
    strcat(front, prefix);
    int status = put(self, directive, front, digits, start, digits->length - start, least);
    ou_drop(self->vm, text);
    return status;
}

static OuValue to_integer(OuVM *vm, OuValue value, uint32_t code, bool octets) {
    OuValue number = ou_plain_peek(vm, value, OU_KIND_INT);
    if (number != OU_NOTHING) { return ou_incref(number); }
    const OuSlots *slots = &ou_type_of(vm, value)->slots;
    bool hex = code == 'x' || code == 'X' || code == 'o';
    OuValue result = OU_NOTHING;
    if (hex ? slots->index != NULL : slots->index != NULL || slots->as_int != NULL || slots->as_float != NULL) {
        result = hex ? ou_index(vm, value) : ou_int_from_object(vm, value);
        if (result != OU_NOTHING || !ou_pending_is(vm, OU_EXC_TypeError)) { return result; }
        ou_clear_pending(vm);
    }
    return ou_raise_type_error(vm, "%%%c format: %s is required, not %T", octets && code == 'i' ? 'd' : (int)code,
                               hex ? "an integer" : "a real number", value);
}

static int put_integer(Percent *self, const Directive *directive, OuValue value) {
    OuVM *vm = self->vm;
    uint32_t code = directive->code;
    OuValue number = to_integer(vm, value, code, self->bytes), text = OU_NOTHING;
    if (number != OU_NOTHING && directive->precision > INT_MAX - 3) {
        ou_raise(vm, OU_EXC_OverflowError, "precision too large");
    } else if (number != OU_NOTHING) {
        text = ou_int_to_str(vm, number, code == 'o' ? 8 : code == 'x' ? 16 : code == 'X' ? OU_BASE_UPPER : 10, false);
    }
    ou_drop(vm, number);
    code = directive->flags & ALTERNATE ? code : 0;
    const char *prefix = code == 'x' ? "0x" : code == 'X' ? "0X" : code == 'o' ? "0o" : "";
    return put_number_take(self, directive, text, prefix, directive->precision < 0 ? 0 : directive->precision);
}

static int put_float(Percent *self, const Directive *directive, OuValue value) {
    OuVM *vm = self->vm;
    double number;
    size_t size;
    if (ou_as_double(vm, value, &number) < 0) {
        if (self->bytes) { ou_raise_type_error(vm, "float argument required, not %T", value); }
        return -1;
    }
    char *text =
        ou_double_text(vm, number, (char)directive->code, directive->precision < 0 ? 6 : (int)directive->precision,
                       directive->flags & ALTERNATE, &size);
    if (text == NULL) { return -1; }
    OuValue str = ou_str_from_text(vm, text);
    ou_buffer_free(&vm->heap, text, size);
    return put_number_take(self, directive, str, "", 0);
}

static int put_character(Percent *self, const Directive *directive, OuValue value) {
    OuVM *vm = self->vm;
    OuStr *text = self->bytes ? ou_bytes_peek(vm, value) : ou_str_peek(vm, value);
    int64_t point = -1, most = self->bytes ? 255 : 0x10ffff;
    if (text != NULL && text->length == 1) {
        point = ou_str_at(text, 0);
    } else if (text == NULL && ou_type_of(vm, value)->slots.index != NULL) {
        if (ou_index_i64(vm, value, &point, true) < 0) { return -1; }
        if (point < 0 || point > most) {
            return ou_raised(
                ou_raise(vm, OU_EXC_OverflowError, "%%c arg not in range(%s)", self->bytes ? "256" : "0x110000"));
        }
    } else {
        return ou_raised_type(vm, self->bytes ? "%%c requires an integer in range(256) or a single byte"
                                              : "%%c requires int or char");
    }
    Directive plain = *directive;
    plain.precision = -1;
    return put_text_take(self, &plain, ou_str_from_point(vm, (uint32_t)point));
}

static OuValue octets_of(OuVM *vm, OuValue value) {
    OuValue octets = OU_NOTHING;
    if (ou_bytes_peek(vm, value) != NULL) { return ou_incref(ou_word(ou_bytes_peek(vm, value))); }
    if (ou_bytes_special(vm, value, &octets) == 0) {
        ou_raise_type_error(vm, "%%b requires a bytes-like object, or an object that implements __bytes__, not '%T'",
                            value);
    }
    return octets;
}

static int put_argument(Percent *self, const Directive *directive, OuValue value) {
    OuVM *vm = self->vm;
    uint32_t code = directive->code, shown = code > 30 && code < 127 ? code : '?';
    switch (code) {
    case 'b':
        if (!self->bytes) { break; }
        return put_text_take(self, directive, octets_of(vm, value));
    case 's': return put_text_take(self, directive, self->bytes ? octets_of(vm, value) : ou_str(vm, value));
    case 'r': return put_text_take(self, directive, self->bytes ? ou_ascii(vm, value) : ou_repr(vm, value));
    case 'a': return put_text_take(self, directive, ou_ascii(vm, value));
    case 'd':
    case 'i':
    case 'u':
    case 'o':
    case 'x':
    case 'X': return put_integer(self, directive, value);
    case 'e':
    case 'E':
    case 'f':
    case 'F':
    case 'g':
    case 'G': return put_float(self, directive, value);
    case 'c': return put_character(self, directive, value);
    default: break;
    }
    return ou_raised_value(vm, "unsupported format character '%c' (0x%x) at index %u", (int)shown, (unsigned)code,
                           self->at - 1);
}

static int run(Percent *self, OuValue args) {
    while (self->at < self->format->length && !self->out.failed) {
        uint32_t point = ou_str_at(self->format, self->at++);
        if (point != '%') {
            ou_builder_point(&self->out, point);
            continue;
        }
        if (peek(self) == '%') {
            ou_builder_point(&self->out, '%');
            self->at++;
            continue;
        }
        Directive directive;
        if (read_directive(self, &directive, args) < 0) { return -1; }
        OuValue value = next_argument(self);
        if (value == OU_NOTHING || put_argument(self, &directive, value) < 0) { return -1; }
    }
    if (!self->out.failed && self->next < self->count && !self->mapping) {
        return ou_raised_type(self->vm, "not all arguments converted during %s formatting",
                              self->bytes ? "bytes" : "string");
    }
    return self->out.failed ? -1 : 0;
}

OuValue ou_text_percent(OuVM *vm, OuTextView format, OuValue args) {
    if (format.str == NULL) { return ou_not_implemented(); }
    OuValue tuple = ou_plain_peek(vm, args, OU_KIND_TUPLE);
    Percent self = {.vm = vm, .out = {.vm = vm}, .format = format.str, .bytes = format.bytes, .args = args, .count = 1};
    if (tuple != OU_NOTHING) {
        self.tuple = ou_as_tuple(tuple);
        self.count = ou_tuple_length(self.tuple);
    }
    self.mapping = tuple == OU_NOTHING && ou_str_peek(vm, args) == NULL &&
                   (!self.bytes || ou_bytes_peek(vm, args) == NULL) && ou_type_of(vm, args)->slots.getitem != NULL;
    self.reg = ou_regs_open(vm, 1);
    if (self.reg == NULL) { return OU_NOTHING; }
    self.out.failed |= run(&self, args) < 0;
    OuValue result = ou_text_finish(&self.out, self.bytes);
    ou_regs_close(vm, self.reg);
    return result;
}
