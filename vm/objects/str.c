/* str: representation, hashing, interning, building.
 *
 * A string is stored in the narrowest width that holds it and its ASCII bit is exact, so equal strings have
 * equal headers and bytes. Strings never change once another holder can see them; ou_str_try_extend
 * and the builder are the only writers, both on cells with one reference. */
#include "vm/objects/help.h"
#include "vm/objects/unicode.h"

/* --- representation ------------------------------------------------------------------------------------ */

static uint16_t shape_for(uint32_t max_point) {
    if (max_point < 0x80) { return 1 | OU_STR_ASCII; }
    return max_point < 0x100 ? 1 : max_point < 0x10000 ? 2 : 4;
}

static OuStr *new_cell(OuVM *vm, size_t length, uint16_t shape, size_t capacity) {
    size_t bytes = sizeof(OuStr) + capacity * (shape & OU_STR_WIDTH_MASK);
    if (capacity > OU_STR_MAX) { return ou_no_memory(vm); }
    OuCell *cell = bytes <= 128 ? ou_cell_new_sized(&vm->heap, OU_KIND_STR, true, bytes)
                                : ou_cell_new(&vm->heap, OU_KIND_STR, bytes);
    if (cell == NULL) { return ou_no_memory(vm); }
    cell->aux = shape;
    OuStr *self = (OuStr *)(void *)cell;
    self->length = (uint32_t)length;
    return self;
}

OuStr *ou_str_new(OuVM *vm, size_t length, uint32_t max_point) {
    if (length == 0 && vm->empty_str != NULL) {
        ou_incref_cell(vm->empty_str);
        return vm->empty_str;
    }
    if (length >= 256 && ou_charge(vm, length / 64) < 0) { return NULL; }
    return new_cell(vm, length, shape_for(max_point), length);
}

OuValue ou_str_empty(OuVM *vm) {
    if (vm->empty_str == NULL) {
        vm->empty_str = new_cell(vm, 0, 1 | OU_STR_ASCII, 0);
        if (vm->empty_str == NULL) { return OU_NOTHING; }
    }
    return ou_incref(ou_word(vm->empty_str));
}

OuValue ou_str_from_point(OuVM *vm, uint32_t point) {
    if (point < 256 && vm->latin1[point] != NULL) { return ou_incref(ou_word(vm->latin1[point])); }
    OuStr *self = new_cell(vm, 1, shape_for(point), 1);
    if (self == NULL) { return OU_NOTHING; }
    ou_str_fill(self, 0, 1, point);
    if (point < 256) {
        vm->latin1[point] = self;
        ou_incref_cell(self);
    }
    return ou_word(self);
}

#define POINTS16(self) ((uint16_t *)(void *)(self)->data)
#define POINTS32(self) ((uint32_t *)(void *)(self)->data)

void ou_str_fill(OuStr *to, size_t at, size_t count, uint32_t point) {
    switch (ou_str_width(to)) {
    case 1: memset(to->data + at, (int)point, count); break;
    case 2:
        for (size_t i = 0; i < count; i++) { POINTS16(to)[at + i] = (uint16_t)point; }
        break;
    default:
        for (size_t i = 0; i < count; i++) { POINTS32(to)[at + i] = point; }
    }
}

#define CONVERT(target, source) \
    for (size_t i = 0; i < count; i++) { (target)[at + i] = (source)[start + i]; }

void ou_str_copy_points(OuStr *to, size_t at, const OuStr *from, size_t start, size_t count) {
    uint32_t to_width = ou_str_width(to), from_width = ou_str_width(from);
    if (to_width == from_width) {
        memcpy(to->data + at * to_width, from->data + start * to_width, count * to_width);
    } else if (to_width == 1) {
        for (size_t i = 0; i < count; i++) { to->data[at + i] = (uint8_t)ou_str_at(from, (uint32_t)(start + i)); }
    } else if (to_width == 2 && from_width == 1) {
        CONVERT(POINTS16(to), from->data)
    } else if (to_width == 2) {
        for (size_t i = 0; i < count; i++) {
            POINTS16(to)[at + i] = (uint16_t)((const uint32_t *)(const void *)from->data)[start + i];
        }
    } else if (from_width == 1) {
        CONVERT(POINTS32(to), from->data)
    } else {
        CONVERT(POINTS32(to), (const uint16_t *)(const void *)from->data)
    }
}

uint32_t ou_str_max_point(const OuStr *self, size_t start, size_t end) {
    if (ou_str_is_ascii(self)) { return 0x7f; }
    uint32_t width = ou_str_width(self), seen = 0;
    uint32_t enough = width == 1 ? 0x80 : width == 2 ? 0x100 : 0x10000; /* nothing above it changes the answer */
    for (size_t i = start; i < end && seen < enough; i++) { seen |= ou_str_at(self, (uint32_t)i); }
    return seen < 0x80 ? 0x7f : seen < 0x100 ? 0xff : seen < 0x10000 ? 0xffff : 0x10ffff;
}

OuValue ou_str_substring(OuVM *vm, OuStr *self, size_t start, size_t end) {
    if (start >= end) { return ou_str_empty(vm); }
    if (start == 0 && end == self->length) { return ou_incref(ou_word(self)); }
    if (end - start == 1) { return ou_str_from_point(vm, ou_str_at(self, (uint32_t)start)); }
    OuStr *result = ou_str_new(vm, end - start, ou_str_max_point(self, start, end));
    if (result == NULL) { return OU_NOTHING; }
    ou_str_copy_points(result, 0, self, start, end - start);
    return ou_word(result);
}

OuValue ou_str_decode_utf8(OuVM *vm, const uint8_t *data, size_t bytes, bool surrogates) {
    uint32_t seen = 0, point = 0;
    size_t length = 0;
    const char *why = NULL;
    for (size_t at = 0; at < bytes; length++) {
        size_t step = 1;
        point = data[at];
        if (point >= 0x80) {
            step = ou_utf8_decode(data + at, bytes - at, surrogates, &point, &why);
            if (step == 0) {
                OuValue object = ou_bytes_from(vm, data, bytes);
                if (object != OU_NOTHING) {
                    ou_raise_unicode(vm, OU_EXC_UnicodeDecodeError, "utf-8", object, (int64_t)at, (int64_t)(at + point),
                                     why);
                    ou_drop(vm, object);
                }
                return OU_NOTHING;
            }
        }
        seen |= point;
        at += step;
    }
    if (length <= 1) { return length == 0 ? ou_str_empty(vm) : ou_str_from_point(vm, point); }
    OuStr *self = ou_str_new(vm, length, seen);
    if (self == NULL) { return OU_NOTHING; }
    if (length == bytes) {
        memcpy(self->data, data, bytes);
        return ou_word(self);
    }
    for (size_t at = 0, i = 0; at < bytes; i++) {
        at += ou_utf8_decode(data + at, bytes - at, true, &point, &why);
        ou_str_fill(self, i, 1, point);
    }
    return ou_word(self);
}

OuValue ou_str_from_text(OuVM *vm, const char *text) { return ou_str_from_utf8(vm, text, strlen(text)); }

/* --- comparing and hashing ------------------------------------------------------------------------------ */

bool ou_str_equal(const OuStr *a, const OuStr *b) {
    if (a == b) { return true; }
    if (a->length != b->length || a->cell.aux != b->cell.aux || (a->hash != b->hash && a->hash != 0 && b->hash != 0)) {
        return false;
    }
    return memcmp(a->data, b->data, (size_t)a->length * ou_str_width(a)) == 0;
}

bool ou_str_equal_text(const OuStr *self, const char *ascii) {
    return ou_str_is_ascii(self) && strlen(ascii) == self->length && memcmp(self->data, ascii, self->length) == 0;
}

int ou_str_compare(const OuStr *a, const OuStr *b) {
    uint32_t common = a->length < b->length ? a->length : b->length;
    if (ou_str_width(a) == 1 && ou_str_width(b) == 1) {
        int order = memcmp(a->data, b->data, common);
        if (order != 0) { return order; }
    } else {
        for (uint32_t i = 0; i < common; i++) {
            uint32_t x = ou_str_at(a, i), y = ou_str_at(b, i);
            if (x != y) { return x < y ? -1 : 1; }
        }
    }
    return (a->length > b->length) - (a->length < b->length);
}

/* Words of 8 bytes through a multiplication each; the tail is read as one zero-padded word. */
static uint32_t hash_bytes(const uint8_t *data, size_t count) {
    uint64_t hash = 0x9e3779b97f4a7c15ull ^ count;
    while (count > 0) {
        uint64_t word = 0;
        size_t step = count < 8 ? count : 8;
        memcpy(&word, data, step);
        hash = (hash ^ word) * 0xff51afd7ed558ccdull;
        hash ^= hash >> 32;
        data += step;
        count -= step;
    }
    hash *= 0xc4ceb9fe1a85ec53ull;
    uint32_t result = (uint32_t)(hash ^ (hash >> 32));
    return result == 0 ? 1 : result;
}

/* Never 0. */
static uint32_t hash32(OuStr *self) {
    if (self->hash == 0) { self->hash = hash_bytes(self->data, (size_t)self->length * ou_str_width(self)); }
    return self->hash;
}

int64_t ou_str_hash(OuStr *self) {
    int64_t result = self->length == 0 ? 0 : (int64_t)(hash32(self) * 0x9e3779b97f4a7c15ull);
    return result == -1 ? -2 : result;
}

/* --- interning ------------------------------------------------------------------------------------------ */

static bool grow_interned(OuVM *vm) {
    uint32_t capacity = vm->interned_capacity == 0 ? 1024 : vm->interned_capacity * 2;
    OuStr **table = ou_buffer_new(&vm->heap, capacity * sizeof *table);
    if (table == NULL) { return false; }
    memset(table, 0, capacity * sizeof *table);
    for (uint32_t i = 0; i < vm->interned_capacity; i++) {
        OuStr *str = vm->interned[i];
        if (str != NULL) {
            uint32_t at = str->hash & (capacity - 1);
            while (table[at] != NULL) { at = (at + 1) & (capacity - 1); }
            table[at] = str;
        }
    }
    if (vm->interned != NULL) { ou_buffer_free(&vm->heap, vm->interned, vm->interned_capacity * sizeof *table); }
    vm->interned = table;
    vm->interned_capacity = capacity;
    return true;
}

OuStr *ou_str_intern_take(OuVM *vm, OuStr *self) {
    if (self == NULL || ou_str_is_interned(self)) { return self; }
    if (vm->interned_used * 4 >= vm->interned_capacity * 3 && !grow_interned(vm)) {
        ou_drop(vm, ou_word(self));
        return ou_no_memory(vm);
    }
    uint32_t mask = vm->interned_capacity - 1, at = hash32(self) & mask;
    for (; vm->interned[at] != NULL; at = (at + 1) & mask) {
        OuStr *twin = vm->interned[at];
        if (ou_str_equal(twin, self)) {
            ou_incref_cell(twin);
            ou_drop(vm, ou_word(self));
            return twin;
        }
    }
    vm->interned[at] = self;
    vm->interned_used++;
    self->cell.flags |= OU_STR_INTERNED;
    return self;
}

OuStr *ou_str_interned(OuVM *vm, const char *text) {
    return ou_str_intern_take(vm, ou_as_str(ou_str_from_text(vm, text)));
}

/* Linear probing without tombstones: later entries of the run move up into the hole. */
void ou_str_forget(OuVM *vm, OuStr *self) {
    if (vm->interned_capacity == 0 || !ou_str_is_interned(self)) { return; }
    uint32_t mask = vm->interned_capacity - 1, hole = self->hash & mask;
    while (vm->interned[hole] != self) {
        if (vm->interned[hole] == NULL) { return; }
        hole = (hole + 1) & mask;
    }
    for (uint32_t at = (hole + 1) & mask; vm->interned[at] != NULL; at = (at + 1) & mask) {
        uint32_t home = vm->interned[at]->hash & mask;
        if (((at - home) & mask) >= ((at - hole) & mask)) {
            vm->interned[hole] = vm->interned[at];
            hole = at;
        }
    }
    vm->interned[hole] = NULL;
    vm->interned_used--;
}

int ou_str_setup(OuVM *vm) {
    OuValue empty = ou_str_empty(vm);
    return ou_status_take(vm, empty);
}

void ou_str_teardown(OuVM *vm) {
    for (size_t i = 0; i < 256; i++) {
        OuStr *shared = vm->latin1[i];
        vm->latin1[i] = NULL;
        ou_drop(vm, ou_word(shared));
    }
    OuStr *empty = vm->empty_str;
    vm->empty_str = NULL;
    ou_drop(vm, ou_word(empty));
    if (vm->interned != NULL) {
        ou_buffer_free(&vm->heap, vm->interned, vm->interned_capacity * sizeof *vm->interned);
        vm->interned = NULL;
        vm->interned_capacity = vm->interned_used = 0;
    }
}

/* --- joining -------------------------------------------------------------------------------------------- */

static uint32_t shape_limit(const OuStr *self) {
    return ou_str_is_ascii(self) ? 0x7f : ou_str_width(self) == 1 ? 0xff : ou_str_width(self) == 2 ? 0xffff : 0x10ffff;
}

OuValue ou_str_concat(OuVM *vm, OuStr *a, OuStr *b) {
    if (a->length == 0 || b->length == 0) { return ou_incref(ou_word(a->length == 0 ? b : a)); }
    OuStr *result = ou_str_new(vm, (size_t)a->length + b->length, shape_limit(a) | shape_limit(b));
    if (result == NULL) { return OU_NOTHING; }
    ou_str_copy_points(result, 0, a, 0, a->length);
    ou_str_copy_points(result, a->length, b, 0, b->length);
    return ou_word(result);
}

OuStr *ou_str_try_extend(OuVM *vm, OuStr *a, const OuStr *b) {
    uint32_t width = ou_str_width(a);
    size_t length = (size_t)a->length + b->length;
    if (a->cell.count != 1 || ou_str_is_interned(a) || a == b || width < ou_str_width(b) || length > OU_STR_MAX) {
        return NULL;
    }
    size_t bytes = sizeof *a + length * width;
    if (bytes > ou_cell_size(&a->cell)) {
        OuCell *moved = ou_cell_grow(&vm->heap, &a->cell, bytes + bytes / 4);
        if (moved == NULL) { moved = ou_cell_grow(&vm->heap, &a->cell, bytes); }
        if (moved == NULL) { return NULL; }
        a = (OuStr *)(void *)moved;
    }
    ou_str_copy_points(a, a->length, b, 0, b->length);
    a->length = (uint32_t)length;
    a->hash = 0;
    if (!ou_str_is_ascii(b)) { a->cell.aux &= (uint16_t)~OU_STR_ASCII; }
    return a;
}

OuValue ou_str_join(OuVM *vm, OuStr *separator, const OuValue *items, size_t count) {
    if (count <= 1) { return count == 0 ? ou_str_empty(vm) : ou_incref(items[0]); }
    size_t length = (size_t)separator->length * (count - 1);
    uint32_t limit = separator->length > 0 ? shape_limit(separator) : 0;
    for (size_t i = 0; i < count; i++) {
        length += ou_as_str(items[i])->length;
        limit |= shape_limit(ou_as_str(items[i]));
    }
    if (length == 0) { return ou_str_empty(vm); }
    OuStr *result = ou_str_new(vm, length, limit);
    if (result == NULL) { return OU_NOTHING; }
    size_t at = 0;
    for (size_t i = 0; i < count; i++) {
        if (i > 0) {
            ou_str_copy_points(result, at, separator, 0, separator->length);
            at += separator->length;
        }
        const OuStr *item = ou_as_str(items[i]);
        ou_str_copy_points(result, at, item, 0, item->length);
        at += item->length;
    }
    return ou_word(result);
}

/* --- text out of it --------------------------------------------------------------------------------------- */

const char *ou_escape(uint32_t point, char text[16]) {
    const char *form = point < 0x100 ? "\\x%02x" : point < 0x10000 ? "\\u%04x" : "\\U%08x";
    snprintf(text, 16, form, (unsigned)point);
    return text;
}

OuValue ou_str_repr(OuVM *vm, OuStr *self) {
    bool single = false, twice = false;
    for (uint32_t i = 0; i < self->length; i++) {
        uint32_t point = ou_str_at(self, i);
        single |= point == '\'';
        twice |= point == '"';
    }
    uint32_t quote = single && !twice ? '"' : '\'';
    bool bytes = self->cell.kind == OU_KIND_BYTES;
    OuBuilder out = {.vm = vm};
    if (bytes) { ou_builder_point(&out, 'b'); }
    ou_builder_point(&out, quote);
    for (uint32_t i = 0; i < self->length && !out.failed; i++) {
        uint32_t point = ou_str_at(self, i);
        char escape[16];
        if (point == quote || point == '\\') {
            ou_builder_point(&out, '\\');
            ou_builder_point(&out, point);
        } else if (point == '\n' || point == '\t' || point == '\r') {
            ou_builder_text(&out, point == '\n' ? "\\n" : point == '\t' ? "\\t" : "\\r");
        } else if ((point >= 0x20 && point < 0x7f) ||
                   (point > 0x7f && !bytes && ou_unicode_is(point, OU_UNICODE_PRINTABLE))) {
            ou_builder_point(&out, point);
        } else {
            ou_builder_text(&out, ou_escape(point, escape));
        }
    }
    ou_builder_point(&out, quote);
    return ou_builder_finish(&out);
}

int ou_str_to_utf8(OuVM *vm, OuStr *self, char **out, size_t *bytes, size_t *capacity, bool surrogates) {
    size_t room = ou_str_is_ascii(self) ? self->length : 0;
    if (room == 0) {
        for (uint32_t i = 0; i < self->length; i++) {
            uint32_t point = ou_str_at(self, i);
            room += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
            if (point >= 0xd800 && point < 0xe000 && !surrogates) {
                uint32_t end = i + 1;
                while (end < self->length && ou_str_at(self, end) >= 0xd800 && ou_str_at(self, end) < 0xe000) { end++; }
                return ou_raised(ou_raise_unicode(vm, OU_EXC_UnicodeEncodeError, "utf-8", ou_word(self), i, end,
                                                  "surrogates not allowed"));
            }
        }
    }
    char *buffer = ou_buffer_new(&vm->heap, room + 1);
    if (buffer == NULL) { return ou_raised(ou_raise_memory(vm)); }
    if (ou_str_is_ascii(self)) {
        memcpy(buffer, self->data, room);
    } else {
        size_t at = 0;
        for (uint32_t i = 0; i < self->length; i++) {
            at += ou_utf8_encode(ou_str_at(self, i), (uint8_t *)buffer + at);
        }
    }
    buffer[room] = 0;
    *out = buffer;
    *bytes = room;
    *capacity = room + 1;
    return 0;
}

void ou_str_print(const OuStr *self, FILE *stream) {
    if (ou_str_is_ascii(self)) {
        fwrite(self->data, 1, self->length, stream);
        return;
    }
    for (uint32_t i = 0; i < self->length; i++) {
        uint8_t utf8[4];
        size_t bytes = ou_utf8_encode(ou_str_at(self, i), utf8);
        fwrite(utf8, 1, bytes, stream);
    }
}

void ou_str_print_in(const char *before, const OuStr *self, const char *after, FILE *stream) {
    fputs(before, stream);
    ou_str_print(self, stream);
    fputs(after, stream);
}

bool ou_str_copy_utf8(const OuStr *self, char *buffer, size_t size) {
    size_t used = 0;
    for (uint32_t i = 0; i < self->length; i++) {
        if (used + 5 > size || ou_str_at(self, i) == 0) { return false; }
        used += ou_utf8_encode(ou_str_at(self, i), (uint8_t *)buffer + used);
    }
    buffer[used] = '\0';
    return true;
}

int ou_str_digits(const OuStr *self, uint32_t *at, uint32_t end, int64_t most, int64_t *out) {
    uint32_t start = *at;
    int64_t number = 0;
    for (; *at < end && ou_str_at(self, *at) - '0' < 10u; ++*at) {
        int64_t digit = (int64_t)ou_str_at(self, *at) - '0';
        if (number > (most - digit) / 10) { return -1; }
        number = number * 10 + digit;
    }
    if (*at > start) { *out = number; }
    return *at > start;
}

/* --- builder ------------------------------------------------------------------------------------------------ */

void ou_builder_abandon(OuBuilder *self) {
    if (self->str != NULL) {
        ou_drop(self->vm, ou_word(self->str));
        self->str = NULL;
    }
    self->failed = true;
}

static bool grow(OuBuilder *self, size_t count, uint16_t shape) {
    if (self->failed) { return false; }
    OuStr *old = self->str;
    size_t used = old != NULL ? old->length : 0;
    uint32_t width = old != NULL ? ou_str_width(old) : 0;
    size_t more = old != NULL ? used / 2 + 16 : self->bytes ? 0 : 8;
    size_t want = used + count > self->capacity ? used + count + more : self->capacity;
    OuStr *fresh;
    if (old != NULL && (shape & OU_STR_WIDTH_MASK) <= width) {
        size_t bytes = sizeof *old + want * width;
        OuCell *moved = want <= OU_STR_MAX ? ou_cell_grow(&self->vm->heap, &old->cell, bytes) : NULL;
        fresh = moved != NULL ? (OuStr *)(void *)moved : ou_no_memory(self->vm);
    } else {
        fresh = self->bytes ? ou_bytes_new(self->vm, want) : new_cell(self->vm, used, shape, want);
        if (fresh != NULL && old != NULL) {
            ou_str_copy_points(fresh, 0, old, 0, used);
            ou_drop(self->vm, ou_word(old));
        }
    }
    if (fresh == NULL) {
        ou_builder_abandon(self);
        return false;
    }
    if (!(shape & OU_STR_ASCII)) { fresh->cell.aux &= (uint16_t)~OU_STR_ASCII; }
    fresh->length = (uint32_t)used;
    self->str = fresh;
    self->capacity = (ou_cell_size(&self->str->cell) - sizeof *old) >> ou_str_width(self->str) / 2; /* 1, 2, 4 */
    return true;
}

/* Room for `count` more points of at most `max_point`; false: failed. */
static inline bool ensure(OuBuilder *self, size_t count, uint32_t max_point) {
    OuStr *str = self->str;
    uint16_t shape = shape_for(max_point);
    if (self->failed || str == NULL || (shape & OU_STR_WIDTH_MASK) > ou_str_width(str) ||
        str->length + count > self->capacity) {
        return grow(self, count, shape);
    }
    if (!(shape & OU_STR_ASCII)) { str->cell.aux &= (uint16_t)~OU_STR_ASCII; }
    return true;
}

void ou_builder_fill(OuBuilder *self, uint32_t point, size_t count) {
    if (count > 0 && ensure(self, count, point)) {
        ou_str_fill(self->str, self->str->length, count, point);
        self->str->length += (uint32_t)count;
    }
}

void ou_builder_point(OuBuilder *self, uint32_t point) {
    OuStr *str = self->str;
    if (str != NULL && point < (self->bytes ? 0x100 : 0x80) && str->length < self->capacity && ou_str_width(str) == 1) {
        str->data[str->length++] = (uint8_t)point;
    } else {
        ou_builder_fill(self, point, 1);
    }
}

void ou_builder_bytes(OuBuilder *self, const void *ascii, size_t count) {
    if (count == 0 || !ensure(self, count, 0x7f)) { return; }
    OuStr *str = self->str;
    if (ou_str_width(str) == 1) {
        memcpy(str->data + str->length, ascii, count);
    } else {
        for (size_t i = 0; i < count; i++) { ou_str_fill(str, str->length + i, 1, ((const uint8_t *)ascii)[i]); }
    }
    str->length += (uint32_t)count;
}

void ou_builder_text(OuBuilder *self, const char *ascii) { ou_builder_bytes(self, ascii, strlen(ascii)); }

void ou_builder_utf8(OuBuilder *self, const char *utf8, size_t bytes) {
    const uint8_t *data = (const uint8_t *)utf8;
    for (size_t at = 0; at < bytes && !self->failed;) {
        uint32_t point;
        const char *why;
        size_t step = ou_utf8_decode(data + at, bytes - at, true, &point, &why);
        ou_builder_point(self, step == 0 ? 0xfffd : point);
        at += step == 0 ? 1 : step;
    }
}

void ou_builder_str(OuBuilder *self, const OuStr *str) {
    if (str->length > 0 && ensure(self, str->length, shape_limit(str))) {
        ou_str_copy_points(self->str, self->str->length, str, 0, str->length);
        self->str->length += str->length;
    }
}

void ou_builder_take(OuBuilder *self, OuValue text) {
    self->failed |= text == OU_NOTHING;
    if (text != OU_NOTHING) { ou_builder_str(self, ou_as_str(text)); }
    ou_drop(self->vm, text);
}

void ou_builder_repr(OuBuilder *self, OuValue value) {
    ou_builder_take(self, self->failed ? OU_NOTHING : ou_repr(self->vm, value));
}

OuValue ou_builder_finish(OuBuilder *self) {
    if (self->failed) { /* also when a caller found the failure, with text built before it */
        ou_builder_abandon(self);
        return OU_NOTHING;
    }
    OuStr *str = self->str;
    self->str = NULL;
    OuVM *vm = self->vm;
    if (str == NULL) { return self->bytes ? ou_bytes_from(vm, NULL, 0) : ou_str_empty(vm); }
    bool single = str->length == 1 && !self->bytes;
    size_t bytes = sizeof *str + (size_t)str->length * ou_str_width(str);
    bool roomy = ou_cell_size(&str->cell) - bytes > bytes / 4 + 8;
    if (!roomy && !(single && ou_str_width(str) == 1)) { return ou_word(str); }
    /* Copied when much would be wasted; without memory for the copy the roomy one serves as well. */
    OuStr *exact = NULL;
    if (single) {
        exact = ou_as_str(ou_str_from_point(vm, ou_str_at(str, 0)));
    } else {
        exact = self->bytes ? ou_bytes_new(vm, str->length) : new_cell(vm, str->length, str->cell.aux, str->length);
        if (exact != NULL) { memcpy(exact->data, str->data, bytes - sizeof *str); }
    }
    if (exact == NULL) {
        ou_clear_pending(vm);
        return ou_word(str);
    }
    ou_drop(vm, ou_word(str));
    return ou_word(exact);
}
