/* What vm/lib/gc.py is made of: the cycle collector as Python sees it. */
#include "gc/collect.h"
#include "vm/lib/lib.h"
#include "vm/objects/help.h"

/* --- events of the collector -------------------------------------------------------------------------------------- */

void ou_gc_event(OuHeap *heap, int phase, size_t collected, size_t uncollectable) {
    OuVM *vm = (OuVM *)heap;
    if (phase == 0) { vm->gc.saved = 0; }
    if (vm->gc.hook == OU_NOTHING) { return; }
    OuValue pending = ou_take_pending(vm), *regs = ou_regs_open(vm, 5); /* pending, hook and its arguments */
    if (regs != NULL) {
        regs[0] = pending;
        regs[1] = ou_incref(vm->gc.hook);
        regs[2] = ou_int(vm, phase != 0 && heap->young ? 2 : phase);
        regs[3] = ou_int(vm, heap->young ? 0 : vm->gc.generation);
        regs[4] = ou_int(vm, (int64_t)(collected + vm->gc.saved));
        bool ready = regs[2] != OU_NOTHING && regs[3] != OU_NOTHING && regs[4] != OU_NOTHING;
        ou_drop(vm, ready ? ou_call(vm, regs[1], &regs[2], 3) : OU_NOTHING);
        ou_report_unraisable(vm, NULL, regs[1]);
        pending = ou_reg_take(&regs[0]);
        ou_regs_close(vm, regs);
    }
    ou_clear_pending(vm);
    ou_restore_pending_take(vm, pending);
}

/* A tuple that is still being filled: no program may see it. */
static bool is_half_made(const OuCell *cell) {
    const OuTuple *tuple = (const OuTuple *)cell;
    bool empty = false;
    for (size_t i = 0; cell->kind == OU_KIND_TUPLE && i < ou_tuple_length(tuple); i++) {
        empty |= tuple->items[i] == OU_NOTHING;
    }
    return empty;
}

static bool is_private(OuVM *vm, const OuCell *cell) {
    return is_half_made(cell) || vm->heap.kinds[cell->kind]->hidden ||
           (!ou_is_instance_kind(cell->kind) && (cell->flags & OU_FLAG_PAYLOAD) != 0);
}

/* OuHeapHooks.garbage while debugging. */
static bool see_garbage(OuHeap *heap, OuCell *cell) {
    OuVM *vm = (OuVM *)heap;
    if (is_private(vm, cell)) { return false; }
    if (vm->gc.print) { fprintf(stderr, "gc: collectable <%s %p>\n", ou_type_name(vm, ou_word(cell)), (void *)cell); }
    if (!ou_is_list(vm->gc.garbage)) { return false; }
    if (ou_list_append(vm, ou_as_list(vm->gc.garbage), ou_word(cell)) < 0) {
        ou_clear_pending(vm);
        return false;
    }
    vm->gc.saved++;
    return true;
}

/* --- switches ---------------------------------------------------------------------------------------------------------- */

/* Sets, unless it is None, whether automatic collections run; tells whether they do. */
static OU_NATIVE(gc_enabled) {
    if (args[0] != OU_NONE) { ou_heap_enable(&vm->heap, args[0] == OU_TRUE); }
    return ou_new_bool(vm->heap.enabled);
}

static OU_NATIVE(gc_hook) {
    ou_slot_set(&vm->heap, &vm->gc.hook, ou_incref(args[0]));
    return ou_new_none();
}

/* (print what is collectable, a list to save it in or None) */
static OU_NATIVE(gc_debug) {
    vm->gc.print = args[0] == OU_TRUE;
    vm->heap.hooks.garbage = vm->gc.print || args[1] != OU_NONE ? see_garbage : NULL;
    ou_slot_set(&vm->heap, &vm->gc.garbage, ou_incref(args[1]));
    return ou_new_none();
}

static OU_NATIVE(gc_live) { return ou_int(vm, (int64_t)ou_heap_stats(&vm->heap)->live_tracked); }

static OU_NATIVE(gc_collect) {
    int64_t generation = 2;
    if (args[0] != OU_NOTHING && ou_index_i64(vm, args[0], &generation, true) < 0) { return OU_NOTHING; }
    if (generation < 0 || generation > 2) { return ou_raise_value_error(vm, "invalid generation"); }
    if (vm->heap.collecting) { return ou_int(vm, 0); }
    vm->gc.generation = (uint8_t)generation;
    size_t collected = ou_heap_collect(&vm->heap, 1) + vm->gc.saved;
    vm->gc.generation = 2;
    return ou_int(vm, (int64_t)collected);
}

/* --- looking at the heap --------------------------------------------------------------------------------------------------- */

/* Does the slot hold nothing, or what stands for nothing: a register not in use, a deleted key? */
static bool is_empty(const OuCell *cell, const OuValue *slot) {
    bool set = cell->kind == OU_KIND_SET || cell->kind == OU_KIND_FROZENSET;
    return *slot == OU_NOTHING ||
           (!ou_is_cell(*slot) && (set ? ((const OuSetEntry *)slot)->hash == -1 : cell->kind == OU_KIND_GENERATOR));
}

/* Calls `visit` for each value in the slots of the cell, as if hidden parts were the cell itself. false: stopped. */
static bool each_referent(OuVM *vm, OuCell *cell, bool (*visit)(void *context, OuValue child), void *context) {
    const OuKindOps *ops = vm->heap.kinds[cell->kind];
    OuSpan spans[OU_MAX_SPANS];
    uint32_t count = ops->spans != NULL ? ops->spans(&vm->heap, cell, spans) : 0;
    for (uint32_t i = 0; i < count; i++) {
        for (size_t at = 0; at < spans[i].count; at++) {
            OuValue *slot = spans[i].first + (ptrdiff_t)at * spans[i].step, child = *slot;
            if (is_empty(cell, slot)) { continue; }
            if (ou_is_cell(child) && is_private(vm, ou_cell(child)) ? !each_referent(vm, ou_cell(child), visit, context)
                                                                    : !visit(context, child)) {
                return false;
            }
        }
    }
    OuCell *owner = ops->owner != NULL ? ops->owner(&vm->heap, cell) : NULL;
    return owner == NULL || visit(context, ou_word(owner));
}

typedef struct Search {
    OuVM *vm;
    OuList *list;        /* with room for everything that may be found */
    const OuValue *args; /* gc.get_referrers: what is to be referred to; else NULL */
    uint32_t nargs;
    size_t found;
} Search;

static bool add_referent(void *context, OuValue child) {
    Search *self = context;
    return ou_list_append(self->vm, self->list, child) == 0;
}

static bool not_searched(void *context, OuValue child) {
    const Search *self = context;
    for (uint32_t i = 0; i < self->nargs; i++) {
        if (self->args[i] == child) { return false; }
    }
    return true;
}

static bool add_cell(void *context, OuCell *cell) {
    Search *self = context;
    if (is_private(self->vm, cell) || (self->list != NULL && cell == &self->list->cell) ||
        (self->args != NULL && each_referent(self->vm, cell, not_searched, self))) {
        return true;
    }
    if (self->list != NULL && self->found < self->list->capacity) {
        ou_list_append(self->vm, self->list, ou_word(cell));
    }
    self->found++;
    return true;
}

/* All cells, or those that refer to one of the arguments. */
static OuValue search(OuVM *vm, const OuValue *args, uint32_t nargs) {
    Search self = {.vm = vm, .args = args, .nargs = nargs};
    ou_heap_enumerate(&vm->heap, add_cell, &self);
    self.list = ou_list_new(vm, self.found + 1);
    self.found = 0;
    if (self.list != NULL) { ou_heap_enumerate(&vm->heap, add_cell, &self); }
    return ou_word(self.list);
}

static OU_NATIVE(gc_objects) { return search(vm, NULL, 0); }
static OU_NATIVE(gc_get_referrers) { return search(vm, args, nargs); }

static OU_NATIVE(gc_get_referents) {
    Search self = {.vm = vm, .list = ou_list_new(vm, 8)};
    for (uint32_t i = 0; self.list != NULL && i < nargs; i++) {
        if (ou_is_cell(args[i]) && !each_referent(vm, ou_cell(args[i]), add_referent, &self)) {
            return ou_dropped(vm, ou_word(self.list));
        }
    }
    return ou_word(self.list);
}

static OU_NATIVE(gc_is_tracked) {
    bool tracked = ou_is_cell(args[0]) && !vm->heap.kinds[ou_cell(args[0])->kind]->leaf;
    if (tracked && ou_is_type(args[0])) { tracked = (ou_as_type(args[0])->flags & OU_TYPE_HEAP) != 0; }
    return ou_new_bool(tracked);
}

static OU_NATIVE(gc_is_finalized) {
    return ou_new_bool(ou_is_cell(args[0]) && (ou_cell(args[0])->flags & OU_FLAG_FINALIZED) != 0);
}

typedef struct Census {
    OuVM *vm;
    uint32_t types;
    struct {
        const void *key; /* a type; or the operations of cells that no program sees */
        const char *name;
        size_t count, bytes;
    } rows[500];
} Census;

static void take_census(OuHeap *heap, OuCell *cell, void *context) {
    Census *self = context;
    const OuKindOps *ops = heap->kinds[cell->kind];
    bool private = is_private(self->vm, cell) || (cell->flags & (OU_FLAG_DEAD | OU_FLAG_HELD)) != 0;
    const void *key = private ? (const void *)ops : ou_type_of(self->vm, ou_word(cell));
    uint32_t at = 0;
    while (at < self->types && self->rows[at].key != key) { at++; }
    if (at == sizeof self->rows / sizeof *self->rows) { at--; } /* very many types: the last row is for the rest */
    if (at == self->types) {
        self->types++;
        self->rows[at].key = key;
        self->rows[at].name = private ? ops->name : NULL;
    }
    self->rows[at].count++;
    self->rows[at].bytes += ou_cell_bytes(heap, cell);
}

/* What is alive: (type, or the name of something inner; count; bytes) each. */
static OU_NATIVE(gc_census) {
    Census *self = ou_buffer_new(&vm->heap, sizeof *self);
    OuList *list = ou_list_new(vm, 0);
    if (self == NULL || list == NULL) {
        ou_buffer_free(&vm->heap, self, sizeof *self);
        ou_drop(vm, ou_word(list));
        return ou_raise_memory(vm);
    }
    *self = (Census){.vm = vm};
    ou_heap_each(&vm->heap, true, take_census, self);
    OuValue result = ou_word(list);
    for (uint32_t i = 0; i < self->types && result != OU_NOTHING; i++) {
        OuValue what = self->rows[i].name != NULL ? ou_str_from_text(vm, self->rows[i].name)
                                                  : ou_incref(ou_word((const OuType *)self->rows[i].key));
        OuValue row[3] = {what, ou_int(vm, (int64_t)self->rows[i].count), ou_int(vm, (int64_t)self->rows[i].bytes)};
        OuValue tuple = ou_tuple_from_take(vm, row, 3);
        if (tuple == OU_NOTHING || ou_list_append_take(vm, list, tuple) < 0) { result = ou_dropped(vm, result); }
    }
    ou_buffer_free(&vm->heap, self, sizeof *self);
    return result;
}

typedef struct Edges {
    OuVM *vm;
    OuValue target;
    OuList *list;
    OuCell *holder;
} Edges;

static void note_edge(void *context, OuValue child, const char *name) {
    Edges *self = context;
    if (child == self->target) {
        OuValue text = ou_str_from_text(self->vm, name != NULL ? name : "part");
        if (text != OU_NOTHING) { ou_list_append_take(self->vm, self->list, text); }
    } else if (ou_is_cell(child) && is_private(self->vm, ou_cell(child)) && ou_cell(child) != self->holder) {
        ou_cell_walk(&self->vm->heap, ou_cell(child), note_edge, self, true);
    }
}

/* The names of the edges by which the first argument refers to the second. */
static OU_NATIVE(gc_edges) {
    Edges self = {vm, args[1], ou_list_new(vm, 0), ou_is_cell(args[0]) ? ou_cell(args[0]) : NULL};
    if (self.list != NULL && self.holder != NULL) { ou_cell_walk(&vm->heap, self.holder, note_edge, &self, true); }
    return vm->pending == OU_NOTHING || self.list == NULL ? ou_word(self.list) : ou_dropped(vm, ou_word(self.list));
}

/* (collections, collected, finalised, slices, longest slice and all time of the collector in ns, charged bytes, peak, live
 * bytes, phase, lines about the last cycles) */
static OU_NATIVE(gc_figures) {
    const OuHeapStats *stats = ou_heap_stats(&vm->heap);
    const uint64_t figures[] = {stats->collections,  stats->collected,      stats->finalized, stats->pauses,
                                stats->pause_max_ns, stats->pause_total_ns, stats->charged,   stats->peak_charged,
                                stats->live_bytes,   vm->heap.phase};
    enum { COUNT = sizeof figures / sizeof *figures };
    OuValue values[COUNT + 1];
    char lines[sizeof stats->last] = "";
    for (uint64_t i = 1; i <= OU_CYCLES_KEPT; i++) {
        strcat(lines, stats->last[(stats->collections + i) % OU_CYCLES_KEPT]);
    }
    for (size_t i = 0; i < COUNT; i++) { values[i] = ou_int(vm, (int64_t)figures[i]); }
    values[COUNT] = ou_str_from_text(vm, lines);
    return ou_tuple_from_take(vm, values, COUNT + 1);
}

/* --- the module ---------------------------------------------------------------------------------------------------------------- */

static const OuNativeDef gc_functions[] = {
    {"collect", gc_collect, "Collects cyclic garbage; returns how many objects were unreachable.", 0, 1, OU_ARGS_CLINIC,
     0, "generation"},
    {"_objects", gc_objects, "All objects that can be part of cycles."},
    {"get_referrers", gc_get_referrers, "The objects that refer directly to one of these.", 0, -1},
    {"get_referents", gc_get_referents, "What these objects refer to directly.", 0, -1},
    {"is_finalized", gc_is_finalized, "Has its finaliser run?", 1, 1},
    {"_is_tracked", gc_is_tracked, "Does the collector look at the object?", 1, 1},
    {"_enabled", gc_enabled, "Sets whether automatic collections run; tells whether they do.", 1, 1},
    {"_hook", gc_hook,
     "Sets what is called with (0 at the start, 1 at the end, 2 at a young one's; generation; collected).", 1, 1},
    {"_debug", gc_debug, "Sets what becomes of garbage.", 2, 2},
    {"_census", gc_census, "What is alive, by type."},
    {"_edges", gc_edges, "The edges from one object to another.", 2, 2},
    {"_figures", gc_figures, "Figures of the heap and the collector."},
    {"_live", gc_live, "Objects that can be part of cycles."},
    OU_DEF_END};

const OuNativeModule ou_gc_module = {"_gc", gc_functions, NULL, "The cycle collector.", "gc"};
