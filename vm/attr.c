/* Attributes: the general rule, and the instructions with their caches.
 *
 * A cache is filled only when its guard (the version of the instance's shape) implies everything the lookup found:
 * which names the instance has, and what each class of the MRO says. */
#include "vm/attr.h"

#include "vm/loop.h"
#include "vm/objects/instance.h"
#include "vm/objects/module.h"
#include "vm/objects/str.h"
#include "vm/special.h"

OuValue ou_raise_no_attribute(OuVM *vm, OuValue self, OuStr *name) {
    ou_raise(vm, OU_EXC_AttributeError, "'%T' object has no attribute '%N'", self, name);
    return OU_NOTHING;
}

OuValue ou_descr_get(OuVM *vm, OuValue descriptor, OuValue object, OuType *type) {
    OuType *kind = ou_type_of(vm, descriptor);
    return kind->slots.descr_get == NULL ? ou_incref(descriptor)
                                         : kind->slots.descr_get(vm, descriptor, object, ou_word(type));
}

OuValue ou_own_attribute(OuVM *vm, OuValue self, OuStr *name) {
    switch (ou_kind(self)) {
    case OU_KIND_INSTANCE:
    case OU_KIND_INSTANCE_OUT:
    case OU_KIND_INSTANCE_DICT: return ou_instance_peek(vm, ou_as_instance(self), name);
    case OU_KIND_MODULE: return ou_dict_peek_name(ou_as_dict(((OuModuleObject *)(uintptr_t)self)->dict), name);
    case OU_KIND_NAMESPACE: return OU_NOTHING;
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
    OuValue own = ou_own_attribute(vm, self, name);
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
        OuFunctionExtra *extra = ou_function_extra(vm, ou_as_function(self));
        if (extra == NULL) { return -1; }
        if (extra->dict == OU_NOTHING) {
            OuDict *fresh = ou_dict_new(vm, 0);
            if (fresh == NULL) { return -1; }
            ou_slot_init(&extra->dict, ou_word(fresh));
        }
        dict = ou_as_dict(extra->dict);
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
    OuType *type = ou_type_of(vm, object);
    return type->slots.getattr(vm, object, name);
}

int ou_setattr(OuVM *vm, OuValue object, OuStr *name, OuValue value) {
    return ou_type_of(vm, object)->slots.setattr(vm, object, name, value);
}

int ou_find_attr(OuVM *vm, OuValue object, OuStr *name, OuValue *out) {
    *out = ou_getattr(vm, object, name);
    if (*out != OU_NOTHING) { return 1; }
    if (!ou_pending_is(vm, OU_EXC_AttributeError)) { return -1; }
    ou_clear_pending(vm);
    return 0;
}

/* --- instructions --------------------------------------------------------------------------------------------------- */

static OuStr *name_of(const OuFrame *frame) {
    return ou_as_str(ou_as_tuple(frame->code->names)->items[frame->pc[1] & 0xffff]);
}

static void fill(OuVM *vm, OuFrame *frame, uint32_t code, uint32_t version, const OuValue *place) {
    if (vm->caches_off) { return; }
    uint32_t *pc = frame->pc;
    uintptr_t address = (uintptr_t)place;
    pc[1] = (pc[1] & 0xffff) | code << 16;
    pc[2] = version;
    memcpy(&pc[3], &address, sizeof address);
}

static int finish(OuVM *vm, OuFrame *frame, OuValue value) {
    if (value == OU_NOTHING) { return OU_RAISED; }
    ou_finish(vm, frame, value);
    return OU_DONE;
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
    OuStr *name = name_of(frame);
    if (!ou_is_instance_kind(ou_kind(object))) { return finish(vm, frame, ou_getattr(vm, object, name)); }
    OuType *type = ou_type_of(vm, object);
    bool plain = (type->flags & OU_TYPE_PLAIN_GETATTR) != 0;
    if (!plain && ou_type_lookup(vm, type, vm->names[OU_NAME_getattribute]) !=
                      ou_type_lookup(vm, vm->types[OU_TYPE_OBJECT], vm->names[OU_NAME_getattribute])) {
        return finish(vm, frame, ou_getattr(vm, object, name));
    }
    OuValue *place = ou_type_place(vm, type, name);
    OuValue descriptor = place != NULL ? *place : OU_NOTHING;
    OuInstance *self = ou_as_instance(object);
    bool data = descriptor != OU_NOTHING && ou_is_data_descriptor(vm, descriptor);
    if (data) {
        OuValue getter = python_getter(descriptor);
        if (getter != OU_NOTHING) { return ou_push_call(vm, getter, &object, 1, OU_CONT_VALUE); }
        return finish(vm, frame, ou_descr_get(vm, descriptor, object, type));
    }
    OuValue own = ou_instance_peek(vm, self, name);
    if (own != OU_NOTHING) {
        if (self->cell.kind == OU_KIND_INSTANCE) {
            int slot = ou_shape_slot(type, name);
            fill(vm, frame, type->slot_base + (uint32_t)slot, vm->shape_versions[self->cell.aux], NULL);
        }
        return finish(vm, frame, ou_incref(own));
    }
    if (descriptor != OU_NOTHING) {
        if (!ou_binds(vm, descriptor)) {
            if (self->cell.kind == OU_KIND_INSTANCE) {
                fill(vm, frame, OU_CACHE_PLACE, vm->shape_versions[self->cell.aux], place);
            }
            return finish(vm, frame, ou_incref(descriptor));
        }
        return finish(vm, frame, ou_descr_get(vm, descriptor, object, type));
    }
    if (!plain) {
        OuValue method = ou_type_lookup(vm, type, vm->names[OU_NAME_getattr]);
        if (ou_is_kind(method, OU_KIND_FUNCTION)) {
            OuValue args[2] = {object, ou_word(name)};
            return ou_push_call(vm, method, args, 2, OU_CONT_VALUE);
        }
        return finish(vm, frame, ou_getattr(vm, object, name));
    }
    ou_raise_no_attribute(vm, object, name);
    return OU_RAISED;
}

/* window: the function and the object, or the attribute and nothing. */
static int method_found(OuVM *vm, OuFrame *frame, OuValue function_owned, bool with_self) {
    uint32_t word = *frame->pc, from = ou_op_b(word);
    OuValue *window = &frame->base[ou_op_a(word)];
    OuValue object = frame->base[from], dead = OU_NOTHING;
    if (from >= frame->code->named) {
        frame->base[from] = OU_EMPTY_TEMP;
        dead = object;
    } else {
        ou_incref(object);
        dead = object;
    }
    window[0] = function_owned;
    if (with_self) {
        window[1] = object;
    } else {
        window[1] = OU_NOTHING;
        ou_drop(vm, dead);
    }
    return OU_DONE;
}

int ou_op_load_method(OuVM *vm) {
    OuFrame *frame = vm->frame;
    OuValue object = frame->base[ou_op_b(*frame->pc)];
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
            if (ou_own_attribute(vm, object, name) == OU_NOTHING) {
                if (kind == OU_KIND_INSTANCE) {
                    fill(vm, frame, OU_CACHE_METHOD, vm->shape_versions[ou_cell(object)->aux], place);
                } else if (!instance && what == OU_KIND_METHOD_DESCRIPTOR && ou_is_cell(object)) {
                    fill(vm, frame, OU_CACHE_NATIVE, kind, place);
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

int ou_op_store_attr(OuVM *vm) {
    OuFrame *frame = vm->frame;
    uint32_t *pc = frame->pc;
    OuValue object = frame->base[ou_op_a(*pc)], value = frame->base[ou_op_b(*pc)];
    OuStr *name = name_of(frame);
    OuType *type = ou_type_of(vm, object);
    if (ou_is_kind(object, OU_KIND_INSTANCE) && (type->flags & OU_TYPE_PLAIN_SETATTR) &&
        !(type->flags & OU_TYPE_NO_DICT)) {
        OuValue descriptor = ou_type_lookup(vm, type, name);
        if (descriptor == OU_NOTHING || ou_type_of(vm, descriptor)->slots.descr_set == NULL) {
            OuInstance *self = ou_as_instance(object);
            uint16_t before = self->cell.aux;
            if (ou_instance_set(vm, self, name, value) < 0) { return OU_RAISED; }
            int slot = ou_shape_slot(type, name);
            if (self->cell.kind == OU_KIND_INSTANCE && slot >= 0 && !vm->caches_off) {
                pc[1] = (pc[1] & 0xffff) | (type->slot_base + (uint32_t)slot) << 16;
                pc[2] = vm->shape_versions[before];
                pc[3] = before == self->cell.aux ? 0 : self->cell.aux;
                pc[4] = self->cell.flags & OU_FLAG_FINALIZER ? sizeof(OuValue) : 0;
            }
            ou_finish_nothing(vm, frame);
            return OU_DONE;
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
        OuValue method = ou_type_lookup(vm, type, vm->names[OU_NAME_setattr]);
        if (ou_is_kind(method, OU_KIND_FUNCTION)) {
            OuValue args[3] = {object, ou_word(name), value};
            return ou_push_call(vm, method, args, 3, OU_CONT_DISCARD);
        }
    }
    if (ou_setattr(vm, object, name, value) < 0) { return OU_RAISED; }
    ou_finish_nothing(vm, frame);
    return OU_DONE;
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
    return ou_raise(vm, OU_EXC_NameError, "name '%N' is not defined", name);
}

int ou_op_load_global(OuVM *vm) {
    OuFrame *frame = vm->frame;
    OuStr *name = ou_as_str(ou_as_tuple(frame->code->names)->items[ou_op_bc(*frame->pc)]);
    OuValue *place = ou_dict_place(frame->globals, name);
    if (place == NULL) { place = ou_dict_place(vm->builtins, name); }
    if (place == NULL) {
        ou_raise_name(vm, name);
        return OU_RAISED;
    }
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
    if (place == NULL) {
        if (ou_dict_set_name(vm, globals, name, *reg) < 0) { return OU_RAISED; }
        ou_finish_nothing(vm, frame);
        return OU_DONE;
    }
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
