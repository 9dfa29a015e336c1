/* Type objects: creation, method resolution order, attributes of classes, versions. */
#include "vm/type.h"

#include "vm/attr.h"
#include "vm/call.h"
#include "vm/objects/instance.h"
#include "vm/objects/module.h"
#include "vm/objects/str.h"
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

const char *ou_type_name(OuVM *vm, OuValue value) {
    char *text = vm->type_names[vm->type_name_next++ % 4];
    ou_str_copy_ascii(ou_as_str(ou_type_of(vm, value)->name), text, sizeof vm->type_names[0]);
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

static void renew(OuVM *vm, OuType *type) {
    renew_one(vm, type);
    for (OuType *sub = NULL; (sub = ou_type_next_subclass(vm, type, sub)) != NULL;) { renew_one(vm, sub); }
}

static void update_flags_one(OuVM *vm, OuType *type) {
    uint32_t flags = type->flags & ~(OU_TYPE_HAS_DEL | OU_TYPE_PLAIN_INIT | OU_TYPE_PLAIN_GETATTR |
                                     OU_TYPE_PLAIN_SETATTR | OU_TYPE_DESCRIPTOR);
    flags |= ou_type_lookup(vm, type, vm->names[OU_NAME_del]) != OU_NOTHING ? OU_TYPE_HAS_DEL : 0;
    if (type->slots.getattr == vm->types[OU_TYPE_OBJECT]->slots.getattr) { flags |= OU_TYPE_PLAIN_GETATTR; }
    if (type->slots.setattr == vm->types[OU_TYPE_OBJECT]->slots.setattr) { flags |= OU_TYPE_PLAIN_SETATTR; }
    if (type->slots.make == vm->types[OU_TYPE_OBJECT]->slots.make && (flags & OU_TYPE_HEAP) &&
        !(flags & OU_TYPE_ABSTRACT)) {
        flags |= OU_TYPE_PLAIN_INIT;
    }
    flags |= type->slots.descr_get != NULL ? OU_TYPE_DESCRIPTOR : 0;
    type->flags = flags;
}

static void update_flags(OuVM *vm, OuType *type) {
    update_flags_one(vm, type);
    for (OuType *sub = NULL; (sub = ou_type_next_subclass(vm, type, sub)) != NULL;) { update_flags_one(vm, sub); }
}

int ou_type_setattr(OuVM *vm, OuType *type, OuStr *name, OuValue value) {
    if (!(type->flags & OU_TYPE_HEAP)) {
        ou_raise_type_error(vm, "cannot set '%N' attribute of immutable type '%K'", name, type);
        return -1;
    }
    OuType *meta = vm->types[OU_TYPE_TYPE];
    OuValue descriptor = ou_type_lookup(vm, meta, name);
    if (descriptor != OU_NOTHING && ou_type_of(vm, descriptor)->slots.descr_set != NULL) {
        return ou_type_of(vm, descriptor)->slots.descr_set(vm, descriptor, ou_word(type), value);
    }
    OuDict *dict = ou_as_dict(type->dict);
    name = ou_str_intern_take(vm, (OuStr *)(uintptr_t)ou_incref(ou_word(name)));
    if (name == NULL) { return -1; }
    OuValue *place = ou_dict_place(dict, name);
    int status = 0;
    if (value == OU_NOTHING) {
        OuValue old = OU_NOTHING;
        status = ou_dict_pop(vm, dict, ou_word(name), &old);
        renew(vm, type);
        if (status > 0) {
            ou_slots_update(vm, type, name);
            update_flags(vm, type);
            ou_drop(vm, old);
        } else if (status == 0) {
            ou_raise(vm, OU_EXC_AttributeError, "type object '%K' has no attribute '%N'", type, name);
        }
        status = status > 0 ? 0 : -1;
    } else if (place != NULL && !ou_binds(vm, *place) && !ou_binds(vm, value) &&
               ou_type_of(vm, *place)->slots.descr_set == NULL && ou_type_of(vm, value)->slots.descr_set == NULL &&
               !(name->data[0] == '_' && name->length > 1 && name->data[1] == '_')) {
        ou_slot_set(&vm->heap, place, ou_incref(value)); /* caches hold the place */
    } else {
        OuValue old = place != NULL ? ou_incref(*place) : OU_NOTHING;
        status = ou_dict_set(vm, dict, ou_word(name), value);
        renew(vm, type);
        if (status == 0) {
            ou_slots_update(vm, type, name);
            update_flags(vm, type);
        }
        ou_drop(vm, old);
    }
    ou_drop(vm, ou_word(name));
    return status;
}

OuValue ou_type_getattr(OuVM *vm, OuType *type, OuStr *name) {
    OuType *meta = vm->types[OU_TYPE_TYPE];
    OuValue over = ou_type_lookup(vm, meta, name);
    if (over != OU_NOTHING && ou_is_data_descriptor(vm, over)) { return ou_descr_get(vm, over, ou_word(type), meta); }
    OuValue found = ou_type_lookup(vm, type, name);
    if (found != OU_NOTHING) { return ou_descr_get(vm, found, OU_NOTHING, type); }
    if (over != OU_NOTHING) { return ou_descr_get(vm, over, ou_word(type), meta); }
    return ou_raise(vm, OU_EXC_AttributeError, "type object '%K' has no attribute '%N'", type, name);
}

/* --- method resolution order: C3 --------------------------------------------------------------------------------------- */

static bool in_tail(OuValue candidate, const OuTuple *list, size_t from) {
    for (size_t i = from + 1, count = ou_tuple_length(list); i < count; i++) {
        if (list->items[i] == candidate) { return true; }
    }
    return false;
}

static OuValue compute_mro(OuVM *vm, OuType *type) {
    OuTuple *bases = ou_as_tuple(type->bases);
    size_t count = ou_tuple_length(bases);
    size_t heads[64] = {0};
    if (count > 62) { return ou_raise_type_error(vm, "too many bases"); }
    OuList *out = ou_list_new(vm, 8);
    if (out == NULL || ou_list_append(vm, out, ou_word(type)) < 0) { goto fail; }
    for (;;) {
        bool empty = true;
        OuValue chosen = OU_NOTHING;
        for (size_t i = 0; i <= count && chosen == OU_NOTHING; i++) {
            const OuTuple *list = i < count ? ou_as_tuple(ou_as_type(bases->items[i])->mro) : bases;
            if (heads[i] >= ou_tuple_length(list)) { continue; }
            empty = false;
            OuValue candidate = list->items[heads[i]];
            bool blocked = false;
            for (size_t j = 0; j <= count && !blocked; j++) {
                const OuTuple *other = j < count ? ou_as_tuple(ou_as_type(bases->items[j])->mro) : bases;
                blocked = heads[j] < ou_tuple_length(other) && in_tail(candidate, other, heads[j]);
            }
            if (!blocked) { chosen = candidate; }
        }
        if (empty) { break; }
        if (chosen == OU_NOTHING) {
            OuBuilder names;
            ou_builder_init(&names, vm);
            bool first = true;
            for (size_t i = 0; i <= count; i++) {
                const OuTuple *list = i < count ? ou_as_tuple(ou_as_type(bases->items[i])->mro) : bases;
                if (i == count && heads[i] < ou_tuple_length(list)) {
                    for (size_t j = heads[i]; j < ou_tuple_length(list); j++) {
                        ou_builder_text(&names, first ? "" : ", ");
                        ou_builder_str(&names, ou_as_str(ou_as_type(list->items[j])->name));
                        first = false;
                    }
                }
            }
            OuValue text = ou_builder_finish(&names);
            ou_raise_type_error(vm, "Cannot create a consistent method resolution\norder (MRO) for bases %S",
                                text == OU_NOTHING ? OU_NONE : text);
            ou_drop(vm, text);
            goto fail;
        }
        if (ou_list_append(vm, out, chosen) < 0) { goto fail; }
        for (size_t i = 0; i <= count; i++) {
            const OuTuple *list = i < count ? ou_as_tuple(ou_as_type(bases->items[i])->mro) : bases;
            if (heads[i] < ou_tuple_length(list) && list->items[heads[i]] == chosen) { heads[i]++; }
        }
    }
    OuValue mro = ou_tuple_from(vm, out->items, out->length);
    ou_drop(vm, ou_word(out));
    return mro;
fail:
    ou_drop(vm, out != NULL ? ou_word(out) : OU_NOTHING);
    return OU_NOTHING;
}

/* --- creation -------------------------------------------------------------------------------------------------------------- */

static void link_type(OuVM *vm, OuType *type) {
    type->prev_type = NULL;
    type->next_type = vm->all_types;
    if (type->next_type != NULL) { type->next_type->prev_type = type; }
    vm->all_types = type;
}

static void unlink_type(OuVM *vm, OuType *type) {
    if (type->prev_type != NULL) {
        type->prev_type->next_type = type->next_type;
    } else {
        vm->all_types = type->next_type;
    }
    if (type->next_type != NULL) { type->next_type->prev_type = type->prev_type; }
}

static OuType *type_alloc(OuVM *vm, OuStr *name, uint32_t flags) {
    OuType *type = (OuType *)ou_cell_new(&vm->heap, OU_KIND_TYPE, sizeof *type);
    if (type == NULL) {
        ou_raise_memory(vm);
        return NULL;
    }
    type->flags = flags;
    type->index = OU_TYPE_NO_INDEX;
    link_type(vm, type);
    type->instance_kind = OU_KIND_INSTANCE;
    ou_slot_init(&type->name, ou_incref(ou_word(name)));
    ou_slot_init(&type->qualname, ou_incref(ou_word(name)));
    OuDict *dict = ou_dict_new(vm, 0);
    if (dict == NULL) {
        ou_drop(vm, ou_word(type));
        return NULL;
    }
    dict->cell.aux |= OU_DICT_CLASS;
    ou_slot_init(&type->dict, ou_word(dict));
    return type;
}

/* bases, base, mro and what follows from them are in place; registers the type with its bases. */
static int type_link(OuVM *vm, OuType *type) {
    OuValue mro = compute_mro(vm, type);
    if (mro == OU_NOTHING) { return -1; }
    ou_slot_init(&type->mro, mro);
    type->version = ou_version_next(vm);
    OuTuple *bases = ou_as_tuple(type->bases);
    for (size_t i = 0, count = ou_tuple_length(bases); i < count; i++) {
        ou_as_type(bases->items[i])->flags |= OU_TYPE_HAS_SUBCLASSES;
    }
    return 0;
}

static const OuType *solid_base(const OuType *type) {
    while (type->base != OU_NOTHING) {
        const OuType *base = ou_as_type(type->base);
        if (type->slot_base != base->slot_base || type->payload != base->payload || !(type->flags & OU_TYPE_HEAP)) {
            if (!((type->flags & OU_TYPE_EXCEPTION) && (base->flags & OU_TYPE_EXCEPTION))) { return type; }
        }
        type = base;
    }
    return type;
}

static OuType *best_base(OuVM *vm, OuTuple *bases) {
    for (size_t i = 0, count = ou_tuple_length(bases); i < count; i++) {
        for (size_t j = i + 1; j < count; j++) {
            if (bases->items[i] == bases->items[j] && ou_is_type(bases->items[i])) {
                ou_raise_type_error(vm, "duplicate base class %K", ou_as_type(bases->items[i]));
                return NULL;
            }
        }
    }
    OuType *best = NULL;
    const OuType *solid = NULL;
    for (size_t i = 0, count = ou_tuple_length(bases); i < count; i++) {
        if (!ou_is_type(bases->items[i])) {
            ou_raise_type_error(vm, "bases must be types");
            return NULL;
        }
        OuType *base = ou_as_type(bases->items[i]);
        if (base->flags & OU_TYPE_FINAL) {
            ou_raise_type_error(vm, "type '%K' is not an acceptable base type", base);
            return NULL;
        }
        if (base == vm->types[OU_TYPE_TYPE]) {
            ou_raise_type_error(vm, "Ouro does not support metaclasses");
            return NULL;
        }
        const OuType *candidate = solid_base(base);
        if (best == NULL || (candidate != solid && ou_type_is_subtype(candidate, solid))) {
            best = base;
            solid = candidate;
        } else if (candidate != solid && !ou_type_is_subtype(solid, candidate)) {
            ou_raise_type_error(vm, "multiple bases have instance lay-out conflict");
            return NULL;
        }
    }
    return best;
}

static int process_slots(OuVM *vm, OuType *type) {
    OuDict *dict = ou_as_dict(type->dict);
    OuValue names = ou_dict_peek_name(dict, vm->names[OU_NAME_slots]);
    bool all_plain = names != OU_NOTHING;
    OuTuple *bases = ou_as_tuple(type->bases);
    for (size_t i = 0, count = ou_tuple_length(bases); i < count; i++) {
        OuType *base = ou_as_type(bases->items[i]);
        all_plain &= base == vm->types[OU_TYPE_OBJECT] || (base->flags & OU_TYPE_NO_DICT) || base->payload;
    }
    if (names == OU_NOTHING) { return 0; }
    OuValue list = ou_is_a(vm, names, OU_TYPE_STR) ? ou_tuple_from(vm, &names, 1) : ou_tuple_of(vm, names);
    if (list == OU_NOTHING) { return -1; }
    int status = 0;
    OuTuple *items = ou_as_tuple(list);
    for (size_t i = 0, count = ou_tuple_length(items); status == 0 && i < count; i++) {
        if (!ou_is_str(items->items[i])) {
            ou_raise_type_error(vm, "__slots__ items must be strings, not '%T'", items->items[i]);
            status = -1;
            break;
        }
        OuStr *name = ou_str_intern_take(vm, (OuStr *)(uintptr_t)ou_incref(items->items[i]));
        if (name == NULL) {
            status = -1;
            break;
        }
        if (ou_str_equal_text(name, "__dict__")) {
            all_plain = false;
        } else if (!ou_str_equal_text(name, "__weakref__")) {
            if (ou_dict_place(dict, name) != NULL) {
                ou_raise_value_error(vm, "'%N' in __slots__ conflicts with class variable", name);
                status = -1;
            } else {
                OuValue member = ou_member_new(vm, name, type);
                status = member == OU_NOTHING ? -1 : ou_dict_set_name(vm, dict, name, member);
                ou_drop(vm, member);
            }
        }
        ou_drop(vm, ou_word(name));
    }
    ou_drop(vm, list);
    if (all_plain) { type->flags |= OU_TYPE_NO_DICT; }
    return status;
}

/* Wraps a plain function under `name` as a static or class method. */
static int wrap_function(OuVM *vm, OuDict *dict, OuStr *name, uint8_t kind) {
    OuValue function = ou_dict_peek_name(dict, name);
    if (!ou_is_kind(function, OU_KIND_FUNCTION)) { return 0; }
    OuValue wrapped = ou_wrapped_new(vm, kind, function);
    int status = wrapped == OU_NOTHING ? -1 : ou_dict_set_name(vm, dict, name, wrapped);
    ou_drop(vm, wrapped);
    return status;
}

static int prepare_namespace(OuVM *vm, OuType *type, OuStr *name) {
    OuDict *dict = ou_as_dict(type->dict);
    OuValue value;
    int found = ou_dict_pop(vm, dict, ou_word(vm->names[OU_NAME_qualname]), &value);
    if (found > 0) {
        if (!ou_is_str(value)) {
            ou_raise_type_error(vm, "type __qualname__ must be a str, not %T", value);
            ou_drop(vm, value);
            return -1;
        }
        ou_slot_set(&vm->heap, &type->qualname, value);
    }
    (void)name;
    if (ou_dict_place(dict, vm->names[OU_NAME_doc]) == NULL &&
        ou_dict_set_name(vm, dict, vm->names[OU_NAME_doc], OU_NONE) < 0) {
        return -1;
    }
    if (ou_dict_place(dict, vm->names[OU_NAME_module]) == NULL) {
        OuValue module =
            vm->frame > vm->frames ? ou_dict_peek_name(vm->frame->globals, vm->names[OU_NAME_name]) : OU_NOTHING;
        if (module != OU_NOTHING && ou_dict_set_name(vm, dict, vm->names[OU_NAME_module], module) < 0) { return -1; }
    }
    if (ou_dict_place(dict, vm->names[OU_NAME_eq]) != NULL && ou_dict_place(dict, vm->names[OU_NAME_hash]) == NULL &&
        ou_dict_set_name(vm, dict, vm->names[OU_NAME_hash], OU_NONE) < 0) {
        return -1;
    }
    if (wrap_function(vm, dict, vm->names[OU_NAME_new], OU_KIND_STATICMETHOD) < 0 ||
        wrap_function(vm, dict, vm->names[OU_NAME_init_subclass], OU_KIND_CLASSMETHOD) < 0 ||
        wrap_function(vm, dict, vm->names[OU_NAME_class_getitem], OU_KIND_CLASSMETHOD) < 0) {
        return -1;
    }
    return process_slots(vm, type);
}

static int set_names(OuVM *vm, OuType *type) {
    OuValue list = ou_dict_copy(vm, ou_as_dict(type->dict));
    if (list == OU_NOTHING) { return -1; }
    OuValue *regs = ou_regs_open(vm, 1);
    if (regs == NULL) {
        ou_drop(vm, list);
        return -1;
    }
    regs[0] = list;
    OuValue key, value;
    int status = 0;
    for (uint32_t at = 0; status == 0 && ou_dict_next(ou_as_dict(list), &at, &key, &value);) {
        if (ou_is_kind(value, OU_KIND_FUNCTION) ||
            ou_type_lookup(vm, ou_type_of(vm, value), vm->names[OU_NAME_set_name]) == OU_NOTHING) {
            continue;
        }
        OuValue args[2] = {ou_word(type), key}, out;
        if (ou_call_special(vm, value, vm->names[OU_NAME_set_name], args, 2, &out) < 0) {
            OuValue cause = ou_take_pending(vm);
            ou_raise(vm, OU_EXC_RuntimeError, "Error calling __set_name__ on '%T' instance %R in '%K'", value, key,
                     type);
            OuValue error = ou_take_pending(vm);
            if (ou_is_cell(error) && ou_is_exception(vm, error)) {
                ou_slot_set(&vm->heap, ou_exception_field(error, OU_EXC_CONTEXT), ou_incref(cause));
                ou_slot_set(&vm->heap, ou_exception_field(error, OU_EXC_CAUSE), ou_incref(cause));
                ou_cell(error)->flags |= OU_EXC_SUPPRESS_CONTEXT;
            }
            ou_drop(vm, cause);
            ou_restore_pending_take(vm, error);
            status = -1;
        } else {
            ou_drop(vm, out);
        }
    }
    ou_regs_close(vm, regs);
    return status;
}

/* super(type, type).__init_subclass__(**kwargs) */
static int init_subclass(OuVM *vm, OuType *type, const OuValue *kwargs, uint32_t nkwargs, OuValue kwnames) {
    OuTuple *mro = ou_as_tuple(type->mro);
    for (size_t i = 1, count = ou_tuple_length(mro); i < count; i++) {
        OuValue hook = ou_dict_peek_name(ou_as_dict(ou_as_type(mro->items[i])->dict), vm->names[OU_NAME_init_subclass]);
        if (hook == OU_NOTHING) { continue; }
        OuValue *regs = ou_regs_open(vm, 1);
        if (regs == NULL) { return -1; }
        regs[0] = ou_descr_get(vm, hook, OU_NOTHING, type);
        OuValue result = regs[0] == OU_NOTHING
                             ? OU_NOTHING
                             : ou_call_kw(vm, regs[0], kwargs, nkwargs, nkwargs ? kwnames : OU_NOTHING);
        ou_regs_close(vm, regs);
        ou_drop(vm, result);
        return result == OU_NOTHING ? -1 : 0;
    }
    return 0;
}

OuValue ou_type_create(OuVM *vm, OuStr *name, OuTuple *bases, OuDict *names, const OuValue *kwargs, uint32_t nkwargs,
                       OuValue kwnames) {
    OuValue *regs = ou_regs_open(vm, 2);
    if (regs == NULL) { return OU_NOTHING; }
    OuValue object = ou_word(vm->types[OU_TYPE_OBJECT]);
    regs[1] = ou_tuple_length(bases) ? ou_incref(ou_word(bases)) : ou_tuple_from(vm, &object, 1);
    OuType *base = regs[1] == OU_NOTHING ? NULL : best_base(vm, ou_as_tuple(regs[1]));
    OuType *type =
        base != NULL ? type_alloc(vm, name, OU_TYPE_HEAP | OU_TYPE_WEAKREFS | (base->flags & OU_TYPE_EXCEPTION)) : NULL;
    if (type == NULL) { goto fail; }
    regs[0] = ou_word(type);
    ou_slot_init(&type->bases, ou_incref(regs[1]));
    ou_slot_init(&type->base, ou_incref(ou_word(base)));
    type->native = base->native;
    type->slot_base = base->slot_base;
    type->payload = base->payload;
    if (!(base->flags & OU_TYPE_HEAP) && base != vm->types[OU_TYPE_OBJECT] && !(base->flags & OU_TYPE_EXCEPTION)) {
        type->payload = (uint8_t)(OU_KIND_BASE + base->index);
        type->slot_base = 1;
    }
    if (ou_dict_merge(vm, ou_as_dict(type->dict), names, true) < 0) { goto fail; }
    OuValue cell;
    if (ou_dict_pop(vm, ou_as_dict(type->dict), ou_word(vm->names[OU_NAME_classcell]), &cell) > 0) {
        if (ou_is_kind(cell, OU_KIND_CELL)) {
            ou_slot_set(&vm->heap, &ou_as_cell_object(cell)->content, ou_incref(ou_word(type)));
        }
        ou_drop(vm, cell);
    }
    OuValue hint;
    if (ou_dict_pop(vm, ou_as_dict(type->dict), ou_word(vm->names[OU_NAME_slot_hint]), &hint) > 0) {
        type->slot_hint = (uint32_t)ou_small(hint);
    }
    type->slot_hint += base->slot_hint > base->slot_count ? base->slot_hint : base->slot_count;
    type->slot_hint = type->slot_hint > OU_SHAPE_SLOTS ? OU_SHAPE_SLOTS : type->slot_hint;
    if (prepare_namespace(vm, type, name) < 0 || type_link(vm, type) < 0) { goto fail; }
    ou_slots_inherit(vm, type);
    update_flags(vm, type);
    if (set_names(vm, type) < 0 || init_subclass(vm, type, kwargs, nkwargs, kwnames) < 0) { goto fail; }
    regs[0] = OU_NOTHING;
    ou_regs_close(vm, regs);
    return ou_word(type);
fail:
    ou_regs_close(vm, regs);
    return OU_NOTHING;
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
    OuValue *regs = ou_regs_open(vm, 1);
    if (regs == NULL) {
        ou_drop(vm, object);
        return OU_NOTHING;
    }
    regs[0] = object;
    int status = made->slots.init(vm, object, args, nargs, kwnames);
    if (status == 0) { regs[0] = OU_NOTHING; }
    ou_regs_close(vm, regs);
    return status < 0 ? OU_NOTHING : object;
}

/* --- built-in types ---------------------------------------------------------------------------------------------------------------- */

static int add_to_dict(OuVM *vm, OuType *type, const char *name, OuValue value_take) {
    return value_take == OU_NOTHING ? -1 : ou_dict_set_text(vm, ou_as_dict(type->dict), name, value_take);
}

/* flavour 0: methods, 1: class methods, 2: static methods */
int ou_type_add_defs(OuVM *vm, OuType *type, const OuNativeDef *defs, int flavour) {
    for (; defs != NULL && defs->name != NULL; defs++) {
        OuValue native =
            ou_native_new(vm, flavour == 0 ? OU_KIND_METHOD_DESCRIPTOR : OU_KIND_NATIVE, defs, OU_NOTHING, type);
        if (flavour != 0 && native != OU_NOTHING) {
            OuValue wrapped = ou_wrapped_new(vm, flavour == 1 ? OU_KIND_CLASSMETHOD : OU_KIND_STATICMETHOD, native);
            ou_drop(vm, native);
            native = wrapped;
        }
        if (add_to_dict(vm, type, defs->name, native) < 0) { return -1; }
    }
    return 0;
}

int ou_type_fill_native(OuVM *vm, OuType *type, const OuNativeType *native) {
    type->native = native;
    type->slots = native->slots;
    type->flags |= (native->final ? OU_TYPE_FINAL : 0) | (native->weakrefs ? OU_TYPE_WEAKREFS : 0);
    if (ou_type_add_defs(vm, type, native->methods, 0) < 0 ||
        ou_type_add_defs(vm, type, native->class_methods, 1) < 0 ||
        ou_type_add_defs(vm, type, native->static_methods, 2) < 0) {
        return -1;
    }
    for (const OuGetSetDef *def = native->getsets; def != NULL && def->name != NULL; def++) {
        if (add_to_dict(vm, type, def->name, ou_getset_new(vm, def, type)) < 0) { return -1; }
    }
    if (ou_slots_expose(vm, type) < 0) { return -1; }
    if (ou_dict_place(ou_as_dict(type->dict), vm->names[OU_NAME_doc]) != NULL) { return 0; }
    OuValue doc = native->doc != NULL ? ou_str_from_text(vm, native->doc) : ou_incref(OU_NONE);
    return add_to_dict(vm, type, "__doc__", doc);
}

/* A built-in type derived from `base` (NULL for object), without content yet. */
OuType *ou_type_new_native(OuVM *vm, const char *name, OuType *base, OuTypeIndex index) {
    OuStr *text = ou_str_interned(vm, name);
    OuType *type = text != NULL ? type_alloc(vm, text, 0) : NULL;
    ou_drop(vm, text != NULL ? ou_word(text) : OU_NOTHING);
    if (type == NULL) { return NULL; }
    type->index = (uint16_t)index;
    OuValue base_word = base != NULL ? ou_word(base) : OU_NOTHING;
    OuValue bases = ou_tuple_from(vm, &base_word, base != NULL ? 1 : 0);
    if (bases == OU_NOTHING) {
        ou_drop(vm, ou_word(type));
        return NULL;
    }
    ou_slot_init(&type->bases, bases);
    if (base != NULL) { ou_slot_init(&type->base, ou_incref(base_word)); }
    if (type_link(vm, type) < 0) {
        ou_drop(vm, ou_word(type));
        return NULL;
    }
    return type;
}

void ou_type_finish_native(OuVM *vm, OuType *type) {
    ou_slots_inherit(vm, type);
    update_flags(vm, type);
}

/* Pushes the classes that name `type` as a base onto `todo`, so that the one linked first comes off first. */
static int push_subclasses(OuVM *vm, OuType *type, OuList *todo) {
    if (!(type->flags & OU_TYPE_HAS_SUBCLASSES)) { return 0; }
    for (OuType *sub = vm->all_types; sub != NULL; sub = sub->next_type) {
        if (sub->cell.count == 0 || !ou_is_tuple(sub->bases)) { continue; } /* about to go */
        OuTuple *bases = ou_as_tuple(sub->bases);
        for (size_t i = 0, count = ou_tuple_length(bases); i < count; i++) {
            if (bases->items[i] == ou_word(type) && ou_list_append(vm, todo, ou_word(sub)) < 0) { return -1; }
        }
    }
    return 0;
}

/* Gives `type` and all below it their new order of bases. `done` gets each class visited and the order it had, in
 * turn; a class is visited once for each way that leads to it, since its other bases may not be ready earlier. */
static int renew_mros(OuVM *vm, OuType *type, OuList *todo, OuList *done) {
    if (ou_list_append(vm, todo, ou_word(type)) < 0) { return -1; }
    while (todo->length > 0) {
        OuValue word = ou_slot_take(&vm->heap, &todo->items[todo->length - 1]);
        todo->length--;
        if (ou_list_append_take(vm, done, word) < 0) { return -1; }
        OuType *next = ou_as_type(word);
        OuValue mro = compute_mro(vm, next);
        if (mro == OU_NOTHING) { return -1; }
        if (ou_list_append(vm, done, next->mro) < 0) {
            ou_drop(vm, mro);
            return -1;
        }
        ou_slot_set(&vm->heap, &next->mro, mro);
        if (push_subclasses(vm, next, todo) < 0) { return -1; }
    }
    return 0;
}

int ou_type_set_bases(OuVM *vm, OuType *type, OuTuple *bases) {
    if (!(type->flags & OU_TYPE_HEAP)) {
        ou_raise_type_error(vm, "cannot set '__bases__' attribute of immutable type '%K'", type);
        return -1;
    }
    if (ou_tuple_length(bases) == 0) {
        ou_raise_type_error(vm, "can only assign non-empty tuple to %K.__bases__, not ()", type);
        return -1;
    }
    for (size_t i = 0; i < ou_tuple_length(bases); i++) {
        if (!ou_is_type(bases->items[i])) {
            ou_raise_type_error(vm, "%K.__bases__ must be tuple of classes, not '%T'", type, bases->items[i]);
            return -1;
        }
        if (ou_type_is_subtype(ou_as_type(bases->items[i]), type)) {
            ou_raise_type_error(vm, "a __bases__ item causes an inheritance cycle");
            return -1;
        }
    }
    OuType *base = best_base(vm, bases);
    if (base == NULL) { return -1; }
    if (base->payload != type->payload || base->slot_base != type->slot_base ||
        solid_base(base) != solid_base(ou_as_type(type->base))) {
        ou_raise_type_error(vm, "__bases__ assignment: '%K' object layout differs from '%K'", base,
                            ou_as_type(type->base));
        return -1;
    }
    OuValue *regs = ou_regs_open(vm, 4);
    if (regs == NULL) { return -1; }
    OuList *todo = ou_list_new(vm, 4), *done = ou_list_new(vm, 8);
    regs[0] = todo != NULL ? ou_word(todo) : OU_NOTHING;
    regs[1] = done != NULL ? ou_word(done) : OU_NOTHING;
    int status = -1;
    if (todo != NULL && done != NULL) {
        regs[2] = ou_incref(type->bases);
        regs[3] = ou_incref(type->base);
        ou_slot_set(&vm->heap, &type->bases, ou_incref(ou_word(bases)));
        ou_slot_set(&vm->heap, &type->base, ou_incref(ou_word(base)));
        status = renew_mros(vm, type, todo, done);
    }
    if (status == 0) {
        for (size_t i = 0; i < ou_tuple_length(bases); i++) {
            ou_as_type(bases->items[i])->flags |= OU_TYPE_HAS_SUBCLASSES;
        }
        unlink_type(vm, type); /* for its bases it is the newest subclass now */
        link_type(vm, type);
        renew(vm, type);
        for (size_t i = 0; i < done->length; i += 2) {
            ou_slots_inherit(vm, ou_as_type(done->items[i]));
            update_flags_one(vm, ou_as_type(done->items[i]));
        }
    } else if (done != NULL) {
        for (size_t i = done->length / 2; i-- > 0;) { /* the last class may have no order beside it yet */
            ou_slot_set(&vm->heap, &ou_as_type(done->items[2 * i])->mro, ou_incref(done->items[2 * i + 1]));
        }
        ou_slot_set(&vm->heap, &type->bases, ou_reg_take(&regs[2]));
        ou_slot_set(&vm->heap, &type->base, ou_reg_take(&regs[3]));
    }
    ou_regs_close(vm, regs);
    return status;
}

/* --- isinstance ------------------------------------------------------------------------------------------------------------------------ */

static int check_class(OuVM *vm, OuType *type, OuValue object, OuValue classes, bool instance) {
    if (ou_is_type(classes)) { return ou_type_is_subtype(type, ou_as_type(classes)); }
    if (ou_is_tuple(classes)) {
        if (ou_enter(vm, " in __instancecheck__") < 0) { return -1; }
        int found = 0;
        OuTuple *list = ou_as_tuple(classes);
        for (size_t i = 0, count = ou_tuple_length(list); found == 0 && i < count; i++) {
            found = check_class(vm, type, object, list->items[i], instance);
        }
        ou_leave(vm);
        return found;
    }
    OuNameIndex hook = instance ? OU_NAME_instancecheck : OU_NAME_subclasscheck;
    OuValue out;
    int called = ou_call_special(vm, classes, vm->names[hook], &object, 1, &out);
    if (called > 0) {
        int truth = ou_truth(vm, out);
        ou_drop(vm, out);
        return truth;
    }
    if (called == 0) {
        ou_raise_type_error(vm, instance ? "isinstance() arg 2 must be a type, a tuple of types, or a union"
                                         : "issubclass() arg 2 must be a class, a tuple of classes, or a union");
    }
    return -1;
}

int ou_is_subclass(OuVM *vm, OuValue type, OuValue classes) {
    if (!ou_is_type(type)) {
        ou_raise_type_error(vm, "issubclass() arg 1 must be a class");
        return -1;
    }
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
    (void)heap;
    OuType *self = (OuType *)cell;
    out[0] = (OuSpan){&self->dict, 6 + OU_SHAPE_SLOTS, 1};
    return 1;
}

static void type_drop(OuHeap *heap, OuCell *cell) {
    OuVM *vm = (OuVM *)heap;
    OuType *self = (OuType *)cell;
    ou_shape_free_all(vm, self);
    unlink_type(vm, self);
}

static void type_edge_name(OuHeap *heap, OuCell *cell, uint32_t span, size_t index, char *buffer, size_t size) {
    static const char *const names[] = {"__dict__", "__bases__", "__mro__", "__base__", "__name__", "__qualname__"};
    (void)heap, (void)cell, (void)span;
    snprintf(buffer, size, "%s", index < 6 ? names[index] : "attribute name");
}

const OuKindOps ou_type_ops = {.name = "type", .spans = type_spans, .drop = type_drop, .edge_name = type_edge_name};
