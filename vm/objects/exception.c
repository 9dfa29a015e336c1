/* Exceptions: instances with args, traceback, cause, context and one word more that belongs to the type. */
#include "vm/lib/lib.h"
#include "vm/objects/help.h"

bool ou_is_exception(OuVM *vm, OuValue value) {
    return ou_is_cell(value) && ou_is_instance_kind(ou_cell(value)->kind) &&
           (ou_instance_type(vm, ou_cell(value))->flags & OU_TYPE_EXCEPTION) != 0;
}

OuValue ou_exception_new(OuVM *vm, OuType *type, OuValue args_take) {
    OuInstance *self = args_take != OU_NOTHING ? ou_instance_new(vm, type) : NULL;
    if (self == NULL) { return ou_dropped(vm, args_take); }
    ou_slot_init(&self->words[OU_EXC_ARGS], args_take);
    return ou_word(self);
}

static OuTuple *args_of(OuValue self) { return ou_as_tuple(*ou_exception_field(self, OU_EXC_ARGS)); }

/* Replaces a field; the value is consumed, OU_NOTHING: raised. */
static int set_field_take(OuVM *vm, OuValue self, unsigned field, OuValue value) {
    if (value == OU_NOTHING) { return -1; }
    ou_slot_set(&vm->heap, ou_exception_field(self, field), value);
    return 0;
}

OuValue ou_exception_item(OuValue self, unsigned item) {
    OuValue extra = *ou_exception_field(self, OU_EXC_EXTRA);
    size_t index = item & 0xff;
    bool there = ou_is_tuple(extra) && index < ou_tuple_length(ou_as_tuple(extra));
    return ou_or_none(there ? ou_as_tuple(extra)->items[index] : OU_NONE);
}

/* A tuple is never changed: another one takes its place. */
int ou_exception_set_item(OuVM *vm, OuValue self, unsigned item, OuValue value) {
    unsigned total = item >> 8 & 0x7f, index = item & 0xff;
    OuTuple *fresh = ou_tuple_new(vm, total);
    for (unsigned i = 0; fresh != NULL && i < total; i++) {
        ou_slot_init(&fresh->items[i], i == index ? ou_or_none(value) : ou_exception_item(self, i));
    }
    return set_field_take(vm, self, OU_EXC_EXTRA, ou_word(fresh));
}

/* --- BaseException -------------------------------------------------------------------------------------------------------------- */

static uint32_t positional(uint32_t nargs, OuValue kwnames) { return nargs - ou_keyword_count(kwnames); }
static OU_MAKE(base_make) { return ou_exception_new(vm, type, ou_tuple_from(vm, args, positional(nargs, kwnames))); }

static int set_args(OuVM *vm, OuValue self, const OuValue *args, uint32_t nargs) {
    return set_field_take(vm, self, OU_EXC_ARGS, ou_tuple_from(vm, args, nargs));
}

static OU_INIT(base_init) {
    int count = ou_positional(vm, ou_type_name(vm, self), true, 0, -1, nargs, kwnames);
    return count < 0 ? -1 : set_args(vm, self, args, nargs);
}

static OU_UNARY(base_repr) {
    OuTuple *args = args_of(self);
    return ou_tuple_length(args) == 1 ? ou_format(vm, "%T(%R)", self, args->items[0])
                                      : ou_format(vm, "%T%R", self, ou_word(args));
}

static OU_UNARY(base_str) {
    OuTuple *args = args_of(self);
    size_t count = ou_tuple_length(args);
    return count == 0 ? ou_incref(ou_word(vm->empty_str)) : ou_str(vm, count == 1 ? args->items[0] : ou_word(args));
}

static int no_delete(OuVM *vm, OuValue value, const char *what) {
    return value != OU_NOTHING ? 0 : ou_raised_type(vm, "%s may not be deleted", what);
}

static OU_SETTER(set_args_value) {
    return set_field_take(vm, self, OU_EXC_ARGS,
                          no_delete(vm, value, "args") < 0 ? OU_NOTHING : ou_tuple_of(vm, value));
}

static OU_UNARY(get_suppress) { return ou_new_bool(ou_cell(self)->flags & OU_EXC_SUPPRESS_CONTEXT); }

static int set_field(OuVM *vm, OuValue self, unsigned field, OuValue value) {
    ou_slot_set(&vm->heap, ou_exception_field(self, field), value == OU_NONE ? OU_NOTHING : ou_incref(value));
    return 0;
}

static OU_SETTER(set_traceback) {
    if (no_delete(vm, value, "__traceback__") < 0) { return -1; }
    if (value != OU_NONE && !ou_is_kind(value, OU_KIND_TRACEBACK)) {
        return ou_raised_type(vm, "__traceback__ must be a traceback or None");
    }
    return set_field(vm, self, OU_EXC_TRACEBACK, value);
}

/* __cause__ or __context__ */
static int set_link(OuVM *vm, OuValue self, OuValue value, unsigned field, const char *what) {
    if (no_delete(vm, value, field == OU_EXC_CAUSE ? "__cause__" : "__context__") < 0) { return -1; }
    if (value != OU_NONE && !ou_is_exception(vm, value)) {
        return ou_raised_type(vm, "exception %s must be None or derive from BaseException", what);
    }
    if (field == OU_EXC_CAUSE) { ou_cell(self)->flags |= OU_EXC_SUPPRESS_CONTEXT; }
    return set_field(vm, self, field, value);
}

static OU_SETTER(set_cause) { return set_link(vm, self, value, OU_EXC_CAUSE, "cause"); }
static OU_SETTER(set_context) { return set_link(vm, self, value, OU_EXC_CONTEXT, "context"); }

static OU_SETTER(set_suppress) {
    if (value == OU_NOTHING) { return ou_raised_type(vm, "can't delete numeric/char attribute"); }
    int truth = ou_truth(vm, value);
    if (truth < 0) { return -1; }
    ou_cell(self)->flags =
        (uint8_t)((ou_cell(self)->flags & ~OU_EXC_SUPPRESS_CONTEXT) | (truth ? OU_EXC_SUPPRESS_CONTEXT : 0));
    return 0;
}

static OU_NATIVE(base_with_traceback) {
    return set_traceback(vm, args[0], args[1]) < 0 ? OU_NOTHING : ou_incref(args[0]);
}

OU_LIBRARY_METHOD(base_add_note)

static const OuNativeDef base_methods[] = {
    {"with_traceback", base_with_traceback, "Sets __traceback__ and returns self.", 1, 1},
    {"add_note", base_add_note, "Adds a line shown with the traceback.", 1, 1, 0, 1},
    OU_DEF_END};
#define FIELD(title, setter, which) \
    { .name = title, .set = setter, .field = offsetof(OuInstance, words[which]) }
static const OuGetSetDef base_getsets[] = {
    FIELD("args", set_args_value, OU_EXC_ARGS),           FIELD("__traceback__", set_traceback, OU_EXC_TRACEBACK),
    FIELD("__cause__", set_cause, OU_EXC_CAUSE),          FIELD("__context__", set_context, OU_EXC_CONTEXT),
    {"__suppress_context__", get_suppress, set_suppress}, OU_GETSET_END};
static const OuNativeType base_type = {
    .slots = {.repr = base_repr, .str = base_str, .make = base_make, .init = base_init},
    .methods = base_methods,
    .getsets = base_getsets};

/* --- one value: StopIteration, SystemExit -------------------------------------------------------------------------------------------- */

static OU_INIT(value_init) {
    if (base_init(vm, self, args, nargs, kwnames) < 0) { return -1; }
    OuValue value = nargs == 0 ? OU_NONE : args[0];
    bool exit = ou_type_is_subtype(ou_type_of(vm, self), vm->exceptions[OU_EXC_SystemExit]);
    if (exit && nargs > 1) { value = ou_word(args_of(self)); }
    return set_field_take(vm, self, OU_EXC_EXTRA, ou_incref(value));
}

static OU_SETTER(set_value) { return set_field_take(vm, self, OU_EXC_EXTRA, ou_or_none(value)); }

static const OuGetSetDef stop_getsets[] = {FIELD("value", set_value, OU_EXC_EXTRA), OU_GETSET_END};
static const OuGetSetDef exit_getsets[] = {FIELD("code", set_value, OU_EXC_EXTRA), OU_GETSET_END};
static const OuNativeType stop_type = {.slots = {.init = value_init}, .getsets = stop_getsets};
static const OuNativeType exit_type = {.slots = {.init = value_init}, .getsets = exit_getsets};

/* --- KeyError --------------------------------------------------------------------------------------------------------------------------- */

static OU_UNARY(key_str) {
    OuTuple *args = args_of(self);
    return ou_tuple_length(args) == 1 ? ou_repr(vm, args->items[0]) : base_str(vm, self);
}

static const OuNativeType key_type = {.slots = {.str = key_str}};

/* --- OSError: errno, strerror, filename, filename2 --------------------------------------------------------------------------------------- */

static OU_MAKE(os_make) {
    int64_t error;
    uint32_t count = positional(nargs, kwnames);
    bool detailed = count >= 2 && count <= 5;
    if (type == vm->exceptions[OU_EXC_OSError] && detailed && ou_as_i64(vm, args[0], &error)) {
        type = vm->exceptions[ou_errno_exception((int)error)];
    }
    OuValue self = base_make(vm, type, args, nargs, kwnames);
    if (self == OU_NOTHING || !detailed) { return self; }
    OuValue parts[4] = {args[0], args[1], count > 2 ? args[2] : OU_NONE, count > 4 ? args[4] : OU_NONE};
    /* The file names are in extra only. */
    bool complete =
        set_field_take(vm, self, OU_EXC_EXTRA, ou_tuple_from(vm, parts, 4)) == 0 && set_args(vm, self, args, 2) == 0;
    return complete ? self : ou_dropped(vm, self);
}

/* Everything happened in __new__, as in CPython; a subclass with its own __init__ keeps that. */
static OU_INIT(os_init) { return ou_positional(vm, ou_type_name(vm, self), true, 0, -1, nargs, kwnames) < 0 ? -1 : 0; }

static OU_UNARY(os_str) {
    OuValue extra = *ou_exception_field(self, OU_EXC_EXTRA);
    if (!ou_is_tuple(extra)) { return base_str(vm, self); }
    const OuValue *parts = ou_as_tuple(extra)->items;
    if (parts[2] != OU_NONE && parts[3] != OU_NONE) {
        return ou_format(vm, "[Errno %S] %S: %R -> %R", parts[0], parts[1], parts[2], parts[3]);
    }
    return parts[2] != OU_NONE ? ou_format(vm, "[Errno %S] %S: %R", parts[0], parts[1], parts[2])
                               : ou_format(vm, "[Errno %S] %S", parts[0], parts[1]);
}

/* An item of the extra tuple as an attribute. */
#define ITEM(title, total, index) \
    { .name = title, .field = OU_EXC_ITEM(total, index) }
static const OuGetSetDef os_getsets[] = {ITEM("errno", 4, 0), ITEM("strerror", 4, 1), ITEM("filename", 4, 2),
                                         ITEM("filename2", 4, 3), OU_GETSET_END};
static const OuNativeType os_type = {.slots = {.make = os_make, .init = os_init, .str = os_str}, .getsets = os_getsets};

/* --- SyntaxError: msg, filename, lineno, offset, text, end_lineno, end_offset -------------------------------------------------------------- */

static OU_INIT(syntax_init) {
    if (base_init(vm, self, args, nargs, kwnames) < 0) { return -1; }
    OuItems details = nargs == 2 && ou_is_tuple(args[1]) ? ou_items(args[1]) : (OuItems){0};
    OuValue parts[7] = {nargs > 0 ? args[0] : OU_NONE};
    for (size_t i = 1; i < 7; i++) { parts[i] = i <= details.count ? details.at[i - 1] : OU_NONE; }
    return set_field_take(vm, self, OU_EXC_EXTRA, ou_tuple_from(vm, parts, 7));
}

static const OuGetSetDef syntax_getsets[] = {ITEM("msg", 7, 0),        ITEM("filename", 7, 1), ITEM("lineno", 7, 2),
                                             ITEM("offset", 7, 3),     ITEM("text", 7, 4),     ITEM("end_lineno", 7, 5),
                                             ITEM("end_offset", 7, 6), OU_GETSET_END};

static OU_UNARY(syntax_str) { return ou_library_method(vm, "syntax_str", &self, 1); }

static const OuNativeType syntax_type = {.slots = {.init = syntax_init, .str = syntax_str}, .getsets = syntax_getsets};

/* --- ImportError: msg, name, path; NameError, AttributeError: name, obj ---------------------------------------------------------------------- */

static OU_INIT(named_init) {
    OuType *type = ou_type_of(vm, self);
    bool has_msg = ou_type_is_subtype(type, vm->exceptions[OU_EXC_ImportError]);
    const char *names = has_msg                                                           ? "name path"
                        : ou_type_is_subtype(type, vm->exceptions[OU_EXC_AttributeError]) ? "name obj"
                                                                                          : "name";
    uint32_t count = positional(nargs, kwnames);
    OuValue out[2] = {OU_NOTHING, OU_NOTHING};
    if (count != nargs &&
        ou_make_args(vm, ou_type_name(vm, self), names, 0, 0, args + count, nargs - count, kwnames, out) < 0) {
        return -1;
    }
    if (set_args(vm, self, args, count) < 0) { return -1; }
    if (!has_msg && out[0] == OU_NOTHING && out[1] == OU_NOTHING) { return 0; }
    OuValue parts[3] = {ou_incref(count == 1 ? args[0] : OU_NONE), ou_or_none(out[0]), ou_or_none(out[1])};
    return set_field_take(vm, self, OU_EXC_EXTRA, ou_tuple_from_take(vm, parts, 3));
}

static const OuGetSetDef import_getsets[] = {ITEM("msg", 3, 0), ITEM("name", 3, 1), ITEM("path", 3, 2), OU_GETSET_END};
static const OuGetSetDef attribute_getsets[] = {ITEM("name", 3, 1), ITEM("obj", 3, 2), OU_GETSET_END};
static const OuGetSetDef name_getsets[] = {ITEM("name", 3, 1), OU_GETSET_END};
static const OuNativeType import_type = {.slots = {.init = named_init}, .getsets = import_getsets};
static const OuNativeType attribute_type = {.slots = {.init = named_init}, .getsets = attribute_getsets};
static const OuNativeType name_type = {.slots = {.init = named_init}, .getsets = name_getsets};

/* --- Unicode errors: encoding, object, start, end, reason ---------------------------------------------------------------------------------------- */

static OU_INIT(unicode_init) {
    if (base_init(vm, self, args, nargs, kwnames) < 0) { return -1; }
    if (nargs != 5) { return ou_raised_type(vm, "function takes exactly 5 arguments (%u given)", nargs); }
    return set_field_take(vm, self, OU_EXC_EXTRA, ou_incref(ou_word(args_of(self))));
}

static OU_UNARY(unicode_str) {
    if (!ou_is_tuple(*ou_exception_field(self, OU_EXC_EXTRA))) { return base_str(vm, self); }
    return ou_library_method(vm, "unicode_str", &self, 1);
}

static const OuGetSetDef unicode_getsets[] = {ITEM("encoding", 5, 0), ITEM("object", 5, 1), ITEM("start", 5, 2),
                                              ITEM("end", 5, 3),      ITEM("reason", 5, 4), OU_GETSET_END};
static const OuNativeType unicode_type = {.slots = {.init = unicode_init, .str = unicode_str},
                                          .getsets = unicode_getsets};

/* --- the tree --------------------------------------------------------------------------------------------------------------------------------------- */

/* What is special about a type; the others inherit all. */
static const OuNativeType *const details[OU_EXC_COUNT] = {
    [OU_EXC_BaseException] = &base_type,
    [OU_EXC_StopIteration] = &stop_type,
    [OU_EXC_SystemExit] = &exit_type,
    [OU_EXC_KeyError] = &key_type,
    [OU_EXC_OSError] = &os_type,
    [OU_EXC_SyntaxError] = &syntax_type,
    [OU_EXC_ImportError] = &import_type,
    [OU_EXC_AttributeError] = &attribute_type,
    [OU_EXC_NameError] = &name_type,
    [OU_EXC_UnicodeDecodeError] = &unicode_type,
    [OU_EXC_UnicodeEncodeError] = &unicode_type,
};

int ou_exceptions_setup(OuVM *vm) {
    enum { OU_EXC_object = -1 };
#define ROW(name, base) {#name, OU_EXC_##base},
    static const struct {
        const char *name;
        int base;
    } tree[] = {OU_EXCEPTIONS(ROW)};
    for (int i = 0; i < OU_EXC_COUNT; i++) {
        OuType *base = tree[i].base < 0 ? vm->types[OU_TYPE_OBJECT] : vm->exceptions[tree[i].base];
        OuType *type = ou_type_new_native(vm, tree[i].name, base, (OuTypeIndex)(OU_TYPE_COUNT + i));
        if (type == NULL) { return -1; }
        vm->exceptions[i] = type;
        type->flags |= OU_TYPE_EXCEPTION;
        type->slot_base = OU_EXC_WORDS;
        static const OuNativeType empty = {.doc = NULL};
        const OuNativeType *native = details[i];
        if (ou_type_fill_native(vm, type, native != NULL ? native : &empty) < 0) { return -1; }
        type->native = native != NULL ? native : base->native;
        ou_type_finish_native(vm, type);
    }
    vm->memory_error = ou_exception_new(vm, vm->exceptions[OU_EXC_MemoryError], ou_incref(ou_word(vm->empty_tuple)));
    if (vm->memory_error == OU_NOTHING) { return -1; }
    ou_cell(vm->memory_error)->flags |= OU_FLAG_FINALIZER; /* see instance_finalize */
    vm->memory_reserved = true;
    return 0;
}
