/* Suggestions by edit distance, with the costs and limits of CPython 3.11: a move costs two, a change of case one, and
 * at most a third of the characters may differ. The distance is Levenshtein's, one row at a time (Wagner and Fischer,
 * 1974). */
#include "vm/type.h"

#include "vm/objects/help.h"

enum { MOVE_COST = 2, CASE_COST = 1, MAX_NAME = 40, MAX_CANDIDATES = 750 };

static uint8_t lower(uint8_t c) { return c >= 'A' && c <= 'Z' ? (uint8_t)(c + 32) : c; }

static uint32_t substitution(uint8_t a, uint8_t b) {
    return a == b ? 0 : (a & 31) == (b & 31) && lower(a) == lower(b) ? CASE_COST : MOVE_COST;
}

static uint32_t smaller(uint32_t a, uint32_t b) { return a < b ? a : b; }

/* More than `limit`: some number above it. */
static uint32_t distance(const uint8_t *a, size_t a_size, const uint8_t *b, size_t b_size, uint32_t limit) {
    while (a_size > 0 && b_size > 0 && *a == *b) { a++, a_size--, b++, b_size--; }
    while (a_size > 0 && b_size > 0 && a[a_size - 1] == b[b_size - 1]) { a_size--, b_size--; }
    if (a_size == 0 || b_size == 0) { return (uint32_t)(a_size + b_size) * MOVE_COST; }
    if (a_size > MAX_NAME || b_size > MAX_NAME) { return limit + 1; }
    if (b_size < a_size) { return distance(b, b_size, a, a_size, limit); }
    if ((b_size - a_size) * MOVE_COST > limit) { return limit + 1; }
    uint32_t row[MAX_NAME], result = 0;
    for (uint32_t i = 0; i < a_size; i++) { row[i] = (i + 1) * MOVE_COST; }
    for (uint32_t j = 0; j < b_size; j++) {
        uint32_t corner = j * MOVE_COST, least = UINT32_MAX;
        result = corner;
        for (uint32_t i = 0; i < a_size; i++) {
            uint32_t substitute = corner + substitution(b[j], a[i]);
            corner = row[i];
            result = smaller(smaller(result, corner) + MOVE_COST, substitute);
            row[i] = result;
            least = smaller(least, result);
        }
        if (least > limit) { return limit + 1; }
    }
    return result;
}

typedef struct Search {
    OuStr *name;
    OuStr *best; /* borrowed from the candidates */
    uint32_t best_distance;
} Search;

static void consider(Search *self, OuValue candidate) {
    if (!ou_is_str(candidate) || !ou_str_is_ascii(ou_as_str(candidate)) ||
        ou_str_equal(ou_as_str(candidate), self->name)) {
        return;
    }
    OuStr *item = ou_as_str(candidate);
    uint32_t limit = (uint32_t)((self->name->length + item->length + 3) * MOVE_COST / 6);
    if (self->best != NULL) { limit = smaller(limit, self->best_distance - 1); }
    uint32_t found = distance(self->name->data, self->name->length, item->data, item->length, limit);
    if (found <= limit) {
        self->best = item;
        self->best_distance = found;
    }
}

static void consider_all(Search *self, const OuValue *items, size_t count) {
    for (size_t i = 0; count < MAX_CANDIDATES && i < count; i++) { consider(self, items[i]); }
}

static void consider_keys(Search *self, OuDict *dict) {
    OuValue key, value;
    if (dict->live >= MAX_CANDIDATES) { return; }
    for (uint32_t at = 0; ou_dict_next(dict, &at, &key, &value);) { consider(self, key); }
}

/* The variables of the innermost frame, then globals, then built-ins. */
static void search_names(OuVM *vm, Search *self, OuValue exception) {
    OuTraceback *entry = (OuTraceback *)(uintptr_t)*ou_exception_field(exception, OU_EXC_TRACEBACK);
    if (entry == NULL) { return; }
    while (entry->next != OU_NOTHING) { entry = (OuTraceback *)(uintptr_t)entry->next; }
    OuCode *code = ou_as_code(ou_as_frame_object(entry->frame)->code);
    OuTuple *lists[2] = {ou_as_tuple(code->varnames), ou_as_tuple(code->freevars)};
    for (int i = 0; i < 2; i++) { consider_all(self, lists[i]->items, ou_tuple_length(lists[i])); }
    if (self->best == NULL) { consider_keys(self, ou_as_dict(code->globals)); }
    if (self->best == NULL) { consider_keys(self, vm->builtins); }
}

OuValue ou_suggest(OuVM *vm, OuValue exception) {
    OuType *type = ou_type_of(vm, exception);
    bool attribute = ou_type_is_subtype(type, vm->exceptions[OU_EXC_AttributeError]);
    OuValue extra = *ou_exception_field(exception, OU_EXC_EXTRA);
    if ((!attribute && !ou_type_is_subtype(type, vm->exceptions[OU_EXC_NameError])) || !ou_is_tuple(extra)) {
        return OU_NOTHING;
    }
    const OuValue *parts = ou_as_tuple(extra)->items;
    if (!ou_is_str(parts[1]) || !ou_str_is_ascii(ou_as_str(parts[1]))) { return OU_NOTHING; }
    Search search = {.name = ou_as_str(parts[1])};
    OuValue names = OU_NOTHING;
    if (!attribute) {
        search_names(vm, &search, exception);
    } else if (parts[2] != OU_NONE) {
        names = ou_dir(vm, parts[2]);
        if (names == OU_NOTHING) {
            ou_clear_pending(vm);
        } else {
            consider_all(&search, ou_as_list(names)->items, ou_as_list(names)->length);
        }
    }
    OuValue best = search.best != NULL ? ou_incref(ou_word(search.best)) : OU_NOTHING;
    ou_drop(vm, names);
    return best;
}
