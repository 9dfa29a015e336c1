/* Operations on any objects: what the language means by a + b, a < b, a[b], len(a), iter(a). */
#include "vm/objects/help.h"
#include "vm/loop.h"

/* --- binary operators ------------------------------------------------------------------------------------------------ */

#define SIGN(op, name, sign) sign,
static const char *const binary_signs[] = {OU_BINARY_OPERATORS(SIGN)};

static const char *sequence_name(OuVM *vm, OuValue value) {
    static const struct {
        uint8_t kind;
        const char *name;
    } sequences[] = {{OU_KIND_STR, "str"}, {OU_KIND_LIST, "list"}, {OU_KIND_TUPLE, "tuple"}, {OU_KIND_BYTES, "bytes"}};
    for (size_t i = 0; i < sizeof sequences / sizeof *sequences; i++) {
        if (ou_plain_peek(vm, value, sequences[i].kind) != OU_NOTHING) { return sequences[i].name; }
    }
    return NULL;
}

static OuValue raise_operands(OuVM *vm, OuBinary op, bool inplace, OuValue a, OuValue b) {
    /* Sequences complain in words of their own. */
    const char *left = sequence_name(vm, a);
    if (op == OU_BIN_ADD && left != NULL) {
        return left[0] == 'b' ? ou_raise_type_error(vm, "can't concat %T to bytes", b)
                              : ou_raise_type_error(vm, "can only concatenate %s (not \"%T\") to %s", left, b, left);
    }
    if (op == OU_BIN_MUL && (left != NULL || sequence_name(vm, b) != NULL)) {
        return ou_raise_type_error(vm, "can't multiply sequence by non-int of type '%T'", left != NULL ? b : a);
    }
    if (inplace && op == OU_BIN_POW) {
        return ou_raise_type_error(vm, "unsupported operand type(s) for **=: '%T' and '%T'", a, b);
    }
    return ou_raise_type_error(vm, "unsupported operand type(s) for %s%s: '%T' and '%T'", binary_signs[op],
                               inplace ? "=" : "", a, b);
}

/* The value of a op b, NotImplemented when neither side knows, or OU_NOTHING: raised. */
static OuValue binary_try(OuVM *vm, OuBinary op, OuValue a, OuValue b) {
    OuType *left = ou_type_of(vm, a), *right = ou_type_of(vm, b);
    OuValue (*first)(OuVM *, OuValue, OuValue) = left->slots.binary[op];
    OuValue (*second)(OuVM *, OuValue, OuValue) = left != right ? right->slots.binary[op] : NULL;
    if (second == first) { second = NULL; }
    if (first != NULL) {
        if (second != NULL && ou_type_is_subtype(right, left)) {
            OuValue result = second(vm, a, b);
            if (ou_answered(vm, result)) { return result; }
            second = NULL;
        }
        OuValue result = first(vm, a, b);
        if (ou_answered(vm, result)) { return result; }
    }
    return second != NULL ? second(vm, a, b) : ou_incref(OU_NOTIMPLEMENTED);
}

static OuValue binary_or_raise(OuVM *vm, OuBinary op, bool inplace, OuValue a, OuValue b) {
    OuValue result = binary_try(vm, op, a, b);
    if (ou_answered(vm, result)) { return result; }
    return raise_operands(vm, op, inplace, a, b);
}

OuValue ou_binary(OuVM *vm, OuBinary op, OuValue a, OuValue b) { return binary_or_raise(vm, op, false, a, b); }

OuValue ou_binary_reflected(OuVM *vm, OuBinary op, OuValue a, OuValue b) {
    OuType *left = ou_type_of(vm, a), *right = ou_type_of(vm, b);
    OuValue (*second)(OuVM *, OuValue, OuValue) = right->slots.binary[op];
    if (left != right && second != NULL) {
        /* Are both classes of the program, only the right one's reflected method is left to try. */
        OuValue result =
            second == left->slots.binary[op] ? ou_special_attempt(vm, b, ou_binary_names[op][1], a) : second(vm, a, b);
        if (ou_answered(vm, result)) { return result; }
    }
    return raise_operands(vm, op, false, a, b);
}

OuValue ou_inplace(OuVM *vm, OuBinary op, OuValue a, OuValue b) {
    OuType *left = ou_type_of(vm, a);
    if (left->slots.inplace[op] != NULL) {
        OuValue result = left->slots.inplace[op](vm, a, b);
        if (ou_answered(vm, result)) { return result; }
    }
    return binary_or_raise(vm, op, true, a, b);
}

OuValue ou_power(OuVM *vm, OuValue a, OuValue b, OuValue modulus) {
    if (modulus == OU_NOTHING || modulus == OU_NONE) { return ou_binary(vm, OU_BIN_POW, a, b); }
    OuValue x = ou_plain_peek(vm, a, OU_KIND_INT), y = ou_plain_peek(vm, b, OU_KIND_INT),
            m = ou_plain_peek(vm, modulus, OU_KIND_INT);
    if (x != OU_NOTHING && y != OU_NOTHING && m != OU_NOTHING) { return ou_int_power(vm, x, y, m); }
    OuValue args[2] = {b, modulus}, out;
    if (ou_is_instance_kind(ou_kind(a)) && x == OU_NOTHING) {
        int found = ou_call_special(vm, a, vm->names[OU_NAME_pow], args, 2, &out);
        if (found < 0 || (found > 0 && out != OU_NOTIMPLEMENTED)) { return found < 0 ? OU_NOTHING : out; }
    }
    if (ou_is_float(a) || ou_is_float(b) || ou_is_float(modulus)) {
        return ou_raise_type_error(vm, "pow() 3rd argument not allowed unless all arguments are integers");
    }
    return ou_raise_type_error(vm, "unsupported operand type(s) for ** or pow(): '%T', '%T', '%T'", a, b, modulus);
}

#define UNARY(name, slot, sign)                                                                              \
    OuValue name(OuVM *vm, OuValue a) {                                                                      \
        OuType *type = ou_type_of(vm, a);                                                                    \
        return type->slots.slot != NULL ? type->slots.slot(vm, a)                                            \
                                        : ou_raise_type_error(vm, "bad operand type for %s: '%T'", sign, a); \
    }
UNARY(ou_negative, negative, "unary -")
UNARY(ou_positive, positive, "unary +")
UNARY(ou_invert, invert, "unary ~")

/* --- comparison ---------------------------------------------------------------------------------------------------------- */

static const OuCompare swapped[] = {
    [OU_LT] = OU_GT, [OU_LE] = OU_GE, [OU_EQ] = OU_EQ, [OU_NE] = OU_NE, [OU_GT] = OU_LT, [OU_GE] = OU_LE};

static OuValue compare_fallback(OuVM *vm, OuValue a, OuValue b, OuCompare op) {
    static const char *const signs[] = {"<", "<=", "==", "!=", ">", ">="};
    if (op == OU_EQ || op == OU_NE) { return ou_incref(ou_from_bool((a == b) == (op == OU_EQ))); }
    return ou_raise_type_error(vm, "'%s' not supported between instances of '%T' and '%T'", signs[op], a, b);
}

/* Tries one side; OU_NOTHING raised, NotImplemented not known. */
static OuValue compare_side(OuVM *vm, OuType *type, OuValue a, OuValue b, OuCompare op) {
    return type->slots.compare != NULL ? type->slots.compare(vm, a, b, op) : ou_incref(OU_NOTIMPLEMENTED);
}

OuValue ou_compare_reflected(OuVM *vm, OuValue a, OuValue b, OuCompare op) {
    OuValue result = compare_side(vm, ou_type_of(vm, b), b, a, swapped[op]);
    if (ou_answered(vm, result)) { return result; }
    return compare_fallback(vm, a, b, op);
}

static OuValue compare_any(OuVM *vm, OuValue a, OuValue b, OuCompare op) {
    OuType *left = ou_type_of(vm, a), *right = ou_type_of(vm, b);
    bool right_done = false;
    if (left != right && ou_type_is_subtype(right, left) && right->slots.compare != NULL) {
        right_done = true;
        OuValue result = compare_side(vm, right, b, a, swapped[op]);
        if (ou_answered(vm, result)) { return result; }
    }
    OuValue result = compare_side(vm, left, a, b, op);
    if (ou_answered(vm, result)) { return result; }
    return right_done ? compare_fallback(vm, a, b, op) : ou_compare_reflected(vm, a, b, op);
}

OuValue ou_compare(OuVM *vm, OuValue a, OuValue b, OuCompare op) {
    if (ou_both_small(a, b)) {
        return ou_new_bool(ou_order_is(((int64_t)a > (int64_t)b) - ((int64_t)a < (int64_t)b), op));
    }
    if (ou_enter(vm, " in comparison") < 0) { return OU_NOTHING; }
    OuValue result = compare_any(vm, a, b, op);
    ou_leave(vm);
    return result;
}

int ou_compare_bool(OuVM *vm, OuValue a, OuValue b, OuCompare op) {
    OuValue result = ou_compare(vm, a, b, op);
    if (result == OU_TRUE || result == OU_FALSE) {
        ou_drop(vm, result);
        return result == OU_TRUE;
    }
    OuValue *regs = ou_regs_hold_take(vm, result);
    return regs == NULL ? -1 : ou_regs_status(vm, regs, ou_truth(vm, result));
}

int ou_equal(OuVM *vm, OuValue a, OuValue b) {
    if (a == b) { return 1; }
    if (ou_is_str(a) && ou_is_str(b)) { return ou_str_equal(ou_as_str(a), ou_as_str(b)); }
    if (ou_both_small(a, b)) { return 0; }
    return ou_compare_bool(vm, a, b, OU_EQ);
}

/* --- truth, length, hash ---------------------------------------------------------------------------------------------------- */

int ou_truth(OuVM *vm, OuValue object) {
    if (object == OU_TRUE) { return 1; }
    if (object == OU_FALSE || object == OU_NONE) { return 0; }
    if (ou_is_small(object)) { return object != ou_from_small(0); }
    OuType *type = ou_type_of(vm, object);
    if (type->slots.truth != NULL) { return type->slots.truth(vm, object); }
    if (type->slots.len != NULL) {
        int64_t length = type->slots.len(vm, object);
        return length < 0 ? -1 : length > 0;
    }
    return 1;
}

int64_t ou_len(OuVM *vm, OuValue object) {
    OuType *type = ou_type_of(vm, object);
    if (type->slots.len == NULL) { return ou_raised_type(vm, "object of type '%T' has no len()", object); }
    return type->slots.len(vm, object);
}

int ou_hash(OuVM *vm, OuValue object, int64_t *out) {
    if (ou_is_str(object)) {
        *out = ou_str_hash(ou_as_str(object));
        return 0;
    }
    OuType *type = ou_type_of(vm, object);
    if (type->slots.hash == NULL) { return ou_raised_type(vm, "unhashable type: '%T'", object); }
    if (ou_enter(vm, " while hashing") < 0) { return -1; }
    int status = type->slots.hash(vm, object, out);
    ou_leave(vm);
    return status;
}

/* --- items ---------------------------------------------------------------------------------------------------------------------- */

OuValue ou_getitem(OuVM *vm, OuValue object, OuValue key) {
    OuType *type = ou_type_of(vm, object);
    if (type->slots.getitem != NULL) { return type->slots.getitem(vm, object, key); }
    if (ou_is_type(object)) {
        OuValue hook;
        int found = ou_find_attr(vm, object, vm->names[OU_NAME_class_getitem], &hook);
        if (found > 0) {
            OuValue result = ou_call1(vm, hook, key);
            ou_drop(vm, hook);
            return result;
        }
        if (found < 0) { return OU_NOTHING; }
        return ou_raise_type_error(vm, "type '%K' is not subscriptable", ou_as_type(object));
    }
    return ou_raise_type_error(vm, "'%T' object is not subscriptable", object);
}

int ou_setitem(OuVM *vm, OuValue object, OuValue key, OuValue value) {
    OuType *type = ou_type_of(vm, object);
    if (type->slots.setitem != NULL) { return type->slots.setitem(vm, object, key, value); }
    bool sequence =
        sequence_name(vm, object) != NULL || ou_is_instance_kind(ou_kind(object)) || ou_is_kind(object, OU_KIND_RANGE);
    bool by_index = ou_is_int(key) || ou_type_of(vm, key)->slots.index != NULL;
    return ou_raised_type(vm,
                          value != OU_NOTHING    ? "'%T' object does not support item assignment"
                          : sequence && by_index ? "'%T' object doesn't support item deletion"
                                                 : "'%T' object does not support item deletion",
                          object);
}

int ou_contains(OuVM *vm, OuValue container, OuValue item) {
    OuType *type = ou_type_of(vm, container);
    if (type->slots.contains != NULL) { return type->slots.contains(vm, container, item); }
    OuValue *regs = ou_regs_open(vm, 2);
    if (regs == NULL) { return -1; }
    regs[0] = ou_iter(vm, container);
    if (regs[0] == OU_NOTHING && ou_pending_is(vm, OU_EXC_TypeError)) {
        ou_clear_pending(vm);
        ou_raise_type_error(vm, "argument of type '%T' is not iterable", container);
    }
    int found = 0, more = regs[0] != OU_NOTHING ? 1 : -1;
    while (more > 0 && found == 0 && (more = ou_next_into(vm, regs[0], &regs[1])) > 0) {
        found = ou_equal(vm, regs[1], item);
    }
    return ou_regs_status(vm, regs, more < 0 ? -1 : found);
}

/* --- iteration -------------------------------------------------------------------------------------------------------------------- */

OuValue ou_iter(OuVM *vm, OuValue object) {
    OuType *type = ou_type_of(vm, object);
    if (type->slots.iter != NULL) { return type->slots.iter(vm, object); }
    if (type->slots.getitem != NULL && ou_is_instance_kind(ou_kind(object))) {
        return ou_index_iterator_new(vm, OU_KIND_SEQUENCE_ITERATOR, object);
    }
    return ou_raise_type_error(vm, "'%T' object is not iterable", object);
}

OuValue ou_next(OuVM *vm, OuValue iterator) {
    OuType *type = ou_type_of(vm, iterator);
    if (type->slots.next == NULL) { return ou_raise_type_error(vm, "'%T' object is not an iterator", iterator); }
    if (ou_charge(vm, 1) < 0) { return OU_NOTHING; }
    OuValue item = type->slots.next(vm, iterator);
    if (item == OU_NOTHING && vm->pending != OU_NOTHING && ou_pending_is(vm, OU_EXC_StopIteration)) {
        ou_clear_pending(vm);
    }
    return item;
}

int64_t ou_length_hint(OuVM *vm, OuValue object, int64_t fallback) {
    OuType *type = ou_type_of(vm, object);
    if (type->slots.len != NULL) {
        int64_t length = type->slots.len(vm, object);
        if (length >= 0 || !ou_pending_is(vm, OU_EXC_TypeError)) { return length; }
        ou_clear_pending(vm);
    }
    OuValue out;
    int found = ou_call_special(vm, object, vm->names[OU_NAME_length_hint], NULL, 0, &out);
    if (found < 0 && ou_pending_is(vm, OU_EXC_TypeError)) {
        ou_clear_pending(vm);
        found = 0;
    }
    if (found <= 0) { return found < 0 ? -1 : fallback; }
    int64_t hint = fallback;
    if (out != OU_NOTIMPLEMENTED) {
        OuValue number = ou_plain_peek(vm, out, OU_KIND_INT);
        if (number == OU_NOTHING || !ou_int_to_i64(number, &hint)) {
            hint = ou_raised_type(vm, "__length_hint__ must be an integer, not %T", out);
        } else if (hint < 0) {
            ou_raise_value_error(vm, "__length_hint__() should return >= 0");
        }
    }
    ou_drop(vm, out);
    return hint;
}

/* --- numbers ------------------------------------------------------------------------------------------------------------------------ */

OuValue ou_index(OuVM *vm, OuValue object) {
    OuValue plain = ou_plain_peek(vm, object, OU_KIND_INT);
    if (plain != OU_NOTHING) { return ou_incref(plain); }
    OuType *type = ou_type_of(vm, object);
    if (type->slots.index == NULL) {
        return ou_raise_type_error(vm, "'%T' object cannot be interpreted as an integer", object);
    }
    return ou_plain_take(vm, type->slots.index(vm, object), OU_KIND_INT, "__index__ returned non-int (type %T)");
}

int ou_index_i64(OuVM *vm, OuValue object, int64_t *out, bool clamp) {
    if (ou_is_small(object)) {
        *out = ou_small(object);
        return 0;
    }
    OuValue number = ou_index(vm, object);
    if (number == OU_NOTHING) { return -1; }
    bool fits = ou_int_to_i64(number, out);
    if (!fits && clamp) { *out = ou_int_sign(number) < 0 ? INT64_MIN : INT64_MAX; }
    int status = fits || clamp ? 0 : ou_raised(ou_raise(vm, OU_EXC_IndexError, OU_NO_INDEX, object));
    ou_drop(vm, number);
    return status;
}

bool ou_as_i64(OuVM *vm, OuValue value, int64_t *out) {
    OuValue number = ou_plain_peek(vm, value, OU_KIND_INT);
    return number != OU_NOTHING && ou_int_to_i64(number, out);
}

int ou_as_double(OuVM *vm, OuValue value, double *out) {
    OuValue number = ou_plain_peek(vm, value, OU_KIND_INT);
    if (number != OU_NOTHING) { return ou_int_double(vm, number, out); }
    number = ou_incref(ou_plain_peek(vm, value, OU_KIND_FLOAT));
    if (number == OU_NOTHING) { number = ou_float_from_real(vm, value, "must be real number, not %T"); }
    if (number == OU_NOTHING) { return -1; }
    *out = ou_float_get(number);
    ou_drop(vm, number);
    return 0;
}

/* --- text ------------------------------------------------------------------------------------------------------------------------------ */

OuValue ou_repr(OuVM *vm, OuValue object) {
    if (ou_enter(vm, " while getting the repr of an object") < 0) { return OU_NOTHING; }
    OuValue result = ou_plain_take(vm, ou_type_of(vm, object)->slots.repr(vm, object), OU_KIND_STR,
                                   "__repr__ returned non-string (type %T)");
    ou_leave(vm);
    return result;
}

OuValue ou_str(OuVM *vm, OuValue object) {
    if (ou_is_str(object)) { return ou_incref(object); }
    OuType *type = ou_type_of(vm, object);
    if (type->slots.str == NULL) { return ou_repr(vm, object); }
    if (ou_enter(vm, " while getting the str of an object") < 0) { return OU_NOTHING; }
    OuValue result =
        ou_plain_take(vm, type->slots.str(vm, object), OU_KIND_STR, "__str__ returned non-string (type %T)");
    ou_leave(vm);
    return result;
}

OuValue ou_ascii(OuVM *vm, OuValue object) {
    OuValue text = ou_repr(vm, object);
    if (text == OU_NOTHING || ou_str_is_ascii(ou_as_str(text))) { return text; }
    OuBuilder builder = {.vm = vm};
    OuStr *str = ou_as_str(text);
    for (uint32_t i = 0; i < str->length; i++) {
        uint32_t point = ou_str_at(str, i);
        char escape[16];
        if (point < 128) {
            ou_builder_point(&builder, point);
        } else {
            ou_builder_text(&builder, ou_escape(point, escape));
        }
    }
    ou_drop(vm, text);
    return ou_builder_finish(&builder);
}

OuValue ou_converted(OuVM *vm, uint32_t conversion, OuValue object) {
    return conversion == 's'   ? ou_str(vm, object)
           : conversion == 'r' ? ou_repr(vm, object)
           : conversion == 'a' ? ou_ascii(vm, object)
                               : ou_incref(object);
}

OuValue ou_format_value(OuVM *vm, OuValue object, OuValue spec) {
    OuStr *text = spec == OU_NOTHING ? NULL : ou_as_str(spec);
    if (text == NULL || text->length == 0) {
        if (ou_is_str(object)) { return ou_incref(object); }
        if (ou_is_int(object) || ou_is_float(object)) { return ou_str(vm, object); }
    } else if (ou_is_int(object)) {
        return ou_format_int(vm, object, text);
    } else if (ou_is_float(object)) {
        return ou_format_float(vm, object, text);
    } else if (ou_is_str(object)) {
        return ou_format_str(vm, ou_as_str(object), text);
    }
    OuValue argument = text != NULL ? spec : ou_word(vm->empty_str), out;
    int found = ou_call_special(vm, object, vm->names[OU_NAME_format], &argument, 1, &out);
    if (found == 0) { return ou_raise_type_error(vm, "unsupported format string passed to %T.__format__", object); }
    if (found > 0 && !ou_is_str(out) && ou_plain_peek(vm, out, OU_KIND_STR) == OU_NOTHING) {
        ou_raise_type_error(vm, "__format__ must return a str, not %T", out);
        return ou_dropped(vm, out);
    }
    return found > 0 ? out : OU_NOTHING;
}
