/* Slots, case and character classes of str and bytes (classes of bytes: ASCII only). */
#include "vm/objects/text.h"
#include "vm/objects/unicode.h"

OU_UNARY(ou_text_repr) { return ou_str_repr(vm, ou_text_peek(vm, self)); }
int64_t ou_text_len(OuVM *vm, OuValue self) { return ou_text_peek(vm, self)->length; }
int ou_text_truth(OuVM *vm, OuValue self) { return ou_text_peek(vm, self)->length > 0; }

int ou_text_hash(OuVM *vm, OuValue self, int64_t *out) {
    *out = ou_str_hash(ou_text_peek(vm, self));
    return 0;
}

OU_COMPARE(ou_text_compare) {
    OuStr *x = ou_text_peek(vm, a), *y = ou_text_peek(vm, b);
    if (x == NULL || y == NULL || x->cell.kind != y->cell.kind) { return ou_not_implemented(); }
    if (op == OU_EQ || op == OU_NE) { return ou_new_bool(ou_str_equal(x, y) == (op == OU_EQ)); }
    return ou_new_bool(ou_order_is(ou_str_compare(x, y), op));
}

OU_NATIVE(ou_getnewargs) {
    OuValue plain = ou_is_instance_kind(ou_kind(args[0])) ? ou_as_instance(args[0])->words[0] : args[0];
    OuValue value = ou_is_kind(plain, OU_KIND_BOOL) ? ou_int(vm, ou_cell(plain)->aux) : ou_incref(plain);
    return ou_tuple_from_take(vm, &value, 1);
}

OuValue ou_text_no_concat(OuVM *vm, OuValue a, OuValue b) {
    OuTextView self = ou_text_self(vm, a);
    if (self.str == NULL || ou_may_reflect(vm, b, OU_BIN_ADD)) { return ou_not_implemented(); }
    return self.bytes ? ou_raise_type_error(vm, "can't concat %T to bytes", b)
                      : ou_raise_type_error(vm, "can only concatenate str (not \"%T\") to str", b);
}

OU_BINARY(ou_text_repeat) {
    OuTextView self = ou_text_self(vm, a);
    OuValue factor = b;
    if (self.str == NULL) {
        self = ou_text_self(vm, b);
        factor = a;
    }
    int64_t count;
    if (ou_type_of(vm, factor)->slots.index == NULL) {
        return ou_may_reflect(vm, factor, OU_BIN_MUL)
                   ? ou_not_implemented()
                   : ou_raise_type_error(vm, "can't multiply sequence by non-int of type '%T'", factor);
    }
    if (ou_count_argument(vm, factor, &count, OU_NO_INDEX) < 0) { return OU_NOTHING; }
    size_t length = self.str->length;
    if (count <= 0 || length == 0) { return self.bytes ? ou_bytes_from(vm, NULL, 0) : ou_str_empty(vm); }
    if (count == 1) { return ou_incref(ou_word(self.str)); }
    if (count > INT64_MAX / (int64_t)length) {
        return ou_raise(vm, OU_EXC_OverflowError,
                        self.bytes ? "repeated bytes are too long" : "repeated string is too long");
    }
    size_t total = length * (size_t)count, width = ou_str_width(self.str);
    OuStr *result = self.bytes ? ou_bytes_new(vm, total) : ou_str_new(vm, total, ou_str_max_point(self.str, 0, length));
    if (result == NULL) { return OU_NOTHING; }
    size_t filled = length * width;
    memcpy(result->data, self.str->data, filled);
    for (total *= width; filled < total;) { /* doubles what is there */
        size_t step = filled < total - filled ? filled : total - filled;
        memcpy(result->data + filled, result->data, step);
        filled += step;
    }
    return ou_word(result);
}

OuValue ou_text_getitem(OuVM *vm, OuValue self, OuValue key) {
    OuTextView text = ou_text_self(vm, self);
    int64_t length = text.str->length, index, start, stop, step;
    if (ou_is_kind(key, OU_KIND_SLICE)) {
        if (ou_slice_unpack(vm, (OuSlice *)(uintptr_t)key, &start, &stop, &step) < 0) { return OU_NOTHING; }
        int64_t count = ou_slice_adjust(length, &start, &stop, step);
        if (step == 1) { return ou_text_piece(vm, text, (size_t)start, (size_t)(start + count)); }
        OuBuilder out = {.vm = vm};
        for (int64_t i = 0; i < count && !out.failed; i++) {
            ou_builder_point(&out, ou_str_at(text.str, (uint32_t)(start + i * step)));
        }
        return ou_text_finish(&out, text.bytes);
    }
    if (!text.bytes && !ou_is_small(key) && ou_type_of(vm, key)->slots.index == NULL) {
        return ou_raise_type_error(vm, "string indices must be integers, not '%T'", key);
    }
    const char *range_error = text.bytes ? "index out of range" : "string index out of range";
    if (ou_sequence_index(vm, key, length, "byte", range_error, &index) < 0) { return OU_NOTHING; }
    uint32_t point = ou_str_at(text.str, (uint32_t)index);
    return text.bytes ? ou_int(vm, point) : ou_str_from_point(vm, point);
}

/* --- points ----------------------------------------------------------------------------------------------------- */

enum { ALNUM = OU_UNICODE_CLASSES }; /* one class more: letters and numbers of all sorts */

static bool is_class(OuTextView self, uint32_t point, int which) {
    if (which == ALNUM) {
        return is_class(self, point, OU_UNICODE_ALPHA) || is_class(self, point, OU_UNICODE_NUMERIC) ||
               is_class(self, point, OU_UNICODE_DIGIT);
    }
    if (self.bytes && (point >= 128 || which == OU_UNICODE_SPACE)) {
        return point == ' ' || (point >= 9 && point <= 13);
    }
    return ou_unicode_is(point, (OuUnicodeClass)which);
}

static bool is_lower(OuTextView self, uint32_t point) {
    return point < 128 ? point - 'a' < 26u : !self.bytes && ou_unicode_is(point, OU_UNICODE_LOWER);
}
static bool is_upper(OuTextView self, uint32_t point) {
    return point < 128 ? point - 'A' < 26u : !self.bytes && ou_unicode_is(point, OU_UNICODE_UPPER);
}
static bool is_title(OuTextView self, uint32_t point) {
    return point >= 128 && !self.bytes && ou_unicode_is(point, OU_UNICODE_TITLE);
}

/* --- case ----------------------------------------------------------------------------------------------------- */

/* A capital sigma at the end of a word becomes the final form: a cased letter before it and none after, not
 * counting case-ignorable characters. */
static bool is_final_sigma(const OuStr *self, uint32_t at) {
    int64_t i = (int64_t)at - 1;
    while (i >= 0 && ou_unicode_is(ou_str_at(self, (uint32_t)i), OU_UNICODE_IGNORABLE)) { i--; }
    if (i < 0 || !ou_unicode_is(ou_str_at(self, (uint32_t)i), OU_UNICODE_CASED)) { return false; }
    uint32_t j = at + 1;
    while (j < self->length && ou_unicode_is(ou_str_at(self, j), OU_UNICODE_IGNORABLE)) { j++; }
    return j == self->length || !ou_unicode_is(ou_str_at(self, j), OU_UNICODE_CASED);
}

static void put_case(OuBuilder *out, OuTextView self, uint32_t at, OuUnicodeCase how) {
    uint32_t point = ou_str_at(self.str, at), mapped[3];
    if (self.bytes && point >= 128) {
        ou_builder_point(out, point);
        return;
    }
    if (point == 0x3a3 && how == OU_CASE_LOWER) {
        ou_builder_point(out, is_final_sigma(self.str, at) ? 0x3c2 : 0x3c3);
        return;
    }
    size_t count = ou_unicode_map(point, how, mapped);
    for (size_t i = 0; i < count; i++) { ou_builder_point(out, mapped[i]); }
}

/* How the point at `at` is written; -1: as it is. `inside` a word. */
static int case_at(OuTextView self, uint32_t at, int how, bool inside) {
    uint32_t point = ou_str_at(self.str, at);
    switch (how) {
    case OU_TEXT_TITLE: return inside ? OU_CASE_LOWER : OU_CASE_TITLE;
    case OU_TEXT_CAPITALIZE: return at == 0 ? OU_CASE_TITLE : OU_CASE_LOWER;
    case OU_TEXT_SWAP: return is_upper(self, point) ? OU_CASE_LOWER : is_lower(self, point) ? OU_CASE_UPPER : -1;
    default: return how;
    }
}

OuValue ou_text_case(OuVM *vm, OuTextView self, int how) {
    if (how < OU_CASE_COUNT && !self.bytes && ou_str_is_ascii(self.str) && self.str->length > 1) {
        OuStr *result = ou_str_new(vm, self.str->length, 0x7f);
        for (uint32_t i = 0; result != NULL && i < self.str->length; i++) {
            uint8_t octet = self.str->data[i], first = how == OU_CASE_UPPER ? 'a' : 'A';
            result->data[i] = (uint8_t)(octet ^ ((uint8_t)(octet - first) < 26 ? 0x20 : 0));
        }
        return ou_word(result);
    }
    OuBuilder out = {.vm = vm};
    bool inside = false;
    for (uint32_t i = 0; i < self.str->length && !out.failed; i++) {
        uint32_t point = ou_str_at(self.str, i);
        int which = case_at(self, i, how, inside);
        if (which < 0) {
            ou_builder_point(&out, point);
        } else {
            put_case(&out, self, i, (OuUnicodeCase)which);
        }
        /* A word goes on through cased characters, whether they are case-ignorable or not. */
        inside = how == OU_TEXT_TITLE && (is_lower(self, point) || is_upper(self, point) || is_title(self, point));
    }
    return ou_text_finish(&out, self.bytes);
}

OU_NATIVE(ou_text_lower) { return ou_text_case(vm, ou_text_self(vm, args[0]), OU_CASE_LOWER); }
OU_NATIVE(ou_text_upper) { return ou_text_case(vm, ou_text_self(vm, args[0]), OU_CASE_UPPER); }
OU_NATIVE(ou_text_title) { return ou_text_case(vm, ou_text_self(vm, args[0]), OU_TEXT_TITLE); }
OU_NATIVE(ou_text_capitalize) { return ou_text_case(vm, ou_text_self(vm, args[0]), OU_TEXT_CAPITALIZE); }
OU_NATIVE(ou_text_swapcase) { return ou_text_case(vm, ou_text_self(vm, args[0]), OU_TEXT_SWAP); }

/* --- classes ---------------------------------------------------------------------------------------------------- */

bool ou_text_all(OuTextView self, int which, bool empty) {
    for (uint32_t i = 0; i < self.str->length; i++) {
        if (!is_class(self, ou_str_at(self.str, i), which)) { return false; }
    }
    return self.str->length > 0 || empty;
}

OU_NATIVE(ou_text_isalpha) { return ou_new_bool(ou_text_all(ou_text_self(vm, args[0]), OU_UNICODE_ALPHA, false)); }
OU_NATIVE(ou_text_isalnum) { return ou_new_bool(ou_text_all(ou_text_self(vm, args[0]), ALNUM, false)); }
OU_NATIVE(ou_text_isdigit) { return ou_new_bool(ou_text_all(ou_text_self(vm, args[0]), OU_UNICODE_DIGIT, false)); }
OU_NATIVE(ou_text_isspace) { return ou_new_bool(ou_text_all(ou_text_self(vm, args[0]), OU_UNICODE_SPACE, false)); }

/* Some letter of this case, and none of another. */
static OuValue all_cased(OuTextView self, bool upper) {
    bool cased = false, ok = true;
    for (uint32_t i = 0; i < self.str->length && ok; i++) {
        uint32_t point = ou_str_at(self.str, i);
        bool is_up = is_upper(self, point), is_low = is_lower(self, point);
        ok = !(upper ? is_low : is_up) && !is_title(self, point);
        cased |= upper ? is_up : is_low;
    }
    return ou_new_bool(ok && cased);
}

OU_NATIVE(ou_text_islower) { return all_cased(ou_text_self(vm, args[0]), false); }
OU_NATIVE(ou_text_isupper) { return all_cased(ou_text_self(vm, args[0]), true); }

OU_NATIVE(ou_text_istitle) {
    OuTextView self = ou_text_self(vm, args[0]);
    bool cased = false, inside = false, ok = true;
    for (uint32_t i = 0; i < self.str->length && ok; i++) {
        uint32_t point = ou_str_at(self.str, i);
        bool first = is_upper(self, point) || is_title(self, point), later = is_lower(self, point);
        ok = first ? !inside : !later || inside;
        inside = first || later;
        cased |= inside;
    }
    return ou_new_bool(ok && cased);
}

OU_NATIVE(ou_text_isascii) {
    OuTextView self = ou_text_self(vm, args[0]);
    bool all = true;
    for (uint32_t i = 0; i < self.str->length && self.bytes && all; i++) { all = self.str->data[i] < 128; }
    return ou_new_bool(self.bytes ? all : ou_str_is_ascii(self.str));
}
