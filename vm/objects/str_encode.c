/* Codecs: utf-8, ascii, latin-1, utf-16, utf-32, and what to do with what they cannot carry.
 *
 * Every codec works point by point through one decode step and one encode step; the error handlers are common. An
 * error handler's name is looked at only when there is an error, as in CPython. */
#include "vm/objects/help.h"

typedef enum Codec { UTF8, ASCII, LATIN1, UTF16, UTF16LE, UTF16BE, UTF32, UTF32LE, UTF32BE, CODECS } Codec;

static const char *const codec_names[CODECS] = {"utf-8",     "ascii",  "latin-1",   "utf-16",   "utf-16-le",
                                                "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"};

static const struct {
    const char *name;
    Codec codec;
} aliases[] = {
    {"utf-8", UTF8},        {"utf8", UTF8},         {"u8", UTF8},           {"utf", UTF8},
    {"cp65001", UTF8},      {"ascii", ASCII},       {"us-ascii", ASCII},    {"646", ASCII},
    {"iso646-us", ASCII},   {"latin-1", LATIN1},    {"latin1", LATIN1},     {"latin", LATIN1},
    {"iso-8859-1", LATIN1}, {"iso8859-1", LATIN1},  {"8859", LATIN1},       {"iso8859", LATIN1},
    {"cp819", LATIN1},      {"l1", LATIN1},         {"utf-16", UTF16},      {"utf16", UTF16},
    {"u16", UTF16},         {"utf-16-le", UTF16LE}, {"utf-16le", UTF16LE},  {"utf-16-be", UTF16BE},
    {"utf-16be", UTF16BE},  {"utf-32", UTF32},      {"utf32", UTF32},       {"u32", UTF32},
    {"utf-32-le", UTF32LE}, {"utf-32le", UTF32LE},  {"utf-32-be", UTF32BE}, {"utf-32be", UTF32BE},
};

static int find_codec(OuVM *vm, const char *name) {
    char clean[24];
    size_t count = 0;
    if (name == NULL) { return UTF8; }
    for (const char *at = name; *at != 0 && count + 1 < sizeof clean; at++) {
        char c = *at >= 'A' && *at <= 'Z' ? (char)(*at | 0x20) : *at == '_' || *at == ' ' ? '-' : *at;
        clean[count++] = c;
    }
    clean[count] = 0;
    for (size_t i = 0; i < sizeof aliases / sizeof aliases[0]; i++) {
        if (strcmp(aliases[i].name, clean) == 0) { return (int)aliases[i].codec; }
    }
    return ou_raised(ou_raise(vm, OU_EXC_LookupError, "unknown encoding: %s", name));
}

typedef enum Handler { STRICT, IGNORE, REPLACE, BACKSLASH, XML, ESCAPE, PASS, HANDLERS } Handler;

static const char *const handler_names[HANDLERS] = {
    "strict", "ignore", "replace", "backslashreplace", "xmlcharrefreplace", "surrogateescape", "surrogatepass"};

static int find_handler(OuVM *vm, const char *name) {
    if (name == NULL) { return STRICT; }
    for (int i = 0; i < HANDLERS; i++) {
        if (strcmp(handler_names[i], name) == 0) { return i; }
    }
    return ou_raised(ou_raise(vm, OU_EXC_LookupError, "unknown error handler name '%s'", name));
}

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

/* --- decoding --------------------------------------------------------------------------------------------- */

static uint32_t unit(const uint8_t *data, size_t size, bool big) {
    uint32_t result = 0;
    for (size_t i = 0; i < size; i++) { result |= (uint32_t)data[big ? size - 1 - i : i] << (8 * i); }
    return result;
}

static size_t utf16_step(const uint8_t *data, size_t left, bool big, uint32_t *point, const char **why) {
    if (left < 2) { return malformed(1, "truncated data", point, why); }
    uint32_t first = unit(data, 2, big);
    if (first < 0xd800 || first > 0xdfff) {
        *point = first;
        return 2;
    }
    uint32_t second = left >= 4 ? unit(data + 2, 2, big) : 0;
    if (first < 0xdc00 && second >= 0xdc00 && second < 0xe000) {
        *point = 0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00);
        return 4;
    }
    if (first < 0xdc00 && left < 4) { return malformed(left, "unexpected end of data", point, why); }
    return malformed(2, first < 0xdc00 ? "illegal UTF-16 surrogate" : "illegal encoding", point, why);
}

static size_t utf32_step(const uint8_t *data, size_t left, bool big, uint32_t *point, const char **why) {
    uint32_t value = left < 4 ? 0 : unit(data, 4, big);
    if (left < 4) { return malformed(left, "truncated data", point, why); }
    if (value > 0x10ffff) { return malformed(4, "code point not in range(0x110000)", point, why); }
    if (value >= 0xd800 && value < 0xe000) {
        return malformed(4, "code point in surrogate code point range(0xd800, 0xe000)", point, why);
    }
    *point = value;
    return 4;
}

static size_t decode_step(Codec codec, const uint8_t *data, size_t left, uint32_t *point, const char **why) {
    switch (codec) {
    case UTF8: return ou_utf8_decode(data, left, false, point, why);
    case ASCII:
    case LATIN1:
        if (codec == ASCII && data[0] >= 0x80) { return malformed(1, "ordinal not in range(128)", point, why); }
        *point = data[0];
        return 1;
    case UTF16LE:
    case UTF16BE: return utf16_step(data, left, codec == UTF16BE, point, why);
    default: return utf32_step(data, left, codec == UTF32BE, point, why);
    }
}

/* Handles a bad sequence of *count bytes; may take more or fewer. false: raise. */
static bool recover(OuBuilder *out, Codec codec, Handler handler, const uint8_t *data, size_t left, size_t *count) {
    char text[16];
    uint32_t point;
    const char *why;
    switch (handler) {
    case IGNORE: return true;
    case REPLACE: ou_builder_point(out, 0xfffd); return true;
    case BACKSLASH:
        for (size_t i = 0; i < *count; i++) { ou_builder_text(out, ou_escape(data[i], text)); }
        return true;
    case ESCAPE:
        for (size_t i = 0; i < *count; i++) {
            if (data[i] < 0x80) {
                *count = i;
                return i > 0;
            }
            ou_builder_point(out, 0xdc00u + data[i]);
        }
        return true;
    case PASS:
        if (codec == UTF8) {
            *count = ou_utf8_decode(data, left, true, &point, &why);
        } else {
            *count = codec >= UTF32LE ? 4 : 2;
            point = left < *count ? 0 : unit(data, *count, codec == UTF16BE || codec == UTF32BE);
        }
        if (*count == 0 || point < 0xd800 || point > 0xdfff) { return false; }
        ou_builder_point(out, point);
        return true;
    default: return false;
    }
}

/* The codec that a byte order mark names; the mark is skipped. */
static Codec byte_order(Codec codec, const uint8_t **data, size_t *bytes) {
    if (codec != UTF16 && codec != UTF32) { return codec; }
    size_t size = codec == UTF16 ? 2 : 4;
    uint32_t first = *bytes >= size ? unit(*data, size, true) : 0;
    bool big = first == 0xfeff, little = first == (size == 2 ? 0xfffeu : 0xfffe0000u);
    *data += big || little ? size : 0;
    *bytes -= big || little ? size : 0;
    return (Codec)(codec + (big ? 2 : 1));
}

static bool all_ascii(const uint8_t *data, size_t bytes) {
    size_t i = 0;
    for (; i + 8 <= bytes; i += 8) {
        uint64_t word;
        memcpy(&word, data + i, 8);
        if (word & 0x8080808080808080ull) { return false; }
    }
    for (; i < bytes; i++) {
        if (data[i] >= 0x80) { return false; }
    }
    return true;
}

OuValue ou_str_decode(OuVM *vm, const uint8_t *data, size_t bytes, const char *encoding, const char *errors) {
    if (bytes == 0) { return ou_str_empty(vm); /* without a look at the names */ }
    int found = find_codec(vm, encoding);
    if (found < 0) { return OU_NOTHING; }
    if (found <= LATIN1 && all_ascii(data, bytes)) { return ou_str_from_utf8(vm, (const char *)data, bytes); }
    const uint8_t *start = data;
    size_t given = bytes;
    Codec codec = byte_order((Codec)found, &data, &bytes);
    int handler = -2; /* not looked at yet */
    OuBuilder out = {.vm = vm};
    for (size_t at = 0; at < bytes && !out.failed;) {
        uint32_t point;
        const char *why = NULL;
        size_t step = decode_step(codec, data + at, bytes - at, &point, &why);
        if (step > 0) {
            ou_builder_point(&out, point);
            at += step;
            continue;
        }
        handler = handler == -2 ? find_handler(vm, errors) : handler;
        size_t count = point, bad = point;
        if (handler >= 0 && recover(&out, codec, (Handler)handler, data + at, bytes - at, &count)) {
            at += count;
            continue;
        }
        ou_builder_abandon(&out);
        OuValue object = handler < 0 ? OU_NOTHING : ou_bytes_from(vm, start, given);
        if (object != OU_NOTHING) {
            int64_t first = (int64_t)(at + (size_t)(data - start));
            ou_raise_unicode(vm, OU_EXC_UnicodeDecodeError, codec_names[codec], object, first, first + (int64_t)bad,
                             why);
            ou_drop(vm, object);
        }
        return OU_NOTHING;
    }
    return ou_builder_finish(&out);
}

/* --- encoding --------------------------------------------------------------------------------------------- */

static bool can_encode(Codec codec, uint32_t point) {
    return codec == ASCII ? point < 0x80 : codec == LATIN1 ? point < 0x100 : point < 0xd800 || point > 0xdfff;
}

static void put_unit(OuBuilder *out, uint32_t value, size_t size, bool big) {
    uint8_t *room = ou_builder_room(out, size);
    for (size_t i = 0; room != NULL && i < size; i++) { room[big ? size - 1 - i : i] = (uint8_t)(value >> (8 * i)); }
}

static void put_point(OuBuilder *out, Codec codec, uint32_t point) {
    uint8_t text[4];
    switch (codec) {
    case UTF8: ou_builder_bytes(out, text, ou_utf8_encode(point, text)); break;
    case ASCII:
    case LATIN1: ou_builder_point(out, point); break;
    case UTF16LE:
    case UTF16BE:
        if (point >= 0x10000) {
            put_unit(out, 0xd800 + ((point - 0x10000) >> 10), 2, codec == UTF16BE);
            point = 0xdc00 + ((point - 0x10000) & 0x3ff);
        }
        put_unit(out, point, 2, codec == UTF16BE);
        break;
    default: put_unit(out, point, 4, codec == UTF32BE);
    }
}

static void put_text(OuBuilder *out, Codec codec, const char *text) {
    for (; *text != 0; text++) { put_point(out, codec, (uint8_t)*text); }
}

/* One point that the codec cannot carry. false: raise. */
static bool replace_point(OuBuilder *out, Codec codec, Handler handler, uint32_t point) {
    char text[16];
    switch (handler) {
    case IGNORE: return true;
    case REPLACE: put_text(out, codec, "?"); return true;
    case BACKSLASH: put_text(out, codec, ou_escape(point, text)); return true;
    case XML:
        snprintf(text, sizeof text, "&#%u;", (unsigned)point);
        put_text(out, codec, text);
        return true;
    case ESCAPE:
        if (codec > LATIN1 || point < 0xdc80 || point > 0xdcff) { return false; }
        ou_builder_point(out, point - 0xdc00);
        return true;
    case PASS:
        if (codec == ASCII || codec == LATIN1 || point < 0xd800 || point > 0xdfff) { return false; }
        put_point(out, codec, point);
        return true;
    default: return false;
    }
}

OuValue ou_str_encode(OuVM *vm, OuStr *self, const char *encoding, const char *errors) {
    int found = find_codec(vm, encoding);
    if (found < 0) { return OU_NOTHING; }
    if (found <= LATIN1 && ou_str_is_ascii(self)) { return ou_bytes_from(vm, self->data, self->length); }
    Codec codec = found == UTF16 ? UTF16LE : found == UTF32 ? UTF32LE : (Codec)found;
    int handler = -2;
    OuBuilder out = {.vm = vm, .bytes = true};
    if (found == UTF16 || found == UTF32) { put_point(&out, codec, 0xfeff); }
    for (uint32_t i = 0; i < self->length && !out.failed; i++) {
        uint32_t point = ou_str_at(self, i);
        if (can_encode(codec, point)) {
            put_point(&out, codec, point);
            continue;
        }
        handler = handler == -2 ? find_handler(vm, errors) : handler;
        if (handler >= 0 && replace_point(&out, codec, (Handler)handler, point)) { continue; }
        ou_builder_abandon(&out);
        uint32_t end = i + 1;
        while (codec <= LATIN1 && end < self->length && !can_encode(codec, ou_str_at(self, end))) { end++; }
        if (handler >= 0) {
            ou_raise_unicode(vm, OU_EXC_UnicodeEncodeError, codec_names[found], ou_word(self), i, end,
                             codec == ASCII    ? "ordinal not in range(128)"
                             : codec == LATIN1 ? "ordinal not in range(256)"
                                               : "surrogates not allowed");
        }
        return OU_NOTHING;
    }
    return ou_builder_finish(&out);
}
