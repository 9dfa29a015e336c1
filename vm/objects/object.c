/* object and type as Python sees them. */
#include "vm/lib/lib.h"
#include "vm/objects/help.h"
#include "vm/objects/weakref.h"

/* --- object ------------------------------------------------------------------------------------------------------------------ */

/* Arguments are refused by whichever of __new__ and __init__ the class did not replace. */
static int check_arguments(OuVM *vm, OuType *type, uint32_t nargs, bool own, bool other, const char *complaint) {
    if (nargs > 0 && own) { return ou_raised_type(vm, "object.%s", complaint); }
    return nargs > 0 && !other ? ou_raised_type(vm, "%K() takes no arguments", type) : 0;
}

static OU_MAKE(object_make) {
    OuType *object = vm->types[OU_TYPE_OBJECT];
    if (check_arguments(vm, type, nargs, type->slots.make != object->slots.make, type->slots.init != object->slots.init,
                        "__new__() takes exactly one argument (the type to instantiate)") < 0) {
        return OU_NOTHING;
    }
    if (!(type->flags & OU_TYPE_HEAP) && type != object) {
        return ou_raise_type_error(vm, "cannot create '%K' instances", type);
    }
    return ou_word(ou_instance_new(vm, type));
}

static OU_INIT(object_init) {
    OuType *type = ou_type_of(vm, self), *object = vm->types[OU_TYPE_OBJECT];
    return check_arguments(vm, type, nargs, type->slots.init != object->slots.init,
                           type->slots.make != object->slots.make,
                           "__init__() takes exactly one argument (the instance to initialize)");
}

static OU_UNARY(object_repr) {
    OuType *type = ou_type_of(vm, self);
    OuStr *module = ou_type_module(vm, type);
    if (module == vm->names[OU_NAME_P_builtins]) {
        return ou_format(vm, "<%S object at 0x%lx>", type->qualname, (unsigned long)self);
    }
    return ou_format(vm, "<%N.%S object at 0x%lx>", module, type->qualname, (unsigned long)self);
}

static OU_UNARY(object_str) { return ou_repr(vm, self); }

static int object_hash(OuVM *vm, OuValue self, int64_t *out) {
    *out = (int64_t)(self >> 4 | self << 60);
    *out = *out == -1 ? -2 : *out;
    return 0;
}

static OU_COMPARE(object_compare) {
    if (op == OU_EQ) { return ou_incref(a == b ? OU_TRUE : OU_NOTIMPLEMENTED); }
    if (op == OU_NE) { /* the opposite of what == says */
        OuType *type = ou_type_of(vm, a);
        OuValue result = type->slots.compare(vm, a, b, OU_EQ);
        if (result == OU_NOTIMPLEMENTED) { return result; }
        int truth = ou_truth_take(vm, result);
        return truth < 0 ? OU_NOTHING : ou_new_bool(!truth);
    }
    return ou_not_implemented();
}

static OU_NATIVE(object_format) {
    OuValue spec = ou_plain_peek(vm, args[1], OU_KIND_STR);
    if (spec == OU_NOTHING) {
        return ou_raise_type_error(vm, "__format__() argument must be str, not %s", ou_argument_type(vm, args[1]));
    }
    if (ou_as_str(spec)->length > 0) {
        return ou_raise_type_error(vm, "unsupported format string passed to %T.__format__", args[0]);
    }
    return ou_str(vm, args[0]);
}

/* With the buffers that the cell owns, and the hidden part of an instance of a subclass of a built-in. */
static size_t bytes_of(OuVM *vm, OuValue value) {
    if (!ou_is_cell(value)) { return 0; }
    OuCell *cell = ou_cell(value);
    size_t hidden = ou_is_instance_kind(cell->kind) && ou_type_of(vm, value)->payload != 0
                        ? bytes_of(vm, ou_as_instance(value)->words[0])
                        : 0;
    return ou_cell_bytes(&vm->heap, cell) + hidden;
}

static OU_NATIVE(object_sizeof) { return ou_int(vm, (int64_t)bytes_of(vm, args[0])); }

static OU_NATIVE(object_init_subclass) {
    OuValue kwnames = ou_take_kwnames(vm);
    if (kwnames != OU_NOTHING) {
        return ou_raise_type_error(vm, "%K.__init_subclass__() takes no keyword arguments", ou_as_type(args[0]));
    }
    if (nargs > 1) {
        return ou_raise_type_error(vm, "%K.__init_subclass__() takes no arguments (%u given)", ou_as_type(args[0]),
                                   nargs - 1);
    }
    return ou_new_none();
}

static bool has_dict(OuVM *vm, OuValue self) {
    return ou_is_instance_kind(ou_kind(self)) && !(ou_type_of(vm, self)->flags & OU_TYPE_NO_DICT);
}

static OU_NATIVE(object_dir) { return ou_library_method_in(vm, "_ouro", "names_of", args, 1); }
static OU_UNARY(object_class) { return ou_incref(ou_word(ou_type_of(vm, self))); }

static OU_SETTER(object_set_class) {
    if (value == OU_NOTHING) { return ou_raised_type(vm, "can't delete __class__ attribute"); }
    if (!ou_is_type(value)) { return ou_raised_type(vm, "__class__ must be set to a class, not '%T' object", value); }
    OuType *type = ou_as_type(value), *old = ou_type_of(vm, self);
    if (!ou_is_instance_kind(ou_kind(self)) || !(type->flags & OU_TYPE_HEAP)) {
        return ou_raised_type(vm, "__class__ assignment only supported for mutable types or ModuleType subclasses");
    }
    if (!ou_type_same_layout(type, old)) {
        return ou_raised_type(vm, "__class__ assignment: '%K' object layout differs from '%K'", type, old);
    }
    OuShape *shape = ou_shape_root(vm, type);
    if (shape == NULL || (ou_type_has_dict(old) && ou_instance_dict(vm, ou_as_instance(self)) == NULL)) { return -1; }
    ou_incref_cell(type);
    ou_cell(self)->aux = shape->id;
    if (type->flags & OU_TYPE_HAS_DEL) { ou_cell(self)->flags |= OU_FLAG_FINALIZER; }
    ou_drop(vm, ou_word(old));
    return 0;
}

static OU_UNARY(object_dict) {
    if (!has_dict(vm, self)) { return ou_raise_no_attribute(vm, self, vm->names[OU_NAME_dict]); }
    return ou_incref(ou_word(ou_instance_dict(vm, ou_as_instance(self))));
}

static OU_SETTER(object_set_dict) {
    if (!has_dict(vm, self)) { return ou_raised(ou_raise_no_attribute(vm, self, vm->names[OU_NAME_dict])); }
    if (value != OU_NOTHING && !ou_is_dict(value)) {
        return ou_raised_type(vm, "__dict__ must be set to a dictionary, not a '%T'", value);
    }
    OuDict *dict = value != OU_NOTHING ? ou_as_dict(ou_incref(value)) : ou_dict_new(vm, 0); /* deleted: a fresh one */
    int status = dict == NULL ? -1 : ou_instance_set_dict(vm, ou_as_instance(self), dict);
    ou_drop(vm, ou_word(dict));
    return status;
}

static OU_UNARY(object_weakref) {
    if (ou_is_instance_kind(ou_kind(self)) && (ou_type_of(vm, self)->flags & OU_TYPE_WEAKREFS)) {
        return ou_weakref_of_instance(vm, self);
    }
    return ou_raise_no_attribute(vm, self, vm->names[OU_NAME_weakref]);
}

static const OuNativeDef object_methods[] = {{"__format__", object_format, "str(self) when the spec is empty.", 1, 1},
                                             {"__sizeof__", object_sizeof, "Bytes of the object."},
                                             {"__dir__", object_dir, "Names of the attributes."},
                                             OU_DEF_END};
static const OuNativeDef object_class_methods[] = {
    {"__init_subclass__", object_init_subclass, "Called for every new subclass.", 0, -1, OU_ARGS_RAW}, OU_DEF_END};
static const OuGetSetDef object_getsets[] = {{"__class__", object_class, object_set_class},
                                             {"__dict__", object_dict, object_set_dict},
                                             {"__weakref__", object_weakref},
                                             OU_GETSET_END};

const OuNativeType ou_object_type = {.slots = {.repr = object_repr,
                                               .str = object_str,
                                               .hash = object_hash,
                                               .compare = object_compare,
                                               .getattr = ou_getattr_generic,
                                               .setattr = ou_setattr_generic,
                                               .make = object_make,
                                               .init = object_init},
                                     .methods = object_methods,
                                     .class_methods = object_class_methods,
                                     .getsets = object_getsets};

/* --- type ---------------------------------------------------------------------------------------------------------------------- */

static OU_CALL(type_call) { return ou_type_call(vm, ou_as_type(self), args, nargs, kwnames); }

static OU_MAKE(type_make) {
    uint32_t keywords = ou_keyword_count(kwnames);
    if (keywords && type == vm->types[OU_TYPE_TYPE] && nargs - keywords == 1) {
        return ou_raise_type_error(vm, "type() takes no keyword arguments");
    }
    if (nargs - keywords != 3) { return ou_raise_type_error(vm, "type() takes 1 or 3 arguments"); }
    static const uint8_t kinds[] = {OU_KIND_STR, OU_KIND_TUPLE, OU_KIND_DICT};
    static const char *const names[] = {"str", "tuple", "dict"};
    OuValue parts[3];
    for (int i = 0; i < 3; i++) {
        parts[i] = ou_plain_peek(vm, args[i], kinds[i]);
        if (parts[i] == OU_NOTHING) {
            return ou_raise_type_error(vm, "type.__new__() argument %d must be %s, not %T", i + 1, names[i], args[i]);
        }
    }
    return ou_type_create(vm, ou_as_str(parts[0]), ou_as_tuple(parts[1]), ou_as_dict(parts[2]), args + 3, keywords,
                          kwnames);
}

static OU_INIT(type_init) { return 0; }

static OU_UNARY(type_repr) {
    OuType *type = ou_as_type(self);
    OuStr *module = ou_type_module(vm, type);
    return module == vm->names[OU_NAME_P_builtins] ? ou_format(vm, "<class '%S'>", type->qualname)
                                                   : ou_format(vm, "<class '%N.%S'>", module, type->qualname);
}

static OU_UNARY(type_dict) { return ou_wrapped_new(vm, OU_KIND_MAPPINGPROXY, ou_as_type(self)->dict); }

/* Raises unless the attribute can be set to the value: built-in types keep theirs, and these cannot be deleted. */
static int check_settable(OuVM *vm, OuValue self, OuValue value, const char *what) {
    OuType *type = ou_as_type(self);
    if (type->flags & OU_TYPE_HEAP && value != OU_NOTHING) { return 0; }
    return ou_raised_type(vm, "cannot %s '%s' attribute of immutable type '%K'",
                          type->flags & OU_TYPE_HEAP ? "delete" : "set", what, type);
}

/* A built-in type's name for messages has its module in front. */
static OU_UNARY(type_name) {
    OuType *type = ou_as_type(self);
    return ou_incref(type->flags & OU_TYPE_HEAP ? type->name : type->qualname);
}

static int set_name(OuVM *vm, OuValue self, OuValue value, OuValue *place, const char *what) {
    if (check_settable(vm, self, value, what) < 0) { return -1; }
    OuStr *text = ou_str_peek(vm, value);
    if (text == NULL) {
        return ou_raised_type(vm, "can only assign string to %K.%s, not '%T'", ou_as_type(self), what, value);
    }
    ou_slot_set(&vm->heap, place, ou_incref(ou_word(text)));
    return 0;
}

static OU_SETTER(type_set_name) { return set_name(vm, self, value, &ou_as_type(self)->name, "__name__"); }
static OU_SETTER(type_set_qualname) { return set_name(vm, self, value, &ou_as_type(self)->qualname, "__qualname__"); }

static OU_SETTER(type_set_bases) {
    if (check_settable(vm, self, value, "__bases__") < 0) { return -1; }
    if (!ou_is_tuple(value)) {
        return ou_raised_type(vm, "can only assign tuple to %K.__bases__, not %T", ou_as_type(self), value);
    }
    return ou_type_set_bases(vm, ou_as_type(self), ou_as_tuple(value));
}

static OU_UNARY(type_module) { return ou_incref(ou_word(ou_type_module(vm, ou_as_type(self)))); }

/* An attribute that is an entry of the namespace; OU_NOTHING deletes it. */
static int set_entry(OuVM *vm, OuValue self, OuNameIndex name, OuValue value) {
    OuDict *dict = ou_as_dict(ou_as_type(self)->dict);
    ou_type_renew(vm, ou_as_type(self));
    if (value != OU_NOTHING) { return ou_dict_set_name(vm, dict, vm->names[name], value); }
    int found = ou_dict_delete(vm, dict, ou_word(vm->names[name]));
    if (found == 0) { ou_raise_object(vm, OU_EXC_AttributeError, ou_word(vm->names[name])); }
    return found > 0 ? 0 : -1;
}

static int set_checked(OuVM *vm, OuValue self, OuNameIndex name, OuValue value, const char *what) {
    return check_settable(vm, self, value, what) < 0 ? -1 : set_entry(vm, self, name, value);
}

static OU_SETTER(type_set_module) { return set_checked(vm, self, OU_NAME_module, value, "__module__"); }
static OU_SETTER(type_set_doc) { return set_checked(vm, self, OU_NAME_doc, value, "__doc__"); }
static OU_SETTER(type_set_annotations) {
    return ou_as_type(self)->flags & OU_TYPE_HEAP ? set_entry(vm, self, OU_NAME_annotations, value)
                                                  : check_settable(vm, self, value, "__annotations__");
}

static OU_UNARY(type_doc) {
    return ou_or_none(ou_dict_peek_name(ou_as_dict(ou_as_type(self)->dict), vm->names[OU_NAME_doc]));
}

static OU_UNARY(type_annotations) {
    OuType *type = ou_as_type(self);
    OuValue found = ou_dict_peek_name(ou_as_dict(type->dict), vm->names[OU_NAME_annotations]);
    if (found != OU_NOTHING) { return ou_incref(found); }
    if (!(type->flags & OU_TYPE_HEAP)) {
        return ou_raise(vm, OU_EXC_AttributeError, "type object '%K' has no attribute '__annotations__'", type);
    }
    OuDict *dict = ou_dict_new(vm, 0);
    if (dict == NULL || set_entry(vm, self, OU_NAME_annotations, ou_word(dict)) < 0) {
        return ou_dropped(vm, ou_word(dict));
    }
    return ou_word(dict);
}

static OU_NATIVE(type_mro_method) { return ou_list_of(vm, ou_as_type(args[0])->mro); }

static OU_NATIVE(type_subclasses) {
    OuType *type = ou_as_type(args[0]);
    OuList *list = ou_list_new(vm, 0);
    for (OuType *sub = NULL; list != NULL && (sub = ou_type_next_subclass(vm, type, sub)) != NULL;) {
        OuTuple *bases = ou_as_tuple(sub->bases);
        bool direct = false;
        for (size_t i = 0; i < ou_tuple_length(bases); i++) { direct |= bases->items[i] == ou_word(type); }
        /* The list of types is newest first. */
        if (direct && ou_list_insert(vm, list, 0, ou_word(sub)) < 0) { return ou_dropped(vm, ou_word(list)); }
    }
    return ou_word(list);
}

static OU_NATIVE(type_instancecheck) {
    return ou_new_bool(ou_type_is_subtype(ou_type_of(vm, args[1]), ou_as_type(args[0])));
}

static OU_NATIVE(type_prepare) {
    OuDict *dict = ou_dict_new(vm, 0);
    return ou_word(dict);
}

static const OuNativeDef type_methods[] = {{"mro", type_mro_method, "The method resolution order as a list."},
                                           {"__subclasses__", type_subclasses, "The living direct subclasses."},
                                           {"__instancecheck__", type_instancecheck, "isinstance.", 1, 1},
                                           OU_DEF_END};
static const OuNativeDef type_class_methods[] = {{"__prepare__", type_prepare, "The namespace of a class body.", 0, -1},
                                                 OU_DEF_END};
static const OuGetSetDef type_getsets[] = {
    {"__name__", type_name, type_set_name},
    {.name = "__qualname__", .set = type_set_qualname, .field = offsetof(OuType, qualname)},
    {.name = "__bases__", .set = type_set_bases, .field = offsetof(OuType, bases)},
    OU_FIELD("__mro__", OuType, mro),
    OU_FIELD("__base__", OuType, base),
    {"__dict__", type_dict},
    {"__module__", type_module, type_set_module},
    {"__doc__", type_doc, type_set_doc},
    {"__annotations__", type_annotations, type_set_annotations},
    OU_GETSET_END};

const OuNativeType ou_type_type = {.weakrefs = true,
                                   .slots = {.repr = type_repr,
                                             .getattr = ou_type_getattr,
                                             .setattr = ou_type_setattr,
                                             .call = type_call,
                                             .make = type_make,
                                             .init = type_init},
                                   .methods = type_methods,
                                   .class_methods = type_class_methods,
                                   .getsets = type_getsets};
