/* Special methods. One table ties each slot to its methods; from it come the wrapper descriptors of built-in types
 * (int.__add__), the trampolines of classes, and the rule which of the two a class's slot holds. */
#include "vm/special.h"

#include "vm/objects/help.h"
#include "vm/loop.h"

/* --- trampolines ---------------------------------------------------------------------------------------------------- */

static OuValue call(OuVM *vm, OuValue self, OuNameIndex name, const OuValue *args, uint32_t nargs) {
    OuValue out;
    int found = ou_call_special(vm, self, vm->names[name], args, nargs, &out);
    if (found == 0) { ou_raise_no_attribute(vm, self, vm->names[name]); }
    return found > 0 ? out : OU_NOTHING;
}

#define UNARY(slot, NAME) \
    static OuValue py_##slot(OuVM *vm, OuValue self) { return call(vm, self, OU_NAME_##NAME, NULL, 0); }
UNARY(index, index)
UNARY(as_int, int)
UNARY(as_float, float)
UNARY(negative, neg)
UNARY(positive, pos)
UNARY(invert, invert)
UNARY(absolute, abs)
UNARY(repr, repr)
UNARY(str, str)
UNARY(next, next) /* StopIteration stays pending: the callers of next know it */

OuValue ou_checked_iterator_take(OuVM *vm, OuValue iterator) {
    if (iterator == OU_NOTHING || ou_type_of(vm, iterator)->slots.next != NULL) { return iterator; }
    ou_raise_type_error(vm, "iter() returned non-iterator of type '%T'", iterator);
    return ou_dropped(vm, iterator);
}

int ou_checked_bool_take(OuVM *vm, OuValue truth) {
    if (truth != OU_NOTHING && truth != OU_TRUE && truth != OU_FALSE) {
        ou_raise_type_error(vm, "__bool__ should return bool, returned %T", truth);
        truth = ou_dropped(vm, truth);
    }
    ou_drop(vm, truth);
    return truth == OU_NOTHING ? -1 : truth == OU_TRUE;
}

int ou_checked_none_take(OuVM *vm, OuValue none) {
    int status = none == OU_NONE ? 0 : ou_raised_type(vm, "__init__() should return None, not '%T'", none);
    ou_drop(vm, none);
    return status;
}

static OuValue py_iter(OuVM *vm, OuValue self) {
    if (ou_type_lookup(vm, ou_type_of(vm, self), vm->names[OU_NAME_iter]) == OU_NONE) {
        return ou_raise_type_error(vm, "'%T' object is not iterable", self);
    }
    return ou_checked_iterator_take(vm, call(vm, self, OU_NAME_iter, NULL, 0));
}

static int py_hash(OuVM *vm, OuValue self, int64_t *out) {
    OuValue method = ou_type_lookup(vm, ou_type_of(vm, self), vm->names[OU_NAME_hash]);
    if (method == OU_NONE || method == OU_NOTHING) { return ou_raised_type(vm, "unhashable type: '%T'", self); }
    OuValue result = call(vm, self, OU_NAME_hash, NULL, 0);
    if (result == OU_NOTHING) { return -1; }
    OuValue number = ou_plain_peek(vm, result, OU_KIND_INT);
    if (number == OU_NOTHING) {
        ou_raise_type_error(vm, "__hash__ method should return an integer");
        return ou_raised(ou_dropped(vm, result));
    }
    if (!ou_int_to_i64(number, out)) { *out = ou_int_hash(number); }
    *out = *out == -1 ? -2 : *out;
    ou_drop(vm, result);
    return 0;
}

/* Calls with `first` in front of the arguments; what it calls (taken over) is released before the copies. */
static OuValue call_in_front(OuVM *vm, OuValue callee_take, OuValue first, const OuValue *args, uint32_t nargs,
                             OuValue kwnames) {
    OuValue *regs = ou_regs_open(vm, nargs + 2);
    if (regs == NULL) { return ou_dropped(vm, callee_take); }
    regs[0] = callee_take;
    regs[1] = ou_incref(first);
    for (uint32_t i = 0; i < nargs; i++) { regs[i + 2] = ou_incref(args[i]); }
    OuValue result = ou_call_kw(vm, regs[0], regs + 1, nargs + 1, kwnames);
    return ou_regs_close_keeping(vm, regs, result);
}

/* Calls a special method with the arguments of a call. 0 there is none, -1 raised. */
static int call_as_called(OuVM *vm, OuValue self, OuNameIndex name, const OuValue *args, uint32_t nargs,
                          OuValue kwnames, OuValue *out) {
    OuValue method;
    bool unbound;
    int found = ou_find_special(vm, self, vm->names[name], &method, &unbound);
    if (found <= 0) { return found; }
    if (unbound) {
        *out = call_in_front(vm, method, self, args, nargs, kwnames);
    } else {
        *out = ou_call_kw(vm, method, args, nargs, kwnames);
        OuValue *dead = vm->top++; /* the method dies while C holds the result, or an exception is pending */
        *dead = method;
        ou_regs_close_keeping(vm, dead, *out);
    }
    return *out == OU_NOTHING ? -1 : 1;
}

static OuValue py_call(OuVM *vm, OuValue self, const OuValue *args, uint32_t nargs, OuValue kwnames) {
    OuValue out;
    int found = call_as_called(vm, self, OU_NAME_call, args, nargs, kwnames, &out);
    if (found == 0) { return ou_raise_type_error(vm, "'%T' object is not callable", self); }
    return found > 0 ? out : OU_NOTHING;
}

static OuValue py_getattr(OuVM *vm, OuValue self, OuStr *name) {
    OuType *type = ou_type_of(vm, self);
    OuValue plain = ou_type_lookup(vm, vm->types[OU_TYPE_OBJECT], vm->names[OU_NAME_getattribute]);
    OuValue over = ou_type_lookup(vm, type, vm->names[OU_NAME_getattribute]);
    OuValue argument = ou_word(name);
    OuValue value = over == plain || over == OU_NOTHING ? ou_getattr_generic(vm, self, name)
                                                        : call(vm, self, OU_NAME_getattribute, &argument, 1);
    if (value != OU_NOTHING || !ou_pending_is(vm, OU_EXC_AttributeError)) { return value; }
    if (ou_type_lookup(vm, ou_type_of(vm, self), vm->names[OU_NAME_getattr]) == OU_NOTHING) { return OU_NOTHING; }
    ou_clear_pending(vm);
    return call(vm, self, OU_NAME_getattr, &argument, 1);
}

/* Calls __setitem__ or its kin, without a value __delitem__ or its kin. */
static int change(OuVM *vm, OuValue self, OuNameIndex set, OuNameIndex delete, OuValue first, OuValue value) {
    OuValue args[2] = {first, value};
    bool deletes = value == OU_NOTHING;
    return ou_status_take(vm, call(vm, self, deletes ? delete : set, args, deletes ? 1 : 2));
}

static int py_setattr(OuVM *vm, OuValue self, OuStr *name, OuValue value) {
    return change(vm, self, OU_NAME_setattr, OU_NAME_delattr, ou_word(name), value);
}

const OuNameIndex ou_compare_names[] = {OU_NAME_lt, OU_NAME_le, OU_NAME_eq, OU_NAME_ne, OU_NAME_gt, OU_NAME_ge};

OuValue ou_special_attempt(OuVM *vm, OuValue object, OuNameIndex name, OuValue argument) {
    OuValue out;
    int found = ou_call_special(vm, object, vm->names[name], &argument, 1, &out);
    return found > 0 ? out : found < 0 ? OU_NOTHING : ou_not_implemented();
}

static OU_COMPARE(py_compare) { return ou_special_attempt(vm, a, ou_compare_names[op], b); }

static int64_t py_len(OuVM *vm, OuValue self) {
    OuValue result = call(vm, self, OU_NAME_len, NULL, 0);
    if (result == OU_NOTHING) { return -1; }
    OuValue number = ou_index(vm, result);
    ou_drop(vm, result);
    if (number == OU_NOTHING) { return -1; }
    int64_t length;
    bool fits = ou_int_to_i64(number, &length);
    int sign = ou_int_sign(number);
    ou_drop(vm, number);
    if (sign < 0) { return ou_raised_value(vm, "__len__() should return >= 0"); }
    if (!fits) { return ou_raised(ou_raise(vm, OU_EXC_OverflowError, "cannot fit 'int' into an index-sized integer")); }
    return length;
}

static int py_contains(OuVM *vm, OuValue self, OuValue item) {
    if (ou_type_lookup(vm, ou_type_of(vm, self), vm->names[OU_NAME_contains]) == OU_NONE) {
        return ou_raised_type(vm, "'%T' object is not a container", self);
    }
    return ou_truth_take(vm, call(vm, self, OU_NAME_contains, &item, 1));
}

static OuValue py_getitem(OuVM *vm, OuValue self, OuValue key) { return call(vm, self, OU_NAME_getitem, &key, 1); }

static int py_setitem(OuVM *vm, OuValue self, OuValue key, OuValue value) {
    OuNameIndex name = value == OU_NOTHING ? OU_NAME_delitem : OU_NAME_setitem;
    if (ou_type_lookup(vm, ou_type_of(vm, self), vm->names[name]) == OU_NOTHING) {
        return value == OU_NOTHING ? ou_raised_type(vm, "'%T' object doesn't support item deletion", self)
                                   : ou_raised_type(vm, "'%T' object does not support item assignment", self);
    }
    return change(vm, self, OU_NAME_setitem, OU_NAME_delitem, key, value);
}

static int py_truth(OuVM *vm, OuValue self) { return ou_checked_bool_take(vm, call(vm, self, OU_NAME_bool, NULL, 0)); }

static OuValue py_descr_get(OuVM *vm, OuValue self, OuValue object, OuValue type) {
    OuValue args[2] = {object == OU_NOTHING ? OU_NONE : object, type};
    if (ou_type_lookup(vm, ou_type_of(vm, self), vm->names[OU_NAME_get]) == OU_NOTHING) { return ou_incref(self); }
    return call(vm, self, OU_NAME_get, args, 2);
}

static int py_descr_set(OuVM *vm, OuValue self, OuValue object, OuValue value) {
    OuStr *name = vm->names[value == OU_NOTHING ? OU_NAME_delete : OU_NAME_set];
    return ou_type_lookup(vm, ou_type_of(vm, self), name) == OU_NOTHING
               ? ou_raised(ou_raise(vm, OU_EXC_AttributeError, "%N", name))
               : change(vm, self, OU_NAME_set, OU_NAME_delete, object, value);
}

static OuValue py_make(OuVM *vm, OuType *type, const OuValue *args, uint32_t nargs, OuValue kwnames) {
    OuValue method = ou_type_lookup(vm, type, vm->names[OU_NAME_new]);
    if (method == OU_NOTHING) { return ou_raise_type_error(vm, "cannot create '%K' instances", type); }
    OuValue callee = ou_descr_get(vm, method, OU_NOTHING, type);
    return callee == OU_NOTHING ? OU_NOTHING : call_in_front(vm, callee, ou_word(type), args, nargs, kwnames);
}

static int py_init(OuVM *vm, OuValue self, const OuValue *args, uint32_t nargs, OuValue kwnames) {
    OuValue out;
    int found = call_as_called(vm, self, OU_NAME_init, args, nargs, kwnames, &out);
    return found <= 0 ? found : ou_checked_none_take(vm, out);
}

#define IN_PLACE_NAMES(op, name, sign) [OU_BIN_##op] = {OU_NAME_##name, OU_NAME_r##name, OU_NAME_i##name},
const OuNameIndex ou_binary_names[OU_BIN_COUNT][3] = {
    OU_IN_PLACE_OPERATORS(IN_PLACE_NAMES)[OU_BIN_DIVMOD] = {OU_NAME_divmod, OU_NAME_rdivmod}};

static bool binary_is_python(const OuType *type, OuBinary op);

/* a op b where at least one side's class defines the operator in Python. */
static OuValue py_binary(OuVM *vm, OuBinary op, OuValue a, OuValue b) {
    OuType *left = ou_type_of(vm, a), *right = ou_type_of(vm, b);
    OuNameIndex name = ou_binary_names[op][0], reflected = ou_binary_names[op][1];
    bool right_too = left != right && binary_is_python(right, op);
    if (binary_is_python(left, op)) {
        if (right_too && ou_type_is_subtype(right, left) &&
            ou_type_lookup(vm, right, vm->names[reflected]) != ou_type_lookup(vm, left, vm->names[reflected])) {
            OuValue result = ou_special_attempt(vm, b, reflected, a);
            if (ou_answered(vm, result)) { return result; }
            right_too = false;
        }
        OuValue result = ou_special_attempt(vm, a, name, b);
        if (result != OU_NOTIMPLEMENTED || left == right) { return result; }
        ou_drop(vm, result);
    }
    return right_too ? ou_special_attempt(vm, b, reflected, a) : ou_not_implemented();
}

#define BINARY(op, name, sign) \
    static OuValue py_##op(OuVM *vm, OuValue a, OuValue b) { return py_binary(vm, OU_BIN_##op, a, b); }
OU_BINARY_OPERATORS(BINARY)
#define IN_PLACE(op, name, sign) \
    static OuValue py_i##op(OuVM *vm, OuValue a, OuValue b) { return call(vm, a, OU_NAME_i##name, &b, 1); }
OU_IN_PLACE_OPERATORS(IN_PLACE)

#define SLOT(op, name, sign) [OU_BIN_##op] = py_##op,
static OuValue (*const py_binary_slots[OU_BIN_COUNT])(OuVM *, OuValue, OuValue) = {OU_BINARY_OPERATORS(SLOT)};
static bool binary_is_python(const OuType *type, OuBinary op) { return type->slots.binary[op] == py_binary_slots[op]; }

bool ou_slot_is_python(const OuType *type, OuSlotIndex slot) {
    const OuSlots *slots = &type->slots;
    switch (slot) {
    case OU_SLOT_COMPARE: return slots->compare == py_compare;
    case OU_SLOT_CONTAINS: return slots->contains == py_contains;
    case OU_SLOT_TRUTH: return slots->truth == py_truth;
    case OU_SLOT_GETITEM: return slots->getitem == py_getitem;
    case OU_SLOT_SETITEM: return slots->setitem == py_setitem;
    case OU_SLOT_ITER: return slots->iter == py_iter;
    case OU_SLOT_NEXT: return slots->next == py_next;
    case OU_SLOT_CALL: return slots->call == py_call;
    case OU_SLOT_SETATTR: return slots->setattr == py_setattr;
    default: return slots->binary[slot - OU_SLOT_BINARY] == py_binary_slots[slot - OU_SLOT_BINARY];
    }
}

/* --- the table ---------------------------------------------------------------------------------------------------------- */

typedef enum WrapKind {
    WRAP_UNARY,
    WRAP_NEXT,
    WRAP_HASH,
    WRAP_CALL,
    WRAP_GETATTRIBUTE,
    WRAP_GETATTR,
    WRAP_SETATTR,
    WRAP_DELATTR,
    WRAP_COMPARE,
    WRAP_LEN,
    WRAP_CONTAINS,
    WRAP_GETITEM,
    WRAP_SETITEM,
    WRAP_DELITEM,
    WRAP_TRUTH,
    WRAP_GET,
    WRAP_SET,
    WRAP_DELETE,
    WRAP_NEW,
    WRAP_INIT,
    WRAP_BINARY,
    WRAP_REFLECTED,
    WRAP_INPLACE
} WrapKind;

typedef void (*AnySlot)(void);

typedef struct SlotEntry {
    OuNameIndex name;
    uint16_t offset; /* of the function in OuSlots */
    uint8_t kind;    /* WrapKind */
    uint8_t extra;   /* OuCompare or OuBinary */
    AnySlot python;  /* the trampoline */
} SlotEntry;

#define ENTRY(NAME, field, KIND, EXTRA, function) \
    { OU_NAME_##NAME, (uint16_t)offsetof(OuSlots, field), KIND, EXTRA, (AnySlot)function }
#define BINARY_ENTRIES(op, name, sign)                                   \
    ENTRY(name, binary[OU_BIN_##op], WRAP_BINARY, OU_BIN_##op, py_##op), \
        ENTRY(r##name, binary[OU_BIN_##op], WRAP_REFLECTED, OU_BIN_##op, py_##op),
#define IN_PLACE_ENTRY(op, name, sign) ENTRY(i##name, inplace[OU_BIN_##op], WRAP_INPLACE, OU_BIN_##op, py_i##op),
static const SlotEntry entries[] = {ENTRY(repr, repr, WRAP_UNARY, 0, py_repr),
                                    ENTRY(str, str, WRAP_UNARY, 0, py_str),
                                    ENTRY(hash, hash, WRAP_HASH, 0, py_hash),
                                    ENTRY(call, call, WRAP_CALL, 0, py_call),
                                    ENTRY(getattribute, getattr, WRAP_GETATTRIBUTE, 0, py_getattr),
                                    ENTRY(getattr, getattr, WRAP_GETATTR, 0, py_getattr),
                                    ENTRY(setattr, setattr, WRAP_SETATTR, 0, py_setattr),
                                    ENTRY(delattr, setattr, WRAP_DELATTR, 0, py_setattr),
                                    ENTRY(lt, compare, WRAP_COMPARE, OU_LT, py_compare),
                                    ENTRY(le, compare, WRAP_COMPARE, OU_LE, py_compare),
                                    ENTRY(eq, compare, WRAP_COMPARE, OU_EQ, py_compare),
                                    ENTRY(ne, compare, WRAP_COMPARE, OU_NE, py_compare),
                                    ENTRY(gt, compare, WRAP_COMPARE, OU_GT, py_compare),
                                    ENTRY(ge, compare, WRAP_COMPARE, OU_GE, py_compare),
                                    ENTRY(iter, iter, WRAP_UNARY, 0, py_iter),
                                    ENTRY(next, next, WRAP_NEXT, 0, py_next),
                                    ENTRY(len, len, WRAP_LEN, 0, py_len),
                                    ENTRY(contains, contains, WRAP_CONTAINS, 0, py_contains),
                                    ENTRY(getitem, getitem, WRAP_GETITEM, 0, py_getitem),
                                    ENTRY(setitem, setitem, WRAP_SETITEM, 0, py_setitem),
                                    ENTRY(delitem, setitem, WRAP_DELITEM, 0, py_setitem),
                                    ENTRY(bool, truth, WRAP_TRUTH, 0, py_truth),
                                    ENTRY(get, descr_get, WRAP_GET, 0, py_descr_get),
                                    ENTRY(set, descr_set, WRAP_SET, 0, py_descr_set),
                                    ENTRY(delete, descr_set, WRAP_DELETE, 0, py_descr_set),
                                    ENTRY(new, make, WRAP_NEW, 0, py_make),
                                    ENTRY(init, init, WRAP_INIT, 0, py_init),
                                    ENTRY(index, index, WRAP_UNARY, 0, py_index),
                                    ENTRY(int, as_int, WRAP_UNARY, 0, py_as_int),
                                    ENTRY(float, as_float, WRAP_UNARY, 0, py_as_float),
                                    ENTRY(neg, negative, WRAP_UNARY, 0, py_negative),
                                    ENTRY(pos, positive, WRAP_UNARY, 0, py_positive),
                                    ENTRY(invert, invert, WRAP_UNARY, 0, py_invert),
                                    ENTRY(abs, absolute, WRAP_UNARY, 0, py_absolute),
                                    OU_BINARY_OPERATORS(BINARY_ENTRIES) OU_IN_PLACE_OPERATORS(IN_PLACE_ENTRY)};
#define ENTRY_COUNT (sizeof entries / sizeof entries[0])

static AnySlot *slot_at(OuSlots *slots, const SlotEntry *entry) {
    return (AnySlot *)(void *)((char *)slots + entry->offset);
}

/* Sets one slot field of a class from what its methods are along the MRO. */
static void update_field(OuVM *vm, OuType *type, uint16_t offset) {
    AnySlot chosen = NULL;
    bool python = false;
    const SlotEntry *any = NULL;
    for (size_t i = 0; i < ENTRY_COUNT; i++) {
        const SlotEntry *entry = &entries[i];
        if (entry->offset != offset) { continue; }
        any = entry;
        OuValue method = ou_type_lookup(vm, type, vm->names[entry->name]);
        if (method == OU_NOTHING) { continue; }
        OuNative *native = NULL;
        if (ou_is_kind(method, OU_KIND_WRAPPER_DESCRIPTOR)) {
            native = ou_as_native(method);
        } else if (entry->kind == WRAP_NEW && ou_is_kind(method, OU_KIND_STATICMETHOD) &&
                   ou_is_kind(((OuWrapped *)(uintptr_t)method)->callable, OU_KIND_WRAPPER_DESCRIPTOR)) {
            native = ou_as_native(((OuWrapped *)(uintptr_t)method)->callable);
        }
        if (native != NULL && entries[native->wrapper].offset == offset) {
            chosen = chosen == NULL ? *slot_at(&native->owner->slots, entry) : chosen;
        } else {
            python = true;
        }
    }
    if (any != NULL) { *slot_at(&type->slots, any) = python ? any->python : chosen; }
    if (any != NULL && any->kind == WRAP_HASH && !python && chosen == NULL) {
        *slot_at(&type->slots, any) = (AnySlot)py_hash;
    }
}

static void update_type(OuVM *vm, OuType *type, const OuStr *name) {
    if (!(type->flags & OU_TYPE_HEAP) && name != NULL) { return; }
    for (size_t i = 0; i < ENTRY_COUNT; i++) {
        if (name == NULL ? (i == 0 || entries[i].offset != entries[i - 1].offset)
                         : vm->names[entries[i].name] == name) {
            update_field(vm, type, entries[i].offset);
        }
    }
}

void ou_slots_update(OuVM *vm, OuType *type, const OuStr *name) {
    if (name->length < 4 || name->data[0] != '_') { return; }
    update_type(vm, type, name);
    for (OuType *sub = NULL; (sub = ou_type_next_subclass(vm, type, sub)) != NULL;) { update_type(vm, sub, name); }
}

/* A class without special methods of its own that has one base shares all its slots. */
void ou_slots_inherit(OuVM *vm, OuType *type) {
    if (type->base != OU_NOTHING && ou_tuple_length(ou_as_tuple(type->bases)) == 1) {
        OuType *base = ou_as_type(type->base);
        OuSlots own = type->slots;
        if (type->flags & OU_TYPE_HEAP) {
            type->slots = base->slots;
            for (size_t i = 0; i < ENTRY_COUNT; i++) {
                if (ou_dict_place(ou_as_dict(type->dict), vm->names[entries[i].name]) != NULL) {
                    update_field(vm, type, entries[i].offset);
                }
            }
            return;
        }
        AnySlot *mine = (AnySlot *)(void *)&own, *theirs = (AnySlot *)(void *)&base->slots;
        for (size_t i = 0; i < sizeof(OuSlots) / sizeof(AnySlot); i++) {
            mine[i] = mine[i] != NULL ? mine[i] : theirs[i];
        }
        /* Equality decides hashing: a built-in type with its own == and no hash is unhashable. */
        if (type->slots.compare != NULL && type->slots.hash == NULL) { own.hash = py_hash; }
        type->slots = own;
        return;
    }
    update_type(vm, type, NULL);
}

int ou_slots_expose(OuVM *vm, OuType *type) {
    OuDict *dict = ou_as_dict(type->dict);
    for (size_t i = 0; i < ENTRY_COUNT; i++) {
        const SlotEntry *entry = &entries[i];
        OuStr *name = vm->names[entry->name];
        if (*slot_at(&type->slots, entry) == NULL || entry->kind == WRAP_GETATTR || ou_dict_place(dict, name) != NULL) {
            continue;
        }
        OuValue wrapper = ou_native_new(vm, OU_KIND_WRAPPER_DESCRIPTOR, NULL, OU_NOTHING, type);
        if (wrapper != OU_NOTHING) {
            ou_as_native(wrapper)->wrapper = (int)i;
            if (entry->kind == WRAP_NEW) { wrapper = ou_wrapped_new_take(vm, OU_KIND_STATICMETHOD, wrapper); }
        }
        if (ou_dict_set_name_take(vm, dict, name, wrapper) < 0) { return -1; }
    }
    if (type->slots.compare != NULL && type->slots.hash == NULL && type->index != OU_TYPE_OBJECT) {
        return ou_dict_set_name(vm, dict, vm->names[OU_NAME_hash], OU_NONE);
    }
    return 0;
}

/* --- calling a wrapper ------------------------------------------------------------------------------------------------------ */

OuStr *ou_slot_wrapper_str(OuVM *vm, int wrapper) { return vm->names[entries[wrapper].name]; }

/* The blank is CPython's: a function without a name. */
static int expect(OuVM *vm, uint32_t given, uint32_t min, uint32_t max) {
    if (max > 1) { return ou_positional(vm, "", false, (int)min, (int)max, given, OU_NOTHING); }
    return given == max ? 0 : ou_raised_type(vm, "expected %u argument%s, got %u", max, max == 1 ? "" : "s", given);
}

/* __new__(cls, ...): args[0] is the class. */
static OuValue call_new(OuVM *vm, OuType *owner, const OuValue *args, uint32_t nargs, OuValue kwnames) {
    if (nargs == 0) { return ou_raise_type_error(vm, "%K.__new__(): not enough arguments", owner); }
    if (!ou_is_type(args[0])) {
        return ou_raise_type_error(vm, "%K.__new__(X): X is not a type object (%T)", owner, args[0]);
    }
    OuType *type = ou_as_type(args[0]);
    if (!ou_type_is_subtype(type, owner)) {
        return ou_raise_type_error(vm, "%K.__new__(%K): %K is not a subtype of %K", owner, type, type, owner);
    }
    if (type->native != NULL && type->native->slots.make != owner->slots.make && !(owner->flags & OU_TYPE_HEAP) &&
        type->native->slots.make != NULL && owner->index == OU_TYPE_OBJECT &&
        (type->payload || (type->flags & OU_TYPE_EXCEPTION))) {
        return ou_raise_type_error(vm, "object.__new__(%K) is not safe, use %s.__new__()", type,
                                   ou_type_name(vm, args[0]));
    }
    return owner->slots.make(vm, type, args + 1, nargs - 1, kwnames);
}

OuValue ou_slot_wrapper_call(OuVM *vm, int wrapper, OuType *owner, const OuValue *args, uint32_t nargs,
                             OuValue kwnames) {
    const SlotEntry *entry = &entries[wrapper];
    if (entry->kind == WRAP_NEW) { return call_new(vm, owner, args, nargs, kwnames); }
    if (nargs == 0) {
        return ou_raise_type_error(vm, "descriptor '%N' of '%K' object needs an argument", vm->names[entry->name],
                                   owner);
    }
    OuValue self = args[0];
    if (!ou_type_is_subtype(ou_type_of(vm, self), owner)) {
        return ou_raise_type_error(vm, "descriptor '%N' requires a '%K' object but received a '%T'",
                                   vm->names[entry->name], owner, self);
    }
    uint32_t rest = nargs - 1;
    const OuValue *a = args + 1;
    OuSlots *slots = &owner->slots;
    if (entry->kind == WRAP_CALL) { return slots->call(vm, self, a, rest, kwnames); }
    if (entry->kind == WRAP_INIT) { return ou_none_unless(slots->init(vm, self, a, rest, kwnames)); }
    if (ou_keyword_count(kwnames)) {
        return ou_raise_type_error(vm, "wrapper %N() takes no keyword arguments", vm->names[entry->name]);
    }
    static const uint8_t most[] = {
        [WRAP_GETATTRIBUTE] = 1, [WRAP_GETATTR] = 1, [WRAP_SETATTR] = 2, [WRAP_DELATTR] = 1,   [WRAP_COMPARE] = 1,
        [WRAP_CONTAINS] = 1,     [WRAP_GETITEM] = 1, [WRAP_SETITEM] = 2, [WRAP_DELITEM] = 1,   [WRAP_GET] = 2,
        [WRAP_SET] = 2,          [WRAP_DELETE] = 1,  [WRAP_BINARY] = 1,  [WRAP_REFLECTED] = 1, [WRAP_INPLACE] = 1};
    bool power = entry->kind == WRAP_BINARY && entry->extra == OU_BIN_POW;
    uint32_t max = power ? 2 : most[entry->kind];
    if (expect(vm, rest, power || entry->kind == WRAP_GET ? 1 : max, max) < 0) { return OU_NOTHING; }
    if (power && rest == 2) { return ou_power(vm, self, a[0], a[1]); }
    AnySlot slot = *slot_at(slots, entry);
    switch ((WrapKind)entry->kind) {
    case WRAP_UNARY: return ((OuValue(*)(OuVM *, OuValue))slot)(vm, self);
    case WRAP_NEXT: {
        OuValue item = slots->next(vm, self);
        return item != OU_NOTHING || vm->pending != OU_NOTHING ? item : ou_raise_stop_iteration(vm, OU_NONE);
    }
    case WRAP_HASH: {
        int64_t hash;
        return slots->hash(vm, self, &hash) < 0 ? OU_NOTHING : ou_int(vm, hash);
    }
    case WRAP_LEN: {
        int64_t length = slots->len(vm, self);
        return length < 0 ? OU_NOTHING : ou_int(vm, length);
    }
    case WRAP_TRUTH: return ou_truth_unless(slots->truth(vm, self));
    case WRAP_GETATTRIBUTE:
    case WRAP_GETATTR:
    case WRAP_SETATTR:
    case WRAP_DELATTR: {
        OuStr *name = ou_name_argument(vm, a[0]);
        if (name == NULL) { return OU_NOTHING; }
        bool sets = entry->kind == WRAP_SETATTR, deletes = entry->kind == WRAP_DELATTR;
        OuValue result = sets || deletes ? ou_none_unless(slots->setattr(vm, self, name, sets ? a[1] : OU_NOTHING))
                                         : slots->getattr(vm, self, name);
        ou_drop(vm, ou_word(name));
        return result;
    }
    case WRAP_COMPARE: return slots->compare(vm, self, a[0], (OuCompare)entry->extra);
    case WRAP_CONTAINS: return ou_truth_unless(slots->contains(vm, self, a[0]));
    case WRAP_GETITEM: return slots->getitem(vm, self, a[0]);
    case WRAP_SETITEM: return ou_none_unless(slots->setitem(vm, self, a[0], a[1]));
    case WRAP_DELITEM: return ou_none_unless(slots->setitem(vm, self, a[0], OU_NOTHING));
    case WRAP_GET: return slots->descr_get(vm, self, a[0] == OU_NONE ? OU_NOTHING : a[0], rest > 1 ? a[1] : OU_NONE);
    case WRAP_SET: return ou_none_unless(slots->descr_set(vm, self, a[0], a[1]));
    case WRAP_DELETE: return ou_none_unless(slots->descr_set(vm, self, a[0], OU_NOTHING));
    case WRAP_BINARY: return slots->binary[entry->extra](vm, self, a[0]);
    case WRAP_REFLECTED: return slots->binary[entry->extra](vm, a[0], self);
    case WRAP_INPLACE: return slots->inplace[entry->extra](vm, self, a[0]);
    default: return OU_NOTHING;
    }
}
