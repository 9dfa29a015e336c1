/* property, staticmethod, classmethod, native attributes, members of __slots__, super, mappingproxy. */
#include "vm/objects/help.h"

/* --- property ------------------------------------------------------------------------------------------------------------- */

static OuProperty *property_of(OuValue value) { return (OuProperty *)(uintptr_t)value; }

/* From getter, setter, deleter and doc; None becomes OU_NOTHING there. */
static OuValue property_new(OuVM *vm, OuValue values[4]) {
    for (int i = 0; i < 4; i++) { values[i] = values[i] == OU_NONE ? OU_NOTHING : values[i]; }
    return ou_new_row(vm, OU_KIND_PROPERTY, sizeof(OuProperty), 4, values);
}

static OU_MAKE(property_make) {
    OuValue out[4];
    if (ou_make_args(vm, "property", "fget fset fdel doc", 0, 4, args, nargs, kwnames, out) < 0) { return OU_NOTHING; }
    OuValue plain = property_new(vm, out);
    if (plain != OU_NOTHING && out[3] == OU_NOTHING && out[0] != OU_NOTHING) {
        OuValue doc;
        int found = ou_find_attr(vm, out[0], vm->names[OU_NAME_doc], &doc);
        if (found > 0) {
            ou_slot_init(&property_of(plain)->doc, doc);
        } else if (found < 0) {
            return ou_dropped(vm, plain);
        }
    }
    return ou_made_take(vm, type, OU_TYPE_PROPERTY, plain);
}

static OuValue raise_property(OuVM *vm, OuProperty *self, OuValue object, const char *what) {
    OuValue qualname = ou_type_of(vm, object)->qualname;
    if (ou_is_str(self->name)) {
        return ou_raise(vm, OU_EXC_AttributeError, "property %R of %R object has no %s", self->name, qualname, what);
    }
    return ou_raise(vm, OU_EXC_AttributeError, "property of %R object has no %s", qualname, what);
}

static OuValue property_get(OuVM *vm, OuValue self, OuValue object, OuValue type) {
    OuProperty *property = property_of(ou_plain_peek(vm, self, OU_KIND_PROPERTY));
    if (object == OU_NOTHING) { return ou_incref(self); }
    return property->get == OU_NOTHING ? raise_property(vm, property, object, "getter")
                                       : ou_call1(vm, property->get, object);
}

static int property_set(OuVM *vm, OuValue self, OuValue object, OuValue value) {
    OuProperty *property = property_of(ou_plain_peek(vm, self, OU_KIND_PROPERTY));
    OuValue function = value == OU_NOTHING ? property->del : property->set;
    if (function == OU_NOTHING) {
        return ou_raised(raise_property(vm, property, object, value == OU_NOTHING ? "deleter" : "setter"));
    }
    OuValue result = value == OU_NOTHING ? ou_call1(vm, function, object) : ou_call2(vm, function, object, value);
    return ou_status_take(vm, result);
}

static OuValue property_copy(OuVM *vm, OuValue self, int which, OuValue function) {
    OuProperty *old = property_of(ou_plain_peek(vm, self, OU_KIND_PROPERTY));
    OuValue parts[4] = {old->get, old->set, old->del, old->doc};
    parts[which] = function;
    OuValue copy = property_new(vm, parts);
    if (copy != OU_NOTHING) { ou_slot_init(&property_of(copy)->name, ou_incref(old->name)); }
    return copy;
}

static OU_NATIVE(property_getter) { return property_copy(vm, args[0], 0, args[1]); }
static OU_NATIVE(property_setter) { return property_copy(vm, args[0], 1, args[1]); }
static OU_NATIVE(property_deleter) { return property_copy(vm, args[0], 2, args[1]); }

static OU_NATIVE(property_set_name) {
    ou_slot_set(&vm->heap, &property_of(ou_plain_peek(vm, args[0], OU_KIND_PROPERTY))->name, ou_incref(args[2]));
    return ou_new_none();
}

static OU_SETTER(property_set_doc) {
    ou_slot_set(&vm->heap, &property_of(ou_plain_peek(vm, self, OU_KIND_PROPERTY))->doc, ou_incref(value));
    return 0;
}

OU_KIND_OF_FIELDS(ou_property_ops, "property", OuProperty, get, 5, 1, "fget", "fset", "fdel", "__doc__", "name")
static const OuNativeDef property_methods[] = {{"getter", property_getter, "A copy with another getter.", 1, 1},
                                               {"setter", property_setter, "A copy with another setter.", 1, 1},
                                               {"deleter", property_deleter, "A copy with another deleter.", 1, 1},
                                               {"__set_name__", property_set_name, "Learns its name.", 2, 2},
                                               OU_DEF_END};
static const OuGetSetDef property_getsets[] = {
    OU_FIELD("fget", OuProperty, get),
    OU_FIELD("fset", OuProperty, set),
    OU_FIELD("fdel", OuProperty, del),
    {.name = "__doc__", .set = property_set_doc, .field = offsetof(OuProperty, doc)},
    OU_GETSET_END};
const OuNativeType ou_property_type = {
    .slots = {.make = property_make, .descr_get = property_get, .descr_set = property_set},
    .methods = property_methods,
    .getsets = property_getsets};

/* --- staticmethod and classmethod ------------------------------------------------------------------------------------------------ */

static OuWrapped *wrapped_of(OuVM *vm, OuValue value) {
    OuValue plain = ou_plain_peek(vm, value, OU_KIND_STATICMETHOD);
    return (OuWrapped *)(uintptr_t)(plain != OU_NOTHING ? plain : ou_plain_peek(vm, value, OU_KIND_CLASSMETHOD));
}

OuValue ou_wrapped_new(OuVM *vm, uint8_t kind, OuValue callable) {
    return ou_new_row(vm, kind, sizeof(OuWrapped), 1, &callable);
}

OuValue ou_wrapped_new_take(OuVM *vm, uint8_t kind, OuValue callable) {
    OuValue wrapped = callable != OU_NOTHING ? ou_wrapped_new(vm, kind, callable) : OU_NOTHING;
    ou_drop(vm, callable);
    return wrapped;
}

static OU_MAKE(wrapped_make) {
    bool is_static = type->native == &ou_staticmethod_type;
    if (ou_positional(vm, is_static ? "staticmethod" : "classmethod", true, 1, 1, nargs, kwnames) < 0) {
        return OU_NOTHING;
    }
    OuValue plain = ou_wrapped_new(vm, is_static ? OU_KIND_STATICMETHOD : OU_KIND_CLASSMETHOD, args[0]);
    return ou_made_take(vm, type, is_static ? OU_TYPE_STATICMETHOD : OU_TYPE_CLASSMETHOD, plain);
}

static OuValue staticmethod_get(OuVM *vm, OuValue self, OuValue object, OuValue type) {
    return ou_incref(wrapped_of(vm, self)->callable);
}

static OU_CALL(staticmethod_call) { return ou_call_kw(vm, wrapped_of(vm, self)->callable, args, nargs, kwnames); }

static OuValue classmethod_get(OuVM *vm, OuValue self, OuValue object, OuValue type) {
    OuValue callable = wrapped_of(vm, self)->callable;
    OuValue owner = type != OU_NOTHING && type != OU_NONE ? type : ou_word(ou_type_of(vm, object));
    if (ou_is_kind(callable, OU_KIND_NATIVE)) {
        return ou_native_new(vm, OU_KIND_NATIVE, ou_as_native(callable)->def, owner, ou_as_native(callable)->owner);
    }
    OuType *kind = ou_type_of(vm, callable);
    if (!ou_is_kind(callable, OU_KIND_FUNCTION) && kind->slots.descr_get != NULL) {
        return kind->slots.descr_get(vm, callable, owner, ou_word(vm->types[OU_TYPE_TYPE]));
    }
    return ou_method_new(vm, callable, owner);
}

static OU_UNARY(wrapped_repr) {
    return ou_format(vm, "<%s(%R)>",
                     ou_plain_peek(vm, self, OU_KIND_STATICMETHOD) != OU_NOTHING ? "staticmethod" : "classmethod",
                     wrapped_of(vm, self)->callable);
}

OU_KIND_OF_FIELDS(ou_wrapped_ops, "method wrapper", OuWrapped, callable, 1, 1, "__func__")
static const OuGetSetDef wrapped_getsets[] = {OU_FIELD("__func__", OuWrapped, callable),
                                              OU_FIELD("__wrapped__", OuWrapped, callable), OU_GETSET_END};
const OuNativeType ou_staticmethod_type = {
    .slots = {.repr = wrapped_repr, .make = wrapped_make, .descr_get = staticmethod_get, .call = staticmethod_call},
    .getsets = wrapped_getsets};
const OuNativeType ou_classmethod_type = {
    .slots = {.repr = wrapped_repr, .make = wrapped_make, .descr_get = classmethod_get}, .getsets = wrapped_getsets};

/* --- native attributes and members -------------------------------------------------------------------------------------------------- */

static OuGetSet *getset_of(OuValue value) { return (OuGetSet *)(uintptr_t)value; }

static OuValue attribute_new(OuVM *vm, uint8_t kind, OuStr *name, const OuGetSetDef *def, OuType *owner) {
    OuGetSet *self = ou_new_cell(vm, kind, sizeof *self);
    if (self == NULL) { return OU_NOTHING; }
    ou_slot_init(&self->name, ou_incref(ou_word(name)));
    ou_slot_init(&self->owner, ou_incref(ou_word(owner)));
    self->def = def;
    return ou_word(self);
}

OuValue ou_getset_new(OuVM *vm, const OuGetSetDef *def, OuType *owner) {
    OuStr *name = ou_str_interned(vm, def->name);
    OuValue self = name != NULL ? attribute_new(vm, OU_KIND_GETSET, name, def, owner) : OU_NOTHING;
    ou_drop(vm, ou_word(name));
    return self;
}

OuValue ou_member_new(OuVM *vm, OuStr *name, OuType *owner, uint32_t place) {
    OuValue self = attribute_new(vm, OU_KIND_MEMBER, name, NULL, owner);
    if (self != OU_NOTHING) { getset_of(self)->place = place; }
    return self;
}

/* Is the object one that the attribute or member is about? If not, raises. */
static bool applies(OuVM *vm, const OuGetSet *self, OuValue object) {
    OuType *owner = ou_as_type(self->owner);
    bool fits = ou_type_is_subtype(ou_type_of(vm, object), owner);
    if (!fits) {
        ou_raise_type_error(vm, "descriptor %R for '%K' objects doesn't apply to a '%T' object", self->name, owner,
                            object);
    }
    return fits;
}

static OuValue getset_get(OuVM *vm, OuValue self, OuValue object, OuValue type) {
    const OuGetSetDef *def = getset_of(self)->def;
    if (object == OU_NOTHING) { return ou_incref(self); }
    if (!applies(vm, getset_of(self), object)) { return OU_NOTHING; }
    if (def->get != NULL) { return def->get(vm, object); }
    if (def->field & OU_EXC_ITEM(0, 0)) { return ou_exception_item(object, def->field); }
    /* In an instance of a subclass, the field is one of the plain cell behind it. */
    bool plain = !ou_is_instance_kind(ou_kind(object)) || ou_as_type(getset_of(self)->owner)->flags & OU_TYPE_EXCEPTION;
    OuValue cell = plain ? object : ou_as_instance(object)->words[0];
    return ou_or_none(*(OuValue *)(void *)((char *)ou_cell(cell) + def->field));
}

static int getset_set(OuVM *vm, OuValue self, OuValue object, OuValue value) {
    const OuGetSet *attribute = getset_of(self);
    const OuGetSetDef *def = attribute->def;
    if (!applies(vm, attribute, object)) { return -1; }
    if (def->set != NULL) { return def->set(vm, object, value); }
    if (def->field & OU_EXC_ITEM(0, 0)) { return ou_exception_set_item(vm, object, def->field, value); }
    return ou_raised(def->get == NULL
                         ? ou_raise(vm, OU_EXC_AttributeError, "readonly attribute")
                         : ou_raise(vm, OU_EXC_AttributeError, "attribute '%s' of '%K' objects is not writable",
                                    def->name, ou_as_type(attribute->owner)));
}

OuValue *ou_member_slot(OuVM *vm, OuValue member, OuValue object) {
    const OuGetSet *self = getset_of(member);
    return ou_is_instance_kind(ou_kind(object)) && ou_type_is_subtype(ou_type_of(vm, object), ou_as_type(self->owner))
               ? &ou_as_instance(object)->words[self->place]
               : NULL;
}

static OuValue *member_slot(OuVM *vm, OuValue member, OuValue object) {
    return applies(vm, getset_of(member), object) ? ou_member_slot(vm, member, object) : NULL;
}

static OuValue member_get(OuVM *vm, OuValue self, OuValue object, OuValue type) {
    if (object == OU_NOTHING) { return ou_incref(self); }
    OuValue *slot = member_slot(vm, self, object);
    if (slot == NULL) { return OU_NOTHING; }
    return *slot != OU_NOTHING ? ou_incref(*slot) : ou_raise_no_attribute(vm, object, ou_as_str(getset_of(self)->name));
}

static int member_set(OuVM *vm, OuValue self, OuValue object, OuValue value) {
    OuValue *slot = member_slot(vm, self, object);
    if (slot == NULL) { return -1; }
    if (value == OU_NOTHING && *slot == OU_NOTHING) {
        return ou_raised(ou_raise_object(vm, OU_EXC_AttributeError, getset_of(self)->name));
    }
    ou_slot_set(&vm->heap, slot, value == OU_NOTHING ? OU_NOTHING : ou_incref(value));
    return 0;
}

static OU_UNARY(attribute_repr) {
    OuGetSet *attribute = getset_of(self);
    return ou_format(
        vm, ou_kind(self) == OU_KIND_GETSET ? "<attribute '%S' of '%K' objects>" : "<member '%S' of '%K' objects>",
        attribute->name, ou_as_type(attribute->owner));
}

OU_KIND_OF_FIELDS(ou_getset_ops, "attribute", OuGetSet, name, 2, 1, "__name__", "class")
static OU_UNARY(attribute_doc) {
    const OuGetSetDef *def = getset_of(self)->def;
    return def != NULL && def->doc != NULL ? ou_str_from_text(vm, def->doc) : ou_new_none();
}

static const OuGetSetDef attribute_getsets[] = {
    {"__doc__", attribute_doc}, OU_FIELD("__name__", OuGetSet, name), OU_GETSET_END};
const OuNativeType ou_getset_type = {
    .final = true,
    .slots = {.repr = attribute_repr, .descr_get = getset_get, .descr_set = getset_set},
    .getsets = attribute_getsets};
const OuNativeType ou_member_type = {
    .final = true,
    .slots = {.repr = attribute_repr, .descr_get = member_get, .descr_set = member_set},
    .getsets = attribute_getsets};

/* --- super -------------------------------------------------------------------------------------------------------------------------------- */

static OuSuper *super_of(OuVM *vm, OuValue value) {
    return (OuSuper *)(uintptr_t)ou_plain_peek(vm, value, OU_KIND_SUPER);
}

/* super() without arguments: the class cell and the first argument of the running frame. */
static int implicit_super(OuVM *vm, OuValue *type, OuValue *object) {
    OuFrame *frame = vm->frame;
    if (frame == vm->frames || frame->func == NULL || frame->code->positional == 0) {
        return ou_raised(ou_raise(vm, OU_EXC_RuntimeError, "super(): no arguments"));
    }
    OuValue self = frame->base[0];
    if (ou_is_kind(self, OU_KIND_CELL)) { self = ou_as_cell_object(self)->content; }
    if (self == OU_NOTHING) { return ou_raised(ou_raise(vm, OU_EXC_RuntimeError, "super(): arg[0] deleted")); }
    OuTuple *names = ou_as_tuple(frame->code->freevars);
    for (size_t i = 0; i < ou_tuple_length(names); i++) {
        if (names->items[i] == ou_word(vm->names[OU_NAME_class])) {
            OuValue content = ou_as_cell_object(frame->func->cells[i])->content;
            if (!ou_is_type(content)) {
                return ou_raised(ou_raise(vm, OU_EXC_RuntimeError,
                                          content == OU_NOTHING ? "super(): empty __class__ cell"
                                                                : "super(): __class__ is not a type"));
            }
            *type = content;
            *object = self;
            return 0;
        }
    }
    return ou_raised(ou_raise(vm, OU_EXC_RuntimeError, "super(): __class__ cell not found"));
}

static OU_MAKE(super_make) {
    /* The reference's table has "super()" for the count. */
    if (ou_positional(vm, kwnames != OU_NOTHING ? "super" : "super()", true, 0, 2, nargs, kwnames) < 0) {
        return OU_NOTHING;
    }
    OuValue start = nargs > 0 ? args[0] : OU_NOTHING, object = nargs > 1 ? args[1] : OU_NOTHING;
    if (nargs == 0 && implicit_super(vm, &start, &object) < 0) { return OU_NOTHING; }
    if (!ou_is_type(start)) { return ou_raise_type_error(vm, "super() argument 1 must be a type, not %T", start); }
    OuValue object_type = OU_NOTHING;
    if (object == OU_NOTHING || object == OU_NONE) {
        object = OU_NOTHING;
    } else if (ou_is_type(object) && ou_type_is_subtype(ou_as_type(object), ou_as_type(start))) {
        object_type = object;
    } else if (ou_type_is_subtype(ou_type_of(vm, object), ou_as_type(start))) {
        object_type = ou_word(ou_type_of(vm, object));
    } else {
        return ou_raise_type_error(vm, "super(type, obj): obj must be an instance or subtype of type");
    }
    OuValue parts[3] = {object, start, object_type};
    return ou_made_take(vm, type, OU_TYPE_SUPER, ou_new_row(vm, OU_KIND_SUPER, sizeof(OuSuper), 3, parts));
}

static OuValue super_getattr(OuVM *vm, OuValue value, OuStr *name) {
    OuSuper *self = super_of(vm, value);
    if (self->object_type == OU_NOTHING || ou_str_equal_text(name, "__class__")) {
        return ou_getattr_generic(vm, value, name);
    }
    OuTuple *mro = ou_as_tuple(ou_as_type(self->object_type)->mro);
    size_t count = ou_tuple_length(mro), i = 0;
    while (i < count && mro->items[i] != self->type) { i++; }
    for (i++; i < count; i++) {
        OuValue found = ou_dict_peek_name(ou_as_dict(ou_as_type(mro->items[i])->dict), name);
        if (found != OU_NOTHING) {
            OuValue object = self->object == self->object_type ? OU_NOTHING : self->object;
            return ou_descr_get(vm, found, object, ou_as_type(self->object_type));
        }
    }
    if (ou_type_lookup(vm, ou_type_of(vm, value), name) == OU_NOTHING) {
        return ou_raise(vm, OU_EXC_AttributeError, "'super' object has no attribute '%N'", name);
    }
    return ou_getattr_generic(vm, value, name);
}

static OuValue super_repr(OuVM *vm, OuValue value) {
    OuSuper *self = super_of(vm, value);
    if (self->object_type == OU_NOTHING) {
        return ou_format(vm, "<super: <class '%K'>, NULL>", ou_as_type(self->type));
    }
    return ou_format(vm, "<super: <class '%K'>, <%K object>>", ou_as_type(self->type), ou_as_type(self->object_type));
}

OU_KIND_OF_FIELDS(ou_super_ops, "super", OuSuper, object, 3, 1, "__self__", "__thisclass__", "__self_class__")
const OuNativeType ou_super_type = {.slots = {.repr = super_repr, .getattr = super_getattr, .make = super_make}};

/* --- mappingproxy ------------------------------------------------------------------------------------------------------------------------------ */

static OuValue proxied(OuValue self) { return ((OuWrapped *)(uintptr_t)self)->callable; }
static OuValue proxy_getitem(OuVM *vm, OuValue self, OuValue key) { return ou_getitem(vm, proxied(self), key); }
static int proxy_contains(OuVM *vm, OuValue self, OuValue key) { return ou_contains(vm, proxied(self), key); }
static int64_t proxy_len(OuVM *vm, OuValue self) { return ou_len(vm, proxied(self)); }
static OU_UNARY(proxy_iter) { return ou_iter(vm, proxied(self)); }
static OU_UNARY(proxy_repr) { return ou_format(vm, "mappingproxy(%R)", proxied(self)); }

static OuValue proxy_getattr(OuVM *vm, OuValue self, OuStr *name) {
    static const char *const forwarded[] = {"get", "keys", "values", "items", "copy"};
    for (size_t i = 0; i < sizeof forwarded / sizeof *forwarded; i++) {
        if (ou_str_equal_text(name, forwarded[i])) { return ou_getattr(vm, proxied(self), name); }
    }
    return ou_getattr_generic(vm, self, name);
}

static OU_MAKE(proxy_make) {
    if (nargs != 1 || kwnames != OU_NOTHING || !ou_is_dict(args[0])) {
        return ou_raise_type_error(vm, "mappingproxy() argument must be a mapping");
    }
    return ou_wrapped_new(vm, OU_KIND_MAPPINGPROXY, args[0]);
}

OU_KIND_OF_FIELDS(ou_mappingproxy_ops, "mappingproxy", OuWrapped, callable, 1, 1, "mapping")
const OuNativeType ou_mappingproxy_type = {.final = true,
                                           .slots = {.repr = proxy_repr,
                                                     .getitem = proxy_getitem,
                                                     .contains = proxy_contains,
                                                     .len = proxy_len,
                                                     .iter = proxy_iter,
                                                     .getattr = proxy_getattr,
                                                     .make = proxy_make}};
