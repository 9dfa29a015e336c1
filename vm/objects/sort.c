/* list.sort: a stable merge of natural runs, short ones filled up by binary insertion.
 *
 * While it sorts the list is empty: a hidden list in a register holds the items, another one the keys. The words that
 * move about are borrowed. Every question is "is the later one less than the earlier one?", as in CPython. */
#include "vm/objects/help.h"

#define MIN_RUN 24

typedef struct Pair {
    OuValue key, item;
} Pair;

typedef enum Mode { SMALLS, FLOATS, STRINGS, ANY } Mode;

/* b < a: 1, 0, -1 raised. */
static inline int less(OuVM *vm, Mode mode, OuValue b, OuValue a) {
    switch (mode) {
    case SMALLS: return (int64_t)b < (int64_t)a;
    case FLOATS: return ou_float_get(b) < ou_float_get(a);
    case STRINGS: return ou_str_compare(ou_as_str(b), ou_as_str(a)) < 0;
    default: return ou_compare_bool(vm, b, a, OU_LT);
    }
}

static Mode mode_of(const Pair *pairs, size_t count) {
    bool smalls = true, floats = true, strings = true;
    for (size_t i = 0; i < count && (smalls || floats || strings); i++) {
        smalls = smalls && ou_is_small(pairs[i].key);
        floats = floats && ou_is_float(pairs[i].key);
        strings = strings && ou_is_str(pairs[i].key);
    }
    return smalls ? SMALLS : floats ? FLOATS : strings ? STRINGS : ANY;
}

static void reverse_pairs(Pair *pairs, size_t count) {
    for (size_t i = 0, j = count; i + 1 < j; i++) {
        Pair pair = pairs[i];
        pairs[i] = pairs[--j];
        pairs[j] = pair;
    }
}

/* Length of the run at the start, made ascending. 0: raised. */
static size_t count_run(OuVM *vm, Mode mode, Pair *pairs, size_t count) {
    if (count < 2) { return count; }
    int down = less(vm, mode, pairs[1].key, pairs[0].key);
    size_t length = 2;
    if (down < 0) { return 0; }
    for (; length < count; length++) {
        int next = less(vm, mode, pairs[length].key, pairs[length - 1].key);
        if (next < 0) { return 0; }
        if (next != down) { break; }
    }
    if (down) { reverse_pairs(pairs, length); }
    return length;
}

static int insert_rest(OuVM *vm, Mode mode, Pair *pairs, size_t sorted, size_t count) {
    for (size_t i = sorted; i < count; i++) {
        Pair pivot = pairs[i];
        size_t low = 0, high = i;
        while (low < high) {
            size_t middle = low + (high - low) / 2;
            int before = less(vm, mode, pivot.key, pairs[middle].key);
            if (before < 0) { return -1; }
            if (before) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        memmove(&pairs[low + 1], &pairs[low], (i - low) * sizeof pivot);
        pairs[low] = pivot;
    }
    return 0;
}

/* Merges pairs[0..left) and pairs[left..left+right); spare holds at least `left`. */
static int merge_runs(OuVM *vm, Mode mode, Pair *pairs, size_t left, size_t right, Pair *spare) {
    int mixed = less(vm, mode, pairs[left].key, pairs[left - 1].key);
    if (mixed <= 0) { return mixed; }
    memcpy(spare, pairs, left * sizeof *pairs);
    size_t a = 0, b = left, end = left + right, to = 0;
    while (a < left && b < end) {
        int before = less(vm, mode, pairs[b].key, spare[a].key);
        if (before < 0) { return -1; /* the caller gives up the whole order */ }
        pairs[to++] = before ? pairs[b++] : spare[a++];
    }
    memcpy(&pairs[to], &spare[a], (left - a) * sizeof *pairs);
    return 0;
}

static int sort_pairs(OuVM *vm, Pair *pairs, size_t count, Pair *spare, uint32_t *runs) {
    Mode mode = mode_of(pairs, count);
    if (ou_charge(vm, count * (64 - (unsigned)__builtin_clzll(count + 1))) < 0) { return -1; }
    size_t run_count = 0;
    for (size_t at = 0; at < count;) {
        size_t length = count_run(vm, mode, pairs + at, count - at);
        if (length == 0) { return -1; }
        if (length < MIN_RUN && length < count - at) {
            size_t wanted = count - at < MIN_RUN ? count - at : MIN_RUN;
            if (insert_rest(vm, mode, pairs + at, length, wanted) < 0) { return -1; }
            length = wanted;
        }
        runs[run_count++] = (uint32_t)length;
        at += length;
    }
    while (run_count > 1) {
        size_t at = 0, to = 0;
        for (size_t i = 0; i < run_count; i += 2) {
            uint32_t length = runs[i];
            if (i + 1 < run_count) {
                if (merge_runs(vm, mode, pairs + at, length, runs[i + 1], spare) < 0) { return -1; }
                length += runs[i + 1];
            }
            runs[to++] = length;
            at += length;
        }
        run_count = to;
    }
    return 0;
}

static int compute_keys(OuVM *vm, OuList *items, OuValue key, OuList *keys) {
    if (ou_list_reserve(vm, keys, items->length) < 0) { return -1; }
    for (uint32_t i = 0; i < items->length; i++) {
        OuValue word = ou_call1(vm, key, items->items[i]);
        if (word == OU_NOTHING || ou_list_append_take(vm, keys, word) < 0) { return -1; }
    }
    return 0;
}

int ou_list_sort(OuVM *vm, OuList *self, OuValue key, OuValue reverse_flag) {
    int64_t reverse = 0;
    if (reverse_flag != OU_NOTHING && ou_index_i64(vm, reverse_flag, &reverse, true) < 0) { return -1; }
    if (key == OU_NONE) { key = OU_NOTHING; }
    OuValue *regs = ou_regs_open(vm, 3); /* items, keys, the list itself */
    if (regs == NULL) { return -1; }
    OuList *hidden = ou_list_new(vm, 0), *keys = hidden != NULL ? ou_list_new(vm, 0) : NULL;
    regs[0] = ou_word(hidden);
    regs[1] = ou_word(keys);
    regs[2] = ou_incref(ou_word(self));
    if (keys == NULL) { return ou_regs_status(vm, regs, -1); }
    hidden->cell.flags |= OU_FLAG_PAYLOAD; /* gc.get_objects shows neither: the keys lie in `pairs` as well */
    keys->cell.flags |= OU_FLAG_PAYLOAD;
    ou_list_swap(vm, self, hidden);
    size_t count = hidden->length;
    int status = key != OU_NOTHING ? compute_keys(vm, hidden, key, keys) : 0;
    size_t bytes = (count + count) * sizeof(Pair) + (count / MIN_RUN + 1) * sizeof(uint32_t);
    bytes = (bytes + 7) & ~(size_t)7;
    Pair *pairs = status == 0 && count > 1 ? ou_buffer_new(&vm->heap, bytes) : NULL;
    if (status == 0 && count > 1 && pairs == NULL) {
        ou_raise_memory(vm);
        status = -1;
    }
    if (pairs != NULL) {
        for (size_t i = 0; i < count; i++) {
            pairs[i] = (Pair){key != OU_NOTHING ? keys->items[i] : hidden->items[i], hidden->items[i]};
        }
        if (reverse) { reverse_pairs(pairs, count); }
        status = sort_pairs(vm, pairs, count, pairs + count, (uint32_t *)(void *)(pairs + 2 * count));
        if (status == 0) {
            if (reverse) { reverse_pairs(pairs, count); }
            for (size_t i = 0; i < count; i++) { hidden->items[i] = pairs[i].item; }
            ou_slots_permuted(&vm->heap, &hidden->cell);
        }
        ou_buffer_free(&vm->heap, pairs, bytes);
    }
    bool modified = self->items != NULL || self->length != 0;
    ou_list_swap(vm, self, hidden);
    if (modified && status == 0) {
        ou_raise_value_error(vm, "list modified during sort");
        status = -1;
    }
    /* CPython releases the keys first, then what the list got meanwhile. */
    OuValue first = regs[1];
    regs[1] = regs[0];
    regs[0] = first;
    return ou_regs_status(vm, regs, status);
}
