/* Functions, bound methods, native functions, cells. */
#include "vm/objects/help.h"
#include "vm/special.h"

/* --- function ------------------------------------------------------------------------------------------------------------ */

OuValue ou_function_new(OuVM *vm, OuCode *code, const OuValue *cells) {
    OuFunction *self =
        (OuFunction *)ou_cell_new(&vm->heap, OU_KIND_FUNCTION, sizeof *self + code->free_count * sizeof(OuValue));
    if (self == NULL) { return ou_raise_memory(vm); }
    self->cell.aux = code->free_count;
    ou_slot_init(&self->code, ou_incref(ou_word(code)));
    for (uint32_t i = 0; i < code->free_count; i++) { ou_slot_init(&self->cells[i], ou_incref(cells[i])); }
    return ou_word(self);
}

OuFunctionExtra *ou_function_extra(OuVM *vm, OuFunction *self) {
    if (self->extra == OU_NOTHING) {
        OuCell *extra = ou_cell_new(&vm->heap, OU_KIND_FUNCTION_EXTRA, sizeof(OuFunctionExtra));
        if (extra == NULL) { return ou_no_memory(vm); }
        ou_slot_init(&self->extra, ou_word(extra));
    }
    return (OuFunctionExtra *)(uintptr_t)self->extra;
}

/* The fields of the extra cell, in its order. */
enum { DEFAULTS, KWDEFAULTS, DICT, ANNOTATIONS, NAME, QUALNAME, DOC, MODULE };

/* A field, borrowed; OU_NOTHING: empty. */
static OuValue peek_field(const OuFunction *self, int index) {
    return self->extra != OU_NOTHING ? (&((OuFunctionExtra *)(uintptr_t)self->extra)->defaults)[index] : OU_NOTHING;
}

OuStr *ou_function_name(const OuFunction *self) {
    OuValue own = peek_field(self, NAME);
    return ou_as_str(own != OU_NOTHING ? own : ou_function_code(self)->name);
}

OuStr *ou_function_qualname(const OuFunction *self) {
    OuValue own = peek_field(self, QUALNAME);
    return ou_as_str(own != OU_NOTHING ? own : ou_function_code(self)->qualname);
}

static uint32_t function_spans(OuHeap *heap, OuCell *cell, OuSpan *out) {
    OuFunction *self = (OuFunction *)cell;
    /* defaults and the dict go before the captured cells, the code last, as in CPython */
    out[0] = (OuSpan){&self->extra, 1, 1};
    out[1] = (OuSpan){self->cells, cell->aux, 1};
    out[2] = (OuSpan){&self->code, 1, 1};
    return 3;
}

static void function_edge_name(OuHeap *heap, OuCell *cell, uint32_t span, size_t index, char *buffer, size_t size) {
    OuFunction *self = (OuFunction *)cell;
    if (span == 1) {
        char name[80] = "?";
        ou_str_copy_utf8(ou_as_str(ou_as_tuple(ou_function_code(self)->freevars)->items[index]), name, sizeof name);
        snprintf(buffer, size, "cell '%s'", name);
    } else {
        snprintf(buffer, size, "%s", span == 0 ? "defaults and attributes" : "__code__");
    }
}

static uint32_t extra_spans(OuHeap *heap, OuCell *cell, OuSpan *out) {
    out[0] = (OuSpan){&((OuFunctionExtra *)cell)->defaults, 8, 1};
    return 1;
}

const OuKindOps ou_function_ops = {.name = "function", .spans = function_spans, .edge_name = function_edge_name};
const OuKindOps ou_function_extra_ops = {.name = "function details",
                                         .hidden = true,
                                         .spans = extra_spans,
                                         .edges = (const char *const[]){"__defaults__", "__kwdefaults__", "__dict__",
                                                                        "__annotations__", "__name__", "__qualname__",
                                                                        "__doc__", "__module__"}};

static OU_UNARY(function_repr) {
    return ou_format(vm, "<function %N at 0x%lx>", ou_function_qualname(ou_as_function(self)), (unsigned long)self);
}

static OuValue function_get(OuVM *vm, OuValue self, OuValue object, OuValue type) {
    return object == OU_NOTHING ? ou_incref(self) : ou_method_new(vm, self, object);
}

static OU_CALL(function_call) { return ou_call_kw(vm, self, args, nargs, kwnames); }
static OU_UNARY(get_name) { return ou_incref(ou_word(ou_function_name(ou_as_function(self)))); }
static OU_UNARY(get_qualname) { return ou_incref(ou_word(ou_function_qualname(ou_as_function(self)))); }
static OU_UNARY(get_globals) { return ou_incref(ou_function_code(ou_as_function(self))->globals); }
static OU_UNARY(get_defaults) { return ou_or_none(peek_field(ou_as_function(self), DEFAULTS)); }
static OU_UNARY(get_kwdefaults) { return ou_or_none(peek_field(ou_as_function(self), KWDEFAULTS)); }

/* Consumes the value; OU_NOTHING empties the field. */
static int set_field_take(OuVM *vm, OuValue self, int index, OuValue value) {
    OuFunctionExtra *extra = ou_function_extra(vm, ou_as_function(self));
    if (extra == NULL) { return ou_raised(ou_dropped(vm, value)); }
    ou_slot_set(&vm->heap, &(&extra->defaults)[index], value);
    return 0;
}

/* A field that holds a value of one kind; None and deletion empty it, unless it is a text. */
static int set_kind(OuVM *vm, OuValue self, int index, OuValue value, uint8_t kind, const char *title,
                    const char *what) {
    bool none = value == OU_NOTHING || value == OU_NONE;
    OuValue plain = none ? OU_NOTHING : ou_plain_peek(vm, value, kind);
    if (plain == OU_NOTHING && !(none && kind != OU_KIND_STR)) {
        return ou_raised_type(vm, "%s must be set to a %s object", title, what);
    }
    return set_field_take(vm, self, index, ou_incref(plain));
}

#define SETTER(name, index, kind, what)                                       \
    static int set_##name(OuVM *vm, OuValue self, OuValue value) {            \
        return set_kind(vm, self, index, value, kind, "__" #name "__", what); \
    }
SETTER(defaults, DEFAULTS, OU_KIND_TUPLE, "tuple")
SETTER(kwdefaults, KWDEFAULTS, OU_KIND_DICT, "dict")
SETTER(annotations, ANNOTATIONS, OU_KIND_DICT, "dict")
SETTER(name, NAME, OU_KIND_STR, "string")
SETTER(qualname, QUALNAME, OU_KIND_STR, "string")

/* A dict kept in the function, made on first use. Borrowed. */
static OuDict *dict_field(OuVM *vm, OuFunction *self, int index) {
    OuFunctionExtra *extra = ou_function_extra(vm, self);
    OuValue *place = extra != NULL ? &(&extra->defaults)[index] : NULL;
    if (place != NULL && *place == OU_NOTHING) { ou_slot_init(place, ou_word(ou_dict_new(vm, 0))); }
    return place != NULL ? ou_as_dict(*place) : NULL;
}

OuDict *ou_function_dict(OuVM *vm, OuFunction *self) { return dict_field(vm, self, DICT); }
static OU_UNARY(get_dict) { return ou_incref(ou_word(ou_function_dict(vm, ou_as_function(self)))); }
static OU_UNARY(get_annotations) { return ou_incref(ou_word(dict_field(vm, ou_as_function(self), ANNOTATIONS))); }
static OU_SETTER(set_dict) {
    if (value == OU_NOTHING) { return ou_raised_type(vm, "cannot delete __dict__"); }
    if (!ou_is_dict(value)) { return ou_raised_type(vm, "__dict__ must be set to a dictionary, not a '%T'", value); }
    return set_field_take(vm, self, DICT, ou_incref(value));
}

static OU_UNARY(get_doc) {
    OuValue own = peek_field(ou_as_function(self), DOC);
    OuTuple *constants = ou_as_tuple(ou_function_code(ou_as_function(self))->constants);
    return ou_incref(own != OU_NOTHING ? own : constants->items[ou_tuple_length(constants) - 1]);
}

static OU_UNARY(get_module) {
    OuValue own = peek_field(ou_as_function(self), MODULE);
    OuDict *globals = ou_as_dict(ou_function_code(ou_as_function(self))->globals);
    return ou_or_none(own != OU_NOTHING ? own : ou_dict_peek_name(globals, vm->names[OU_NAME_name]));
}

/* Nothing is None here: an empty field stands for what the code says. */
static OU_SETTER(set_doc) { return set_field_take(vm, self, DOC, ou_or_none(value)); }
static OU_SETTER(set_module) { return set_field_take(vm, self, MODULE, ou_or_none(value)); }

static OU_UNARY(get_closure) {
    OuFunction *function = ou_as_function(self);
    return function->cell.aux ? ou_tuple_from(vm, function->cells, function->cell.aux) : ou_incref(OU_NONE);
}

static const OuGetSetDef function_getsets[] = {
    {"__name__", get_name, set_name},
    {"__qualname__", get_qualname, set_qualname},
    OU_FIELD("__code__", OuFunction, code),
    {"__globals__", get_globals},
    {"__defaults__", get_defaults, set_defaults},
    {"__kwdefaults__", get_kwdefaults, set_kwdefaults},
    {"__dict__", get_dict, set_dict},
    {"__annotations__", get_annotations, set_annotations},
    {"__doc__", get_doc, set_doc},
    {"__module__", get_module, set_module},
    {"__closure__", get_closure},
    OU_GETSET_END,
};

const OuNativeType ou_function_type = {
    .final = true,
    .weakrefs = true,
    .slots = {.repr = function_repr, .descr_get = function_get, .call = function_call},
    .getsets = function_getsets};

/* --- bound method ------------------------------------------------------------------------------------------------------------ */

OuValue ou_method_new(OuVM *vm, OuValue func, OuValue self) {
    return ou_new_row(vm, OU_KIND_METHOD, sizeof(OuMethod), 2, (OuValue[]){func, self});
}

OU_KIND_OF_FIELDS(ou_method_ops, "method", OuMethod, func, 2, 1, "__func__", "__self__")

static OU_UNARY(method_repr) {
    OuMethod *method = ou_as_method(self);
    OuValue name = OU_NOTHING;
    if (ou_find_attr(vm, method->func, vm->names[OU_NAME_qualname], &name) < 0) { return OU_NOTHING; }
    OuValue text = ou_is_str(name) ? ou_format(vm, "<bound method %S of %R>", name, method->self)
                                   : ou_format(vm, "<bound method ? of %R>", method->self);
    ou_drop(vm, name);
    return text;
}

static OU_COMPARE(method_compare) {
    if ((op != OU_EQ && op != OU_NE) || !ou_is_kind(b, OU_KIND_METHOD)) { return ou_not_implemented(); }
    bool same = ou_as_method(a)->self == ou_as_method(b)->self && ou_as_method(a)->func == ou_as_method(b)->func;
    return ou_new_bool(same == (op == OU_EQ));
}

static int method_hash(OuVM *vm, OuValue self, int64_t *out) {
    *out = (int64_t)((ou_as_method(self)->self >> 4) ^ (ou_as_method(self)->func >> 3));
    return 0;
}

static OuValue method_getattr(OuVM *vm, OuValue self, OuStr *name) {
    OuType *type = vm->types[OU_TYPE_METHOD];
    OuValue found = ou_type_lookup(vm, type, name);
    if (found != OU_NOTHING && !ou_str_equal_text(name, "__doc__")) {
        OuType *kind = ou_type_of(vm, found);
        return kind->slots.descr_get != NULL ? kind->slots.descr_get(vm, found, self, ou_word(type)) : ou_incref(found);
    }
    return ou_getattr(vm, ou_as_method(self)->func, name);
}

static const OuGetSetDef method_getsets[] = {OU_FIELD("__self__", OuMethod, self), OU_FIELD("__func__", OuMethod, func),
                                             OU_GETSET_END};

static OU_MAKE(method_make) {
    return ou_positional(vm, "method", true, 2, 2, nargs, kwnames) < 0 ? OU_NOTHING
                                                                       : ou_method_new(vm, args[0], args[1]);
}

const OuNativeType ou_method_type = {.final = true,
                                     .weakrefs = true,
                                     .slots = {.repr = method_repr,
                                               .compare = method_compare,
                                               .hash = method_hash,
                                               .call = function_call,
                                               .getattr = method_getattr,
                                               .make = method_make},
                                     .getsets = method_getsets};

/* --- native functions -------------------------------------------------------------------------------------------------------------- */

OuValue ou_native_new(OuVM *vm, uint8_t kind, const OuNativeDef *def, OuValue self, OuType *owner) {
    OuNative *native = ou_new_cell(vm, kind, sizeof *native);
    if (native == NULL) { return OU_NOTHING; }
    ou_slot_init(&native->self, ou_incref(self));
    native->def = def;
    native->owner = owner;
    return ou_word(native);
}

OU_KIND_OF_FIELDS(ou_native_ops, "builtin", OuNative, self, 2, 1, "__self__", "__module__")

static OuStr *native_str(OuVM *vm, const OuNative *native) {
    return native->def == NULL ? (OuStr *)(uintptr_t)ou_incref(ou_word(ou_slot_wrapper_str(vm, native->wrapper)))
                               : ou_str_interned(vm, native->def->name);
}

static OU_UNARY(native_repr) {
    OuNative *native = ou_as_native(self);
    OuStr *name = native_str(vm, native);
    if (name == NULL) { return OU_NOTHING; }
    OuValue text;
    switch (ou_kind(self)) {
    case OU_KIND_METHOD_DESCRIPTOR: text = ou_format(vm, "<method '%N' of '%K' objects>", name, native->owner); break;
    case OU_KIND_WRAPPER_DESCRIPTOR:
        text = ou_format(vm, "<slot wrapper '%N' of '%K' objects>", name, native->owner);
        break;
    case OU_KIND_METHOD_WRAPPER:
        text = ou_format(vm, "<method-wrapper '%N' of %T object at 0x%lx>", name, native->self,
                         (unsigned long)native->self);
        break;
    default:
        text = native->self == OU_NOTHING || ou_is_kind(native->self, OU_KIND_MODULE)
                   ? ou_format(vm, "<built-in function %N>", name)
                   : ou_format(vm, "<built-in method %N of %T object at 0x%lx>", name, native->self,
                               (unsigned long)native->self);
    }
    ou_drop(vm, ou_word(name));
    return text;
}

static OU_UNARY(native_name) {
    OuStr *name = native_str(vm, ou_as_native(self));
    return ou_word(name);
}

static OU_UNARY(native_qualname) {
    OuNative *native = ou_as_native(self);
    OuStr *name = native_str(vm, native);
    if (name == NULL || native->owner == NULL) { return ou_word(name); }
    OuValue text = ou_format(vm, "%K.%N", native->owner, name);
    ou_drop(vm, ou_word(name));
    return text;
}

static OU_UNARY(native_doc) {
    OuNative *native = ou_as_native(self);
    return native->def != NULL && native->def->doc != NULL ? ou_str_from_text(vm, native->def->doc)
                                                           : ou_incref(OU_NONE);
}

static OU_UNARY(native_module) {
    OuNative *native = ou_as_native(self);
    if (native->owner != NULL) { return ou_new_none(); }
    return ou_incref(native->module != OU_NOTHING ? native->module : ou_word(vm->names[OU_NAME_P_builtins]));
}

/* Binds: method descriptors give a native function with self, wrappers a method-wrapper. */
static OuValue native_get(OuVM *vm, OuValue self, OuValue object, OuValue type) {
    OuNative *native = ou_as_native(self);
    if (object == OU_NOTHING) { return ou_incref(self); }
    if (!ou_type_is_subtype(ou_type_of(vm, object), native->owner)) {
        OuStr *name = native_str(vm, native);
        ou_raise_type_error(vm, "descriptor '%N' for '%K' objects doesn't apply to a '%T' object", name, native->owner,
                            object);
        return ou_dropped(vm, ou_word(name));
    }
    bool wrapper = native->cell.kind == OU_KIND_WRAPPER_DESCRIPTOR;
    OuValue bound =
        ou_native_new(vm, wrapper ? OU_KIND_METHOD_WRAPPER : OU_KIND_NATIVE, native->def, object, native->owner);
    if (bound != OU_NOTHING) { ou_as_native(bound)->wrapper = native->wrapper; }
    return bound;
}

static OU_CALL(wrapper_call) {
    OuNative *native = ou_as_native(self);
    if (native->cell.kind == OU_KIND_WRAPPER_DESCRIPTOR) {
        return ou_slot_wrapper_call(vm, native->wrapper, native->owner, args, nargs, kwnames);
    }
    OuValue *regs = ou_regs_open(vm, nargs + 1);
    if (regs == NULL) { return OU_NOTHING; }
    regs[0] = ou_incref(native->self);
    for (uint32_t i = 0; i < nargs; i++) { regs[i + 1] = ou_incref(args[i]); }
    OuValue result = ou_slot_wrapper_call(vm, native->wrapper, native->owner, regs, nargs + 1, kwnames);
    return ou_regs_result(vm, regs, result);
}

static OU_COMPARE(native_compare) {
    if ((op != OU_EQ && op != OU_NE) || ou_kind(a) != ou_kind(b)) { return ou_not_implemented(); }
    OuNative *x = ou_as_native(a), *y = ou_as_native(b);
    bool same = x->self == y->self && x->def == y->def && x->owner == y->owner && x->wrapper == y->wrapper;
    return ou_new_bool(same == (op == OU_EQ));
}

static int native_hash(OuVM *vm, OuValue self, int64_t *out) {
    OuNative *native = ou_as_native(self);
    *out = (int64_t)((native->self >> 4) ^ ((uintptr_t)native->def >> 3) ^ (uintptr_t)native->owner);
    return 0;
}

static const OuGetSetDef native_getsets[] = {{"__name__", native_name},     {"__qualname__", native_qualname},
                                             {"__doc__", native_doc},       OU_FIELD("__self__", OuNative, self),
                                             {"__module__", native_module}, OU_GETSET_END};

#define NATIVE_TYPE(name, weak, ...) \
    const OuNativeType name = {      \
        .final = true,               \
        .weakrefs = weak,            \
        .getsets = native_getsets,   \
        .slots = {.repr = native_repr, .compare = native_compare, .hash = native_hash, __VA_ARGS__}};
NATIVE_TYPE(ou_native_type, true, .call = function_call)
NATIVE_TYPE(ou_method_descriptor_type, false, .call = function_call, .descr_get = native_get)
NATIVE_TYPE(ou_wrapper_descriptor_type, false, .call = wrapper_call, .descr_get = native_get)
NATIVE_TYPE(ou_method_wrapper_type, false, .call = wrapper_call)

/* --- cells ------------------------------------------------------------------------------------------------------------------------------ */

OuValue ou_cell_object_new(OuVM *vm, OuValue content_take) {
    OuCellObject *self = ou_new_cell(vm, OU_KIND_CELL, sizeof *self);
    if (self == NULL) { return ou_dropped(vm, content_take); }
    ou_slot_init(&self->content, content_take);
    return ou_word(self);
}

OU_KIND_OF_FIELDS(ou_cell_object_ops, "cell", OuCellObject, content, 1, 1, "content of the cell")

static OU_UNARY(cell_contents) {
    OuValue content = ou_as_cell_object(self)->content;
    return content == OU_NOTHING ? ou_raise_value_error(vm, "Cell is empty") : ou_incref(content);
}

static OU_SETTER(cell_set_contents) {
    ou_slot_set(&vm->heap, &ou_as_cell_object(self)->content, ou_incref(value));
    return 0;
}

static OU_UNARY(cell_repr) {
    OuValue content = ou_as_cell_object(self)->content;
    return content == OU_NOTHING ? ou_format(vm, "<cell at 0x%lx: empty>", (unsigned long)self)
                                 : ou_format(vm, "<cell at 0x%lx: %T object at 0x%lx>", (unsigned long)self, content,
                                             (unsigned long)content);
}

static const OuGetSetDef cell_getsets[] = {{"cell_contents", cell_contents, cell_set_contents}, OU_GETSET_END};
const OuNativeType ou_cell_type = {.final = true, .slots = {.repr = cell_repr}, .getsets = cell_getsets};
