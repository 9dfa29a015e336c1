/* Finding one string in another. Narrow text is searched with memchr and memmem; wide text by first point and compare,
 * with the last point checked first, which is enough in practice. */
#define _GNU_SOURCE /* memmem, memrchr */
#include "vm/objects/help.h"

bool ou_str_matches_at(const OuStr *self, size_t at, const OuStr *needle) {
    uint32_t width = ou_str_width(self);
    if (at + needle->length > self->length) { return false; }
    if (width == ou_str_width(needle)) {
        return memcmp(self->data + at * width, needle->data, (size_t)needle->length * width) == 0;
    }
    for (uint32_t i = 0; i < needle->length; i++) {
        if (ou_str_at(self, (uint32_t)at + i) != ou_str_at(needle, i)) { return false; }
    }
    return true;
}

static int64_t bytes_find(const uint8_t *text, size_t length, const uint8_t *needle, size_t count) {
    if (count == 0) { return 0; }
    const uint8_t *found = count == 1 ? memchr(text, needle[0], length) : memmem(text, length, needle, count);
    return found == NULL ? -1 : found - text;
}

static int64_t bytes_rfind(const uint8_t *text, size_t length, const uint8_t *needle, size_t count) {
    if (count == 0 || count > length) { return count == 0 ? (int64_t)length : -1; }
    for (size_t end = length - count + 1; end > 0;) {
        const uint8_t *found = memrchr(text, needle[0], end);
        if (found == NULL) { return -1; }
        if (memcmp(found, needle, count) == 0) { return found - text; }
        end = (size_t)(found - text);
    }
    return -1;
}

static bool cannot_contain(const OuStr *self, const OuStr *needle, size_t start, size_t end) {
    return end < start || needle->length > end - start || ou_str_width(needle) > ou_str_width(self) ||
           (ou_str_is_ascii(self) && !ou_str_is_ascii(needle));
}

int64_t ou_str_find(const OuStr *self, const OuStr *needle, size_t start, size_t end) {
    if (cannot_contain(self, needle, start, end)) { return -1; }
    if (ou_str_width(self) == 1) {
        int64_t found = bytes_find(self->data + start, end - start, needle->data, needle->length);
        return found < 0 ? -1 : found + (int64_t)start;
    }
    if (needle->length == 0) { return (int64_t)start; }
    uint32_t last = ou_str_at(needle, needle->length - 1);
    for (size_t at = start; at + needle->length <= end; at++) {
        if (ou_str_at(self, (uint32_t)at + needle->length - 1) == last && ou_str_matches_at(self, at, needle)) {
            return (int64_t)at;
        }
    }
    return -1;
}

int64_t ou_str_rfind(const OuStr *self, const OuStr *needle, size_t start, size_t end) {
    if (cannot_contain(self, needle, start, end)) { return -1; }
    if (ou_str_width(self) == 1) {
        int64_t found = bytes_rfind(self->data + start, end - start, needle->data, needle->length);
        return found < 0 ? -1 : found + (int64_t)start;
    }
    for (size_t at = end - needle->length + 1; at > start; at--) {
        if (ou_str_matches_at(self, at - 1, needle)) { return (int64_t)at - 1; }
    }
    return -1;
}

size_t ou_str_count(const OuStr *self, const OuStr *needle, size_t start, size_t end, size_t limit) {
    size_t count = 0;
    if (end < start) { return 0; }
    if (needle->length == 0) { return end - start + 1 < limit ? end - start + 1 : limit; }
    for (; count < limit; count++) {
        int64_t found = ou_str_find(self, needle, start, end);
        if (found < 0) { break; }
        start = (size_t)found + needle->length;
    }
    return count;
}
