/* Codecs: utf-8, ascii and latin-1, where the text is in order. vm/lib/_codecs.py has the others, the error handlers and
 * every other way to spell a name. */
#include "vm/lib/lib.h"
#include "vm/objects/help.h"

/* What a decode step says of a sequence that stands for nothing: how long it is and why. */
static size_t malformed(size_t count, const char *reason, uint32_t *point, const char **why) {
    *point = (uint32_t)count;
    *why = reason;
    return 0;
}

/* --- utf-8 ------------------------------------------------------------------------------------------------ */

size_t ou_utf8_encode(uint32_t point, uint8_t *out) {
    if (point < 0x80) {
        out[0] = (uint8_t)point;
        return 1;
    }
    size_t count = point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
    for (size_t i = count - 1; i > 0; i--) {
        out[i] = (uint8_t)(0x80 | (point & 0x3f));
        point >>= 6;
    }
    out[0] = (uint8_t)(point | (count == 2 ? 0xc0u : count == 3 ? 0xe0u : 0xf0u));
    return count;
}

/* The bad sequence is as long as Unicode recommends: the longest part that could have been the beginning of a
 * character, at least one byte. */
size_t ou_utf8_decode(const uint8_t *text, size_t left, bool surrogates, uint32_t *point, const char **why) {
    uint8_t lead = text[0];
    if (lead < 0x80) {
        *point = lead;
        return 1;
    }
    if (lead < 0xc2 || lead > 0xf4) { return malformed(1, "invalid start byte", point, why); }
    size_t count = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    uint32_t result = lead & (0x7fu >> count);
    uint8_t low = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
    uint8_t high = lead == 0xed && !surrogates ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
    for (size_t i = 1; i < count; i++) {
        if (i >= left || text[i] < low || text[i] > high) {
            return malformed(i, i >= left ? "unexpected end of data" : "invalid continuation byte", point, why);
        }
        result = result << 6 | (text[i] & 0x3f);
        low = 0x80;
        high = 0xbf;
    }
    *point = result;
    return count;
}

/* --- the fast codecs -------------------------------------------------------------------------------------- */

typedef enum Codec { UTF8, ASCII, LATIN1, OTHER } Codec;

/* What the arguments encoding and errors name; OTHER: for Python, wrong types among them. */
static Codec codec_of(const OuValue names[2]) {
    static const struct {
        const char *name;
        Codec codec;
    } common[] = {{"utf-8", UTF8},  {"utf8", UTF8},      {"UTF-8", UTF8},
                  {"ascii", ASCII}, {"latin-1", LATIN1}, {"latin1", LATIN1}};
    if (names[1] != OU_NOTHING && !ou_is_str(names[1])) { return OTHER; }
    if (names[0] == OU_NOTHING) { return UTF8; }
    for (size_t i = 0; ou_is_str(names[0]) && i < sizeof common / sizeof *common; i++) {
        if (ou_str_equal_text(ou_as_str(names[0]), common[i].name)) { return common[i].codec; }
    }
    return OTHER;
}

static size_t count_ascii(const OuBytes *self) {
    size_t i = 0, bytes = self->length;
    for (uint64_t word; i + 8 <= bytes; i += 8) {
        memcpy(&word, self->data + i, 8);
        if (word & 0x8080808080808080ull) { break; }
    }
    while (i < bytes && self->data[i] < 0x80) { i++; }
    return i;
}

static OuValue decode(OuVM *vm, Codec codec, OuBytes *self) {
    size_t bytes = self->length, good = codec != UTF8 ? count_ascii(self) : 0;
    if (codec == UTF8 || good == bytes) { return ou_str_decode_utf8(vm, self->data, bytes, false); }
    if (codec == ASCII) {
        return ou_raise_unicode(vm, OU_EXC_UnicodeDecodeError, "ascii", ou_word(self), (int64_t)good, (int64_t)good + 1,
                                "ordinal not in range(128)");
    }
    if (bytes == 1) { return ou_str_from_point(vm, self->data[0]); }
    OuStr *text = ou_str_new(vm, bytes, 0xff);
    if (text != NULL) { memcpy(text->data, self->data, bytes); }
    return ou_word(text);
}

static OuValue encode(OuVM *vm, Codec codec, OuStr *self) {
    if (ou_str_is_ascii(self) || (codec == LATIN1 && ou_str_width(self) == 1)) {
        return ou_bytes_from(vm, self->data, self->length);
    }
    if (codec == UTF8) {
        char *utf8;
        size_t bytes, capacity;
        if (ou_str_to_utf8(vm, self, &utf8, &bytes, &capacity, false) < 0) { return OU_NOTHING; }
        OuValue result = ou_bytes_from(vm, utf8, bytes);
        ou_buffer_free(&vm->heap, utf8, capacity);
        return result;
    }
    uint32_t limit = codec == ASCII ? 0x80 : 0x100, start = 0;
    while (ou_str_at(self, start) < limit) { start++; }
    uint32_t end = start + 1;
    while (end < self->length && ou_str_at(self, end) >= limit) { end++; }
    return ou_raise_unicode(vm, OU_EXC_UnicodeEncodeError, codec == ASCII ? "ascii" : "latin-1", ou_word(self), start,
                            end, codec == ASCII ? "ordinal not in range(128)" : "ordinal not in range(256)");
}

/* An error handler is asked, and its name looked at, only when something is wrong. */
static OuValue convert(OuVM *vm, OuStr *self, const OuValue args[3], const char *function,
                       OuValue (*fast)(OuVM *vm, Codec codec, OuStr *self)) {
    Codec codec = self != NULL ? codec_of(args + 1) : OTHER;
    bool strict = args[2] == OU_NOTHING || (ou_is_str(args[2]) && ou_str_equal_text(ou_as_str(args[2]), "strict"));
    OuValue result = codec != OTHER ? fast(vm, codec, self) : OU_NOTHING;
    if (codec != OTHER && (result != OU_NOTHING || strict || !ou_pending_is(vm, OU_EXC_UnicodeError))) {
        return result;
    }
    ou_clear_pending(vm);
    OuValue plain[3] = {self != NULL ? ou_word(self) : args[0], args[1], args[2]};
    return ou_library_method_in(vm, "_codecs", function, plain, 3);
}

OuValue ou_str_decode(OuVM *vm, const OuValue args[3], const char *function) {
    return convert(vm, ou_bytes_peek(vm, args[0]), args, function, decode);
}

OuValue ou_str_encode(OuVM *vm, const OuValue args[3], const char *function) {
    return convert(vm, ou_str_peek(vm, args[0]), args, function, encode);
}
