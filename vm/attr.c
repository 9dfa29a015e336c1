/* Attributes: the general rule, and the instructions with their caches.
 *
 * A cache is filled only when its guard (the version of the instance's shape) implies everything the lookup found:
 * which names the instance has, and what each class of the MRO says. */
#include "vm/objects/help.h"
#include "vm/loop.h"

OuValue ou_raise_no_attribute(OuVM *vm, OuValue self, OuStr *name) {
    return ou_raise(vm, OU_EXC_AttributeError, "'%T' object has no attribute '%N'", self, name);
}

OuValue ou_descr_get(OuVM *vm, OuValue descriptor, OuValue object, OuType *type) {
    OuType *kind = ou_type_of(vm, descriptor);
    return kind->slots.descr_get == NULL ? ou_incref(descriptor)
                                         : kind->slots.descr_get(vm, descriptor, object, ou_word(type));
}

/* What native types that keep attributes of their own (function, module) have: borrowed or OU_NOTHING. */
static OuValue own_attribute(OuVM *vm, OuValue self, OuStr *name) {
    switch (ou_kind(self)) {
    case OU_KIND_INSTANCE:
    case OU_KIND_INSTANCE_OUT:
    case OU_KIND_INSTANCE_DICT: return ou_instance_peek(vm, ou_as_instance(self), name);
    case OU_KIND_MODULE: return ou_dict_peek_name(ou_as_dict(((OuModuleObject *)(uintptr_t)self)->dict), name);
    case OU_KIND_FUNCTION: {
        OuValue extra = ou_as_function(self)->extra;
        OuValue dict = extra != OU_NOTHING ? ((OuFunctionExtra *)(uintptr_t)extra)->dict : OU_NOTHING;
        return dict != OU_NOTHING ? ou_dict_peek_name(ou_as_dict(dict), name) : OU_NOTHING;
    }
    default: return OU_NOTHING;
    }
}

OuValue ou_getattr_generic(OuVM *vm, OuValue self, OuStr *name) {
    OuType *type = ou_type_of(vm, self);
    OuValue descriptor = ou_type_lookup(vm, type, name);
    if (descriptor != OU_NOTHING && ou_is_data_descriptor(vm, descriptor)) {
        return ou_descr_get(vm, descriptor, self, type);
    }
    OuValue own = own_attribute(vm, self, name);
    if (own != OU_NOTHING) { return ou_incref(own); }
    if (descriptor != OU_NOTHING) { return ou_descr_get(vm, descriptor, self, type); }
    return ou_raise_no_attribute(vm, self, name);
}

int ou_setattr_generic(OuVM *vm, OuValue self, OuStr *name, OuValue value) {
    OuType *type = ou_type_of(vm, self);
    OuValue descriptor = ou_type_lookup(vm, type, name);
    if (descriptor != OU_NOTHING) {
        OuType *kind = ou_type_of(vm, descriptor);
        if (kind->slots.descr_set != NULL) { return kind->slots.descr_set(vm, descriptor, self, value); }
    }
    uint8_t kind = ou_kind(self);
    if (ou_is_instance_kind(kind) && !(type->flags & OU_TYPE_NO_DICT)) {
        if (value != OU_NOTHING) { return ou_instance_set(vm, ou_as_instance(self), name, value); }
        int deleted = ou_instance_delete(vm, ou_as_instance(self), name);
        if (deleted == 0) { ou_raise_no_attribute(vm, self, name); }
        return deleted > 0 ? 0 : -1;
    }
    OuDict *dict = NULL;
    if (kind == OU_KIND_MODULE) {
        dict = ou_as_dict(((OuModuleObject *)(uintptr_t)self)->dict);
    } else if (kind == OU_KIND_FUNCTION) {
        dict = ou_function_dict(vm, ou_as_function(self));
        if (dict == NULL) { return -1; }
    }
    if (dict != NULL) {
        int done =
            value != OU_NOTHING ? ou_dict_set(vm, dict, ou_word(name), value) : ou_dict_delete(vm, dict, ou_word(name));
        if (value == OU_NOTHING && done == 0) { ou_raise_no_attribute(vm, self, name); }
        return value != OU_NOTHING ? done : done > 0 ? 0 : -1;
    }
    if (descriptor == OU_NOTHING) {
        ou_raise_no_attribute(vm, self, name);
    } else {
        ou_raise(vm, OU_EXC_AttributeError, "'%T' object attribute '%N' is read-only", self, name);
    }
    return -1;
}

OuValue ou_getattr(OuVM *vm, OuValue object, OuStr *name) {
    OuValue value = ou_type_of(vm, object)->slots.getattr(vm, object, name);
    if (value == OU_NOTHING) { ou_pending_about(vm, ou_word(name), object); }
    return value;
}

int ou_setattr(OuVM *vm, OuValue object, OuStr *name, OuValue value) {
    return ou_type_of(vm, object)->slots.setattr(vm, object, name, value);
}

int ou_find_attr(OuVM *vm, OuValue object, OuStr *name, OuValue *out) {
    *out = ou_type_of(vm, object)->slots.getattr(vm, object, name);
    if (*out != OU_NOTHING) { return 1; }
    if (!ou_pending_is(vm, OU_EXC_AttributeError)) { return -1; }
    ou_clear_pending(vm);
    return 0;
}

/* --- instructions --------------------------------------------------------------------------------------------------- */

static OuStr *name_of(const OuFrame *frame) {
    return ou_as_str(ou_as_tuple(frame->code->names)->items[frame->pc[1] & 0xffff]);
}

/* The second level, behind the cache of an instruction: what was ever found for a shape and a name by one kind of
 * instruction. A place that meets several shapes in turn gets its words back from here instead of looking up again. */
#define ATTR_CACHE_SIZE 256u
typedef struct AttrCacheEntry {
    const OuStr *name;
    uint32_t version, op;
    uint32_t code;
    uint64_t own;
} AttrCacheEntry;
struct OuAttrCache {
    AttrCacheEntry entries[ATTR_CACHE_SIZE];
};

size_t ou_attr_cache_size(void) { return sizeof(struct OuAttrCache); }

static AttrCacheEntry *attr_entry(OuVM *vm, uint32_t version, const OuStr *name, uint32_t op) {
    uint32_t at = version * 31u ^ (uint32_t)((uintptr_t)name >> 4) ^ op;
    return &vm->attr_cache->entries[at & (ATTR_CACHE_SIZE - 1)];
}

/* Fills the words of the current instruction: `code`, `version` and the two words that are the op's own: a place or the
 * like. */
static void fill_words(OuVM *vm, OuFrame *frame, uint32_t code, uint32_t version, uint64_t own) {
    if (vm->caches_off) { return; }
    uint32_t *pc = frame->pc, op = ou_op_of(*pc);
    pc[1] = (pc[1] & 0xffff) | code << 16;
    pc[2] = version;
    memcpy(&pc[3], &own, sizeof own);
    if (code == OU_CACHE_NATIVE) { return; }
    const OuStr *name = name_of(frame);
    *attr_entry(vm, version, name, op) = (AttrCacheEntry){name, version, op, code, own};
}

/* The same with a place, for an instance whose attributes lie inline. */
static void fill(OuVM *vm, OuFrame *frame, uint32_t code, OuValue object, const OuValue *place) {
    if (ou_is_kind(object, OU_KIND_INSTANCE)) {
        fill_words(vm, frame, code, vm->shape_versions[ou_cell(object)->aux], (uintptr_t)place);
    }
}

/* Fills them with what is known of this shape; false: nothing is. */
static bool recall(OuVM *vm, OuFrame *frame, OuValue object) {
    if (!ou_is_kind(object, OU_KIND_INSTANCE)) { return false; }
    uint32_t *pc = frame->pc, op = ou_op_of(*pc), version = vm->shape_versions[ou_cell(object)->aux];
    const OuStr *name = name_of(frame);
    const AttrCacheEntry *entry = attr_entry(vm, version, name, op);
    if (entry->name != name || entry->version != version || entry->op != op || pc[2] == version) { return false; }
    pc[1] = (pc[1] & 0xffff) | entry->code << 16;
    pc[2] = version;
    memcpy(&pc[3], &entry->own, sizeof entry->own);
    return true;
}

/* The Python getter of a property, or OU_NOTHING. */
static OuValue python_getter(OuValue descriptor) {
    if (!ou_is_kind(descriptor, OU_KIND_PROPERTY)) { return OU_NOTHING; }
    OuValue getter = ((OuProperty *)(uintptr_t)descriptor)->get;
    return ou_is_kind(getter, OU_KIND_FUNCTION) ? getter : OU_NOTHING;
}

int ou_op_load_attr(OuVM *vm) {
    OuFrame *frame = vm->frame;
    OuValue object = frame->base[ou_op_b(*frame->pc)];
    if (recall(vm, frame, object)) { return OU_AGAIN; }
    OuStr *name = name_of(frame);
    if (!ou_is_instance_kind(ou_kind(object))) { return ou_finish_value(vm, ou_getattr(vm, object, name)); }
    OuType *type = ou_type_of(vm, object);
    bool plain = (type->flags & OU_TYPE_PLAIN_GETATTR) != 0;
    if (!plain && ou_type_lookup(vm, type, vm->names[OU_NAME_getattribute]) !=
                      ou_type_lookup(vm, vm->types[OU_TYPE_OBJECT], vm->names[OU_NAME_getattribute])) {
        return ou_finish_value(vm, ou_getattr(vm, object, name));
    }
    OuValue *place = ou_type_place(vm, type, name);
    OuValue descriptor = place != NULL ? *place : OU_NOTHING;
    OuInstance *self = ou_as_instance(object);
    bool data = descriptor != OU_NOTHING && ou_is_data_descriptor(vm, descriptor);
    if (data) {
        OuValue *slot = ou_is_kind(descriptor, OU_KIND_MEMBER) ? ou_member_slot(vm, descriptor, object) : NULL;
        if (slot != NULL && *slot != OU_NOTHING) {
            if (ou_member_place(descriptor) < 256) {
                fill(vm, frame, OU_CACHE_MEMBER + ou_member_place(descriptor), object, NULL);
            }
            return ou_finish_value(vm, ou_incref(*slot));
        }
        OuValue getter = python_getter(descriptor);
        if (getter != OU_NOTHING) { return ou_push_call(vm, getter, &object, 1, OU_CONT_VALUE); }
        return ou_finish_value(vm, ou_descr_get(vm, descriptor, object, type));
    }
    OuValue own = ou_instance_peek(vm, self, name);
    if (own != OU_NOTHING) {
        fill(vm, frame, type->slot_base + (uint32_t)ou_shape_slot(type, name), object, NULL);
        return ou_finish_value(vm, ou_incref(own));
    }
    if (descriptor != OU_NOTHING) {
        if (!ou_binds(vm, descriptor)) {
            fill(vm, frame, OU_CACHE_PLACE, object, place);
            return ou_finish_value(vm, ou_incref(descriptor));
        }
        return ou_finish_value(vm, ou_descr_get(vm, descriptor, object, type));
    }
    if (!plain) {
        OuValue method = ou_type_lookup(vm, type, vm->names[OU_NAME_getattr]);
        if (ou_is_kind(method, OU_KIND_FUNCTION)) {
            OuValue args[2] = {object, ou_word(name)};
            return ou_push_call(vm, method, args, 2, OU_CONT_VALUE);
        }
        return ou_finish_value(vm, ou_getattr(vm, object, name));
    }
    return ou_raised(ou_raise_no_attribute(vm, object, name));
}

/* window: the function and the object, or the attribute and nothing. */
static int method_found(OuVM *vm, OuFrame *frame, OuValue function_owned, bool with_self) {
    uint32_t word = *frame->pc, from = ou_op_b(word);
    OuValue *window = &frame->base[ou_op_a(word)];
    OuValue object = frame->base[from];
    if (from >= frame->code->named) {
        frame->base[from] = OU_EMPTY_TEMP;
    } else {
        ou_incref(object);
    }
    window[0] = function_owned;
    window[1] = with_self ? object : OU_NOTHING;
    if (!with_self) { ou_drop(vm, object); }
    return OU_DONE;
}

int ou_op_load_method(OuVM *vm) {
    OuFrame *frame = vm->frame;
    OuValue object = frame->base[ou_op_b(*frame->pc)];
    if (recall(vm, frame, object)) { return OU_AGAIN; }
    OuStr *name = name_of(frame);
    OuType *type = ou_type_of(vm, object);
    uint8_t kind = ou_kind(object);
    bool instance = ou_is_instance_kind(kind);
    if ((type->flags & OU_TYPE_PLAIN_GETATTR) && kind != OU_KIND_TYPE && kind != OU_KIND_SUPER &&
        kind != OU_KIND_MODULE) {
        OuValue *place = ou_type_place(vm, type, name);
        OuValue found = place != NULL ? *place : OU_NOTHING;
        uint8_t what = found != OU_NOTHING ? ou_kind(found) : 0;
        if (what == OU_KIND_FUNCTION || what == OU_KIND_METHOD_DESCRIPTOR) {
            if (own_attribute(vm, object, name) == OU_NOTHING) {
                fill(vm, frame, OU_CACHE_METHOD, object, place);
                if (!instance && what == OU_KIND_METHOD_DESCRIPTOR && ou_is_cell(object)) {
                    fill_words(vm, frame, OU_CACHE_NATIVE, kind, (uintptr_t)place);
                }
                return method_found(vm, frame, ou_incref(found), true);
            }
        } else if (instance && found != OU_NOTHING) {
            OuValue getter = python_getter(found);
            if (getter != OU_NOTHING) { return ou_push_call(vm, getter, &object, 1, OU_CONT_GETATTR); }
        }
    }
    OuValue value = ou_getattr(vm, object, name);
    return value == OU_NOTHING ? OU_RAISED : method_found(vm, frame, value, false);
}

/* super().name, about to be called: finds the function behind the class of the running method in the MRO of its first
 * argument. false: the long way, through a super object, which also raises what there is to raise. */
bool ou_op_super_method(OuVM *vm) {
    OuFrame *frame = vm->frame;
    OuValue *window = &frame->base[ou_op_a(*frame->pc)], self = frame->base[0];
    if (window[0] != ou_word(vm->types[OU_TYPE_SUPER]) || frame->func == NULL || frame->code->positional == 0 ||
        !ou_is_cell(self) || !ou_is_instance_kind(ou_kind(self))) {
        return false;
    }
    OuTuple *names = ou_as_tuple(frame->code->freevars);
    uint32_t at = 0, count = (uint32_t)ou_tuple_length(names);
    while (at < count && names->items[at] != ou_word(vm->names[OU_NAME_class])) { at++; }
    OuValue start = at < count ? ou_as_cell_object(frame->func->cells[at])->content : OU_NOTHING;
    if (start == OU_NOTHING || !ou_is_type(start)) { return false; }
    OuValue *place = ou_type_place_behind(ou_type_of(vm, self), ou_as_type(start), name_of(frame));
    if (place == NULL || !ou_is_kind(*place, OU_KIND_FUNCTION)) { return false; }
    if (ou_is_kind(self, OU_KIND_INSTANCE) && !vm->caches_off) {
        uint32_t *pc = frame->pc;
        uintptr_t address = (uintptr_t)place;
        pc[1] = (pc[1] & 0xffff) | at << 16;
        pc[2] = vm->shape_versions[ou_cell(self)->aux];
        memcpy(&pc[3], &address, sizeof address);
        pc[5] = ou_as_type(start)->version;
    }
    ou_decref_cell(&vm->heap, vm->types[OU_TYPE_SUPER]);
    window[0] = ou_incref(*place);
    window[1] = ou_incref(self);
    return true;
}

int ou_op_store_attr(OuVM *vm) {
    OuFrame *frame = vm->frame;
    uint32_t *pc = frame->pc;
    OuValue object = frame->base[ou_op_a(*pc)], value = frame->base[ou_op_b(*pc)];
    if (ou_op_a(*pc) < frame->code->named && recall(vm, frame, object)) { return OU_AGAIN; }
    OuStr *name = name_of(frame);
    OuType *type = ou_type_of(vm, object);
    if (ou_is_kind(object, OU_KIND_INSTANCE) && (type->flags & OU_TYPE_PLAIN_SETATTR)) {
        OuValue descriptor = ou_type_lookup(vm, type, name);
        OuValue *member = ou_is_kind(descriptor, OU_KIND_MEMBER) ? ou_member_slot(vm, descriptor, object) : NULL;
        if (member != NULL) {
            ou_slot_set(&vm->heap, member, ou_incref(value));
            if (ou_member_place(descriptor) < 256) {
                fill_words(vm, frame, ou_member_place(descriptor), vm->shape_versions[ou_cell(object)->aux], 0);
            }
            return ou_finish_status(vm, 0);
        }
        if (!(type->flags & OU_TYPE_NO_DICT) &&
            (descriptor == OU_NOTHING || ou_type_of(vm, descriptor)->slots.descr_set == NULL)) {
            OuInstance *self = ou_as_instance(object);
            uint16_t before = self->cell.aux;
            if (ou_instance_set(vm, self, name, value) < 0) { return OU_RAISED; }
            int slot = ou_shape_slot(type, name);
            if (self->cell.kind == OU_KIND_INSTANCE && slot >= 0) {
                uint64_t after = before == self->cell.aux ? 0 : self->cell.aux;
                uint64_t birth = self->cell.flags & OU_INSTANCE_BIRTH ? sizeof(OuValue) : 0;
                fill_words(vm, frame, type->slot_base + (uint32_t)slot, vm->shape_versions[before],
                           after | birth << 32);
            }
            return ou_finish_status(vm, 0);
        }
        if (ou_is_kind(descriptor, OU_KIND_PROPERTY)) {
            OuValue setter = ((OuProperty *)(uintptr_t)descriptor)->set;
            if (ou_is_kind(setter, OU_KIND_FUNCTION)) {
                OuValue args[2] = {object, value};
                return ou_push_call(vm, setter, args, 2, OU_CONT_DISCARD);
            }
        }
    }
    if (ou_slot_is_python(type, OU_SLOT_SETATTR)) {
        OuValue args[3] = {object, ou_word(name), value};
        int outcome = ou_push_special(vm, OU_SLOT_SETATTR, OU_NAME_setattr, args, 3, OU_CONT_DISCARD);
        if (outcome != OU_DONE) { return outcome; }
    }
    return ou_finish_status(vm, ou_setattr(vm, object, name, value));
}

/* --- globals ----------------------------------------------------------------------------------------------------------- */

static void fill_global(OuVM *vm, uint32_t *pc, const OuValue *place) {
    if (!vm->caches_off) {
        uintptr_t address = (uintptr_t)place;
        pc[1] = vm->namespace_epoch;
        memcpy(&pc[2], &address, sizeof address);
    }
}

OuValue ou_raise_name(OuVM *vm, OuStr *name) {
    ou_raise(vm, OU_EXC_NameError, "name '%N' is not defined", name);
    ou_pending_about(vm, ou_word(name), OU_NOTHING);
    return OU_NOTHING;
}

int ou_op_load_global(OuVM *vm) {
    OuFrame *frame = vm->frame;
    OuStr *name = ou_as_str(ou_as_tuple(frame->code->names)->items[ou_op_bc(*frame->pc)]);
    OuValue *place = ou_dict_place(frame->globals, name);
    if (place == NULL) { place = ou_dict_place(vm->builtins, name); }
    if (place == NULL && ou_library_builtin(vm, name) > 0) { place = ou_dict_place(vm->builtins, name); }
    if (place == NULL) { return ou_raised(vm->pending != OU_NOTHING ? OU_NOTHING : ou_raise_name(vm, name)); }
    fill_global(vm, frame->pc, place);
    ou_reg_set(vm, &frame->base[ou_op_a(*frame->pc)], ou_incref(*place));
    return OU_DONE;
}

int ou_op_store_global(OuVM *vm) {
    OuFrame *frame = vm->frame;
    uint32_t *pc = frame->pc;
    OuStr *name = ou_as_str(ou_as_tuple(frame->code->names)->items[ou_op_bc(*pc)]);
    OuValue *reg = &frame->base[ou_op_a(*pc)];
    OuDict *globals = frame->globals;
    OuValue *place = ou_dict_place(globals, name);
    if (place == NULL) { return ou_finish_status(vm, ou_dict_set_name(vm, globals, name, *reg)); }
    fill_global(vm, pc, place);
    OuValue value = *reg;
    if (ou_op_a(*pc) >= frame->code->named) {
        *reg = OU_EMPTY_TEMP;
    } else {
        ou_incref(value);
    }
    ou_slot_set(&vm->heap, place, value);
    return OU_DONE;
}
