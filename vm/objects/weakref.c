/* weakref.ref and the native part of the weakref module (_weakref).
 *
 * A reference is an OuRef over gc/weak.h. An instance of a subclass of ref has one as its payload; `outer` leads back from
 * there, and it is the instance that callbacks and getweakrefs see. */
#include "gc/weak.h"
#include "vm/lib/lib.h"
#include "vm/objects/help.h"
#include "vm/objects/weakref.h"

typedef struct OuRef {
    OuWeak weak;
    int64_t hash; /* plus one; 0: not known */
} OuRef;

static OuRef *ref_of(OuVM *vm, OuValue value) {
    OuValue plain = ou_plain_peek(vm, value, OU_KIND_WEAKREF);
    return (OuRef *)(uintptr_t)(plain != OU_NOTHING ? plain : ou_plain_peek(vm, value, OU_KIND_WEAKPROXY));
}

/* May a weak reference that the table names be handed out? Not one that dies or has been found unreachable. */
static bool usable(OuVM *vm, const OuWeak *weak) {
    OuCell *cell = ou_weak_holder(weak);
    return cell->count > 0 && (cell->flags & OU_FLAG_DEAD) == 0 && (vm->heap.phase < OU_WEAK || ou_cell_marked(cell));
}

static OuValue hand_out(OuVM *vm, const OuWeak *weak) {
    OuCell *cell = ou_weak_holder(weak);
    if (vm->heap.marking) { ou_shade(&vm->heap, cell); }
    return ou_incref(ou_word(cell));
}

/* Is it the plain reference without callback, which is shared? */
static bool is_shared(const OuWeak *weak) { return weak->callback == OU_NOTHING && weak->outer == NULL; }

static OuValue reference(OuVM *vm, uint8_t kind, OuValue target, OuValue callback, bool share) {
    if (!ou_is_cell(target) || !(ou_type_of(vm, target)->flags & OU_TYPE_WEAKREFS)) {
        return ou_raise_type_error(vm, "cannot create weak reference to '%T' object", target);
    }
    share = share && callback == OU_NOTHING;
    for (OuWeak *weak = ou_weak_first(&vm->heap, ou_cell(target)); share && weak != NULL; weak = weak->next) {
        if (is_shared(weak) && usable(vm, weak)) { return hand_out(vm, weak); }
    }
    OuRef *self = ou_new_cell(vm, kind, sizeof *self);
    if (self == NULL) { return OU_NOTHING; }
    if (callback != OU_NOTHING) { ou_slot_init(&self->weak.callback, ou_incref(callback)); }
    if (!ou_weak_attach(&vm->heap, &self->weak, ou_cell(target))) {
        ou_raise_memory(vm);
        return ou_dropped(vm, ou_word(self));
    }
    return ou_word(self);
}

/* What is referred to (owned), or OU_NOTHING. */
static OuValue target_of(OuVM *vm, const OuRef *self) {
    OuCell *target = ou_weak_get(&vm->heap, &self->weak);
    return target != NULL ? ou_incref(ou_word(target)) : OU_NOTHING;
}

void ou_weakref_callback(OuHeap *heap, OuCell *cell) {
    OuVM *vm = (OuVM *)heap;
    OuWeak *weak = (OuWeak *)(void *)cell;
    OuValue pending = ou_take_pending(vm), *regs = ou_regs_open(vm, 2);
    if (regs != NULL) {
        regs[0] = pending;
        regs[1] = ou_incref(weak->callback);
        OuValue result = ou_call1(vm, regs[1], ou_word(ou_weak_holder(weak)));
        if (result == OU_NOTHING) { ou_report_unraisable(vm, NULL, regs[1]); }
        ou_drop(vm, result);
        pending = ou_reg_take(&regs[0]);
        ou_regs_close(vm, regs);
    }
    ou_clear_pending(vm);
    ou_restore_pending_take(vm, pending);
}

/* --- ref ------------------------------------------------------------------------------------------------- */

static OU_MAKE(ref_make) {
    bool plain = type == vm->types[OU_TYPE_WEAKREF];
    int given = ou_positional(vm, plain && ou_keyword_count(kwnames) ? "ref" : "__new__", plain, 1, 2, nargs, kwnames);
    if (given < 0) { return OU_NOTHING; }
    uint8_t kind = type->native == &ou_weakref_type ? OU_KIND_WEAKREF : OU_KIND_WEAKPROXY;
    OuValue ref = reference(vm, kind, args[0], given > 1 && args[1] != OU_NONE ? args[1] : OU_NOTHING, plain);
    if (ref == OU_NOTHING || plain) { return ref; }
    OuValue instance = ou_payload_wrap_take(vm, type, ref);
    if (instance != OU_NOTHING) { ref_of(vm, instance)->weak.outer = ou_cell(instance); }
    return instance;
}

static OU_INIT(ref_init) { return ou_positional(vm, "__init__", true, 1, 2, nargs, kwnames) < 0 ? -1 : 0; }

static OU_CALL(ref_call) {
    if (ou_positional(vm, "weakref", true, 0, 0, nargs, kwnames) < 0) { return OU_NOTHING; }
    OuCell *target = ou_weak_get(&vm->heap, &ref_of(vm, self)->weak);
    return target != NULL ? ou_incref(ou_word(target)) : ou_new_none();
}

static OU_UNARY(ref_repr) {
    OuValue *regs = ou_regs_open(vm, 2), text = OU_NOTHING; /* referent, its name */
    if (regs == NULL) { return OU_NOTHING; }
    regs[0] = target_of(vm, ref_of(vm, self));
    if (regs[0] == OU_NOTHING) {
        text = ou_format(vm, "<weakref at 0x%lx; dead>", (unsigned long)self);
    } else if (ou_find_attr(vm, regs[0], vm->names[OU_NAME_name], &regs[1]) >= 0) {
        bool named = ou_str_peek(vm, regs[1]) != NULL;
        text =
            ou_format(vm, named ? "<weakref at 0x%lx; to '%T' at 0x%lx (%S)>" : "<weakref at 0x%lx; to '%T' at 0x%lx>",
                      (unsigned long)self, regs[0], (unsigned long)regs[0], regs[1]);
    }
    return ou_regs_close_keeping(vm, regs, text);
}

static int ref_hash(OuVM *vm, OuValue value, int64_t *out) {
    OuRef *self = ref_of(vm, value);
    if (self->hash == 0) {
        OuValue *regs = ou_regs_open(vm, 1);
        if (regs == NULL) { return -1; }
        regs[0] = target_of(vm, self);
        int status =
            regs[0] == OU_NOTHING ? ou_raised_type(vm, "weak object has gone away") : ou_hash(vm, regs[0], out);
        ou_regs_close(vm, regs);
        if (status < 0) { return -1; }
        self->hash = *out + 1;
    }
    *out = self->hash - 1;
    return 0;
}

static OU_COMPARE(ref_compare) {
    OuRef *left = ref_of(vm, a), *right = ref_of(vm, b);
    if ((op != OU_EQ && op != OU_NE) || left == NULL || right == NULL) { return ou_not_implemented(); }
    OuValue *regs = ou_regs_open(vm, 2);
    if (regs == NULL) { return OU_NOTHING; }
    regs[0] = target_of(vm, left);
    regs[1] = target_of(vm, right);
    OuValue result = regs[0] == OU_NOTHING || regs[1] == OU_NOTHING ? ou_new_bool((a == b) == (op == OU_EQ))
                                                                    : ou_compare(vm, regs[0], regs[1], op);
    return ou_regs_close_keeping(vm, regs, result);
}

static OU_UNARY(ref_callback) { return ou_or_none(ref_of(vm, self)->weak.callback); }

static uint32_t ref_spans(OuHeap *heap, OuCell *cell, OuSpan *out) {
    out[0] = (OuSpan){&((OuRef *)(void *)cell)->weak.callback, 1, 1};
    return 1;
}

const OuKindOps ou_weakref_ops = {
    .name = "weakref", .weakref = true, .spans = ref_spans, .edges = (const char *const[]){"__callback__"}};
static const OuGetSetDef ref_getsets[] = {{"__callback__", ref_callback}, OU_GETSET_END};
const OuNativeType ou_weakref_type = {.index = OU_TYPE_WEAKREF,
                                      .slots = {.repr = ref_repr,
                                                .hash = ref_hash,
                                                .call = ref_call,
                                                .compare = ref_compare,
                                                .make = ref_make,
                                                .init = ref_init},
                                      .getsets = ref_getsets};

/* The base of the proxies of vm/lib/weakref.py. */
const OuNativeType ou_weakproxy_type = {
    .index = OU_TYPE_WEAKPROXY, .slots = {.make = ref_make, .init = ref_init}, .getsets = ref_getsets};

/* --- the module --------------------------------------------------------------------------------------------- */

/* The weak references of an object, the shared one first, then the newest first: how many there are; up to `limit` are
 * added to the list. -1 raised. */
static int64_t list_references(OuVM *vm, OuValue target, OuList *list, uint32_t limit) {
    int64_t count = 0;
    for (int pass = 0; pass < 2 && ou_is_cell(target); pass++) {
        for (OuWeak *weak = ou_weak_first(&vm->heap, ou_cell(target)); weak != NULL; weak = weak->next) {
            if (is_shared(weak) != (pass == 0) || !usable(vm, weak)) { continue; }
            count++;
            if (list != NULL && list->length < limit && ou_list_append_take(vm, list, hand_out(vm, weak)) < 0) {
                return -1;
            }
        }
    }
    return count;
}

static OU_NATIVE(weakref_getweakrefcount) { return ou_int(vm, list_references(vm, args[0], NULL, 0)); }

static OU_NATIVE(weakref_getweakrefs) {
    OuList *list = ou_list_new(vm, 0);
    return list != NULL && list_references(vm, args[0], list, UINT32_MAX) < 0 ? ou_dropped(vm, ou_word(list))
                                                                              : ou_word(list);
}

OU_UNARY(ou_weakref_of_instance) {
    OuList *list = ou_list_new(vm, 1);
    if (list == NULL || list_references(vm, self, list, 1) < 0) { return ou_dropped(vm, ou_word(list)); }
    OuValue first = ou_incref(list->length > 0 ? list->items[0] : OU_NONE);
    ou_drop(vm, ou_word(list));
    return first;
}

/* What a proxy refers to, or None. */
static OU_NATIVE(weakref_target) {
    if (ref_of(vm, args[0]) == NULL) { return ou_raise_type_error(vm, "a proxy expected"); }
    return ref_call(vm, args[0], NULL, 0, OU_NOTHING);
}

static int add_types(OuVM *vm, OuDict *names) {
    static const char *const titles[] = {"ref", "ReferenceType", "ProxyBase"};
    int status = 0;
    for (int i = 0; status == 0 && i < 3; i++) {
        OuType *type = vm->types[i < 2 ? OU_TYPE_WEAKREF : OU_TYPE_WEAKPROXY];
        status = ou_dict_set_text(vm, names, titles[i], ou_incref(ou_word(type)));
    }
    return status;
}

static const OuNativeDef weakref_functions[] = {
    {"getweakrefcount", weakref_getweakrefcount, "How many weak references an object has.", 1, 1},
    {"getweakrefs", weakref_getweakrefs, "The weak references of an object.", 1, 1},
    {"_target", weakref_target, "What a proxy refers to, or None.", 1, 1},
    OU_DEF_END};
const OuNativeModule ou_weakref_module = {"_weakref", weakref_functions, add_types, "Weak references."};
