/* The methods that str and bytes share: searching, cutting, padding.
 *
 * bytes has the layout of a narrow str, so the algorithms see one structure. What differs: which arguments are taken
 * and with which words others are refused, the class of result, and that bytes know no characters beyond ASCII. */
#include "vm/lib/lib.h"
#include "vm/objects/text.h"

#include "vm/objects/unicode.h"

OuTextView ou_text_self(OuVM *vm, OuValue self) {
    OuStr *str = ou_str_peek(vm, self);
    return str != NULL ? (OuTextView){str, false} : (OuTextView){ou_bytes_peek(vm, self), true};
}

OuValue ou_text_piece(OuVM *vm, OuTextView self, size_t start, size_t end) {
    if (!self.bytes) { return ou_str_substring(vm, self.str, start, end); }
    if (start == 0 && end >= self.str->length) { return ou_incref(ou_word(self.str)); }
    return ou_bytes_from(vm, self.str->data + start, end > start ? end - start : 0);
}

OuValue ou_text_finish(OuBuilder *builder, bool bytes) {
    if (!bytes || builder->failed) { return ou_builder_finish(builder); }
    OuStr *str = builder->str;
    OuValue result = ou_bytes_from(builder->vm, str != NULL ? str->data : NULL, str != NULL ? str->length : 0);
    ou_builder_abandon(builder);
    return result;
}

static inline bool is_space(OuTextView self, size_t at) {
    uint32_t point = ou_str_at(self.str, (uint32_t)at);
    if (point < 128 || self.bytes) {
        return point <= ' ' &&
               (point == ' ' || (point >= 9 && point <= 13) || (!self.bytes && point >= 0x1c && point <= 0x1f));
    }
    return ou_unicode_is(point, OU_UNICODE_SPACE);
}

/* --- arguments ------------------------------------------------------------------------------------------ */

/* The plain text of self's own type behind a value, or NULL. */
static OuStr *like(OuVM *vm, OuTextView self, OuValue value) {
    return self.bytes ? ou_bytes_peek(vm, value) : ou_str_peek(vm, value);
}

/* A text argument of self's own type; NULL: raised, for str with the words before ", not ...". */
static OuStr *text_argument(OuVM *vm, OuTextView self, OuValue value, const char *complaint) {
    OuStr *result = like(vm, self, value);
    if (result == NULL && self.bytes) {
        ou_raise_type_error(vm, "a bytes-like object is required, not '%T'", value);
    } else if (result == NULL) {
        bool named = strstr(complaint, "argument") != NULL;
        ou_raise_type_error(vm, "%s, not %s", complaint, named ? ou_argument_type(vm, value) : ou_type_name(vm, value));
    }
    return result;
}

/* The arguments x[, start[, end]]: the bounds. */
static int read_bounds(OuVM *vm, OuValue *args, uint32_t nargs, int64_t *start, int64_t *end) {
    *start = 0;
    *end = INT64_MAX;
    if ((nargs > 2 && ou_slice_bound(vm, args[2], true, start) < 0) ||
        (nargs > 3 && ou_slice_bound(vm, args[3], true, end) < 0)) {
        return -1;
    }
    ou_clamp_bounds(ou_text_self(vm, args[0]).str->length, start, end);
    return 0;
}

/* sub[, start[, end]]: for bytes, sub may be the value of one octet, which *octet then holds as a text. */
typedef struct Search {
    OuTextView self;
    OuStr *needle;
    int64_t start, end;
    union {
        OuStr str;
        uint8_t room[sizeof(OuStr) + 8];
    } octet;
} Search;

static int read_search(OuVM *vm, OuValue *args, uint32_t nargs, Search *out) {
    if (read_bounds(vm, args, nargs, &out->start, &out->end) < 0) { return -1; }
    out->self = ou_text_self(vm, args[0]);
    out->needle = like(vm, out->self, args[1]);
    if (out->needle != NULL) { return 0; }
    if (!out->self.bytes) { return ou_raised_type(vm, "must be str, not %T", args[1]); }
    if (ou_type_of(vm, args[1])->slots.index == NULL) {
        return ou_raised_type(vm, "argument should be integer or bytes-like object, not '%T'", args[1]);
    }
    int octet = ou_octet(vm, args[1], "byte");
    if (octet < 0) { return -1; }
    memset(&out->octet, 0, sizeof out->octet);
    out->octet.str.cell.aux = 1;
    out->octet.str.length = 1;
    out->octet.str.data[0] = (uint8_t)octet;
    out->needle = &out->octet.str;
    return 0;
}

/* --- searching ------------------------------------------------------------------------------------------ */

static OuValue find(OuVM *vm, OuValue *args, uint32_t nargs, bool right, bool must) {
    Search search;
    if (read_search(vm, args, nargs, &search) < 0) { return OU_NOTHING; }
    int64_t found = -1;
    if (search.start <= search.end) {
        found = (right ? ou_str_rfind : ou_str_find)(search.self.str, search.needle, (size_t)search.start,
                                                     (size_t)search.end);
    }
    if (found < 0 && must) {
        return ou_raise_value_error(vm, search.self.bytes ? "subsection not found" : "substring not found");
    }
    return ou_int(vm, found);
}

OU_NATIVE(ou_text_find) { return find(vm, args, nargs, false, false); }
OU_NATIVE(ou_text_rfind) { return find(vm, args, nargs, true, false); }
OU_NATIVE(ou_text_index) { return find(vm, args, nargs, false, true); }
OU_NATIVE(ou_text_rindex) { return find(vm, args, nargs, true, true); }

OU_NATIVE(ou_text_count) {
    Search search;
    if (read_search(vm, args, nargs, &search) < 0) { return OU_NOTHING; }
    size_t count = search.start > search.end ? 0
                                             : ou_str_count(search.self.str, search.needle, (size_t)search.start,
                                                            (size_t)search.end, SIZE_MAX);
    return ou_int(vm, (int64_t)count);
}

static bool matches_end(OuStr *self, OuStr *part, int64_t start, int64_t end, bool at_end) {
    if (end - start < (int64_t)part->length) { return false; }
    return ou_str_matches_at(self, (size_t)(at_end ? end - (int64_t)part->length : start), part);
}

static OuValue starts(OuVM *vm, OuValue *args, uint32_t nargs, const char *function, bool at_end) {
    int64_t start, end;
    if (read_bounds(vm, args, nargs, &start, &end) < 0) { return OU_NOTHING; }
    OuTextView self = ou_text_self(vm, args[0]);
    OuValue tuple = ou_plain_peek(vm, args[1], OU_KIND_TUPLE);
    OuItems parts = tuple != OU_NOTHING ? ou_items(tuple) : (OuItems){&args[1], 1};
    for (size_t i = 0; i < parts.count; i++) {
        OuStr *part = like(vm, self, parts.at[i]);
        if (part == NULL && tuple == OU_NOTHING) {
            const char *what = self.bytes ? "bytes" : "str";
            return ou_raise_type_error(vm, "%s first arg must be %s or a tuple of %s, not %T", function, what, what,
                                       args[1]);
        }
        if (part == NULL) {
            return self.bytes
                       ? ou_raise_type_error(vm, "a bytes-like object is required, not '%T'", parts.at[i])
                       : ou_raise_type_error(vm, "tuple for %s must only contain str, not %T", function, parts.at[i]);
        }
        if (matches_end(self.str, part, start, end, at_end)) { return ou_new_bool(true); }
    }
    return ou_new_bool(false);
}

OU_NATIVE(ou_text_startswith) { return starts(vm, args, nargs, "startswith", false); }
OU_NATIVE(ou_text_endswith) { return starts(vm, args, nargs, "endswith", true); }

static OuValue without(OuVM *vm, OuValue *args, const char *complaint, bool at_end) {
    OuTextView self = ou_text_self(vm, args[0]);
    OuStr *part = text_argument(vm, self, args[1], complaint);
    if (part == NULL) { return OU_NOTHING; }
    size_t length = self.str->length, cut = matches_end(self.str, part, 0, length, at_end) ? part->length : 0;
    return ou_text_piece(vm, self, at_end ? 0 : cut, at_end ? length - cut : length);
}

OU_NATIVE(ou_text_removeprefix) { return without(vm, args, "removeprefix() argument must be str", false); }
OU_NATIVE(ou_text_removesuffix) { return without(vm, args, "removesuffix() argument must be str", true); }

/* --- splitting ------------------------------------------------------------------------------------------ */

/* Appends a piece; -1 raised. Runs no Python code, so the list needs no root. */
static int add_piece(OuVM *vm, OuList *list, OuTextView self, size_t start, size_t end) {
    OuValue piece = ou_text_piece(vm, self, start, end);
    return piece == OU_NOTHING ? -1 : ou_list_append_take(vm, list, piece);
}

static int split_space(OuVM *vm, OuList *list, OuTextView self, int64_t limit) {
    size_t at = 0, length = self.str->length;
    for (;; limit--) {
        while (at < length && is_space(self, at)) { at++; }
        if (at == length) { return 0; }
        size_t end = at;
        if (limit == 0) { return add_piece(vm, list, self, at, length); }
        while (end < length && !is_space(self, end)) { end++; }
        if (add_piece(vm, list, self, at, end) < 0) { return -1; }
        at = end;
    }
}

static int rsplit_space(OuVM *vm, OuList *list, OuTextView self, int64_t limit) {
    size_t end = self.str->length;
    for (;; limit--) {
        while (end > 0 && is_space(self, end - 1)) { end--; }
        if (end == 0) { return 0; }
        size_t start = limit == 0 ? 0 : end;
        while (start > 0 && !is_space(self, start - 1)) { start--; }
        if (add_piece(vm, list, self, start, end) < 0) { return -1; }
        end = start;
    }
}

static int split_by(OuVM *vm, OuList *list, OuTextView self, OuStr *separator, int64_t limit, bool right) {
    size_t start = 0, end = self.str->length;
    for (; limit != 0; limit--) {
        int64_t found = (right ? ou_str_rfind : ou_str_find)(self.str, separator, start, end);
        if (found < 0) { break; }
        size_t after = (size_t)found + separator->length;
        if ((right ? add_piece(vm, list, self, after, end) : add_piece(vm, list, self, start, (size_t)found)) < 0) {
            return -1;
        }
        start = right ? start : after;
        end = right ? (size_t)found : end;
    }
    return add_piece(vm, list, self, start, end);
}

static OuValue split(OuVM *vm, OuValue *args, bool right) {
    OuTextView self = ou_text_self(vm, args[0]);
    int64_t limit = -1;
    OuStr *separator = NULL;
    if (args[2] != OU_NOTHING && ou_size_argument(vm, args[2], &limit) < 0) { return OU_NOTHING; }
    if (args[1] != OU_NOTHING && args[1] != OU_NONE) {
        separator = text_argument(vm, self, args[1], "must be str or None");
        if (separator == NULL) { return OU_NOTHING; }
        if (separator->length == 0) { return ou_raise_value_error(vm, "empty separator"); }
    }
    OuList *list = ou_list_new(vm, 0);
    if (list == NULL) { return OU_NOTHING; }
    int status = separator != NULL ? split_by(vm, list, self, separator, limit, right)
                 : right           ? rsplit_space(vm, list, self, limit)
                                   : split_space(vm, list, self, limit);
    for (size_t i = 0, count = list->length; right && i < count / 2; i++) { /* found from the right */
        OuValue swapped = list->items[i];
        list->items[i] = list->items[count - 1 - i];
        list->items[count - 1 - i] = swapped;
    }
    return status < 0 ? ou_dropped(vm, ou_word(list)) : ou_word(list);
}

OU_NATIVE(ou_text_split) { return split(vm, args, false); }
OU_NATIVE(ou_text_rsplit) { return split(vm, args, true); }

OU_NATIVE(ou_text_splitlines) {
    OuTextView self = ou_text_self(vm, args[0]);
    int64_t keep = 0;
    if (args[1] != OU_NOTHING && ou_index_i64(vm, args[1], &keep, true) < 0) { return OU_NOTHING; }
    OuList *list = ou_list_new(vm, 0);
    for (size_t at = 0, length = self.str->length; list != NULL && at < length;) {
        size_t end = at;
        uint32_t point = 0;
        for (; end < length; end++) {
            point = ou_str_at(self.str, (uint32_t)end);
            if (self.bytes ? point == '\n' || point == '\r' : ou_unicode_is_line_break(point)) { break; }
        }
        size_t next = end + (end < length);
        next += end < length && point == '\r' && next < length && ou_str_at(self.str, (uint32_t)next) == '\n';
        if (add_piece(vm, list, self, at, keep != 0 ? next : end) < 0) { return ou_dropped(vm, ou_word(list)); }
        at = next;
    }
    return ou_word(list);
}

static OuValue partition(OuVM *vm, OuValue *args, bool right) {
    OuTextView self = ou_text_self(vm, args[0]);
    OuStr *separator = text_argument(vm, self, args[1], "must be str");
    if (separator == NULL) { return OU_NOTHING; }
    if (separator->length == 0) { return ou_raise_value_error(vm, "empty separator"); }
    size_t length = self.str->length;
    int64_t found = (right ? ou_str_rfind : ou_str_find)(self.str, separator, 0, length);
    size_t cut = found >= 0 ? (size_t)found : right ? 0 : length, after = found >= 0 ? cut + separator->length : cut;
    return ou_tuple_from_take(vm,
                              (OuValue[]){ou_text_piece(vm, self, 0, cut), ou_text_piece(vm, self, cut, after),
                                          ou_text_piece(vm, self, after, length)},
                              3);
}

OU_NATIVE(ou_text_partition) { return partition(vm, args, false); }
OU_NATIVE(ou_text_rpartition) { return partition(vm, args, true); }

/* --- stripping and replacing ------------------------------------------------------------------------------ */

/* Is this character stripped: one of the set, or whitespace without one? */
static bool goes(OuTextView self, const OuStr *set, size_t at) {
    if (set == NULL) { return is_space(self, at); }
    for (uint32_t i = 0, point = ou_str_at(self.str, (uint32_t)at); i < set->length; i++) {
        if (ou_str_at(set, i) == point) { return true; }
    }
    return false;
}

static OuValue strip(OuVM *vm, OuValue *args, uint32_t nargs, const char *function, bool left, bool right) {
    OuTextView self = ou_text_self(vm, args[0]);
    bool given = nargs > 1 && args[1] != OU_NONE;
    OuStr *set = given ? like(vm, self, args[1]) : NULL;
    if (given && set == NULL) {
        return self.bytes ? ou_raise_type_error(vm, "a bytes-like object is required, not '%T'", args[1])
                          : ou_raise_type_error(vm, "%s arg must be None or str", function);
    }
    size_t start = 0, end = self.str->length;
    while (left && start < end && goes(self, set, start)) { start++; }
    while (right && end > start && goes(self, set, end - 1)) { end--; }
    return ou_text_piece(vm, self, start, end);
}

OU_NATIVE(ou_text_strip) { return strip(vm, args, nargs, "strip", true, true); }
OU_NATIVE(ou_text_lstrip) { return strip(vm, args, nargs, "lstrip", true, false); }
OU_NATIVE(ou_text_rstrip) { return strip(vm, args, nargs, "rstrip", false, true); }

static void copy_range(OuBuilder *out, const OuStr *from, size_t start, size_t end) {
    if (ou_str_is_ascii(from)) {
        ou_builder_bytes(out, (const char *)from->data + start, end - start);
        return;
    }
    for (size_t i = start; i < end && !out->failed; i++) { ou_builder_point(out, ou_str_at(from, (uint32_t)i)); }
}

OU_NATIVE(ou_text_replace) {
    OuTextView self = ou_text_self(vm, args[0]);
    OuStr *old = text_argument(vm, self, args[1], "replace() argument 1 must be str");
    OuStr *fresh = old == NULL ? NULL : text_argument(vm, self, args[2], "replace() argument 2 must be str");
    int64_t limit = -1;
    if (fresh == NULL || (nargs > 3 && ou_size_argument(vm, args[3], &limit) < 0)) { return OU_NOTHING; }
    size_t length = self.str->length, at = 0, most = limit < 0 ? SIZE_MAX : (size_t)limit;
    int64_t found = most == 0 ? -1 : ou_str_find(self.str, old, 0, length);
    if (found < 0 || (old->length == 0 && fresh->length == 0)) { return ou_text_piece(vm, self, 0, length); }
    OuBuilder out = {.vm = vm};
    while (found >= 0 && most > 0 && !out.failed) {
        copy_range(&out, self.str, at, (size_t)found);
        copy_range(&out, fresh, 0, fresh->length);
        most--;
        at = (size_t)found + old->length;
        if (old->length > 0) {
            found = ou_str_find(self.str, old, at, length);
        } else if (at < length) { /* the empty string is found before each character and at the end */
            if (most > 0) {
                ou_builder_point(&out, ou_str_at(self.str, (uint32_t)at));
                at++;
            }
            found = (int64_t)at;
        } else {
            break;
        }
    }
    copy_range(&out, self.str, at, length);
    return ou_text_finish(&out, self.bytes);
}

/* --- joining -------------------------------------------------------------------------------------------------- */

static OuValue join_bytes(OuVM *vm, OuStr *separator, const OuValue *items, size_t count) {
    OuBuilder out = {.vm = vm, .bytes = true};
    for (size_t i = 0; i < count; i++) {
        OuBytes *item = ou_bytes_peek(vm, items[i]);
        if (i > 0) { ou_builder_bytes(&out, separator->data, separator->length); }
        ou_builder_bytes(&out, item->data, item->length);
    }
    return ou_builder_finish(&out);
}

/* Items of subclasses of str are rare: they are concatenated one by one. */
static OuValue join_str(OuVM *vm, OuStr *separator, const OuValue *items, size_t count) {
    bool exact = true;
    for (size_t i = 0; i < count; i++) { exact &= ou_is_str(items[i]); }
    if (exact) { return ou_str_join(vm, separator, items, count); }
    OuBuilder out = {.vm = vm};
    for (size_t i = 0; i < count; i++) {
        if (i > 0) { ou_builder_str(&out, separator); }
        ou_builder_str(&out, ou_str_peek(vm, items[i]));
    }
    return ou_builder_finish(&out);
}

OU_NATIVE(ou_text_join) {
    OuTextView self = ou_text_self(vm, args[0]);
    OuValue sequence = args[1];
    const OuSlots *slots = &ou_type_of(vm, sequence)->slots;
    if (slots->iter == NULL && slots->getitem == NULL) { return ou_raise_type_error(vm, "can only join an iterable"); }
    sequence = ou_is_list(sequence) || ou_is_tuple(sequence) ? ou_incref(sequence) : ou_list_of(vm, sequence);
    if (sequence == OU_NOTHING) { return OU_NOTHING; }
    OuItems items = ou_items(sequence);
    size_t i = 0;
    while (i < items.count && like(vm, self, items.at[i]) != NULL) { i++; }
    OuValue result = OU_NOTHING;
    if (i < items.count) {
        ou_raise_type_error(vm,
                            self.bytes ? "sequence item %zu: expected a bytes-like object, %T found"
                                       : "sequence item %zu: expected str instance, %T found",
                            i, items.at[i]);
    } else {
        result = (self.bytes ? join_bytes : join_str)(vm, self.str, items.at, items.count);
    }
    ou_drop(vm, sequence);
    return result;
}

/* --- padding -------------------------------------------------------------------------------------------------- */

static OuValue padded(OuVM *vm, OuTextView self, size_t left, size_t right, uint32_t fill) {
    size_t length = self.str->length;
    if (left == 0 && right == 0) { return ou_text_piece(vm, self, 0, length); }
    if (left > OU_STR_MAX || right > OU_STR_MAX || left + right + length > OU_STR_MAX) { return ou_raise_memory(vm); }
    OuStr *result = self.bytes ? ou_bytes_new(vm, left + length + right)
                               : ou_str_new(vm, left + length + right, fill | ou_str_max_point(self.str, 0, length));
    if (result == NULL) { return OU_NOTHING; }
    ou_str_fill(result, 0, left, fill);
    ou_str_copy_points(result, left, self.str, 0, length);
    ou_str_fill(result, left + length, right, fill);
    return ou_word(result);
}

static OuValue justify(OuVM *vm, OuValue *args, uint32_t nargs, const char *function, int side) {
    OuTextView self = ou_text_self(vm, args[0]);
    int64_t width;
    uint32_t fill = ' ';
    if (ou_size_argument(vm, args[1], &width) < 0) { return OU_NOTHING; }
    if (nargs > 2) {
        OuStr *given = like(vm, self, args[2]);
        if (self.bytes && (given == NULL || given->length != 1)) {
            return ou_raise_type_error(vm, "%s() argument 2 must be a byte string of length 1, not %T", function,
                                       args[2]);
        }
        if (given == NULL) {
            return ou_raise_type_error(vm, "The fill character must be a unicode character, not %T", args[2]);
        }
        if (given->length != 1) {
            return ou_raise_type_error(vm, "The fill character must be exactly one character long");
        }
        fill = ou_str_at(given, 0);
    }
    size_t length = self.str->length, padding = width > (int64_t)length ? (size_t)width - length : 0;
    /* Centered: the odd one goes left when the width is odd, too. */
    size_t left = side == 0 ? padding / 2 + (padding & (size_t)width & 1) : side < 0 ? 0 : padding;
    return padded(vm, self, left, padding - left, fill);
}

OU_NATIVE(ou_text_center) { return justify(vm, args, nargs, "center", 0); }
OU_NATIVE(ou_text_ljust) { return justify(vm, args, nargs, "ljust", -1); }
OU_NATIVE(ou_text_rjust) { return justify(vm, args, nargs, "rjust", 1); }

OU_NATIVE(ou_text_zfill) {
    OuTextView self = ou_text_self(vm, args[0]);
    int64_t width;
    if (ou_size_argument(vm, args[1], &width) < 0) { return OU_NOTHING; }
    size_t length = self.str->length, zeros = width > (int64_t)length ? (size_t)width - length : 0;
    OuValue result = padded(vm, self, zeros, 0, '0');
    if (result != OU_NOTHING && zeros > 0 && length > 0) {
        OuStr *text = ou_as_str(result);
        uint32_t first = ou_str_at(self.str, 0);
        if (first == '+' || first == '-') {
            ou_str_fill(text, 0, 1, first);
            ou_str_fill(text, zeros, 1, '0');
        }
    }
    return result;
}

OU_NATIVE(ou_text_expandtabs) { return ou_library_method(vm, "text_expandtabs", args, nargs); }
