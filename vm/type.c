/* Type objects: creation, method resolution order, attributes of classes, versions. */
#include "vm/objects/help.h"
#include "vm/special.h"

/* --- lookup ------------------------------------------------------------------------------------------------------- */

#define CACHE_SIZE 1024u
typedef struct TypeCacheEntry {
    uint32_t version;
    OuStr *name;
    OuValue *place; /* NULL: known to be absent */
} TypeCacheEntry;
/* A name is known by its address. That is safe although a string may die and another take its address: what a class
 * or instance has keeps its name alive while the version lasts, and a name that was absent stays so. */

struct OuTypeCache {
    TypeCacheEntry entries[CACHE_SIZE];
};

size_t ou_type_cache_size(void) { return sizeof(struct OuTypeCache); }

static OuValue *find_place_from(OuType *type, size_t i, OuStr *name) {
    if (!ou_is_tuple(type->mro)) { return NULL; /* being cleared */ }
    OuTuple *mro = ou_as_tuple(type->mro);
    for (size_t count = ou_tuple_length(mro); i < count; i++) {
        OuValue dict = ou_is_type(mro->items[i]) ? ou_as_type(mro->items[i])->dict : OU_NOTHING;
        OuValue *place = dict != OU_NOTHING ? ou_dict_place(ou_as_dict(dict), name) : NULL;
        if (place != NULL) { return place; }
    }
    return NULL;
}

OuValue *ou_type_place_behind(OuType *type, OuType *start, OuStr *name) {
    if (!ou_is_tuple(type->mro)) { return NULL; }
    size_t i = 0, count = ou_tuple_length(ou_as_tuple(type->mro));
    while (i < count && ou_as_tuple(type->mro)->items[i] != ou_word(start)) { i++; }
    return find_place_from(type, i + 1, name);
}

OuValue *ou_type_place(OuVM *vm, OuType *type, OuStr *name) {
    if (!ou_str_is_interned(name) || vm->type_cache == NULL || type->version == 0) {
        return find_place_from(type, 0, name);
    }
    uint32_t at = (type->version * 31u ^ (uint32_t)((uintptr_t)name >> 4)) & (CACHE_SIZE - 1);
    TypeCacheEntry *entry = &vm->type_cache->entries[at];
    if (entry->version == type->version && entry->name == name) { return entry->place; }
    OuValue *place = find_place_from(type, 0, name);
    *entry = (TypeCacheEntry){type->version, name, place};
    return place;
}

OuValue ou_type_lookup(OuVM *vm, OuType *type, OuStr *name) {
    OuValue *place = ou_type_place(vm, type, name);
    return place != NULL ? *place : OU_NOTHING;
}

OuType *ou_type_of(OuVM *vm, OuValue value) {
    if (ou_is_cell_or_nothing(value)) {
        const OuCell *cell = ou_cell(value);
        uint8_t kind = cell->kind;
        if (ou_is_instance_kind(kind)) { return ou_instance_type(vm, cell); }
        switch (kind) {
        case OU_KIND_NONE: return vm->types[OU_TYPE_NONE];
        case OU_KIND_BOOL: return vm->types[OU_TYPE_BOOL];
        case OU_KIND_NOTIMPLEMENTED: return vm->types[OU_TYPE_NOTIMPLEMENTED];
        case OU_KIND_ELLIPSIS: return vm->types[OU_TYPE_ELLIPSIS];
        default: return vm->types[kind - OU_KIND_BASE];
        }
    }
    return vm->types[ou_is_small(value) ? OU_TYPE_INT : OU_TYPE_FLOAT];
}

bool ou_type_is_subtype(const OuType *type, const OuType *base) {
    if (type == base) { return true; }
    if (!ou_is_tuple(type->mro)) { return false; }
    const OuTuple *mro = ou_as_tuple(type->mro);
    for (size_t i = 0, count = ou_tuple_length(mro); i < count; i++) {
        if (mro->items[i] == ou_word(base)) { return true; }
    }
    return false;
}

bool ou_is_a(OuVM *vm, OuValue value, OuTypeIndex index) {
    return ou_type_is_subtype(ou_type_of(vm, value), vm->types[index]);
}

OuValue ou_plain_peek(OuVM *vm, OuValue value, uint8_t kind) {
    uint8_t have = ou_kind(value);
    if (have == kind || (kind == OU_KIND_INT && have == OU_KIND_BOOL)) {
        return have == OU_KIND_BOOL ? ou_from_small(ou_cell(value)->aux) : value;
    }
    if (ou_is_cell(value) && ou_is_instance_kind(have)) {
        const OuType *type = ou_type_of(vm, value);
        if (type->payload == kind) { return ou_as_instance(value)->words[0]; }
    }
    return OU_NOTHING;
}

OuValue ou_plain_take(OuVM *vm, OuValue result, uint8_t kind, const char *complaint) {
    OuValue plain = result != OU_NOTHING ? ou_plain_peek(vm, result, kind) : OU_NOTHING;
    if (plain == result) { return result; }
    if (plain == OU_NOTHING) { ou_raise_type_error(vm, complaint, result); }
    ou_incref(plain);
    ou_drop(vm, result);
    return plain;
}

const char *ou_type_name(OuVM *vm, OuValue value) {
    char *text = vm->type_names[vm->type_name_next++ % 4];
    ou_str_copy_utf8(ou_as_str(ou_type_of(vm, value)->name), text, sizeof vm->type_names[0]);
    return text;
}

bool ou_binds(OuVM *vm, OuValue value) { return ou_type_of(vm, value)->slots.descr_get != NULL; }
bool ou_is_data_descriptor(OuVM *vm, OuValue value) {
    const OuType *type = ou_type_of(vm, value);
    return type->slots.descr_get != NULL && type->slots.descr_set != NULL;
}

/* --- versions ------------------------------------------------------------------------------------------------------ */

OuType *ou_type_next_subclass(OuVM *vm, const OuType *type, OuType *after) {
    if (!(type->flags & OU_TYPE_HAS_SUBCLASSES)) { return NULL; }
    OuType *other = after == NULL ? vm->all_types : after->next_type;
    while (other != NULL && (other == type || !ou_type_is_subtype(other, type))) { other = other->next_type; }
    return other;
}

static void renew_one(OuVM *vm, OuType *type) {
    type->version = ou_version_next(vm);
    ou_shape_renew(vm, type);
}

void ou_type_renew(OuVM *vm, OuType *type) {
    renew_one(vm, type);
    for (OuType *sub = NULL; (sub = ou_type_next_subclass(vm, type, sub)) != NULL;) { renew_one(vm, sub); }
}

/* A class got its __del__ after it had instances. */
static void arm_instance(OuHeap *heap, OuCell *cell, void *type) {
    if (ou_is_instance_kind(cell->kind) && !(cell->flags & OU_FLAG_DEAD) &&
        ou_instance_type((OuVM *)heap, cell) == type) {
        cell->flags |= OU_FLAG_FINALIZER;
    }
}

static void update_flags(OuVM *vm, OuType *type) {
    uint32_t flags = type->flags & ~(OU_TYPE_HAS_DEL | OU_TYPE_PLAIN_INIT | OU_TYPE_PLAIN_GETATTR |
                                     OU_TYPE_PLAIN_SETATTR | OU_TYPE_DESCRIPTOR | OU_TYPE_CLAIMS_CLASS);
    flags |= ou_type_lookup(vm, type, vm->names[OU_NAME_del]) != OU_NOTHING ? OU_TYPE_HAS_DEL : 0;
    if (type->slots.getattr == vm->types[OU_TYPE_OBJECT]->slots.getattr) { flags |= OU_TYPE_PLAIN_GETATTR; }
    if (type->slots.setattr == vm->types[OU_TYPE_OBJECT]->slots.setattr) { flags |= OU_TYPE_PLAIN_SETATTR; }
    if (type->slots.make == vm->types[OU_TYPE_OBJECT]->slots.make && flags & OU_TYPE_HEAP) {
        flags |= OU_TYPE_PLAIN_INIT;
    }
    flags |= type->slots.descr_get != NULL ? OU_TYPE_DESCRIPTOR : 0;
    if (!(flags & OU_TYPE_PLAIN_GETATTR) ||
        ou_type_lookup(vm, type, vm->names[OU_NAME_class]) !=
            ou_type_lookup(vm, vm->types[OU_TYPE_OBJECT], vm->names[OU_NAME_class])) {
        flags |= flags & OU_TYPE_HEAP ? OU_TYPE_CLAIMS_CLASS : 0;
    }
    if (ou_dict_place(ou_as_dict(type->dict), vm->names[OU_NAME_virtual_subclass]) != NULL) {
        flags |= OU_TYPE_ABSTRACT;
    }
    bool late = (flags & ~type->flags & OU_TYPE_HAS_DEL) && type->root_shape != NULL;
    type->flags = flags;
    if (late) { ou_heap_each(&vm->heap, false, arm_instance, type); }
}

void ou_type_update_flags(OuVM *vm, OuType *type) {
    update_flags(vm, type);
    for (OuType *sub = NULL; (sub = ou_type_next_subclass(vm, type, sub)) != NULL;) { update_flags(vm, sub); }
}

int ou_type_setattr(OuVM *vm, OuValue self, OuStr *name, OuValue value) {
    OuType *type = ou_as_type(self);
    if (!(type->flags & OU_TYPE_HEAP)) {
        return ou_raised_type(vm, "cannot set '%N' attribute of immutable type '%K'", name, type);
    }
    OuType *meta = vm->types[OU_TYPE_TYPE];
    OuValue descriptor = ou_type_lookup(vm, meta, name);
    if (descriptor != OU_NOTHING && ou_type_of(vm, descriptor)->slots.descr_set != NULL) {
        return ou_type_of(vm, descriptor)->slots.descr_set(vm, descriptor, ou_word(type), value);
    }
    OuDict *dict = ou_as_dict(type->dict);
    name = ou_str_intern_take(vm, ou_as_str(ou_incref(ou_word(name))));
    if (name == NULL) { return -1; }
    OuValue *place = ou_dict_place(dict, name), old = OU_NOTHING;
    int status = 0;
    if (value != OU_NOTHING && place != NULL && !ou_binds(vm, *place) && !ou_binds(vm, value) &&
        ou_type_of(vm, *place)->slots.descr_set == NULL && ou_type_of(vm, value)->slots.descr_set == NULL &&
        !(name->data[0] == '_' && name->length > 1 && name->data[1] == '_')) {
        ou_slot_set(&vm->heap, place, ou_incref(value)); /* caches hold the place */
    } else {
        if (value != OU_NOTHING) {
            old = place != NULL ? ou_incref(*place) : OU_NOTHING;
            status = ou_dict_set(vm, dict, ou_word(name), value);
        } else {
            int found = ou_dict_pop(vm, dict, ou_word(name), &old);
            if (found == 0) {
                ou_raise(vm, OU_EXC_AttributeError, "type object '%K' has no attribute '%N'", type, name);
            }
            status = found > 0 ? 0 : -1;
        }
        ou_type_renew(vm, type);
        if (status == 0) {
            ou_slots_update(vm, type, name);
            ou_type_update_flags(vm, type);
        }
        ou_drop(vm, old);
    }
    ou_drop(vm, ou_word(name));
    return status;
}

OuValue ou_type_getattr(OuVM *vm, OuValue self, OuStr *name) {
    OuType *type = ou_as_type(self), *meta = vm->types[OU_TYPE_TYPE];
    OuValue over = ou_type_lookup(vm, meta, name);
    if (over != OU_NOTHING && ou_is_data_descriptor(vm, over)) { return ou_descr_get(vm, over, ou_word(type), meta); }
    OuValue found = ou_type_lookup(vm, type, name);
    if (found != OU_NOTHING) { return ou_descr_get(vm, found, OU_NOTHING, type); }
    if (over != OU_NOTHING) { return ou_descr_get(vm, over, ou_word(type), meta); }
    return ou_raise(vm, OU_EXC_AttributeError, "type object '%K' has no attribute '%N'", type, name);
}

/* --- type.__call__ -------------------------------------------------------------------------------------------------------------- */

OuValue ou_type_call(OuVM *vm, OuType *type, const OuValue *args, uint32_t nargs, OuValue kwnames) {
    if (type == vm->types[OU_TYPE_TYPE] && nargs == 1 && kwnames == OU_NOTHING) {
        return ou_incref(ou_word(ou_type_of(vm, args[0])));
    }
    if (type->slots.make == NULL) { return ou_raise_type_error(vm, "cannot create '%K' instances", type); }
    OuValue object = type->slots.make(vm, type, args, nargs, kwnames);
    if (object == OU_NOTHING) { return OU_NOTHING; }
    OuType *made = ou_type_of(vm, object);
    if (made->slots.init == NULL || !ou_type_is_subtype(made, type)) { return object; }
    OuValue *regs = ou_regs_hold_take(vm, object);
    if (regs == NULL) { return OU_NOTHING; }
    return ou_regs_first(vm, regs, made->slots.init(vm, object, args, nargs, kwnames));
}

/* --- built-in types ---------------------------------------------------------------------------------------------------------------- */

/* flavour 0: methods, 1: class methods, 2: static methods */
static int add_defs(OuVM *vm, OuType *type, const OuNativeDef *defs, int flavour) {
    for (; defs != NULL && defs->name != NULL; defs++) {
        OuValue native =
            ou_native_new(vm, flavour == 0 ? OU_KIND_METHOD_DESCRIPTOR : OU_KIND_NATIVE, defs, OU_NOTHING, type);
        if (flavour != 0) {
            native = ou_wrapped_new_take(vm, flavour == 1 ? OU_KIND_CLASSMETHOD : OU_KIND_STATICMETHOD, native);
        }
        if (ou_dict_set_text(vm, ou_as_dict(type->dict), defs->name, native) < 0) { return -1; }
    }
    return 0;
}

int ou_type_fill_native(OuVM *vm, OuType *type, const OuNativeType *native) {
    type->native = native;
    type->slots = native->slots;
    type->flags |= (native->final ? OU_TYPE_FINAL : 0) | (native->weakrefs ? OU_TYPE_WEAKREFS : 0);
    if (add_defs(vm, type, native->methods, 0) < 0 || add_defs(vm, type, native->class_methods, 1) < 0 ||
        add_defs(vm, type, native->static_methods, 2) < 0) {
        return -1;
    }
    for (const OuGetSetDef *def = native->getsets; def != NULL && def->name != NULL; def++) {
        if (ou_dict_set_text(vm, ou_as_dict(type->dict), def->name, ou_getset_new(vm, def, type)) < 0) { return -1; }
    }
    if (ou_slots_expose(vm, type) < 0) { return -1; }
    if (ou_dict_place(ou_as_dict(type->dict), vm->names[OU_NAME_doc]) != NULL) { return 0; }
    OuValue doc = native->doc != NULL ? ou_str_from_text(vm, native->doc) : ou_incref(OU_NONE);
    return ou_dict_set_text(vm, ou_as_dict(type->dict), "__doc__", doc);
}

/* A built-in type derived from `base` (NULL for object), without content yet. */
OuType *ou_type_new_native(OuVM *vm, const char *name, OuType *base, OuTypeIndex index) {
    OuStr *text = ou_str_interned(vm, name);
    OuType *type = text != NULL ? ou_type_alloc(vm, text, 0) : NULL;
    ou_drop(vm, ou_word(text));
    if (type == NULL) { return NULL; }
    type->index = (uint16_t)index;
    OuValue base_word = ou_word(base), bases = ou_tuple_from(vm, &base_word, base != NULL);
    ou_slot_init(&type->bases, bases);
    ou_slot_init(&type->base, ou_incref(base_word));
    const char *dot = strrchr(name, '.');
    if (dot != NULL) {
        OuValue module = ou_str_from_utf8(vm, name, (size_t)(dot - name)), last = ou_str_from_text(vm, dot + 1);
        if (last != OU_NOTHING) { ou_slot_set(&vm->heap, &type->qualname, last); }
        if (ou_dict_set_text(vm, ou_as_dict(type->dict), "__module__", module) < 0 || last == OU_NOTHING) {
            return ou_null(ou_dropped(vm, ou_word(type)));
        }
    }
    return bases != OU_NOTHING && ou_type_link(vm, type) == 0 ? type : ou_null(ou_dropped(vm, ou_word(type)));
}

void ou_type_finish_native(OuVM *vm, OuType *type) {
    ou_slots_inherit(vm, type);
    ou_type_update_flags(vm, type);
}

/* --- isinstance ------------------------------------------------------------------------------------------------------------------------ */

static int check_type(OuVM *vm, OuType *type, OuValue object, OuType *wanted, bool instance) {
    if (ou_type_is_subtype(type, wanted)) { return 1; }
    if (instance && (type->flags & OU_TYPE_CLAIMS_CLASS)) {
        OuValue claimed;
        int found = ou_find_attr(vm, object, vm->names[OU_NAME_class], &claimed);
        if (found > 0) {
            found = ou_is_type(claimed) && ou_type_is_subtype(ou_as_type(claimed), wanted);
            ou_drop(vm, claimed);
        }
        if (found != 0) { return found; }
    }
    /* Abstract classes of the library tell by what a class can do. */
    if (!(wanted->flags & OU_TYPE_ABSTRACT)) { return 0; }
    OuValue hook = ou_dict_peek_name(ou_as_dict(wanted->dict), vm->names[OU_NAME_virtual_subclass]);
    OuValue answer = ou_call1(vm, hook == OU_NOTHING ? OU_NONE : hook, ou_word(type));
    int truth = answer == OU_NOTHING ? -1 : ou_truth(vm, answer);
    ou_drop(vm, answer);
    return truth;
}

static int check_class(OuVM *vm, OuType *type, OuValue object, OuValue classes, bool instance) {
    if (ou_is_type(classes)) { return check_type(vm, type, object, ou_as_type(classes), instance); }
    OuValue tuple = ou_plain_peek(vm, classes, OU_KIND_TUPLE);
    if (tuple != OU_NOTHING) {
        if (ou_enter(vm, " in __instancecheck__") < 0) { return -1; }
        int found = 0;
        OuTuple *list = ou_as_tuple(tuple);
        for (size_t i = 0, count = ou_tuple_length(list); found == 0 && i < count; i++) {
            found = check_class(vm, type, object, list->items[i], instance);
        }
        ou_leave(vm);
        return found;
    }
    OuNameIndex hook = instance ? OU_NAME_instancecheck : OU_NAME_subclasscheck;
    OuValue out;
    int called = ou_call_special(vm, classes, vm->names[hook], &object, 1, &out);
    if (called > 0) { return ou_truth_take(vm, out); }
    if (called == 0) {
        ou_raise_type_error(vm, instance ? "isinstance() arg 2 must be a type, a tuple of types, or a union"
                                         : "issubclass() arg 2 must be a class, a tuple of classes, or a union");
    }
    return -1;
}

int ou_is_subclass(OuVM *vm, OuValue type, OuValue classes) {
    if (!ou_is_type(type)) { return ou_raised_type(vm, "issubclass() arg 1 must be a class"); }
    return check_class(vm, ou_as_type(type), type, classes, false);
}

int ou_is_instance(OuVM *vm, OuValue object, OuValue classes) {
    return check_class(vm, ou_type_of(vm, object), object, classes, true);
}

OuStr *ou_type_module(OuVM *vm, OuType *type) {
    OuValue module = ou_dict_peek_name(ou_as_dict(type->dict), vm->names[OU_NAME_module]);
    return ou_is_str(module) ? ou_as_str(module) : vm->names[OU_NAME_P_builtins];
}

/* --- operations -------------------------------------------------------------------------------------------------------------------------- */

static uint32_t type_spans(OuHeap *heap, OuCell *cell, OuSpan *out) {
    OuType *self = (OuType *)cell;
    out[0] = (OuSpan){&self->dict, 6 + OU_SHAPE_SLOTS, 1};
    return 1;
}

static void type_drop(OuHeap *heap, OuCell *cell) {
    OuVM *vm = (OuVM *)heap;
    OuType *self = (OuType *)cell;
    ou_shape_free_all(vm, self);
    ou_type_unlist(vm, self);
}

static void type_edge_name(OuHeap *heap, OuCell *cell, uint32_t span, size_t index, char *buffer, size_t size) {
    static const char *const names[] = {"__dict__", "__bases__", "__mro__", "__base__", "__name__", "__qualname__"};
    snprintf(buffer, size, "%s", index < 6 ? names[index] : "attribute name");
}

const OuKindOps ou_type_ops = {.name = "type", .spans = type_spans, .drop = type_drop, .edge_name = type_edge_name};
