/* Case and character classes of str and bytes (bytes: ASCII only). */
#include "vm/objects/text.h"
#include "vm/objects/unicode.h"

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
